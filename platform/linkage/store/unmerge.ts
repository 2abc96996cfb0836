import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Entry } from './journal.ts';
import type { LinkedSpace, Move } from './linked-space.ts';
import { resettle } from './resettle.ts';

/** What an unmerge did. */
export type Unmerged = {
  moves: Move[];
  /** From when until now the two were one: decisions of this time have used the merged record. */
  since: Date;
};

/**
 * Takes a merge back: what it brought together is kept asunder from now on, and each side gets the subject that it had. Undefined
 * if there is no such merge or it was taken back already.
 */
export async function unmerge(options: {
  db: Db;
  linked: LinkedSpace;
  entry: string;
  by: string;
}): Promise<Unmerged | undefined> {
  const { db, linked, by } = options;
  const { space, parameters } = linked;
  const entry = await db.first<Pick<Entry, 'fromSubject' | 'toSubject' | 'records' | 'at'>>(sql`
    select from_subject as "fromSubject", to_subject as "toSubject", records, at from linkage.journal j
    where app = ${db.module} and space = ${space.id} and id = ${options.entry}::uuid and kind = 'merge'
      and not exists (select from linkage.journal u where u.undoes = j.id)`);
  if (!entry) return undefined;
  const moved = entry.records.map(Number);
  const stayed = (
    await db.rows<{ record: number }>(sql`
      select record from linkage.member where app = ${db.module} and space = ${space.id} and subject = ${entry.toSubject}::uuid
        and record <> all(${moved}::bigint[]) order by record`)
  ).map((r) => Number(r.record));
  const pairs = moved.flatMap((x) => stayed.map((y) => (x < y ? { a: x, b: y } : { a: y, b: x })));
  await db.run(sql`
    insert into linkage.link (app, space, a, b, weight, probability, version, band, verdict, decided_at)
    select ${db.module}, ${space.id}, r.a, r.b, 0, 0.5, ${parameters.version}, 'clerical', 'different', kernel.now()
    from jsonb_to_recordset(${json(pairs)}::text::jsonb) as r(a bigint, b bigint)
    on conflict (app, space, a, b) do update set verdict = 'different', decided_at = kernel.now()`);
  // The side that left finds its former subject again, unless a verified identifier says where it belongs.
  await db.run(sql`
    update linkage.member set subject = ${entry.fromSubject}::uuid
    where app = ${db.module} and space = ${space.id} and record = any(${moved}::bigint[]) and anchor is null`);
  const back = moved.map((record): Move => ({ record, from: entry.toSubject, to: entry.fromSubject }));
  const further = await resettle({
    db,
    linked,
    touched: [...moved, ...stayed].map((record) => ({ record })),
    by,
    undoes: options.entry,
  });
  await db.run(sql`
    insert into linkage.journal (id, app, space, kind, from_subject, to_subject, records, version, undoes, by)
    values (gen_random_uuid(), ${db.module}, ${space.id}, 'unmerge', ${entry.toSubject}::uuid, ${entry.fromSubject}::uuid, ${moved}::bigint[], ${parameters.version}, ${options.entry}::uuid, ${by})`);
  return { moves: netOf([...back, ...further]), since: entry.at };
}

/** First and last place of each record that ended elsewhere than it began. */
function netOf(moves: readonly Move[]): Move[] {
  const net = new Map<number, Move>();
  for (const move of moves)
    net.set(move.record, { ...move, from: net.has(move.record) ? net.get(move.record)?.from : move.from });
  return [...net.values()].filter((m) => m.from !== m.to);
}
