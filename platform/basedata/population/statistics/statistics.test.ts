import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TOTAL } from '#platform/indicator/small-cells.ts';
import { type Count, countTable } from './count-table.ts';
import { AGES, emptyStock, nextYear, project, type Rates, sizeOf, type Stock } from './project.ts';
import { protectedNow, schoolEntry } from './show-projection.ts';

const flat = (value: number): number[] => new Array<number>(AGES).fill(value);
const NOTHING: Rates = {
  fertility: flat(0),
  mortality: { male: flat(0), female: flat(0) },
  migration: flat(0),
  boys: 0.512,
  uncertainty: { fertility: 0, mortality: 0, migration: 0, events: 0.05, inside: 0.8 },
};
const people = (n: number): Stock => ({ male: flat(n), female: flat(n) });

describe('the projection', () => {
  it('keeps everyone where nobody is born, dies or moves, and grows them a year older', () => {
    const stock = emptyStock();
    stock.male[30] = 100;
    const next = nextYear(stock, NOTHING);
    expect(sizeOf(next)).toBe(100);
    expect(next.male[31]).toBe(100);
  });

  it('counts births by the women of the year, more boys than girls, and deaths before the birthday', () => {
    const fertility = flat(0);
    fertility[30] = 0.1;
    const stock = emptyStock();
    stock.female[30] = 1000;
    const next = nextYear(stock, { ...NOTHING, fertility });
    expect((next.male[0] ?? 0) + (next.female[0] ?? 0)).toBeCloseTo(50);
    expect((next.male[0] ?? 0) > (next.female[0] ?? 0)).toBe(true);
    expect(sizeOf(nextYear(people(10), { ...NOTHING, mortality: { male: flat(1), female: flat(1) } }))).toBe(0);
  });

  it('has an interval around its middle that widens with the years, and says the same twice', () => {
    const rates: Rates = {
      ...NOTHING,
      fertility: flat(0.01),
      uncertainty: { ...NOTHING.uncertainty, fertility: 0.1, mortality: 0.05, migration: 0.3 },
    };
    const years = project({ stock: people(40), rates, from: 2026, years: 10 });
    expect(years.map(({ year }) => year)).toEqual([2027, 2028, 2029, 2030, 2031, 2032, 2033, 2034, 2035, 2036]);
    for (const { low, middle, high } of years) expect(low <= middle && middle <= high).toBe(true);
    const width = (i: number) => (years[i]?.high ?? 0) - (years[i]?.low ?? 0);
    expect(width(9)).toBeGreaterThan(width(0));
    expect(project({ stock: people(40), rates, from: 2026, years: 10 })).toEqual(years);
  });

  it('never makes anybody out of nothing, nor fewer than nobody', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), fc.double({ min: -0.9, max: 0.9, noNaN: true }), (n, move) => {
        const next = nextYear(people(n), { ...NOTHING, migration: flat(move) });
        expect(Math.min(...next.male, ...next.female)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('a child who is born is a school place in the September after the sixth birthday', () => {
    const entry = (born: number, today: string, rates = NOTHING) =>
      schoolEntry({ stock: people(500), rates, today, born: new Map([[2032, born]]) }).find(
        ({ year }) => year === 2032,
      );
    expect(entry(21, '2026-09-01')).toMatchObject({ born: 21, middle: 21 });
    // In spring a part of the year of births is to come still: who is not born yet needs a place too.
    const fertility = flat(0);
    fertility[30] = 0.4;
    const spring = entry(21, '2026-03-01', { ...NOTHING, fertility });
    expect(spring).toMatchObject({ born: 21 });
    expect(spring?.middle).toBeCloseTo(21 + 200 * (183 / 365), 5);
    expect(entry(21, '2026-08-31', { ...NOTHING, fertility })?.middle).toBe(21);
    expect(entry(0, '2025-08-31', { ...NOTHING, fertility })).toMatchObject({ born: null });
    expect(spring && spring.low < spring.middle && spring.middle < spring.high).toBe(true);
  });

  it('says no more of today than the statistics: what they withhold beside a small street is withheld here too', () => {
    const street = (code: string, n: number): Count[] => [
      { code, sex: '1', age: 30, n },
      { code, sex: '2', age: 70, n },
    ];
    const { nowOf, mayShow } = protectedNow(
      [...street('310101002', 3), ...street('310101013', 60), ...street('310101023', 80)],
      10,
    );
    expect(nowOf(TOTAL)).toBe(286);
    expect(nowOf('310101002')).toBeNull();
    // One alone would follow from the total.
    expect([nowOf('310101013'), nowOf('310101023')]).toContain(null);
    expect(mayShow('310101002', ['60-79', '80+'])).toBe(false);
  });
});

describe('the table of residents', () => {
  const small = fc.array(
    fc.record({
      code: fc.constantFrom('310101002', '310101013', '310101023'),
      sex: fc.constantFrom('1', '2'),
      age: fc.integer({ min: 0, max: 100 }),
      n: fc.integer({ min: 1, max: 40 }),
    }),
    { minLength: 1, maxLength: 40 },
  );

  it('shows no number below the limit, and every sum of what it shows adds up', () => {
    let [shown, sums] = [0, 0];
    fc.assert(
      fc.property(small, (counts: Count[]) => {
        const { table, pyramid } = countTable(counts, 10);
        shown += table.filter(({ count }) => count !== null && count > 0).length;
        for (const { area, sex, count } of table.filter(({ age }) => age === TOTAL)) {
          const ages = table.filter((c) => c.area === area && c.sex === sex && c.age !== TOTAL).map((c) => c.count);
          if (count === null || count === 0 || ages.includes(null)) continue;
          sums += 1;
          expect(ages.reduce<number>((sum, n) => sum + (n ?? 0), 0)).toBe(count);
        }
        for (const { count } of [...table, ...pyramid]) if (count !== null) expect(count).toBeGreaterThanOrEqual(10);
        const all = table.find((c) => c.area === TOTAL && c.sex === TOTAL && c.age === TOTAL)?.count;
        if (typeof all === 'number') expect(all).toBe(counts.reduce((sum, { n }) => sum + n, 0));
      }),
      { numRuns: 30 },
    );
    // A table that withholds everything would keep all this too.
    expect(shown).toBeGreaterThan(0);
    expect(sums).toBeGreaterThan(0);
  });

  it('withholds a second cell where one alone would follow from its total', () => {
    const counts: Count[] = [
      { code: '310101002', sex: '1', age: 30, n: 50 },
      { code: '310101002', sex: '2', age: 30, n: 60 },
      { code: '310101013', sex: '1', age: 30, n: 3 },
      { code: '310101013', sex: '2', age: 30, n: 70 },
    ];
    const { table } = countTable(counts, 10);
    const hidden = table.filter(
      ({ age, count, area, sex }) => age === '15-59' && count === null && area !== TOTAL && sex !== TOTAL,
    );
    expect(hidden.length).toBeGreaterThan(1);
    expect(table.find((c) => c.area === TOTAL && c.sex === TOTAL && c.age === TOTAL)?.count).toBe(183);
  });
});
