import { Type } from 'typebox';
import { endOfDay } from '#platform/basedata/shared/as-of.ts';
import { AsOfQuery } from '#platform/basedata/shared/card-schema.ts';
import { TextSchema } from '#platform/catalog/item-detail.ts';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { empty, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { monthsOf } from './analyse.ts';
import { growth, singlePeriods } from './cumulative.ts';
import { adjust } from './method/seasonal.ts';
import { type Frequency, yearBefore } from './period.ts';
import { levelsFor } from './readers.ts';
import { meanAbsoluteRevision, revisionTriangle, type VintageValue } from './vintage.ts';

const Nullable = Type.Union([Type.String(), Type.Null()]);
const MaybeNumber = Type.Union([Type.Number(), Type.Null()]);
const num = (value: string | number | null | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

/** Indicators as a tree (指标树), with how many series each has for this caller. */
export const listIndicators = route({
  method: 'GET',
  path: '/api/economy/indicators',
  summary: { zh: '指标树', en: 'The tree of indicators' },
  allow: 'public',
  query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 60 })) }),
  reply: Type.Object({
    indicators: Type.Array(
      Type.Object({
        code: Type.String(),
        parent: Nullable,
        title: TextSchema,
        definition: TextSchema,
        unit: Type.String(),
        unitTitle: TextSchema,
        owner: Type.String(),
        level: Type.String(),
        series: Type.Integer(),
        headline: Nullable,
      }),
    ),
    series: Type.Integer(),
    badge: Nullable,
    publishedAt: Nullable,
  }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db, actor, query }) => {
    const levels = levelsFor(actor);
    const like = query.q?.trim() ? `%${query.q.trim().replace(/[\\%_]/g, '\\$&')}%` : null;
    const indicators = await db.rows<{
      code: string;
      parent: string | null;
      title: Text;
      definition: Text;
      unit: string;
      unitTitle: Text;
      owner: string;
      level: string;
      series: number;
      headline: string | null;
    }>(sql`
      select i.code, i.parent, i.title, i.definition, i.unit, u.title as "unitTitle", i.owner, i.level,
        (select count(*)::int from economy.series s where s.indicator = i.code) as series,
        (select s.id from economy.series s where s.indicator = i.code and s.ended is null and s.industry = '_T' and s.ownership = '_T'
          and s.area = (select code from economy.code where list = 'CL_AREA' and parent is null order by ord limit 1) order by s.freq, s.price_base desc limit 1) as headline
      from economy.indicator i join economy.code u on u.list = 'CL_UNIT' and u.code = i.unit
      where i.level = any(${levels}::text[])
        and (${like}::text is null or i.parent is null or i.title->>'zh' ilike ${like}::text or i.title->>'en' ilike ${like}::text or i.code ilike ${like}::text or i.definition->>'zh' ilike ${like}::text)
      order by i.ord`);
    const about = await db.one<{ series: number; badge: string | null; at: Date | null }>(sql`
      select (select count(*)::int from economy.series s join economy.indicator i on i.code = s.indicator where i.level = any(${levels}::text[])) as series,
        (select badge from economy.series limit 1) as badge, (select max(published_at) from economy.release) as at`);
    return { indicators, series: about.series, badge: about.badge, publishedAt: about.at?.toISOString() ?? null };
  },
});

/** Its growth is an indicator of its own (`<X>_G`), at constant prices: two amounts at current prices do not give it. */
const GROWS = sql`exists (select 1 from economy.indicator g where g.code = i.code || '_G')`;

/** Series of an indicator (序列) with their newest value and its growth over the year before. */
export const listSeries = route({
  method: 'GET',
  path: '/api/economy/series',
  summary: { zh: '指标的序列', en: 'Series of an indicator' },
  allow: 'public',
  query: Type.Object({
    indicator: Type.String({ maxLength: 42 }),
    freq: Type.Optional(Type.Union([Type.Literal('A'), Type.Literal('Q'), Type.Literal('M')])),
  }),
  reply: Type.Object({
    series: Type.Array(
      Type.Object({
        id: Type.String(),
        freq: Type.String(),
        title: TextSchema,
        ended: Nullable,
        period: Nullable,
        value: MaybeNumber,
        status: Nullable,
        growth: MaybeNumber,
        spark: Type.Array(Type.Number()),
      }),
    ),
  }),
  examples: { own: { as: 'anonymous', query: { indicator: 'RETAIL' } } },
  handler: async ({ db, actor, query }) => {
    const rows = await db.rows<{
      id: string;
      freq: string;
      title: Text;
      ended: string | null;
      unit: string;
      grows: boolean;
      points: { p: string; v: number; s: string }[] | null;
    }>(sql`
      select s.id, s.freq, s.ended, i.unit, ${GROWS} as grows, jsonb_build_object('zh', concat_ws(' · ', nullif(a.title->>'zh', ''), case when s.industry <> '_T' then n.title->>'zh' end,
          case when s.ownership <> '_T' then o.title->>'zh' end, case when s.price_base like 'I%' then p.title->>'zh' end, c.title->>'zh'),
        'en', concat_ws(' · ', a.title->>'en', case when s.industry <> '_T' then n.title->>'en' end, case when s.ownership <> '_T' then o.title->>'en' end,
          case when s.price_base like 'I%' then p.title->>'en' end, c.title->>'en')) as title,
        (select jsonb_agg(jsonb_build_object('p', v.period, 'v', v.value, 's', v.status) order by v.period) from (
          select * from (select distinct on (b.period) b.period, b.value, b.status from economy.observation b where b.series = s.id and b.published_at is not null
            order by b.period desc, b.published_at desc) w limit 25) v where v.value is not null) as points
      from economy.series s join economy.indicator i on i.code = s.indicator
      join economy.code a on a.list = 'CL_AREA' and a.code = s.area join economy.code n on n.list = 'CL_INDUSTRY' and n.code = s.industry
      join economy.code o on o.list = 'CL_OWNERSHIP' and o.code = s.ownership join economy.code p on p.list = 'CL_PRICE_BASE' and p.code = s.price_base
      join economy.code c on c.list = 'CL_ACCUMULATION' and c.code = s.accumulation
      where s.indicator = ${query.indicator} and i.level = any(${levelsFor(actor)}::text[]) ${query.freq ? sql`and s.freq = ${query.freq}` : empty}
      order by s.ended nulls first, a.ord, case s.freq when 'M' then 1 when 'Q' then 2 else 3 end, n.ord, o.ord, s.id`);
    return {
      series: rows.map(({ id, freq, title, ended, unit, grows, points }) => {
        const last = points?.at(-1);
        const before = last && points?.find((each) => each.p === yearBefore(last.p));
        return {
          id,
          freq,
          title,
          ended,
          period: last?.p ?? null,
          value: num(last?.v),
          status: last?.s ?? null,
          growth:
            unit === 'PCT' || grows ? null : (growth(num(last?.v) ?? undefined, num(before?.v) ?? undefined) ?? null),
          spark: (points ?? []).map((each) => Number(each.v)),
        };
      }),
    };
  },
});

type SeriesRow = {
  id: string;
  freq: Frequency;
  indicator: string;
  accumulation: string;
  ended: string | null;
  followedBy: string | null;
  badge: string;
  title: Text;
  definition: Text;
  method: Text;
  unit: string;
  grows: boolean;
  unitTitle: Text;
  decimals: number;
  owner: string;
  dimensions: { id: string; code: string; title: Text }[];
  provider: string | null;
  licence: string | null;
  marketMethod: Text | null;
};

/** One series (序列页): every period as known on a day, single months, adjusted values, revisions, definition and source. */
export const showSeries = route({
  method: 'GET',
  path: '/api/economy/series/:id',
  summary: { zh: '一个序列', en: 'One series' },
  allow: 'public',
  params: Type.Object({ id: Type.String({ maxLength: 120 }) }),
  query: AsOfQuery,
  reply: Type.Object({
    id: Type.String(),
    freq: Type.String(),
    indicator: Type.String(),
    accumulation: Type.String(),
    title: TextSchema,
    definition: TextSchema,
    method: TextSchema,
    unit: Type.String(),
    unitTitle: TextSchema,
    decimals: Type.Integer(),
    owner: Type.String(),
    badge: Type.String(),
    ended: Nullable,
    followedBy: Nullable,
    dimensions: Type.Array(Type.Object({ id: Type.String(), code: Type.String(), title: TextSchema })),
    market: Type.Union([
      Type.Object({ provider: Type.String(), licence: Type.String(), method: TextSchema }),
      Type.Null(),
    ]),
    points: Type.Array(
      Type.Object({
        period: Type.String(),
        value: MaybeNumber,
        status: Type.String(),
        note: Nullable,
        confidential: Type.Boolean(),
        growth: MaybeNumber,
        single: MaybeNumber,
        /** January and February together. */
        combined: MaybeNumber,
        adjusted: MaybeNumber,
        vintages: Type.Integer(),
        publishedAt: Type.String(),
        release: Type.String(),
        form: Nullable,
        cell: Nullable,
      }),
    ),
    adjustedBy: Nullable,
    meanRevision: MaybeNumber,
    triangle: Type.Object({
      vintages: Type.Array(Type.String()),
      rows: Type.Array(Type.Object({ period: Type.String(), values: Type.Array(MaybeNumber) })),
    }),
    asOf: Type.String(),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'anonymous', params: { id: 'fixture:economy-series' } },
    foreign: { as: 'citizen', params: { id: 'fixture:economy-internal-series' } },
  },
  handler: async ({ db, actor, params, query, clock }) => {
    const levels = levelsFor(actor);
    const row = await db.first<SeriesRow>(sql`
      select s.id, s.freq, s.indicator, s.accumulation, s.ended, s.followed_by as "followedBy", s.badge, i.title, i.definition, i.method, i.unit, ${GROWS} as grows, u.title as "unitTitle", i.decimals, i.owner,
        jsonb_build_array(
          jsonb_build_object('id', 'REF_AREA', 'code', s.area, 'title', a.title), jsonb_build_object('id', 'FREQ', 'code', s.freq, 'title', f.title),
          jsonb_build_object('id', 'ACCUMULATION', 'code', s.accumulation, 'title', c.title), jsonb_build_object('id', 'INDUSTRY', 'code', s.industry, 'title', n.title),
          jsonb_build_object('id', 'OWNERSHIP', 'code', s.ownership, 'title', o.title), jsonb_build_object('id', 'PRICE_BASE', 'code', s.price_base, 'title', p.title),
          jsonb_build_object('id', 'ADJUSTMENT', 'code', s.adjustment, 'title', j.title)) as dimensions,
        m.provider, m.licence, m.method as "marketMethod"
      from economy.series s join economy.indicator i on i.code = s.indicator join economy.code u on u.list = 'CL_UNIT' and u.code = i.unit
      join economy.code a on a.list = 'CL_AREA' and a.code = s.area join economy.code n on n.list = 'CL_INDUSTRY' and n.code = s.industry
      join economy.code o on o.list = 'CL_OWNERSHIP' and o.code = s.ownership join economy.code p on p.list = 'CL_PRICE_BASE' and p.code = s.price_base
      join economy.code c on c.list = 'CL_ACCUMULATION' and c.code = s.accumulation join economy.code f on f.list = 'CL_FREQ' and f.code = s.freq
      join economy.code j on j.list = 'CL_ADJUSTMENT' and j.code = s.adjustment left join economy.market_index m on m.series = s.id
      where s.id = ${params.id} and i.level = any(${levels}::text[])`);
    if (!row) throw NotFound.with();
    const at = query.asOf ? endOfDay(query.asOf) : clock.now();
    const said = await db.rows<{
      period: string;
      value: string | null;
      status: string;
      note: string | null;
      confidential: boolean;
      at: Date;
      release: string;
      form: string | null;
      cell: string | null;
    }>(sql`
      select o.period, o.value, o.status, o.note, o.confidential, o.published_at as at, o.release, t.form_no as form, o.cell
      from economy.observation o left join economy.source_table t on t.id = o.source
      where o.series = ${row.id} and o.published_at <= ${at}::timestamptz order by o.period, o.published_at`);
    const newest = new Map(said.map((each) => [each.period, each]));
    const count = new Map<string, number>();
    for (const { period } of said) count.set(period, (count.get(period) ?? 0) + 1);
    const values = new Map([...newest].flatMap(([p, o]) => (o.value === null ? [] : [[p, Number(o.value)] as const])));
    const ytd = row.accumulation === 'YTD' && row.unit !== 'PCT';
    const derived = ytd ? singlePeriods(values, { freq: row.freq, decimals: row.decimals }) : undefined;
    const made =
      row.freq === 'M' && row.unit !== 'PCT'
        ? adjust(
            [...monthsOf({ points: values, accumulation: row.accumulation, decimals: row.decimals })].map(
              ([period, value]) => ({ period, value }),
            ),
          )
        : undefined;
    const adjusted = new Map(made?.periods.map((p, i) => [p, made.adjusted[i] ?? 0]));
    const vintages: VintageValue[] = said.flatMap((o) =>
      o.value === null ? [] : [{ period: o.period, at: o.at.toISOString(), value: Number(o.value) }],
    );
    const { provider, licence, marketMethod, grows, ...rest } = row;
    return {
      ...rest,
      market: provider && licence && marketMethod ? { provider, licence, method: marketMethod } : null,
      points: [...newest.values()].map((o) => ({
        period: o.period,
        value: num(o.value),
        status: o.status,
        note: o.note,
        confidential: o.confidential,
        growth:
          row.unit === 'PCT' || grows ? null : (growth(values.get(o.period), values.get(yearBefore(o.period))) ?? null),
        single: derived?.single.get(o.period) ?? null,
        combined: derived?.combined.get(o.period) ?? null,
        adjusted: adjusted.has(o.period) ? Number(adjusted.get(o.period)?.toFixed(row.decimals + 1)) : null,
        vintages: count.get(o.period) ?? 1,
        publishedAt: o.at.toISOString(),
        release: o.release,
        form: o.form,
        cell: o.cell,
      })),
      adjustedBy: made?.method ?? null,
      meanRevision: meanAbsoluteRevision(vintages) ?? null,
      triangle: revisionTriangle(
        vintages.filter((v) => v.at >= recent(vintages)),
        14,
      ),
      asOf: at.toISOString(),
    };
  },
});

/** Start of the newest twelve vintages: an older history has none worth a column. */
function recent(values: readonly VintageValue[]): string {
  return [...new Set(values.map((v) => v.at))].sort().slice(-12)[0] ?? '';
}
