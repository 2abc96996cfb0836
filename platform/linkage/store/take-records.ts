import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { probabilityOf } from '../model/bands.ts';
import type { Stated } from '../model/space.ts';
import { scorePairs } from '../engine/link.ts';
import { readTable } from '../engine/table.ts';
import { blockKeys } from './block-keys.ts';
import type { LinkedSpace, Move, NewRecord } from './linked-space.ts';
import { resettle, storeMembers } from './resettle.ts';

/**
 * Takes in records and says which subject each touched record belongs to. Only the blocks of the new ones are read and only
 * their pairs compared; two records that both have an anchor are not, because their subjects are known. A record that is known
 * already is left as it is, so the same batch again changes nothing, and batches in any order end in the same clusters.
 */
export async function takeRecords(options: {
  db: Db;
  linked: LinkedSpace;
  records: readonly NewRecord[];
  by: string;
}): Promise<Move[]> {
  const { db, linked, records } = options;
  const { space, parameters } = linked;
  // One after the other: what another transaction has taken in but not committed could not be found.
  await db.run(sql`select pg_advisory_xact_lock(hashtext('linkage'), hashtext(${`${db.module}/${space.id}`}))`);
  const known = new Set(
    (
      await db.rows<{ record: number }>(sql`
        select record from linkage.member where app = ${db.module} and space = ${space.id} and record = any(${records.map((r) => r.record)}::bigint[])`)
    ).map((r) => Number(r.record)),
  );
  const fresh = [...new Map(records.filter((r) => !known.has(r.record)).map((r) => [r.record, r])).values()].sort(
    (x, y) => x.record - y.record,
  );
  if (fresh.length === 0) return [];
  const keys = blockKeys({ space, parameters, stated: fresh.map((r) => r.stated) }).map(({ at, pass, key }) => {
    const { record, anchor } = fresh[at] as NewRecord;
    return { pass, key, record, anchored: anchor !== undefined };
  });
  const others = await recordsOfKeys(db, linked, keys);
  await storeKeys(db, linked, keys);
  const stated = others.size === 0 ? new Map<number, Stated>() : await linked.statedOf(db, [...others.keys()]);
  const before: NewRecord[] = [...others].flatMap(([record, anchor]) => {
    const found = stated.get(record);
    return found ? [{ record, stated: found, anchor: anchor ?? undefined }] : [];
  });
  const linkedTo = await storeLinks({ db, linked, all: [...before, ...fresh], from: before.length });
  const touched = fresh.filter((r) => r.anchor === undefined || linkedTo.has(r.record));
  // Whoever has an anchor and is linked to nobody is where the anchor says.
  const settled = fresh.flatMap((r): Move[] =>
    r.anchor !== undefined && !linkedTo.has(r.record) ? [{ record: r.record, from: undefined, to: r.anchor }] : [],
  );
  await storeMembers(
    db,
    linked,
    settled.map(({ record, to }) => ({ record, subject: to, anchor: to })),
  );
  return [...settled, ...(touched.length > 0 ? await resettle({ db, linked, touched, by: options.by }) : [])];
}

/** Records taken in earlier that share a block with the new ones, in order of number, with their anchors. */
async function recordsOfKeys(
  db: Db,
  { space }: LinkedSpace,
  keys: readonly { pass: number; key: number; anchored: boolean }[],
): Promise<Map<number, string | null>> {
  const found = await db.rows<{ record: number }>(sql`
    select distinct k.record from jsonb_to_recordset(${json(keys)}::text::jsonb) as r(pass smallint, key bigint, anchored boolean)
    cross join lateral (
      -- One look-up a key, whatever the planner thinks of a table that is being filled.
      select b.record from linkage.block_key b
      where b.app = ${db.module} and b.space = ${space.id} and b.pass = r.pass and b.key = r.key and not (r.anchored and b.anchored) offset 0) k`);
  if (found.length === 0) return new Map();
  const rows = await db.rows<{ record: number; anchor: string | null }>(sql`
    select record, anchor from linkage.member where app = ${db.module} and space = ${space.id} and record = any(${found.map((f) => f.record)}::bigint[])
    order by record`);
  return new Map(rows.map((r) => [Number(r.record), r.anchor]));
}

async function storeKeys(
  db: Db,
  { space }: LinkedSpace,
  keys: readonly { pass: number; key: number; record: number; anchored: boolean }[],
): Promise<void> {
  await db.run(sql`
    insert into linkage.block_key (app, space, pass, key, record, anchored)
    select ${db.module}, ${space.id}, r.pass, r.key, r.record, r.anchored
    from jsonb_to_recordset(${json(keys)}::text::jsonb) as r(pass smallint, key bigint, record bigint, anchored boolean) on conflict do nothing`);
}

/** Compares the new records (from place `from` on) with all, keeps what is worth saying, and returns who is in it. */
async function storeLinks(options: {
  db: Db;
  linked: LinkedSpace;
  all: readonly NewRecord[];
  from: number;
}): Promise<Set<number>> {
  const { db, linked, all, from } = options;
  const { space, parameters } = linked;
  const { automatic, questions } = scorePairs({
    table: readTable(
      space,
      all.map((r) => r.stated),
    ),
    parameters,
    from,
    skip: (x, y) => all[x]?.anchor !== undefined && all[y]?.anchor !== undefined,
  });
  const pair = (x: number, y: number): { a: number; b: number } => {
    const [a, b] = [all[x]?.record as number, all[y]?.record as number];
    return a < b ? { a, b } : { a: b, b: a };
  };
  const rows = [
    ...Array.from({ length: automatic.count }, (_, i) => {
      const weight = automatic.weight[i] as number;
      const ends = pair(automatic.a[i] as number, automatic.b[i] as number);
      return { ...ends, weight, probability: probabilityOf(weight), band: 'automatic', reason: null };
    }),
    ...questions.map(({ a, b, weight, probability, reason }) => ({
      ...pair(a, b),
      weight,
      probability,
      band: 'clerical',
      reason,
    })),
  ];
  if (rows.length === 0) return new Set();
  await db.run(sql`
    insert into linkage.link (app, space, a, b, weight, probability, version, band, reason)
    select ${db.module}, ${space.id}, r.a, r.b, r.weight, r.probability, ${parameters.version}, r.band, r.reason
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as r(a bigint, b bigint, weight float8, probability float8, band text, reason text)
    on conflict do nothing`);
  return new Set(rows.flatMap(({ a, b }) => [a, b]));
}
