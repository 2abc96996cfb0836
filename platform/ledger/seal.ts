import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { digestOf } from '#platform/audit/digest.ts';
import { GENESIS, link } from '#platform/audit/seal.ts';
import { type Entry, journalDigest } from './journal-digest.ts';

/** One sealer at a time. */
const SEAL_LOCK = 730_012;

type Sealed = { seq: string; previous: string; hash: string; journals: string[] };

const sealer = systemActor({ name: 'ledger-sealer' });

/** Chains the journals that were committed since the last seal (封存), each once, in the order of their transactions. */
export async function sealJournals({ database }: Pick<Services, 'database'>): Promise<number> {
  return database.tx({ module: 'ledger', actor: sealer }, async (db) => {
    await db.run(sql`select pg_advisory_xact_lock(${SEAL_LOCK}::int)`);
    const last = await db.first<{ seq: string; to_txid: string; hash: string }>(
      sql`select seq::text, to_txid::text, hash from ledger.seal order by seal.seq desc limit 1`,
    );
    const from = last?.to_txid ?? '0';
    const { upto } = await db.one<{ upto: string }>(
      sql`select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)::text as upto`,
    );
    const rows = await db.rows<{ id: string; digest: string }>(
      sql`select id, digest from ledger.journal where txid > ${from}::text::xid8 and txid <= ${upto}::text::xid8 order by txid, id`,
    );
    if (rows.length === 0) return 0;
    const previous = last?.hash ?? GENESIS;
    await db.run(sql`
      insert into ledger.seal (seq, from_txid, to_txid, count, previous, hash, journals)
      values (${String(BigInt(last?.seq ?? '0') + 1n)}::bigint, ${from}::text::xid8, ${upto}::text::xid8, ${rows.length}::int, ${previous},
        ${rows.reduce(next, previous)}, ${rows.map(({ id, digest }) => `${id}:${digest}`)}::text[])`);
    return rows.length;
  });
}

const next = (hash: string, { id, digest }: { id: string; digest: string }): string =>
  link(hash, digestOf([id, digest]));

/** What does not fit: a broken chain, a journal that is gone or says something else, a balance that its entries do not give. */
export async function verifyLedger({ database }: Pick<Services, 'database'>): Promise<string[]> {
  return database.tx({ module: 'ledger', actor: sealer, readOnly: true }, async (db) => {
    const faults: string[] = [];
    const digests = new Map<string, string>();
    for await (const journals of db.stream<StoredJournal>(JOURNALS))
      for (const journal of journals) {
        const said = journalDigest({ ...journal, entries: journal.entries.map(entryOf) });
        if (said !== journal.digest) faults.push(`journal ${journal.id} says something else than when it was booked`);
        digests.set(journal.id, said);
      }
    let previous = GENESIS;
    for (const seal of await db.rows<Sealed>(
      sql`select seq::text, previous, hash, journals from ledger.seal order by seal.seq`,
    )) {
      if (seal.previous !== previous) faults.push(`seal ${seal.seq} does not follow the one before`);
      previous = seal.journals
        .map((each) => ({ id: each.slice(0, 36), digest: each.slice(37) }))
        .reduce((hash, journal) => {
          if (digests.get(journal.id) !== journal.digest) faults.push(`journal ${journal.id} is not what was sealed`);
          return next(hash, journal);
        }, seal.previous);
      if (seal.hash !== previous) faults.push(`seal ${seal.seq} was changed`);
      previous = seal.hash;
    }
    const lines = await db.rows<{ line: string }>(WRONG_BALANCES);
    return [...faults, ...lines.map(({ line }) => `balance ${line} is not the sum of its entries`)];
  });
}

type StoredJournal = {
  id: string;
  app: string;
  unit: string;
  event: string;
  date: string;
  text: string;
  reverses: string | null;
  digest: string;
  entries: [string, string, Entry['side'], string][];
};

const entryOf = ([account, control, side, fen]: StoredJournal['entries'][number]): Entry => ({
  account,
  control,
  side,
  fen: BigInt(fen),
});

const JOURNALS = sql`
  select j.id, j.app, j.unit, j.event, j.on_date::text as date, j.text, j.reverses, j.digest,
    (select jsonb_agg(jsonb_build_array(e.account, e.control, e.side, e.fen::text) order by e.no) from ledger.entry e where e.journal = j.id) as entries
  from ledger.journal j order by j.txid, j.id`;

const WRONG_BALANCES = sql`
  select concat_ws(' ', app, unit, account, control) as line from ledger.balance b
  full join (select app, unit, account, control, sum(fen) filter (where side = 'debit') as debit, sum(fen) filter (where side = 'credit') as credit, count(*) as entries
    from ledger.entry group by app, unit, account, control) e using (app, unit, account, control)
  where (b.debit, b.credit, b.entries) is distinct from (coalesce(e.debit, 0), coalesce(e.credit, 0), coalesce(e.entries, 0))`;
