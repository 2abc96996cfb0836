import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { accessDigest, digestOf, type DigestedAccess } from './record.ts';

const GENESIS = 'genesis';
type Seal = { seq: number; from_txid: string; to_txid: string; count: number; previous: string; hash: string };

/** Chains the rows that were committed since the last seal. A chain written by each transaction would queue all writers. */
export async function sealAccess(services: Services): Promise<number> {
  return services.database.tx({ module: 'audit', actor: systemActor({ name: 'sealer' }) }, async (db) => {
    await db.run(sql`select pg_advisory_xact_lock(310102)`);
    const last = await lastSeal(db);
    const { upto } = await db.one<{ upto: string }>(
      sql`select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)::text as upto`,
    );
    const from = last?.to_txid ?? '0';
    const rows = await db.rows<{ digest: string }>(
      sql`select digest from audit.access where txid > ${from}::text::xid8 and txid <= ${upto}::text::xid8 order by txid, id`,
    );
    if (rows.length === 0) return 0;
    const previous = last?.hash ?? GENESIS;
    const hash = chain(
      previous,
      rows.map((r) => r.digest),
    );
    await db.run(sql`insert into audit.seal (seq, at, from_txid, to_txid, count, previous, hash)
      values (${(last?.seq ?? 0) + 1}::bigint, now(), ${from}::text::xid8, ${upto}::text::xid8, ${rows.length}::int, ${previous}, ${hash})`);
    return rows.length;
  });
}

export type Verdict =
  | { ok: true; seals: number; rows: number }
  | { ok: false; seal: number; row?: string; reason: 'row-changed' | 'rows-missing-or-added' | 'chain-broken' };

/** Recomputes every digest and the chain; names the first broken link. */
export async function verifyAccess(services: Services): Promise<Verdict> {
  return services.database.tx({ module: 'audit', actor: systemActor({ name: 'verifier' }) }, async (db) => {
    const seals = await db.rows<Seal>(
      sql`select seq, from_txid::text as from_txid, to_txid::text as to_txid, count, previous, hash from audit.seal order by seq`,
    );
    let previous = GENESIS;
    let total = 0;
    for (const seal of seals) {
      const rows = await db.rows<DigestedAccess & { digest: string; at_: Date }>(sql`
        select id, at as at_, account, purpose, module, route, fields, outcome, code, statement, subjects, behalf, digest from audit.access
        where txid > ${seal.from_txid}::text::xid8 and txid <= ${seal.to_txid}::text::xid8 order by txid, id`);
      for (const row of rows) {
        if (accessDigest({ ...row, at: row.at_.toISOString() }) !== row.digest)
          return { ok: false, seal: seal.seq, row: row.id, reason: 'row-changed' };
      }
      if (rows.length !== seal.count) return { ok: false, seal: seal.seq, reason: 'rows-missing-or-added' };
      if (
        seal.previous !== previous ||
        chain(
          previous,
          rows.map((r) => r.digest),
        ) !== seal.hash
      )
        return { ok: false, seal: seal.seq, reason: 'chain-broken' };
      previous = seal.hash;
      total += rows.length;
    }
    return { ok: true, seals: seals.length, rows: total };
  });
}

function chain(previous: string, digests: string[]): string {
  return digests.reduce((hash, digest) => digestOf([hash, digest]), previous);
}

async function lastSeal(db: Db): Promise<Seal | undefined> {
  return db.first<Seal>(
    sql`select seq, from_txid::text as from_txid, to_txid::text as to_txid, count, previous, hash from audit.seal order by seq desc limit 1`,
  );
}
