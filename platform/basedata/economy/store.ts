import { createHash } from 'node:crypto';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { CODE_LISTS, type Code } from './codes.ts';
import { INDICATORS } from './indicators.ts';

/** Writes indicators and code lists of the standards; what the district adds (areas) comes with its data. Repeatable. */
export async function storeReference({ db }: { db: Db; services: Services }): Promise<void> {
  const rows = INDICATORS.map((indicator, ord) => ({ ...indicator, parent: indicator.parent ?? null, ord }));
  await db.run(sql`
    insert into economy.indicator as i (code, parent, title, definition, method, unit, kind, sign, decimals, owner, level, ord)
    select x.code, x.parent, x.title, x.definition, x.method, x.unit, x.kind, x.sign, x.decimals, x.owner, x.level, x.ord
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as x(code text, parent text, title jsonb, definition jsonb, method jsonb, unit text, kind text, sign text,
      decimals int, owner text, level text, ord int)
    on conflict (code) do update set parent = excluded.parent, title = excluded.title, definition = excluded.definition, method = excluded.method, ord = excluded.ord
    where (i.title, i.definition, i.method, i.ord) is distinct from (excluded.title, excluded.definition, excluded.method, excluded.ord)`);
  for (const [list, { codes }] of Object.entries(CODE_LISTS)) await storeCodes(db, list, codes);
}

export async function storeCodes(db: Db, list: string, codes: readonly Code[]): Promise<void> {
  const rows = codes.map((each, ord) => ({ ...each, parent: each.parent ?? null, ord }));
  await db.run(sql`
    insert into economy.code as c (list, code, parent, title, ord)
    select ${list}, x.code, x.parent, x.title, x.ord from jsonb_to_recordset(${json(rows)}::text::jsonb) as x(code text, parent text, title jsonb, ord int)
    on conflict (list, code) do update set title = excluded.title, parent = excluded.parent, ord = excluded.ord
    where (c.title, c.ord) is distinct from (excluded.title, excluded.ord)`);
}

/** Dimensions of a series without its id. */
export type SeriesKey = {
  freq: string;
  indicator: string;
  area: string;
  industry: string;
  ownership: string;
  priceBase: string;
  adjustment: string;
  accumulation: string;
};

export const seriesId = (key: SeriesKey): string =>
  [
    key.freq,
    key.indicator,
    key.area,
    key.industry,
    key.ownership,
    key.priceBase,
    key.adjustment,
    key.accumulation,
  ].join('.');

export type NewObservation = {
  series: string;
  period: string;
  value: number | null;
  status: string;
  note?: string | null;
  confidential?: boolean;
  cell?: string | null;
};

/** Makes series that do not exist yet. */
export async function storeSeries(db: Db, keys: readonly SeriesKey[], badge: string): Promise<void> {
  const rows = keys.map((key) => ({ ...key, id: seriesId(key) }));
  await db.run(sql`
    insert into economy.series (id, freq, indicator, area, industry, ownership, price_base, adjustment, accumulation, badge)
    select x.id, x.freq, x.indicator, x.area, x.industry, x.ownership, x."priceBase", x.adjustment, x.accumulation, ${badge}
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as x(id text, freq text, indicator text, area text, industry text, ownership text, "priceBase" text, adjustment text, accumulation text)
    on conflict (id) do nothing`);
}

/** Writes the observations of a release, at most a few thousand at once. `publishedAt` only for what is public already. */
export async function storeObservations(
  db: Db,
  options: { release: string; rows: readonly NewObservation[]; source?: string; publishedAt?: Date },
): Promise<number> {
  const { release, rows, source, publishedAt } = options;
  return db.run(sql`
    insert into economy.observation (series, period, release, value, status, note, confidential, source, cell, published_at)
    select x.series, x.period, ${release}::uuid, x.value, x.status, x.note, coalesce(x.confidential, false), ${source ?? null}::uuid, x.cell, ${publishedAt ?? null}::timestamptz
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as x(series text, period text, value numeric, status text, note text, confidential boolean, cell text)
    on conflict (series, period, release) do nothing`);
}

/** What a district brings with its history: areas, series, releases with their figures. */
export type History = {
  areas: readonly Code[];
  series: readonly SeriesKey[];
  ended: readonly { series: string; at: string; followedBy: string }[];
  market: readonly { series: string; provider: string; licence: string; method: Text }[];
  releases: readonly {
    key: string;
    title: Text;
    period: string;
    owner: string;
    embargoUntil: Date;
    state: 'published' | 'planned';
    preparedBy: string;
    approvedBy: string;
    observations: readonly NewObservation[];
  }[];
};

/** A stable id for what has a name and no id of its own: the same name gives the same one at every start. */
export function nameId(name: string): string {
  const hex = createHash('sha256').update(`economy ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const CHUNK = 1_000;

/** Loads a history, release by release in chunks that commit by themselves; what is there stays. */
export async function loadHistory(options: {
  services: Services;
  history: History;
  badge: 'sample' | 'real' | 'reference';
}): Promise<void> {
  const { services, history, badge } = options;
  const actor = systemActor({ name: 'economy', unit: 'statistics' });
  const tx = <T>(work: (db: Db) => Promise<T>): Promise<T> => services.database.tx({ module: 'economy', actor }, work);
  await tx(async (db) => {
    await storeReference({ db, services });
    await storeCodes(db, 'CL_AREA', history.areas);
    await storeSeries(db, history.series, badge);
    for (const { series, at, followedBy } of history.ended)
      await db.run(
        sql`update economy.series set ended = ${at}, followed_by = ${followedBy} where id = ${series} and ended is null`,
      );
    for (const each of history.market)
      await db.run(sql`
        insert into economy.market_index (series, provider, licence, method) values (${each.series}, ${each.provider}, ${each.licence}, ${json(each.method)}::text::jsonb)
        on conflict do nothing`);
  });
  const newest = history.releases.filter((release) => release.state === 'published').at(-1);
  for (const release of history.releases) {
    const id = nameId(`release ${release.key}`);
    const there = await tx((db) =>
      db.first(sql`select 1 from economy.release where id = ${id}::uuid and state <> 'loaded'`),
    );
    if (there) continue;
    for (let at = 0; at < release.observations.length || at === 0; at += CHUNK) {
      const rows = release.observations.slice(at, at + CHUNK);
      await tx(async (db) => {
        if (at === 0)
          await db.run(sql`
            insert into economy.release (id, title, period, owner, embargo_until, state, prepared_by, prepared_name, badge)
            values (${id}::uuid, ${json(release.title)}::text::jsonb, ${release.period}, ${release.owner}, ${release.embargoUntil}::timestamptz,
              ${release.state === 'published' ? 'loaded' : 'planned'}, ${release.state === 'published' ? release.preparedBy : null}::text, ${release.state === 'published' ? release.preparedBy : null}::text, ${badge}) on conflict (id) do nothing`);
        await storeObservations(db, { release: id, rows });
      });
    }
    if (release.state === 'published')
      // Figures and release become public in one transaction, as with every other release.
      await tx(async (db) => {
        await db.run(sql`
          update economy.release set state = 'published', approved_by = ${release.approvedBy}, approved_name = ${release.approvedBy}, approved_at = ${release.embargoUntil}::timestamptz,
            published_at = ${release.embargoUntil}::timestamptz where id = ${id}::uuid`);
        await db.run(
          sql`update economy.observation set published_at = ${release.embargoUntil}::timestamptz where release = ${id}::uuid`,
        );
        if (release === newest) await db.enqueue({ name: 'analyse', payload: { release: id }, key: id });
      });
  }
}
