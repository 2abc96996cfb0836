import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { digestOf } from './digest.ts';
import { currentSealKey } from './seal-key.ts';

/** What the first seal follows. */
export const GENESIS = 'genesis';

/** A batch of committed rows, chained to the one before and signed (封存). */
export type Seal = {
  seq: number;
  at: string;
  from_txid: string;
  to_txid: string;
  count: number;
  previous: string;
  hash: string;
  /** `id:mark` of each row in order; null in seals of before. */
  rows: string[] | null;
  key_id: string | null;
  signature: string | null;
};

/** Columns of a seal as `Seal` has them. */
export const SEAL_COLUMNS = sql`seq, at, from_txid::text as from_txid, to_txid::text as to_txid, count, previous, hash, rows, key_id, signature`;

/** Chains and signs the rows that were committed since the last seal. A chain written by each transaction would queue all writers. */
export async function sealAccess(services: Services): Promise<number> {
  return services.database.tx({ module: 'audit', actor: systemActor({ name: 'sealer' }) }, async (db) => {
    await db.run(sql`select pg_advisory_xact_lock(310102)`);
    const last = await db.first<{ seq: number; to_txid: string; hash: string }>(
      sql`select seq, to_txid::text as to_txid, hash from audit.seal order by seq desc limit 1`,
    );
    const { upto } = await db.one<{ upto: string }>(
      sql`select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)::text as upto`,
    );
    const from = last?.to_txid ?? '0';
    const rows = await db.rows<{ id: string; digest: string }>(
      sql`select id, digest from audit.access where txid > ${from}::text::xid8 and txid <= ${upto}::text::xid8 order by txid, id`,
    );
    if (rows.length === 0) return 0;
    const key = await currentSealKey(db, services);
    const previous = last?.hash ?? GENESIS;
    const seal: Omit<Seal, 'signature'> = {
      seq: (last?.seq ?? 0) + 1,
      at: new Date().toISOString(),
      from_txid: from,
      to_txid: upto,
      count: rows.length,
      previous,
      hash: rows.reduce((hash, { digest }) => link(hash, digest), previous),
      rows: rows.map(({ id, digest }) => `${id}:${markOf(digest)}`),
      key_id: key.id,
    };
    await db.run(sql`insert into audit.seal (seq, at, from_txid, to_txid, count, previous, hash, rows, key_id, signature)
      values (${seal.seq}::bigint, ${seal.at}::timestamptz, ${from}::text::xid8, ${upto}::text::xid8, ${seal.count}::int, ${previous}, ${seal.hash},
        ${seal.rows}::text[], ${key.id}, ${key.sign(signedText(seal))})`);
    return rows.length;
  });
}

/** The chain's next value. */
export function link(previous: string, digest: string): string {
  return digestOf([previous, digest]);
}

/** What a seal keeps of a row's digest. */
export function markOf(digest: string): string {
  return digestOf([digest]).slice(0, 16);
}

/** What the signature of a seal covers. */
export function signedText(seal: Omit<Seal, 'signature'>): string {
  const { seq, at, from_txid, to_txid, count, previous, hash, rows, key_id } = seal;
  return JSON.stringify(['seal', seq, at, from_txid, to_txid, count, previous, hash, digestOf([rows]), key_id]);
}
