import { Type } from 'typebox';
import { TextSchema } from '#platform/catalog/item-detail.ts';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { growth } from './cumulative.ts';
import { Embargoed } from './errors.ts';
import { yearBefore } from './period.ts';
import { levelsFor, worksOn } from './readers.ts';
import { readRelease, ReleaseSchema, shownRelease } from './releases.ts';

const MaybeNumber = Type.Union([Type.Number(), Type.Null()]);
/** What a one-page briefing leads with; everything else follows below. */
const HEADLINES = ['RETAIL', 'TAX', 'LOANS'];

const LineSchema = Type.Object({
  series: Type.String(),
  indicator: Type.String(),
  title: TextSchema,
  unit: TextSchema,
  decimals: Type.Integer(),
  period: Type.String(),
  accumulation: Type.String(),
  value: MaybeNumber,
  status: Type.String(),
  yearBefore: MaybeNumber,
  /** Growth as published where there is such a series, else over the value of the year before as known now. */
  growth: MaybeNumber,
  published: Type.Boolean(),
  /** Revision of the period before, against the vintage of the last release. */
  revision: Type.Union([Type.Object({ period: Type.String(), from: Type.Number(), to: Type.Number() }), Type.Null()]),
});

/** A release as a one-page briefing draft (一页简报): headline figures with year-on-year and revisions; each line leads to its rows. */
export const showRelease = route({
  method: 'GET',
  path: '/api/economy/releases/:id',
  summary: { zh: '一期发布与简报', en: 'A release and its briefing' },
  allow: 'public',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({
    ...ReleaseSchema,
    headlines: Type.Array(LineSchema),
    others: Type.Array(LineSchema),
    revised: Type.Integer(),
    analysis: Type.Object({
      activity: Type.Union([
        Type.Object({
          period: Type.String(),
          value: Type.Number(),
          before: MaybeNumber,
          explained: Type.Number(),
        }),
        Type.Null(),
      ]),
      nowcast: Type.Union([
        Type.Object({
          period: Type.String(),
          growth: Type.Number(),
          mape: Type.Number(),
          naive: Type.Number(),
          origins: Type.Integer(),
        }),
        Type.Null(),
      ]),
      /** Error of a nowcast that is hidden because it does not beat the naive guess. */
      hidden: Type.Union([Type.Object({ mape: Type.Number(), naive: Type.Number() }), Type.Null()]),
    }),
  }),
  errors: [NotFound, Embargoed],
  examples: {
    own: { as: 'anonymous', params: { id: 'fixture:economy-published' } },
    foreign: { as: 'citizen', params: { id: '00000000-0000-4000-8000-000000000000' } },
  },
  handler: async ({ db, actor, params }) => {
    const release = await readRelease(db, params.id);
    if (!release) throw NotFound.with();
    const mine = worksOn(actor, release.owner);
    if (release.state !== 'published' && !mine)
      throw Embargoed.with({ extra: { embargoUntil: release.embargoUntil.toISOString() } });
    const rows = await db.rows<{
      series: string;
      indicator: string;
      title: Text;
      unit: Text;
      unitCode: string;
      decimals: number;
      period: string;
      accumulation: string;
      value: string | null;
      status: string;
      before: string | null;
      published: string | null;
      grows: boolean;
      revised: { period: string; from: number; to: number } | null;
    }>(sql`
      with line as (
        select distinct on (o.series) o.series, o.period, o.value, o.status, s.indicator, s.accumulation, s.freq, s.area, s.industry, s.ownership, i.title, i.decimals, i.unit as "unitCode", u.title as unit, i.ord
        from economy.observation o join economy.series s on s.id = o.series join economy.indicator i on i.code = s.indicator join economy.code u on u.list = 'CL_UNIT' and u.code = i.unit
        where o.release = ${release.id}::uuid and i.level = any(${levelsFor(actor)}::text[]) and s.industry = '_T' and s.ownership = '_T' and s.adjustment = 'N'
          and s.area = (select code from economy.code where list = 'CL_AREA' and parent is null order by ord limit 1)
        order by o.series, o.period desc)
      select l.*, b.value as before, g.value as published, exists (select 1 from economy.indicator x where x.code = l.indicator || '_G') as grows,
        (select jsonb_build_object('period', n.period, 'from', e.value, 'to', n.value) from economy.observation n
          join lateral (select x.value from economy.observation x where x.series = n.series and x.period = n.period and x.release <> n.release and x.published_at is not null
            and x.published_at < coalesce(n.published_at, kernel.now()) order by x.published_at desc limit 1) e on true
          where n.series = l.series and n.release = ${release.id}::uuid and n.period < l.period and n.value is not null and e.value is not null and n.value <> e.value order by n.period desc limit 1) as revised
      from line l
      left join lateral (select x.value from economy.observation x where x.series = l.series and x.published_at is not null
        and x.period = (case when l.freq = 'A' then ((l.period)::int - 1)::text else ((left(l.period, 4))::int - 1)::text || substr(l.period, 5) end)
        and x.published_at <= coalesce(${release.publishedAt}::timestamptz, kernel.now()) order by x.published_at desc limit 1) b on true
      left join lateral (select x.value from economy.observation x join economy.series gs on gs.id = x.series where gs.indicator = l.indicator || '_G' and gs.freq = l.freq and gs.area = l.area
        and gs.industry = '_T' and gs.ownership = '_T' and gs.accumulation = l.accumulation and x.period = l.period and x.release = ${release.id}::uuid limit 1) g on true
      order by l.ord, l.freq`);
    const lines = rows
      .filter((row) => !row.indicator.endsWith('_G'))
      .map((row) => {
        const value = row.value === null ? null : Number(row.value);
        const before = row.before === null ? null : Number(row.before);
        return {
          series: row.series,
          indicator: row.indicator,
          title: row.title,
          unit: row.unit,
          decimals: row.decimals,
          period: row.period,
          accumulation: row.accumulation,
          value,
          status: row.status,
          yearBefore: before,
          // Of an amount at current prices the statistics office says the growth; it does not follow from two amounts.
          growth:
            row.published !== null
              ? Number(row.published)
              : row.grows
                ? null
                : (growth(value ?? undefined, before ?? undefined) ?? null),
          published: row.published !== null,
          revision: row.revised,
        };
      });
    const { revised } = await db.one<{ revised: number }>(sql`
      select count(*)::int as revised from economy.observation n where n.release = ${release.id}::uuid and exists (
        select 1 from economy.observation x where x.series = n.series and x.period = n.period and x.release <> n.release and x.published_at is not null
          and x.published_at < coalesce(n.published_at, kernel.now()) and x.value is distinct from n.value)`);
    const analyses = await db.rows<{ kind: string; document: Record<string, unknown> }>(
      sql`select kind, document from economy.analysis where release = ${release.id}::uuid`,
    );
    return {
      ...shownRelease(release, actor),
      headlines: HEADLINES.flatMap((code) => lines.filter((line) => line.indicator === code).slice(0, 1)),
      others: lines.filter((line) => !HEADLINES.includes(line.indicator)),
      revised,
      analysis: analysisOf(analyses),
    };
  },
});

function analysisOf(rows: readonly { kind: string; document: Record<string, unknown> }[]) {
  const of = (kind: string) => rows.find((row) => row.kind === kind)?.document;
  const activity = of('activity') as { periods: string[]; values: number[]; explained: number } | undefined;
  const guess = of('nowcast') as
    | { period: string; growth: number; mape: number; naive: number; origins: number; shown: boolean }
    | undefined;
  const last = activity?.periods.at(-1);
  const before = last === undefined ? -1 : (activity?.periods.indexOf(yearBefore(last)) ?? -1);
  return {
    activity:
      activity && last !== undefined
        ? {
            period: last,
            value: activity.values.at(-1) ?? 0,
            before: activity.values[before] ?? null,
            explained: activity.explained,
          }
        : null,
    nowcast: guess?.shown
      ? { period: guess.period, growth: guess.growth, mape: guess.mape, naive: guess.naive, origins: guess.origins }
      : null,
    hidden: guess && !guess.shown ? { mape: guess.mape, naive: guess.naive } : null,
  };
}

/** The activity index (活跃指数) of the newest release with its published loadings, and the nowcast's error. */
export const showActivity = route({
  method: 'GET',
  path: '/api/economy/activity',
  summary: { zh: '活跃指数与载荷', en: 'Activity index and loadings' },
  allow: 'public',
  reply: Type.Object({
    release: Type.Union([Type.String(), Type.Null()]),
    periods: Type.Array(Type.String()),
    values: Type.Array(Type.Number()),
    explained: Type.Number(),
    method: Type.String(),
    inputs: Type.Array(
      Type.Object({
        series: Type.String(),
        title: TextSchema,
        loading: Type.Number(),
        mean: Type.Number(),
        deviation: Type.Number(),
      }),
    ),
    adjusted: Type.Record(Type.String(), Type.Record(Type.String(), Type.Number())),
  }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db }) => {
    const row = await db.first<{
      release: string;
      document: {
        periods: string[];
        values: number[];
        explained: number;
        method: string;
        inputs: { series: string; loading: number; mean: number; deviation: number }[];
        adjusted: Record<string, Record<string, number>>;
      };
    }>(sql`
      select a.release, a.document from economy.analysis a join economy.release r on r.id = a.release where a.kind = 'activity' and r.state = 'published' order by r.published_at desc limit 1`);
    if (!row) return { release: null, periods: [], values: [], explained: 0, method: '', inputs: [], adjusted: {} };
    const titles = new Map(
      (
        await db.rows<{ id: string; title: Text }>(
          sql`select s.id, i.title from economy.series s join economy.indicator i on i.code = s.indicator where s.id = any(${row.document.inputs.map((i) => i.series)}::text[])`,
        )
      ).map(({ id, title }) => [id, title]),
    );
    const { document } = row;
    return {
      release: row.release,
      periods: document.periods,
      values: document.values,
      explained: document.explained,
      method: document.method,
      inputs: document.inputs.map((input) => ({
        ...input,
        title: titles.get(input.series) ?? { zh: input.series, en: input.series },
      })),
      adjusted: document.adjusted,
    };
  },
});
