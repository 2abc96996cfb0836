import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { LinkedSpace, Move } from './linked-space.ts';

/** One line of the journal (归并日志). */
export type Entry = {
  id: string;
  kind: 'merge' | 'unmerge';
  fromSubject: string;
  toSubject: string;
  records: number[];
  version: string;
  undoes: string | null;
  by: string;
  at: Date;
};

/** Writes down which records went from one subject to another. A record's first place is no move. */
export async function writeJournal(options: {
  db: Db;
  linked: LinkedSpace;
  moves: readonly Move[];
  by: string;
  undoes?: string;
}): Promise<void> {
  const { db, linked, by, undoes } = options;
  const ways = new Map<string, { from: string; to: string; records: number[] }>();
  for (const { record, from, to } of options.moves) {
    if (from === undefined) continue;
    const way = ways.get(`${from}/${to}`);
    if (way) way.records.push(record);
    else ways.set(`${from}/${to}`, { from, to, records: [record] });
  }
  if (ways.size === 0) return;
  // Whoever leaves a subject that others still belong to was parted from them; whoever leaves it empty was joined to others.
  const left = new Set(
    (
      await db.rows<{ subject: string }>(sql`
        select distinct subject from linkage.member where app = ${db.module} and space = ${linked.space.id}
          and subject = any(${[...ways.values()].map((w) => w.from)}::uuid[])`)
    ).map((r) => r.subject),
  );
  const rows = [...ways.values()].map(({ from, to, records }) => ({
    id: uuidv7(),
    kind: undoes !== undefined || left.has(from) ? 'unmerge' : 'merge',
    from,
    to,
    records,
  }));
  await db.run(sql`
    insert into linkage.journal (id, app, space, kind, from_subject, to_subject, records, version, undoes, by)
    select r.id, ${db.module}, ${linked.space.id}, r.kind, r."from", r."to", array(select jsonb_array_elements_text(r.records)::bigint), ${linked.parameters.version}, ${undoes ?? null}::uuid, ${by}
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as r(id uuid, kind text, "from" uuid, "to" uuid, records jsonb)`);
}

/** The journal, newest first; of one subject if one is named. */
export async function readJournal(options: { db: Db; linked: LinkedSpace; subject?: string }): Promise<Entry[]> {
  const { db, linked, subject } = options;
  const rows = await db.rows<Entry>(sql`
    select id, kind, from_subject as "fromSubject", to_subject as "toSubject", records, version, undoes, by, at from linkage.journal
    where app = ${db.module} and space = ${linked.space.id}
      and (${subject ?? null}::uuid is null or ${subject ?? null}::uuid in (from_subject, to_subject))
    order by at desc, id desc limit 200`);
  return rows.map((row) => ({ ...row, records: row.records.map(Number) }));
}
