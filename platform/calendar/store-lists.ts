import { hash } from 'node:crypto';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { newEdition } from './read-calendar.ts';
import { packagedLists, type YearList } from './year-list.ts';

/** Writes a version of a year's list, unless the newest of the same source says the same. Returns whether it did. */
export async function storeList(db: Db, list: YearList): Promise<boolean> {
  const digest = hash(
    'sm3',
    JSON.stringify([list.document, list.days.map((d) => [d.date, d.kind, d.name])]),
    'base64url',
  );
  const last = await db.first<{ version: number; digest: string | null }>(sql`
    select max(version) as version, (array_agg(digest order by version desc) filter (where source = ${list.source}))[1] as digest
    from calendar.year_list where year = ${list.year}::int`);
  if (last?.digest === digest) return false;
  await db.run(sql`
    insert into calendar.year_list (year, version, source, document, days, digest, recorded_by, recorded_name)
    values (${list.year}::int, ${(last?.version ?? 0) + 1}::int, ${list.source}, ${list.document}::text, ${JSON.stringify(list.days)}::text::jsonb, ${digest},
      ${db.actor.account}, ${db.actor.name})`);
  await db.emit({ type: 'calendar.year.announced', subject: String(list.year), data: { source: list.source } });
  return true;
}

/** At start: takes over the years that the package of this release holds. New data make a new edition, and clocks follow. */
export async function storePackagedLists(db: Db, lists: readonly YearList[] = packagedLists()): Promise<number> {
  await db.run(sql`select pg_advisory_xact_lock(310105)`);
  let written = 0;
  for (const list of lists) if (await storeList(db, list)) written += 1;
  if (written > 0) await newEdition(db);
  return written;
}
