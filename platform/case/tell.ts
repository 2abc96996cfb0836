import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { ActName } from './lifecycle.ts';
import { TOLD_OFFICIALS } from './notices/notice-rules.ts';

/** What a consumer looks at once something has happened to a case; ids only. */
export const CASE_MOVED = 'incident.case.moved';
/** Reporters or officials are to be told something: `signal` asks `caseNotices` what, by case, kind and moment. */
export const NOTICE_MADE = 'incident.notice.made';

/** Acts of which every reporter is told (告知). */
export const TOLD: ReadonlySet<string> = new Set<ActName>([
  'accept',
  'reject',
  'ask-facts',
  'merge',
  'establish',
  'dispatch',
  'rule',
  'reassign',
  'feedback',
  'close',
  'cancel',
  'call-back',
]);

/** Writes an entry of the timeline (进度), and a notice for every reporter where they are to learn of it. */
export function tell(
  db: Db,
  entry: {
    caseId: string;
    at: Date;
    kind: string;
    shown: boolean;
    text?: string;
    data?: Record<string, unknown>;
  },
): void {
  const { caseId, at, kind, shown, text, data = {} } = entry;
  const { actor } = db;
  // Who reported stands in the report, behind its own rights: never in the timeline that units read.
  const by =
    actor.kind === 'person' && actor.unit === undefined
      ? { account: '', name: '' }
      : { account: actor.account, name: actor.kind === 'system' ? '' : actor.name };
  db.last(sql`
    insert into incident.event (case_id, at, kind, by_account, by_name, by_unit, shown, text, data)
    values (${caseId}::uuid, ${at}::timestamptz, ${kind}, ${by.account}, ${by.name}, ${actor.unit ?? null}::text, ${shown}::boolean,
      ${text ?? null}::text, ${json(data)}::text::jsonb)`);
  if (TOLD.has(kind)) {
    db.last(sql`
      insert into incident.notice (id, report, case_id, kind, at)
      select kernel.uuidv7(), r.id, r.case_id, ${kind}, ${at}::timestamptz from incident.report r where r.case_id = ${caseId}::uuid and r.withdrawn_at is null`);
  }
  if (TOLD.has(kind) || TOLD_OFFICIALS.has(kind))
    emitLast(db, { type: NOTICE_MADE, subject: caseId, data: { case: caseId, kind, at: at.toISOString() } });
  emitLast(db, { type: CASE_MOVED, subject: caseId, data: { case: caseId, act: kind } });
}

/** Publishes an event whose insertion nobody has to wait for: it goes with the commit. */
export function emitLast(db: Db, event: { type: string; subject: string; data: Record<string, string> }): void {
  db.last(sql`select kernel.emit(${event.type}, ${event.subject}, ${json(event.data)}::text::jsonb)`);
}
