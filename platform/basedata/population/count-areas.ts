import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type Cell, type Sum, TOTAL, withheldCells } from '#platform/indicator/small-cells.ts';
import { type Count, countTable } from './statistics/count-table.ts';
import { countsAt, fewestShown } from './statistics/read-stock.ts';

const Counted = Type.Union([Type.Integer(), Type.Null()], { description: 'null = withheld' });
const STREET = 9;

type AreaCount = { code: string; n: number };
type Shown = Map<string, number | null>;

/**
 * People and households by area (人口分布): internal counts (L2) of the whole district. Small numbers are withheld, and others with
 * them, so that neither the streets' nor the district's totals, nor the tables by age, give them back.
 */
export const countAreas = route({
  method: 'GET',
  path: '/api/population/counts',
  summary: { zh: '按区划统计人口与户数', en: 'People and households by area' },
  allow: 'population.count.read',
  query: Type.Object({ level: Type.Union([Type.Literal('street'), Type.Literal('committee')]) }),
  reply: Type.Object({
    asOf: Type.String({ format: 'date-time' }),
    areas: Type.Array(Type.Object({ code: Type.String(), residents: Counted, households: Counted, over60: Counted })),
  }),
  examples: { own: { as: 'duty-officer', query: { level: 'street' } } },
  handler: async ({ db, clock, query }) => {
    const at = clock.now();
    const minimum = await fewestShown(db);
    const counts = await countsAt(db, { digits: 12, at });
    const homes = await db.rows<AreaCount>(sql`select code, n from population.area_households(12) order by code`);
    const { table } = countTable(
      counts.map((c) => ({ ...c, code: c.code.slice(0, STREET) })),
      minimum,
    );
    const cell = (area: string, age: string): number | null =>
      table.find((c) => c.area === area && c.sex === TOTAL && c.age === age)?.count ?? null;
    const residents = protect(
      sumBy(counts, () => true),
      minimum,
      (area) => cell(area, TOTAL),
    );
    const over60 = protect(
      sumBy(counts, ({ age }) => age >= 60),
      minimum,
      (area) => {
        const [young, old] = [cell(area, '60-79'), cell(area, '80+')];
        return young === null || old === null ? null : young + old;
      },
    );
    const households = protect(homes, minimum);
    const wanted = [...residents.keys()].filter((code) => code.length === (query.level === 'street' ? STREET : 12));
    return {
      asOf: at.toISOString(),
      areas: wanted.sort().map((code) => ({
        code,
        residents: residents.get(code) ?? null,
        households: households.get(code) ?? null,
        over60: over60.get(code) ?? null,
      })),
    };
  },
});

function sumBy(counts: readonly Count[], keep: (count: Count) => boolean): AreaCount[] {
  const sums = new Map<string, number>();
  for (const count of counts) sums.set(count.code, (sums.get(count.code) ?? 0) + (keep(count) ? count.n : 0));
  return [...sums].map(([code, n]) => ({ code, n }));
}

/** Committees, streets and the district as one table. `published` says what another table shows of a street or of all. */
function protect(
  committees: readonly AreaCount[],
  minimum: number,
  published: (area: string) => number | null = (area) => totalOf(committees, area),
): Shown {
  const streets = [...new Set(committees.map(({ code }) => code.slice(0, STREET)))].sort();
  const codes = [...committees.map(({ code }) => code), ...streets, TOTAL];
  const cells = codes.map((code): Cell => {
    const total = code.length < 12;
    // What another table withholds is withheld here: it counts as nobody.
    const count = total && published(code) === null ? 0 : totalOf(committees, code);
    return { at: { area: code }, count };
  });
  const at = new Map(codes.map((code, place) => [code, place]));
  const place = (code: string): number => at.get(code) as number;
  const sums: Sum[] = [
    { total: place(TOTAL), parts: streets.map(place) },
    ...streets.map((street) => ({
      total: place(street),
      parts: committees.filter(({ code }) => code.startsWith(street)).map(({ code }) => place(code)),
    })),
  ];
  const hidden = withheldCells({ cells, sums, rule: { minimum } });
  return new Map(codes.map((code, i) => [code, hidden[i] ? null : totalOf(committees, code)]));
}

function totalOf(committees: readonly AreaCount[], area: string): number {
  return committees.filter(({ code }) => area === TOTAL || code.startsWith(area)).reduce((sum, { n }) => sum + n, 0);
}
