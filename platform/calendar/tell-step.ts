import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { ClockKind } from './clock-kind.ts';

/**
 * Tells of a step that a clock times (GS7): ids only, with the commit. Whether it is late is judged elsewhere. The passage is that of the clock, so
 * that who began it (an applicant, another unit) is never taken for who has to do it.
 */
export function tellStep(
  db: Db,
  options: {
    kind: ClockKind;
    clock: { id: string; subject: string };
    phase: 'started' | 'stopped' | 'resumed' | 'done';
    at: Date;
    of?: { unit?: string | null; caseNo?: string };
  },
): void {
  const { kind, clock, phase, at, of = {} } = options;
  if (kind.step === undefined) return;
  const data = {
    caseNo: of.caseNo ?? clock.subject,
    itemCode: kind.id,
    step: kind.step,
    unit: of.unit ?? '',
    post: phase === 'started' ? '' : (db.actor.post ?? db.actor.kind),
    instance: clock.subject,
    token: clock.id,
    clock: clock.id,
    at: at.toISOString(),
  };
  db.last(sql`select kernel.emit(${`gov.step.${phase}`}, ${clock.subject}, ${json(data)}::text::jsonb)`);
}
