import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { attachDocument } from '#platform/document/attach-document.ts';
import { type Clock, endClock, extendClock, resumeClock, startClock, stopClock } from '#platform/calendar/clock.ts';
import type { ClockKind } from '#platform/calendar/clock-kind.ts';
import { type Asked, type CaseRow, lifeOf } from './case-row.ts';
import { type CaseClass, classesAt } from './classes.ts';
import { extensionRule, STEP_CLOCKS } from './clocks.ts';
import { ClassUnknown, REFUSALS } from './errors.ts';
import { type Act, CLOSED_STATES, type Effect, type Hand, stepOf, take } from './lifecycle.ts';
import { restartReminders } from './silence.ts';
import { emitLast, tell } from './tell.ts';

/** Kind under which photos of a case are attached to it. */
export const PHOTO_KIND = 'incident-photo';

/** What an act brings with it, besides the state. */
export type Brought = {
  /** Words for the timeline; whether reporters read them. */
  text?: string;
  data?: Record<string, unknown>;
  shown?: boolean;
  /** Photos: ids of the caller's uploads. */
  files?: readonly string[];
  asked?: Asked;
  /** What an operator has put right: class, part and its owner. */
  corrected?: Partial<Pick<CaseRow, 'class' | 'part' | 'owner' | 'flags'>>;
  mergedInto?: string;
  /** Most extensions of one clock. */
  most?: number;
};

/**
 * Carries out an act on a case (案件办理动作): asks the machine of states, writes the row, moves the clocks, tells the steps (GS7), the timeline
 * and the reporters, all in the transaction of the caller. The row is held by the caller.
 */
export async function carryOut(options: {
  db: Db;
  row: CaseRow;
  act: Act;
  hand: Hand;
  now: Date;
  brought?: Brought;
}): Promise<CaseRow> {
  const { db, row, act, hand, now, brought = {} } = options;
  const taken = take(lifeOf(row), act, hand);
  if (!taken.ok) throw REFUSALS[taken.why].with();
  const { next, effects } = taken;
  const after: CaseRow = {
    ...row,
    ...next,
    ...brought.corrected,
    asked: next.asked === null ? null : (brought.asked ?? row.asked),
    mergedInto: brought.mergedInto ?? row.mergedInto,
    updatedAt: now,
  };
  if (after.unit !== null && !row.units.includes(after.unit)) after.units = [...row.units, after.unit];
  if (act.act === 'establish') after.establishedAt = now;
  if (act.act === 'dispatch' || act.act === 'rule' || act.act === 'reassign') after.dispatchedAt = now;
  if (act.act === 'feedback') after.handledAt = now;
  const over = CLOSED_STATES.includes(after.state);
  after.closedAt = over ? (row.closedAt ?? now) : null;
  const caseClass = effects.some(({ step, phase }) => phase === 'start' && (step === 'handle' || step === 'secure'))
    ? await classOf(db, after.class, now)
    : undefined;
  for (const effect of effects)
    Object.assign(after, await move({ db, row, after, effect, act, now, caseClass, brought }));
  if (stepOf(after) === undefined) Object.assign(after, { clock: null, dueAt: null });
  await write(db, after);
  await restartReminders(db, {
    case: row.id,
    before: row.state,
    state: after.state,
    clock: after.clock,
    now,
    dueAt: after.dueAt,
  });
  await attachDocument(db, { files: brought.files ?? [], kind: PHOTO_KIND, subject: row.id });
  tell(db, {
    caseId: row.id,
    at: now,
    kind: act.act,
    shown: brought.shown ?? SHOWN.has(act.act),
    text: brought.text,
    data: { ...brought.data, ...(brought.files?.length && { files: brought.files }) },
  });
  return after;
}

/** What reporters may read of the inner life of a case: not who gave it back to whom, nor what a unit asks its leader. */
const SHOWN: ReadonlySet<string> = new Set<Act['act']>([
  'accept',
  'reject',
  'ask-facts',
  'answer-facts',
  'merge',
  'establish',
  'dispatch',
  'rule',
  'reassign',
  'take',
  'secure',
  'feedback',
  'verify',
  'rework',
  'close',
  'evaluate',
  'call-back',
  'withdraw',
  'cancel',
]);

async function classOf(db: Db, code: string, at: Date): Promise<CaseClass> {
  const [found] = await classesAt(db, at, code);
  if (!found) throw ClassUnknown.with();
  return found;
}

type Move = {
  db: Db;
  row: CaseRow;
  after: CaseRow;
  effect: Effect;
  act: Act;
  now: Date;
  caseClass: CaseClass | undefined;
  brought: Brought;
};

async function move(of: Move): Promise<Partial<CaseRow>> {
  const { db, row, after, effect, act, now, caseClass } = of;
  const column = effect.step === 'secure' ? 'secureClock' : 'clock';
  const kind = kindOf(effect, caseClass);
  if (effect.phase === 'start') {
    const clock = await startClock(db, { kind, subject: row.id, event: act.act, at: now });
    tellStep(db, { row: after, effect, clock: clock.id });
    if (effect.step === 'secure') return { secureClock: clock.id };
    return { clock: clock.id, dueAt: clock.dueAt, ...(effect.step === 'handle' && { handleDueAt: clock.dueAt }) };
  }
  const id = row[column];
  if (id === null) throw new Error(`case ${row.no}: no clock of ${effect.step}`);
  const clock = await changed({ ...of, kind, id });
  // The step belongs to the unit that had it.
  tellStep(db, { row, effect, clock: id });
  if (effect.phase === 'end') return effect.step === 'secure' ? { secureClock: null } : { clock: null, dueAt: null };
  if (effect.step === 'secure') return {};
  return { dueAt: clock.dueAt, ...(effect.step === 'handle' && { handleDueAt: clock.dueAt }) };
}

/** Handling and making safe are timed by the class of the case. */
function kindOf({ step, phase }: Effect, caseClass: CaseClass | undefined): ClockKind {
  const kind = STEP_CLOCKS[step];
  if (phase !== 'start' || !caseClass) return kind;
  if (step === 'handle') return { ...kind, basis: caseClass.limitRule };
  return step === 'secure' && caseClass.secureRule !== null ? { ...kind, basis: caseClass.secureRule } : kind;
}

async function changed(of: Move & { kind: ClockKind; id: string }): Promise<Clock> {
  const { db, row, effect, kind, id, now, brought } = of;
  const { asked } = row;
  switch (effect.phase) {
    case 'stop':
      return stopClock(db, {
        kind,
        clock: id,
        reason: asked?.stop ?? '',
        document: asked?.document ?? '',
        expectedEnd: asked?.until ?? '',
        at: await notAfterNow(db, now),
      });
    case 'resume':
      return resumeClock(db, { kind, clock: id, at: await notAfterNow(db, now) });
    case 'extend': {
      const { unit } = await db.one<{ unit: string }>(sql`select unit from calendar.clock where id = ${id}::uuid`);
      const document = asked?.document ?? '';
      return extendClock(db, { kind, clock: id, basis: extensionRule(unit), document, most: brought.most });
    }
    default:
      return endClock(db, { kind, clock: id, at: now });
  }
}

/** A clock stops and goes on when the act was done; the moment of a request may be a hair later than that of its transaction. */
async function notAfterNow(db: Db, at: Date): Promise<Date> {
  const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
  return at < now ? at : now;
}

const PHASE = { start: 'started', end: 'done', stop: 'stopped', resume: 'resumed', extend: undefined } as const;

/** Step events (GS7): ids only. Whoever supervises times (GX2) goes by them; nothing here paints a red light. */
export function tellStep(
  db: Db,
  of: { row: Pick<CaseRow, 'id' | 'no' | 'class' | 'unit'>; effect: Effect; clock: string },
): void {
  const { row, effect, clock } = of;
  const phase = PHASE[effect.phase];
  if (!phase) return;
  const post = db.actor.post ?? db.actor.kind;
  const data = { case: row.no, item: row.class, step: effect.step, unit: row.unit ?? '', post, clock };
  emitLast(db, { type: `gov.step.${phase}`, subject: row.id, data });
}

async function write(db: Db, row: CaseRow): Promise<void> {
  await db.run(sql`
    update incident.case_file set class = ${row.class}, part = ${row.part}::text, owner = ${row.owner}::text, flags = ${[...row.flags]}::text[], state = ${row.state}, unit = ${row.unit}::text,
      units = ${[...row.units]}::text[], returns = ${row.returns}::int, ruled = ${row.ruled}::boolean, asked = ${row.asked && json(row.asked)}::text::jsonb,
      allowed = ${row.allowed}::int, reworks = ${row.reworks}::int, handlers = ${[...row.handlers]}::text[], verified_by = ${row.verifiedBy}::text, secure = ${row.secure},
      complaint = ${row.complaint}::boolean, merged_into = ${row.mergedInto}::uuid, established_at = ${row.establishedAt}::timestamptz,
      dispatched_at = ${row.dispatchedAt}::timestamptz, handled_at = ${row.handledAt}::timestamptz, closed_at = ${row.closedAt}::timestamptz, updated_at = ${row.updatedAt}::timestamptz,
      clock = ${row.clock}::uuid, secure_clock = ${row.secureClock}::uuid, due_at = ${row.dueAt}::timestamptz,
      handle_due_at = ${row.handleDueAt}::timestamptz
    where id = ${row.id}::uuid`);
}
