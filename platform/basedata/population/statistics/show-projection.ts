import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { nextYear, project, type Projected, type Rates, sizeOf, type Stock } from './project.ts';
import { ratesAt } from './rates.ts';
import { countsAt, fewestShown, stocksOf } from './read-stock.ts';

const YEARS = 10;
const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Count = Type.Union([Type.Integer(), Type.Null()]);
const Point = Type.Object({ year: Type.Integer(), middle: Count, low: Count, high: Count });

/**
 * Ten years on by street (人口预测, 队列要素法), with an interval of eighty in a hundred, and the children who come to school each year:
 * those who are born already are counted, those who are not are estimated. Every assumption is named; none is a statistic.
 */
export const showProjection = route({
  method: 'GET',
  path: '/api/population/projection',
  summary: { zh: '人口预测', en: 'Projection of the population' },
  allow: 'population.count.read',
  reply: Type.Object({
    from: Type.Integer(),
    minimum: Type.Integer(),
    areas: Type.Array(
      Type.Object({
        area: Type.String({ description: '* = the district' }),
        now: Count,
        years: Type.Array(Point),
        over60: Type.Array(Point),
      }),
    ),
    schoolEntry: Type.Array(
      Type.Object({
        year: Type.Integer(),
        /** Children who live here now and will be six; null = withheld, or not born yet. */
        born: Count,
        middle: Count,
        low: Count,
        high: Count,
      }),
    ),
    assumptions: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Words,
        note: Type.Union([Words, Type.Null()]),
        source: Type.String(),
        verified: Type.Boolean(),
      }),
    ),
  }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db, clock }) => {
    const now = clock.now();
    const from = Number(shanghaiDate(now).slice(0, 4));
    const minimum = await fewestShown(db);
    const { rates, assumptions } = await ratesAt(db);
    const stocks = stocksOf(await countsAt(db, { digits: 9, at: now }));
    const entering = await db.rows<{ year: number; n: number }>(
      sql`select year, sum(n)::int as n from population.school_entry(6, ${from + 1}::int, ${from + YEARS}::int) group by year order by year`,
    );
    const shown = (n: number): number | null => (n < minimum ? null : Math.round(n));
    const points = (years: readonly Projected[]) =>
      years.map(({ year, middle, low, high }) =>
        middle < minimum
          ? { year, middle: null, low: null, high: null }
          : { year, middle: Math.round(middle), low: Math.round(low), high: Math.round(high) },
      );
    const areas = [...stocks]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, stock]) => ({
        area: code === '' ? '*' : code,
        now: shown(sizeOf(stock)),
        years: points(project({ stock, rates, from, years: YEARS })),
        over60: points(project({ stock, rates, from, years: YEARS, count: over60 })),
      }));
    const whole = stocks.get('') as Stock;
    return {
      from,
      minimum,
      areas,
      schoolEntry: schoolEntry({ stock: whole, rates, from, born: new Map(entering.map((e) => [e.year, e.n])) }).map(
        ({ born, middle, low, high, ...rest }) => ({
          ...rest,
          born: born === null ? null : shown(born),
          middle: shown(middle),
          low: middle < minimum ? null : Math.round(low),
          high: middle < minimum ? null : Math.round(high),
        }),
      ),
      assumptions,
    };
  },
});

const over60 = ({ male, female }: Stock): number =>
  [male, female].reduce((sum, ages) => sum + ages.slice(60).reduce((a, b) => a + b, 0), 0);

/**
 * Children who come to school in September of each year (入学学位需求): six years old on 31 August. Who is born counts as one, whatever
 * the rates say of moving; the interval is what may come and go until then. Years of which nobody can be born yet are estimated whole.
 */
export function schoolEntry(options: {
  stock: Stock;
  rates: Rates;
  from: number;
  born: ReadonlyMap<number, number>;
}): { year: number; born: number | null; middle: number; low: number; high: number }[] {
  const { stock, rates, from, born } = options;
  const births: number[] = [];
  let now = stock;
  for (let i = 0; i < YEARS; i += 1) {
    now = nextYear(now, rates);
    births.push((now.male[0] ?? 0) + (now.female[0] ?? 0));
  }
  return Array.from({ length: YEARS }, (_, i) => {
    const year = from + i + 1;
    // Born between September of year−7 and August of year−6.
    const known = born.get(year) ?? 0;
    const open = year - 7 >= from ? 1 : year - 6 === from ? 0 : year - 6 > from ? 1 : 0;
    const expected = open === 1 ? Math.max(known, births[Math.max(0, year - 7 - from)] ?? 0) : known;
    const leaving = Math.abs(rates.migration[3] ?? 0) * (i + 1) * 2;
    const spread = Math.sqrt(expected) + expected * (leaving + (open === 1 ? rates.uncertainty.fertility : 0));
    return {
      year,
      born: year - 7 >= from ? null : known,
      middle: expected,
      low: Math.max(0, expected - spread),
      high: expected + Math.sqrt(expected) + expected * (open === 1 ? rates.uncertainty.fertility : 0.02),
    };
  });
}
