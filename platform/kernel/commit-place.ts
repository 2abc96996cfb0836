import { systemActor } from './actor.ts';
import type { Services } from './app.ts';
import { sql } from './sql.ts';

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

/** Where the order of commits stands: nothing that comes later can lie before it, and all that lies before it has been committed. */
export async function newestPlace(services: Services, module = 'kernel'): Promise<Place> {
  const actor = systemActor({ name: 'follow' });
  const { txid } = await services.database.tx({ module, actor, readOnly: true }, (db) =>
    db.one<{ txid: string }>(sql`select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)::text as txid`),
  );
  return { txid, seq: '999999999999999999' };
}
