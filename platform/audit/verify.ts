import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { Broken, checkRows, checkSignature, type Fault, type SealedRow, type StoredRow } from './check-seal.ts';
import type { Subject } from './digest.ts';
import { GENESIS, type Seal, SEAL_COLUMNS } from './seal.ts';
import { isOwnKey } from './seal-key.ts';

/** Rows and seals that are read at once. */
const PAGE = 1000;

export type { Fault };

export type Verdict = {
  ok: boolean;
  /** The first fault in the order of the chain. */
  fault?: Fault;
  /** What was found in order before it. */
  seals: number;
  rows: number;
  /** Committed rows that no seal covers yet. */
  unsealed: number;
  last?: { seq: number; at: string; hash: string };
};

/**
 * Computes every digest, link and signature again from what is stored, and names the first fault. `from` and `to` limit it to
 * those seals: what lies between them is then proved to be complete. Reads in pages and writes nothing; what is sealed
 * does not change, so it may run beside the service.
 */
export async function verifyAccess(services: Services, range: { from?: number; to?: number } = {}): Promise<Verdict> {
  return services.database.tx({ module: 'audit', actor: systemActor({ name: 'verifier' }) }, async (db) => {
    await db.run(sql`set transaction read only`);
    const verdict: Verdict = { ok: true, seals: 0, rows: 0, unsealed: 0 };
    try {
      await walk({ db, services, range, verdict });
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      return { ...verdict, ok: false, fault: error.fault };
    }
    return verdict;
  });
}

async function walk(options: {
  db: Db;
  services: Services;
  range: { from?: number; to?: number };
  verdict: Verdict;
}): Promise<void> {
  const { db, services, range, verdict } = options;
  const first = range.from ?? 1;
  let before = await sealBefore(db, first);
  const keys = await knownKeys(db, services);
  const { signed } = await db.one<{ signed: number | null }>(
    sql`select min(seq) as signed from audit.seal where signature is not null`,
  );
  for (let next = first; ; ) {
    const page = await db.rows<Omit<Seal, 'at'> & { at: Date }>(
      sql`select ${SEAL_COLUMNS} from audit.seal where seq >= ${next}::bigint and seq <= ${range.to ?? 2 ** 52}::bigint order by seq limit 100`,
    );
    if (page.length === 0) break;
    for (const stored of page) {
      const seal: Seal = { ...stored, at: stored.at.toISOString() };
      if (seal.seq !== next) throw new Broken({ reason: 'seal-missing', seal: next });
      const follows = seal.previous === before.hash && seal.from_txid === before.to_txid;
      checkSignature({ seal, keys, mustSign: signed !== null && seal.seq >= signed });
      if (!follows) throw new Broken({ reason: 'seal-changed', seal: seal.seq });
      await checkRows(rowsOf(db, seal), seal);
      before = seal;
      next = seal.seq + 1;
      verdict.seals += 1;
      verdict.rows += seal.count;
      verdict.last = { seq: seal.seq, at: seal.at, hash: seal.hash };
    }
  }
  if (range.to !== undefined && verdict.last?.seq !== range.to)
    throw new Broken({ reason: 'seal-missing', seal: (verdict.last?.seq ?? first - 1) + 1 });
  if (range.from === undefined && range.to === undefined) await checkStrays(db, verdict);
}

async function sealBefore(db: Db, first: number): Promise<{ hash: string; to_txid: string }> {
  if (first <= 1) return { hash: GENESIS, to_txid: '0' };
  const found = await db.first<{ hash: string; to_txid: string }>(
    sql`select hash, to_txid::text as to_txid from audit.seal where seq = ${first - 1}::bigint`,
  );
  if (!found) throw new Broken({ reason: 'seal-missing', seal: first - 1 });
  return found;
}

/** Public keys by id; undefined for one that this installation did not make. */
async function knownKeys(db: Db, services: Services): Promise<Map<string, string | undefined>> {
  const rows = await db.rows<{ id: string; public_key: string; private: string }>(
    sql`select id, public_key, private from audit.seal_key`,
  );
  return new Map(rows.map((key) => [key.id, isOwnKey(key, services) ? key.public_key : undefined]));
}

/** The rows of a batch in the order of the chain, each with its subjects. */
/* The column has another name than the text made of it: `order by txid` must mean the number. */
export async function* rowsOf(db: Db, seal: Pick<Seal, 'from_txid' | 'to_txid'>): AsyncGenerator<SealedRow> {
  let after = { atTxid: seal.from_txid, id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
  for (;;) {
    const page = await db.rows<StoredRow>(sql`
      select txid::text as "atTxid", id, at, account, name, post, unit, purpose, behalf, trace, module, route, resources, fields, level, outcome, code, statement, subjects, digest
      from audit.access where (txid, id) > (${after.atTxid}::text::xid8, ${after.id}::uuid) and txid <= ${seal.to_txid}::text::xid8
      order by txid, id limit ${PAGE}`);
    const last = page.at(-1);
    if (!last) return;
    const subjects = await subjectsOf(db, page);
    for (const row of page) yield { row, subjects: subjects.get(row.id) ?? [] };
    after = last;
  }
}

async function subjectsOf(db: Db, page: readonly StoredRow[]): Promise<Map<string, Subject[]>> {
  const times = page.map(({ at }) => at.getTime());
  const found = await db.rows<{ access_id: string; kind: string; subject: string }>(sql`
    select access_id, kind, subject from audit.access_subject
    where at >= ${new Date(Math.min(...times)).toISOString()}::timestamptz and at <= ${new Date(Math.max(...times)).toISOString()}::timestamptz
      and access_id = any(${page.map(({ id }) => id)}::uuid[])`);
  const byRow = new Map<string, Subject[]>();
  for (const { access_id, kind, subject } of found) {
    const list = byRow.get(access_id) ?? [];
    list.push({ kind, id: subject });
    byRow.set(access_id, list);
  }
  return byRow;
}

/** What no seal speaks of: subjects whose time or row is another, and the rows that wait for the next seal. */
async function checkStrays(db: Db, verdict: Verdict): Promise<void> {
  const stray = await db.first<{ access_id: string }>(sql`
    select s.access_id from audit.access_subject s left join audit.access a on a.id = s.access_id
    where a.id is null or a.at <> s.at limit 1`);
  if (stray) throw new Broken({ reason: 'subjects-changed', seal: verdict.last?.seq ?? 0, row: stray.access_id });
  const { waiting } = await db.one<{ waiting: string }>(sql`
    select count(*)::text as waiting from audit.access
    where txid > coalesce((select max(to_txid::text::bigint) from audit.seal), 0)::text::xid8`);
  verdict.unsealed = Number(waiting);
}
