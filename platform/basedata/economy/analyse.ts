import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { singlePeriods } from './cumulative.ts';
import { activityIndex } from './method/activity.ts';
import { nowcast } from './method/nowcast.ts';
import { adjust } from './method/seasonal.ts';
import type { Frequency } from './period.ts';

/** Inputs of the activity index; retail sales give the sign. */
const ACTIVITY_INPUTS = ['RETAIL', 'SALES', 'TAX', 'ELEC', 'SERVREV', 'FIRMS_NEW', 'INDOUT'];
const ACTIVITY_SIGN = 'RETAIL';
/** What is nowcast: revenue of larger services by quarter. A GDP is never computed here, not even a next one. */
const NOWCAST_TARGET = 'SERVREV';
const NOWCAST_INPUTS = ['TAX', 'RETAIL', 'ELEC', 'SALES'];

type Points = ReadonlyMap<string, number>;
export type MonthlySeries = { series: string; indicator: string; points: Points };

/**
 * Single months of the district's total of an indicator, as known at a moment. January and February are halved evenly where they are
 * only known together: adjustment needs every month, and the label of the result says so.
 */
export async function monthlyOf(db: Db, indicators: readonly string[], at?: Date): Promise<MonthlySeries[]> {
  const rows = await db.rows<{
    series: string;
    indicator: string;
    accumulation: string;
    decimals: number;
    points: Record<string, number>;
  }>(sql`
    select s.id as series, s.indicator, s.accumulation, i.decimals, (
      select jsonb_object_agg(v.period, v.value) from (
        select distinct on (o.period) o.period, o.value from economy.observation o
        where o.series = s.id and o.published_at <= coalesce(${at ?? null}::timestamptz, kernel.now()) order by o.period, o.published_at desc) v where v.value is not null) as points
    from economy.series s join economy.indicator i on i.code = s.indicator
    where s.indicator = any(${[...indicators]}::text[]) and s.freq = 'M' and s.industry = '_T' and s.ownership = '_T' and s.adjustment = 'N' and s.ended is null
      and s.area = (select code from economy.code where list = 'CL_AREA' and parent is null order by ord limit 1)
    order by s.id`);
  return rows.flatMap(({ series, indicator, accumulation, decimals, points }) =>
    points
      ? [
          {
            series,
            indicator,
            points: monthsOf({
              points: new Map(Object.entries(points).map(([p, v]) => [p, Number(v)])),
              accumulation,
              decimals,
            }),
          },
        ]
      : [],
  );
}

/** Every month of a series, single: the two first months shared evenly where they stand together. */
export function monthsOf(options: {
  points: Points;
  accumulation: string;
  decimals: number;
  freq?: Frequency;
}): Map<string, number> {
  const { points, accumulation, decimals, freq = 'M' } = options;
  if (accumulation !== 'YTD') return new Map(points);
  const { single, combined } = singlePeriods(points, { freq, decimals });
  const months = new Map(single);
  for (const [february, value] of combined) {
    months.set(`${february.slice(0, 4)}-01`, value / 2);
    months.set(february, value / 2);
  }
  return new Map([...months].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Computes and keeps activity index and nowcast of a release. */
export async function analyse(options: {
  release: string;
  tx: <T>(work: (db: Db) => Promise<T>) => Promise<T>;
  now: Date;
}): Promise<void> {
  const { release, tx, now } = options;
  const monthly = await tx((db) =>
    monthlyOf(db, [...new Set([...ACTIVITY_INPUTS, ...NOWCAST_INPUTS, NOWCAST_TARGET])]),
  );
  const adjusted = monthly
    .filter(({ indicator }) => ACTIVITY_INPUTS.includes(indicator))
    .flatMap(({ series, indicator, points }) => {
      const made = adjust([...points].map(([period, value]) => ({ period, value })));
      return made
        ? [{ series, indicator, points: new Map(made.periods.map((p, i) => [p, rounded(made.adjusted[i] ?? 0)])) }]
        : [];
    });
  const sign = adjusted.find(({ indicator }) => indicator === ACTIVITY_SIGN)?.series ?? '';
  const index = activityIndex({ inputs: adjusted, sign });
  const target = await tx((db) => quarterlyOf(db, NOWCAST_TARGET));
  const guess =
    target && nowcast({ target, monthly: monthly.filter(({ indicator }) => NOWCAST_INPUTS.includes(indicator)) });
  const keep = async (db: Db, kind: string, document: unknown): Promise<void> => {
    await db.run(sql`
      insert into economy.analysis (release, kind, document, computed_at) values (${release}::uuid, ${kind}, ${json(document)}::text::jsonb, ${now}::timestamptz)
      on conflict (release, kind) do update set document = excluded.document, computed_at = excluded.computed_at`);
  };
  await tx(async (db) => {
    if (index)
      await keep(db, 'activity', {
        ...index,
        // The adjusted inputs are published with the loadings, so that anybody can compute the index again.
        adjusted: Object.fromEntries(adjusted.map(({ series, points }) => [series, Object.fromEntries(points)])),
        method: 'stl-spring-festival',
      });
    if (guess) await keep(db, 'nowcast', guess);
  });
}

const rounded = (value: number): number => Number(value.toPrecision(10));

/** Single quarters of the total of an indicator. */
async function quarterlyOf(db: Db, indicator: string): Promise<{ series: string; points: Points } | undefined> {
  const row = await db.first<{
    series: string;
    accumulation: string;
    decimals: number;
    points: Record<string, number> | null;
  }>(sql`
    select s.id as series, s.accumulation, i.decimals, (
      select jsonb_object_agg(v.period, v.value) from (
        select distinct on (o.period) o.period, o.value from economy.observation o where o.series = s.id and o.published_at is not null order by o.period, o.published_at desc) v
      where v.value is not null) as points
    from economy.series s join economy.indicator i on i.code = s.indicator
    where s.indicator = ${indicator} and s.freq = 'Q' and s.industry = '_T' and s.ownership = '_T' and s.adjustment = 'N'
      and s.area = (select code from economy.code where list = 'CL_AREA' and parent is null order by ord limit 1) limit 1`);
  if (!row?.points) return undefined;
  const points = new Map(Object.entries(row.points).map(([p, v]) => [p, Number(v)]));
  return {
    series: row.series,
    points: monthsOf({ points, accumulation: row.accumulation, decimals: row.decimals, freq: 'Q' }),
  };
}
