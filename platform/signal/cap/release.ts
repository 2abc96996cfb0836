import { hash } from 'node:crypto';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import { warningIdentifier } from './identifier.ts';
import { type CapMessage, capTime } from './message.ts';
import { reachesCitizens, type WarningRow } from './warning-record.ts';
import { writeCap } from './write-cap.ts';

/** The identifier of the moment, the next free one of its second. */
export async function nextIdentifier(db: Db, now: Date): Promise<string> {
  const issuer = String((await ruleAt(db, 'signal.cap.issuer', now)).value);
  await db.run(sql`select pg_advisory_xact_lock(310109, hashtext('signal.warning'))`);
  const base = warningIdentifier({ issuer, at: now, n: 0 }).slice(0, -1);
  const { n } = await db.one<{ n: number }>(
    sql`select count(*)::int as n from signal.warning where identifier like ${`${base.replaceAll('_', '\\_')}_`}`,
  );
  return warningIdentifier({ issuer, at: now, n });
}

/** The message as it leaves the house: with its identifier and the moment at which it is sent. */
export async function sealedMessage(db: Db, row: WarningRow, now: Date): Promise<{ message: CapMessage; xml: string }> {
  const sent = capTime(now);
  const message: CapMessage = {
    ...row.message,
    identifier: await nextIdentifier(db, now),
    sent,
    info: row.message.info.map((info) => ({ ...info, effective: sent })),
  };
  return { message, xml: writeCap(message) };
}

/**
 * Puts a released message where citizens see it. Only what is Actual and Public gets there: the table refuses everything else, whoever writes it. A
 * cancel says that the other is over and is no warning itself.
 */
export async function publish(
  db: Db,
  options: { id: string; message: CapMessage; xml: string; level: number; expiresAt: Date; refersTo: string | null },
): Promise<void> {
  const { id, message, xml, level, expiresAt, refersTo } = options;
  if (refersTo !== null) {
    await db.run(sql`
      update signal.warning set state = ${message.msgType === 'Cancel' ? 'cancelled' : 'superseded'} where id = ${refersTo}::uuid and state = 'released'`);
    await db.run(sql`
      update signal.public_warning p set ended_at = kernel.now() where id = ${refersTo}::uuid and ended_at is null and status = ${message.status}`);
  }
  if (!reachesCitizens(message) || message.msgType === 'Cancel') return;
  await db.run(sql`
    insert into signal.public_warning (id, identifier, status, scope, message, xml, level, released_at, expires_at)
    values (${id}::uuid, ${message.identifier}, ${message.status}, ${message.scope}, ${JSON.stringify(message)}::text::jsonb, ${xml}, ${level}::int, kernel.now(), ${expiresAt}::timestamptz)`);
  await db.enqueue({ name: 'tell-citizens', payload: { warning: id }, key: `tell ${id}` });
}

export const sm3Of = (xml: string): string => hash('sm3', xml, 'hex');
