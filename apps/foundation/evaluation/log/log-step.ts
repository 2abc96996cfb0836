import type { Consumer, EventRecord } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { isUuid } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { momentOf, PHASES, readStep } from './read-step.ts';

/**
 * Takes a step event into the log and marks its passage to be judged anew. Nothing is judged here: what an app sends in a flood costs two
 * statements an event, and waits its turn afterwards. The same event twice is one.
 */
export async function logStep(db: Db, event: EventRecord): Promise<boolean> {
  const step = readStep(event);
  if (!step) return false;
  const fresh = await db.run(sql`
    insert into evaluation.step_event (id, app, run, phase, at, seq, case_no, item, step, unit, post, clock, due, outcome, unlawful, asks, party, measure, account, heard_at)
    values (${step.id}::uuid, ${step.app}, ${step.run}, ${step.phase}, ${step.at}::timestamptz, ${String(step.seq)}::bigint, ${step.caseNo}, ${step.item}, ${step.step},
      ${step.unit}, ${step.post}, ${step.clock}::uuid, ${step.due}::timestamptz, ${step.outcome}::text, ${step.unlawful}::text, ${[...step.asks]}::text[], ${step.party}::text,
      ${step.measure}::numeric, ${step.account}::text, kernel.now())
    on conflict (id) do nothing`);
  if (fresh === 0) return false;
  db.last(sql`
    insert into evaluation.feed (app, heard_at) values (${step.app}, kernel.now()) on conflict (app) do update set heard_at = excluded.heard_at`);
  db.last(sql`
    insert into evaluation.run (app, run, case_no, item, step, unit, post, clock, state, dirty_since)
    values (${step.app}, ${step.run}, ${step.caseNo}, ${step.item}, ${step.step}, ${step.unit}, ${step.post}, ${step.clock}::uuid, 'unheard', kernel.now())
    on conflict (app, run) do update set dirty_since = coalesce(run.dirty_since, excluded.dirty_since)`);
  return true;
}

/**
 * A source corrects (`gov.step.corrected`, with the true time) or cancels (`gov.step.cancelled`) what it said. Only the app that said a
 * thing may take it back; a correction that comes before its event waits for it.
 */
export async function logCorrection(db: Db, event: EventRecord): Promise<void> {
  const at = event.type === 'gov.step.corrected' ? momentOf(event.data.at) : null;
  if (event.type === 'gov.step.corrected' && at === null) return;
  const app = event.source;
  const target = event.data.event ?? '';
  if (!isUuid(target)) return;
  await db.run(sql`
    insert into evaluation.correction (id, app, target, at, told_at, account, heard_at)
    values (${event.id}::uuid, ${app}, ${target}::uuid, ${at}::timestamptz, ${event.time}::timestamptz, ${event.account}::text, kernel.now()) on conflict (id) do nothing`);
  await db.run(sql`
    update evaluation.run r set dirty_since = coalesce(r.dirty_since, kernel.now())
    from evaluation.step_event e where e.id = ${target}::uuid and e.app = ${app} and r.app = e.app and r.run = e.run`);
  await db.run(sql`update evaluation.feed set heard_at = kernel.now() where app = ${app}`);
}

/** A clock was counted anew or lengthened: whatever it times is judged by its new end. */
async function clockMoved(db: Db, event: EventRecord): Promise<void> {
  await db.run(
    sql`update evaluation.run set dirty_since = coalesce(dirty_since, kernel.now()) where clock = ${event.data.clock ?? event.subject}::uuid`,
  );
}

/** All that arrives: step events of every app, corrections of them, and moves of their clocks. */
export const stepConsumers: readonly Consumer[] = [
  ...PHASES.map(
    (phase): Consumer => ({
      name: `step-${phase}`,
      type: `gov.step.${phase}`,
      handle: async ({ event, db }) => void (await logStep(db, event)),
    }),
  ),
  ...['corrected', 'cancelled'].map(
    (what): Consumer => ({
      name: `step-${what}`,
      type: `gov.step.${what}`,
      handle: ({ event, db }) => logCorrection(db, event),
    }),
  ),
  ...['recomputed', 'extended', 'stopped', 'resumed', 'ended'].map(
    (what): Consumer => ({
      name: `clock-${what}`,
      type: `calendar.clock.${what}`,
      handle: ({ event, db }) => clockMoved(db, event),
    }),
  ),
];
