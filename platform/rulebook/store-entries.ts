import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { entryDigest, type FoundEntry } from './entry-file.ts';
import { tellUsers } from './uses.ts';

/**
 * Brings the book to the state of the files: an entry whose text has changed gets a next version, with all its periods. What no
 * file names any more stays as it is, because cases of before rest on it. A rule that people have changed here is theirs from then on: its
 * file was the first edition, and an update of the software does not undo what the district has published.
 */
export async function storeEntries(db: Db, entries: readonly FoundEntry[]): Promise<{ written: string[] }> {
  // Two processes that start together write each version once.
  await db.run(sql`select pg_advisory_xact_lock(310104)`);
  const known = new Map(
    (
      await db.rows<{ id: string; version: number; digests: string[]; ours: boolean }>(sql`
        select id, version, array_agg(digest order by valid_from) as digests, bool_or(origin like 'draft:%') as ours from rulebook.entry e
        where version = (select max(w.version) from rulebook.entry w where w.id = e.id) group by id, version`)
    ).map((row) => [row.id, row]),
  );
  const written: string[] = [];
  const byId = Map.groupBy(entries, ({ id }) => id);
  for (const [id, periods] of byId) {
    const sorted = periods.toSorted((a, b) => a.validFrom.localeCompare(b.validFrom));
    const before = known.get(id);
    const digests = sorted.map(entryDigest);
    if (before && (before.ours || before.digests.join() === digests.join())) continue;
    const version = (before?.version ?? 0) + 1;
    await writeVersion(db, { id, version, entries: sorted });
    await db.emit({ type: 'rulebook.entry.recorded', subject: id, data: { version: String(version) } });
    if (before) await tellUsers(db, { rule: id, version, validFrom: sorted.at(-1)?.validFrom ?? '' });
    written.push(id);
  }
  return { written };
}

/** Writes all periods of a version. */
export async function writeVersion(
  db: Db,
  options: { id: string; version: number; entries: readonly FoundEntry[] },
): Promise<void> {
  const { id, version, entries } = options;
  for (const entry of entries)
    await db.run(sql`
        insert into rulebook.entry (id, version, valid_from, valid_to, title, value, unit, kind, source_title, document_no, article, note, origin, digest)
        values (${id}, ${version}::int, ${entry.validFrom}::date, ${entry.validTo ?? null}::date, ${JSON.stringify(entry.title)}::text::jsonb,
          ${JSON.stringify(entry.value)}::text::jsonb, ${entry.unit ?? null}::text, ${entry.kind}, ${entry.source.title}, ${entry.source.documentNo ?? null}::text,
          ${entry.source.article ?? null}::text, ${entry.note ? JSON.stringify(entry.note) : null}::text::jsonb, ${entry.origin}, ${entryDigest(entry)})`);
}
