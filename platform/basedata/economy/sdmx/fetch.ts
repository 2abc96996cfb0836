import type { Db } from '#platform/kernel/db.ts';
import { empty, join, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { DIMENSIONS } from '../codes.ts';
import { ident } from '#platform/kernel/db.ts';
import { ordinal } from '../period.ts';
import { MEASURE, TIME } from './model.ts';
import { type DataQuery, satisfies } from './query.ts';

/** One observation with its dimensions in key order, the period last. */
export type Observation = {
  key: readonly string[];
  period: string;
  value: number | null;
  status: string;
  note: string | null;
  publishedAt: Date;
};
export type SeriesAttributes = { unit: string; title: Text };
/** What a query found: one set of observations, or one a release where the history was asked for. */
export type Found = {
  sets: { validFrom?: Date; validTo?: Date; observations: Observation[] }[];
  series: ReadonlyMap<string, SeriesAttributes>;
};

type Row = {
  series: string;
  period: string;
  value: string | null;
  status: string;
  note: string | null;
  at: Date;
};

/** Reads what a query asks for: only published figures of the reader's levels, as known at a moment. */
export async function fetchData(db: Db, query: DataQuery, levels: readonly string[]): Promise<Found> {
  const wanted = await db.rows<{ id: string; unit: string; title: Text }>(sql`
    select s.id, i.unit, jsonb_build_object(
      'zh', concat_ws('，', i.title->>'zh', a.title->>'zh', case when s.industry <> '_T' then n.title->>'zh' end, case when s.ownership <> '_T' then o.title->>'zh' end),
      'en', concat_ws(', ', i.title->>'en', a.title->>'en', case when s.industry <> '_T' then n.title->>'en' end, case when s.ownership <> '_T' then o.title->>'en' end)) as title
    from economy.series s join economy.indicator i on i.code = s.indicator
    left join economy.code a on a.list = 'CL_AREA' and a.code = s.area left join economy.code n on n.list = 'CL_INDUSTRY' and n.code = s.industry
    left join economy.code o on o.list = 'CL_OWNERSHIP' and o.code = s.ownership
    where i.level = any(${[...levels]}::text[]) ${keysOf(query)} order by s.id`);
  const filters = query.filters;
  const series = new Map(
    wanted
      .filter(({ id, unit, title }) => {
        const key = id.split('.');
        return filters.every((filter) => {
          const at = DIMENSIONS.findIndex((d) => d.id === filter.component);
          if (at >= 0) return satisfies(filter, key[at] ?? '');
          if (filter.component === 'UNIT_MEASURE') return satisfies(filter, unit);
          if (filter.component === 'TITLE') return satisfies(filter, title.zh) || satisfies(filter, title.en);
          return true;
        });
      })
      .map(({ id, unit, title }) => [id, { unit, title }] as const),
  );
  const ids = [...series.keys()];
  const until = query.asOf ? sql`and o.published_at <= ${query.asOf}::timestamptz` : empty;
  const rows =
    ids.length === 0
      ? []
      : query.history
        ? await db.rows<Row>(sql`
            select o.series, o.period, o.value, o.status, o.note, o.published_at as at from economy.observation o
            where o.series = any(${ids}::text[]) and o.published_at is not null ${until} order by o.published_at, o.series, o.period`)
        : await db.rows<Row>(sql`
            select distinct on (o.series, o.period) o.series, o.period, o.value, o.status, o.note, o.published_at as at from economy.observation o
            where o.series = any(${ids}::text[]) and o.published_at is not null ${until} order by o.series, o.period, o.published_at desc`);
  const observations = rows
    .map(
      (row): Observation => ({
        key: row.series.split('.'),
        period: row.period,
        value: row.value === null ? null : Number(row.value),
        status: row.status,
        note: row.note,
        publishedAt: row.at,
      }),
    )
    .filter((each) => (!query.updatedAfter || each.publishedAt > query.updatedAfter) && passes(query, each));
  const sets = query.history ? byRelease(observations) : [{ observations: limited(query, observations) }];
  const kept = sets.filter(({ observations: list }) => list.length > 0);
  const used = new Set(kept.flatMap((set) => set.observations.map((o) => o.key.join('.'))));
  return { sets: kept, series: new Map([...series].filter(([id]) => used.has(id))) };
}

/** Keys as SQL; a key names codes by dimension, any of several keys may match. */
function keysOf(query: DataQuery) {
  if (query.keys.length === 0) return empty;
  const each = query.keys.map((key) => {
    const conditions = key.flatMap((codes, i) => {
      const column = DIMENSIONS[i]?.column;
      return codes && column ? [sql`${ident('s', column)} = any(${[...codes]}::text[])`] : [];
    });
    return conditions.length === 0 ? sql`true` : sql`(${join(conditions, ' and ')})`;
  });
  return sql`and (${join(each, ' or ')})`;
}

function passes(query: DataQuery, each: Observation): boolean {
  return query.filters.every((filter) => {
    if (filter.component === TIME) return satisfies(filter, each.period);
    if (filter.component === MEASURE) return satisfies(filter, each.value);
    if (filter.component === 'OBS_STATUS') return satisfies(filter, each.status);
    if (filter.component === 'COMMENT_OBS') return satisfies(filter, each.note);
    if (filter.component === 'LAST_UPDATE') return satisfies(filter, each.publishedAt.toISOString());
    return true;
  });
}

function byRelease(observations: readonly Observation[]) {
  const moments = [...new Set(observations.map((o) => o.publishedAt.getTime()))].sort((a, b) => a - b);
  return moments.map((at, i) => ({
    validFrom: new Date(at),
    validTo: moments[i + 1] === undefined ? undefined : new Date(moments[i + 1] as number),
    observations: observations.filter((o) => o.publishedAt.getTime() === at),
  }));
}

/** First and last observations of each series, then offset and limit over all of them, in the order of the keys. */
function limited(query: DataQuery, observations: readonly Observation[]): Observation[] {
  const { firstN, lastN, offset, limit } = query;
  let list = [...observations];
  if (firstN !== undefined || lastN !== undefined) {
    const groups = new Map<string, Observation[]>();
    for (const each of list) groups.set(each.key.join('.'), [...(groups.get(each.key.join('.')) ?? []), each]);
    list = [...groups.values()].flatMap((group) => {
      const ordered = group.sort((a, b) => ordinal(a.period) - ordinal(b.period));
      const chosen = new Set([
        ...(firstN === undefined ? [] : ordered.slice(0, firstN)),
        ...(lastN === undefined ? [] : ordered.slice(-lastN)),
      ]);
      return ordered.filter((each) => chosen.has(each));
    });
  }
  return offset > 0 || limit !== undefined
    ? list.slice(offset, limit === undefined ? undefined : offset + limit)
    : list;
}
