import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { endClock, startClock } from '#platform/calendar/clock.ts';
import { deliveryClock } from './clocks.ts';
import { endAnswerClock, type HeldRequest, holdRunning, type RequestView } from './request-record.ts';

/** Approved (同意共享): the clock of the answer ends, that of the delivery begins. */
export async function settleApproved(
  db: Db,
  options: { request: HeldRequest; reason: string; withheld: RequestView['withheld'] },
): Promise<void> {
  const { request, reason, withheld } = options;
  const told = withheld.filter(({ field }) => request.fields.includes(field));
  await endAnswerClock(db, request);
  const clock = await startClock(db, {
    kind: deliveryClock,
    subject: request.id,
    event: 'approved',
    of: { unit: request.supplierUnit },
  });
  await db.run(sql`
    update catalog.request set state = 'delivering', delivery_clock = ${clock.id}::uuid, decided_at = kernel.now(), decided_name = ${db.actor.name},
      decided_unit = ${db.actor.unit ?? null}::text, reason = ${reason}, withheld = ${json(told)}::text::jsonb where id = ${request.id}::uuid`);
}

/** Refused (不予共享): the clock of the answer ends. Gives the request, undefined where only a manifest asked. */
export async function settleRefused(
  db: Db,
  options: { grant: string; reason: string; basis: string },
): Promise<string | undefined> {
  const request = await holdRunning(db, options.grant);
  if (!request) return undefined;
  await endAnswerClock(db, request);
  await db.run(sql`
    update catalog.request set state = 'refused', decided_at = kernel.now(), decided_name = ${db.actor.name}, decided_unit = ${db.actor.unit ?? null}::text,
      reason = ${options.reason}, basis = ${options.basis} where id = ${request.id}::uuid`);
  return request.id;
}

/** Withdrawn (撤回) while the delivery ran: its clock ends. What was delivered stays delivered; the grant is what ends. */
export async function settleRevoked(db: Db, options: { grant: string; reason: string }): Promise<string | undefined> {
  const request = await holdRunning(db, options.grant);
  if (request?.state !== 'delivering' || request.deliveryClock === null) return undefined;
  await endClock(db, { kind: deliveryClock, clock: request.deliveryClock });
  await db.run(sql`
    update catalog.request set state = 'revoked', decided_at = kernel.now(), decided_name = ${db.actor.name}, decided_unit = ${db.actor.unit ?? null}::text,
      reason = ${options.reason} where id = ${request.id}::uuid`);
  return request.id;
}
