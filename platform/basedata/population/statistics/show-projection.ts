import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { TOTAL } from '#platform/indicator/small-cells.ts';
import { type Count as Counted, countTable } from './count-table.ts';
import { nextYear, project, type Projected, type Rates, type Stock } from './project.ts';
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
    const today = shanghaiDate(now);
    const from = Number(today.slice(0, 4));
    const minimum = await fewestShown(db);
    const { rates, assumptions } = await ratesAt(db);
    const counts = await countsAt(db, { digits: 9, at: now });
    const stocks = stocksOf(counts);
    const { nowOf, mayShow } = protectedNow(counts, minimum);
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
      .map(([code, stock]) => {
        const area = code === '' ? TOTAL : code;
        const years = (count?: (stock: Stock) => number) =>
          points(project({ stock, rates, from, years: YEARS, ...(count ? { count } : {}) }));
        // What is withheld of today is not given back by the years that begin with it.
        return {
          area,
          now: nowOf(area),
          years: nowOf(area) === null ? [] : years(),
          over60: mayShow(area, ['60-79', '80+']) ? years(over60) : [],
        };
      });
    const whole = stocks.get('') as Stock;
    return {
      from,
      minimum,
      areas,
      schoolEntry: schoolEntry({ stock: whole, rates, today, born: new Map(entering.map((e) => [e.year, e.n])) }).map(
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

/** What the statistics show of today, protected as one table, so that the projection says no more than they do (K8). */
export function protectedNow(
  counts: readonly Counted[],
  minimum: number,
): { nowOf(area: string): number | null; mayShow(area: string, ages: readonly string[]): boolean } {
  const { table } = countTable(counts, minimum);
  const cells = new Map(table.map(({ area, sex, age, count }) => [`${area}/${sex}/${age}`, count]));
  const at = (area: string, age: string): number | null => cells.get(`${area}/${TOTAL}/${age}`) ?? null;
  return {
    nowOf: (area) => at(area, TOTAL),
    mayShow: (area, ages) => at(area, TOTAL) !== null && ages.every((age) => at(area, age) !== null),
  };
}

const over60 = ({ male, female }: Stock): number =>
  [male, female].reduce((sum, ages) => sum + ages.slice(60).reduce((a, b) => a + b, 0), 0);

/** Before school moves as at this age: the middle of the years until then. */
const BEFORE_SCHOOL = 3;
const DAY_MS = 86_400_000;

/**
 * Children who come to school in September of each year (入学学位需求): six years old on 31 August. Who is born counts as one, whatever
 * the rates say of moving; of a year of births that is not over, the days to come bring what the rates expect of them. The interval is what
 * may come and go until then, and how uncertain births are.
 */
export function schoolEntry(options: {
  stock: Stock;
  rates: Rates;
  /** Day of which `born` speaks. */
  today: string;
  born: ReadonlyMap<number, number>;
}): { year: number; born: number | null; middle: number; low: number; high: number }[] {
  const { stock, rates, today, born } = options;
  const from = Number(today.slice(0, 4));
  const births: number[] = [];
  let now = stock;
  for (let i = 0; i < YEARS; i += 1) {
    now = nextYear(now, rates);
    births.push((now.male[0] ?? 0) + (now.female[0] ?? 0));
  }
  return Array.from({ length: YEARS }, (_, i) => {
    const year = from + i + 1;
    const known = born.get(year) ?? 0;
    const open = shareToCome(year, today);
    const unborn = open * (births[Math.max(0, year - 7 - from)] ?? 0);
    const middle = known + unborn;
    const moving = Math.abs(rates.migration[BEFORE_SCHOOL] ?? 0) * (i + 1);
    const spread = Math.sqrt(middle) + middle * moving + unborn * rates.uncertainty.fertility;
    return {
      year,
      born: open === 1 ? null : known,
      middle,
      low: Math.max(0, middle - spread),
      high: middle + spread,
    };
  });
}

/** Of the births that come to school in a year (September seven years before to August), the share of days after today. */
function shareToCome(year: number, today: string): number {
  const [first, last, now] = [`${year - 7}-09-01`, `${year - 6}-08-31`, today].map(Date.parse) as [
    number,
    number,
    number,
  ];
  return Math.min(1, Math.max(0, (last - Math.max(now, first - DAY_MS)) / (last - first + DAY_MS)));
}
