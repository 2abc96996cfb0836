import { systemActor } from './actor.ts';
import type { Services } from './app.ts';
import { type Sql, sql } from './sql.ts';

/**
 * A place in the order of commits (提交次序): transaction, and number within it. A sequence alone is not that order: who began first may commit last.
 */
export type Place = { txid: string; seq: string };

export const before = (a: Place, b: Place): boolean =>
  BigInt(a.txid) < BigInt(b.txid) || (a.txid === b.txid && BigInt(a.seq) < BigInt(b.seq));

export const idOf = ({ txid, seq }: Place): string => `${txid}-${seq}`;

/** The place that a reader names (`Last-Event-ID`); undefined where it is none. */
export function placeOf(text: unknown): Place | undefined {
  const found = typeof text === 'string' ? /^(\d{1,18})-(\d{1,18})$/.exec(text) : null;
  return found ? { txid: found[1] as string, seq: found[2] as string } : undefined;
}

/** Rows that carry their place: columns `txid` and `seq`, with an index over both. */
export type PlacedRows = { module: string; table: Sql };
const EVENTS: PlacedRows = { module: 'kernel', table: sql`kernel.event` };

/**
 * Where the order of commits stands: nothing that comes later can lie before it, and all that lies before it has been committed. It is the place of a row that
 * was committed, not the number of the newest transaction: a database that crashes gives the numbers of transactions that left nothing behind a second time,
 * and who had heard up to such a number would miss what takes it then.
 */
export async function newestPlace(services: Services, { module, table }: PlacedRows = EVENTS): Promise<Place> {
  const actor = systemActor({ name: 'follow' });
  const newest = await services.database.tx({ module, actor, readOnly: true }, (db) =>
    db.first<Place>(sql`
      select txid::text as txid, seq::text as seq from ${table} where txid < pg_snapshot_xmin(pg_current_snapshot())
      order by ${table}.txid desc, ${table}.seq desc limit 1`),
  );
  return newest ?? { txid: '0', seq: '0' };
}
