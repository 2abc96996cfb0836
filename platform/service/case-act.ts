import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { type Clock, endClock, extendClock, resumeClock, startClock, stopClock } from '#platform/calendar/clock.ts';
import { decideClock, EXTENSION_RULE, STEP_CLOCKS } from './case-clocks.ts';
import { REFUSALS } from './case-errors.ts';
import { emitLast, tellCase } from './case-event.ts';
import { decisionLimit } from './case-limits.ts';
import { type Defect, type Draft, type SubRow, subStateOf } from './case-row.ts';
import { type Act, type Effect, type Hand, isClosed, type Step, take } from './case-state.ts';

/** What an act brings with it, besides the state. */
export type Brought = {
  /** Words for the timeline; whether the applicant reads them. */
  text?: string;
  data?: Record<string, unknown>;
  shown?: boolean;
  /** Nothing is to follow from it for other items. */
  still?: boolean;
  /** The timeline is written elsewhere: one entry for the whole case. */
  silent?: boolean;
  reason?: string;
  remedy?: string;
  draft?: Draft;
  defects?: readonly Defect[] | null;
  stop?: { reason: string; document: string; expectedEnd: string };
  document?: string;
  /** When a stop began or ended that is recorded later; absent = now, as the database has it. */
  at?: Date;
};

/**
 * Carries out an act on a sub-case (办理动作): asks the machine of states, writes the row, moves the clocks, tells the steps (GS7) and
 * the timeline, all in the transaction of the caller. The row is held by the caller.
 */
export async function carryOut(options: {
  db: Db;
  row: SubRow;
  act: Act;
  hand: Hand;
  now: Date;
  brought?: Brought;
}): Promise<SubRow> {
  const { db, row, act, hand, now, brought = {} } = options;
  const taken = take(subStateOf(row), act, hand);
  if (!taken.ok) throw REFUSALS[taken.why].with();
  const { next, effects } = taken;
  const after = { ...row, ...next, draft: brought.draft ?? (next.draft === null ? null : row.draft) };
  if (act.act === 'answer' || act.act === 'release') after.receivedAt = now;
  if (act.act === 'accept' || act.act === 'accept-at-once' || act.act === 'deem') {
    Object.assign(after, { acceptedAt: now, deemed: act.act === 'deem' });
    after.acceptedAsOf = act.act === 'deem' ? row.receivedAt : now;
  }
  if (act.act === 'begin' || act.act === 'draft')
    Object.assign(after, { handler: hand.account, handlerName: db.actor.name });
  if (brought.defects !== undefined) after.defects = brought.defects === null ? null : [...brought.defects];
  if (next.outcome !== null && row.outcome !== next.outcome)
    Object.assign(after, decisionOf({ db, row, hand, now, brought }));
  else if (brought.reason !== undefined)
    Object.assign(after, { reason: brought.reason, remedy: brought.remedy ?? null });
  for (const effect of effects) Object.assign(after, await move({ db, row: after, effect, act, now, brought }));
  await write(db, after, { hand, closedAt: isClosed(after.state) ? now : null, decided: row.outcome !== next.outcome });
  // What a false commitment means elsewhere, such as for the record of credit (信用记录), is for others to say.
  if (act.act === 'revoke')
    emitLast(db, {
      type: 'service.commitment.broken',
      subject: row.id,
      data: { case: row.code, item: row.item, unit: row.unit },
    });
  if (!brought.silent)
    tellCase(db, {
      caseId: row.caseId,
      sub: row,
      at: now,
      kind: act.act,
      shown: brought.shown ?? true,
      text: brought.text,
      data: brought.data,
      still: brought.still,
    });
  return after;
}

/** A decision takes the reason and the remedy of the draft, or those that come with a revocation. */
function decisionOf(options: { db: Db; row: SubRow; hand: Hand; now: Date; brought: Brought }): Partial<SubRow> {
  const { db, row, now, brought } = options;
  return {
    decidedAt: row.decidedAt ?? now,
    decidedName: db.actor.name,
    reason: brought.reason ?? row.draft?.reason ?? null,
    remedy: brought.remedy ?? row.draft?.remedy ?? null,
  };
}

const CLOCK_OF = { accept: 'acceptClock', decide: 'decideClock', certify: 'certifyClock' } as const;

async function move(options: {
  db: Db;
  row: SubRow;
  effect: Effect;
  act: Act;
  now: Date;
  brought: Brought;
}): Promise<Partial<SubRow>> {
  const { db, row, effect, act, now, brought } = options;
  const kind = STEP_CLOCKS[effect.step];
  const column = CLOCK_OF[effect.step];
  if (effect.phase === 'start') {
    const at = effect.from === 'receipt' ? row.receivedAt : now;
    const limit = effect.step === 'decide' ? decisionLimit(row.terms) : undefined;
    const clock = await startClock(db, { kind, subject: row.id, event: act.act, at, limit });
    tellStep(db, { row, step: effect.step, phase: 'started', clock: clock.id });
    return { [column]: clock.id, ...(effect.step === 'decide' && { plannedEnd: clock.dueAt }) };
  }
  const id = row[column];
  if (id === null) throw new Error(`sub-case ${row.id}: no clock of ${effect.step}`);
  const clock = await changed({ db, id, effect, brought, now });
  const phase = ({ end: 'done', stop: 'stopped', resume: 'resumed', extend: undefined } as const)[effect.phase];
  if (phase) tellStep(db, { row, step: effect.step, phase, clock: id });
  return effect.step === 'decide' && effect.phase !== 'end' ? { plannedEnd: clock.dueAt } : {};
}

function changed(options: { db: Db; id: string; effect: Effect; brought: Brought; now: Date }): Promise<Clock> {
  const { db, id, effect, brought, now } = options;
  const kind = STEP_CLOCKS[effect.step];
  const { at } = brought;
  switch (effect.phase) {
    case 'stop':
      return stopClock(db, { kind, clock: id, ...(brought.stop ?? { reason: '', document: '', expectedEnd: '' }), at });
    case 'resume':
      return resumeClock(db, { kind, clock: id, at });
    case 'extend':
      return extendClock(db, { kind: decideClock, clock: id, basis: EXTENSION_RULE, document: brought.document ?? '' });
    default:
      return endClock(db, { kind, clock: id, at: now });
  }
}

/** Step events (GS7): ids only. Whoever supervises times (GX2) goes by them; nothing here paints a red light. */
export function tellStep(
  db: Db,
  options: {
    row: Pick<SubRow, 'id' | 'code' | 'item' | 'unit'>;
    step: Step;
    phase: 'due' | 'started' | 'stopped' | 'resumed' | 'done';
    clock: string;
  },
): void {
  const { row, step, phase, clock } = options;
  const post = db.actor.post ?? db.actor.kind;
  const data = { case: row.code, item: row.item, step, unit: row.unit, post, clock };
  emitLast(db, { type: `gov.step.${phase}`, subject: row.id, data });
}

async function write(db: Db, row: SubRow, of: { hand: Hand; closedAt: Date | null; decided: boolean }): Promise<void> {
  await db.run(sql`
    update service.sub_case set state = ${row.state}, outcome = ${row.outcome}::text, waits = ${row.waits}::boolean, heard = ${row.heard}::boolean,
      corrections = ${row.corrections}::int, further_correction = ${row.furtherCorrection}::boolean, defects = ${row.defects && json(row.defects)}::text::jsonb,
      receivers = ${[...row.receivers]}::text[], received_at = ${row.receivedAt}::timestamptz, accepted_at = ${row.acceptedAt}::timestamptz,
      accepted_as_of = ${row.acceptedAsOf}::timestamptz, deemed = ${row.deemed}::boolean, handler = ${row.handler}::text, handler_name = ${row.handlerName}::text,
      draft = ${row.draft && json(row.draft)}::text::jsonb, extended = ${row.extended}::boolean, reason = ${row.reason}::text, remedy = ${row.remedy}::text,
      decided_at = ${row.decidedAt}::timestamptz, decided_by = case when ${of.decided}::boolean then ${of.hand.account} else decided_by end,
      decided_name = ${row.decidedName}::text, accept_clock = ${row.acceptClock}::uuid, decide_clock = ${row.decideClock}::uuid, certify_clock = ${row.certifyClock}::uuid,
      planned_end = ${row.plannedEnd}::timestamptz, closed_at = ${of.closedAt}::timestamptz
    where id = ${row.id}::uuid`);
}
