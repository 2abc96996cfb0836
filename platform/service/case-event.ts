import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';

/** What a consumer looks at once something has happened to a case (`case-follow.ts`). */
export const CASE_MOVED = 'service.case.moved';

/** Writes an entry of the timeline (进度) and says that the case has moved on. `sub` absent = the whole case. */
export function tellCase(
  db: Db,
  entry: {
    caseId: string;
    sub?: { id: string; unit: string };
    at: Date;
    kind: string;
    shown: boolean;
    text?: string;
    data?: Record<string, unknown>;
    /** Nothing follows from it for other items. */
    still?: boolean;
  },
): void {
  const { caseId, sub, at, kind, shown, text, data = {} } = entry;
  const { actor } = db;
  db.last(sql`
    insert into service.case_event (case_id, sub_case, unit, at, kind, by_account, by_name, by_unit, shown, text, data)
    values (${caseId}::uuid, ${sub?.id ?? null}::uuid, ${sub?.unit ?? null}::text, ${at}::timestamptz, ${kind}, ${actor.account}, ${actor.name}, ${actor.unit ?? null}::text,
      ${shown}::boolean, ${text ?? null}::text, ${json(data)}::text::jsonb)`);
  if (!entry.still) emitLast(db, { type: CASE_MOVED, subject: caseId, data: { case: caseId } });
}

/** Publishes an event whose insertion nobody has to wait for: it goes with the commit. */
export function emitLast(db: Db, event: { type: string; subject: string; data: Record<string, string> }): void {
  db.last(sql`select kernel.emit(${event.type}, ${event.subject}, ${json(event.data)}::text::jsonb)`);
}
