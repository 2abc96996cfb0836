import type { Consumer, Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { carryOut, tellStep } from './case-act.ts';
import { acceptClock, STEP_CLOCKS } from './case-clocks.ts';
import { CASE_MOVED, tellCase } from './case-event.ts';
import { followFees } from './case-fee.ts';
import { grantByMachine } from './case-machine.ts';
import { decisionEnd } from './case-limits.ts';
import { followJoint } from './case-joint.ts';
import { type PlanNode, planOf } from './case-plan.ts';
import { followProcesses } from './case-process.ts';
import { followCertificates } from './certificate-follow.ts';
import { holdAll, type SubRow, subCases } from './case-row.ts';
import { type Hand, isClosed, stateOfCase, type Step } from './case-state.ts';

const SYSTEM: Hand = { roles: ['system'], account: 'system:service' };

/**
 * What follows for the other items of a case when one has moved (联动): the one correction notice once every unit has looked, items
 * that waited for what was granted now, the plan of the whole. Units see their own items only; this sees all.
 */
export const followCase: Consumer = {
  name: 'follow-case',
  type: CASE_MOVED,
  handle: async ({ event, db, services }) => void (await follow(db, services, event.subject)),
};

export async function follow(db: Db, services: Services, caseId: string): Promise<void> {
  const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
  let rows = await holdAll(db, caseId);
  if (everyoneLooked(rows)) rows = await tellDefects({ db, rows, now });
  rows = await release({ db, rows, now });
  rows = await grantByMachine({ db, services, rows, now, hand: SYSTEM });
  rows = await followFees({ db, rows, now });
  rows = await followProcesses({ db, services, rows, now });
  await followCertificates({ db, services, rows, now });
  await followJoint({ db, caseId, rows, now });
  await settle({ db, caseId, rows, now });
}

/** Nobody still has to look at what was filed, and somebody has found something. */
function everyoneLooked(rows: readonly SubRow[]): boolean {
  const open = rows.filter(({ state, waits }) => state === 'submitted' && !waits);
  return open.length > 0 && open.every(({ defects }) => defects !== null);
}

/** One notice for all items (一次告知): every item with defects waits for the applicant from this moment on. */
async function tellDefects(options: { db: Db; rows: SubRow[]; now: Date }): Promise<SubRow[]> {
  const { db, rows, now } = options;
  const told: { no: number; title: SubRow['title']; unit: string; defects: SubRow['defects'] }[] = [];
  const after: SubRow[] = [];
  for (const row of rows) {
    if (row.state !== 'submitted' || row.waits || row.defects === null) {
      after.push(row);
      continue;
    }
    told.push({ no: row.no, title: row.title, unit: row.unit, defects: row.defects });
    after.push(await carryOut({ db, row, act: { act: 'correct' }, hand: SYSTEM, now, brought: { silent: true } }));
  }
  const [first] = rows;
  if (first && told.length > 0)
    tellCase(db, {
      caseId: first.caseId,
      at: now,
      kind: 'correct',
      shown: true,
      data: { items: told },
      still: true,
    });
  return after;
}

/** Items begin once all that they wait for is granted; what was withdrawn is waited for no longer. */
async function release(options: { db: Db; rows: SubRow[]; now: Date }): Promise<SubRow[]> {
  const { db, rows, now } = options;
  const byNo = new Map(rows.map((row) => [row.no, row]));
  const free = (no: number): boolean => {
    const before = byNo.get(no);
    return before === undefined || before.outcome === 'granted' || before.state === 'withdrawn';
  };
  const after: SubRow[] = [];
  for (const row of rows)
    after.push(
      row.state === 'submitted' && row.waits && row.after.every(free)
        ? await carryOut({ db, row, act: { act: 'release' }, hand: SYSTEM, now })
        : row,
    );
  return after;
}

/** State and promise of the whole, from those of its items. */
export async function settle(options: { db: Db; caseId: string; rows: readonly SubRow[]; now: Date }): Promise<void> {
  const { db, caseId, rows, now } = options;
  const { calendar } = await readCalendar(db);
  const plan = planOf({
    nodes: nodesOf(rows),
    from: now,
    last: (id, start) => {
      const row = rows.find(({ no }) => String(no) === id);
      return row ? decisionEnd({ terms: row.terms, start, calendar }) : start;
    },
  });
  for (const row of rows) {
    const place = plan.nodes.get(String(row.no));
    if (!place) continue;
    await db.run(sql`
      update service.sub_case set planned_start = ${place.start}::timestamptz, planned_end = ${place.end}::timestamptz
      where id = ${row.id}::uuid and planned_end is distinct from ${place.end}::timestamptz`);
  }
  const state = stateOfCase(rows.map((row) => row.state));
  await db.run(sql`
    update service.case_file set state = ${state}, promised_at = ${plan.end}::timestamptz, closed_at = ${isClosed(state) ? now : null}::timestamptz where id = ${caseId}::uuid`);
}

/** What is settled has its end; what runs has its clock's; the rest is counted from what it waits for. */
export function nodesOf(
  rows: readonly Pick<SubRow, 'no' | 'after' | 'state' | 'waits' | 'decidedAt' | 'plannedEnd' | 'receivedAt'>[],
): PlanNode[] {
  return rows.map((row) => {
    const over = row.state === 'withdrawn' || row.state === 'not-accepted' ? row.receivedAt : undefined;
    const running = row.waits ? undefined : (row.plannedEnd ?? undefined);
    return { id: String(row.no), after: row.after.map(String), end: row.decidedAt ?? over ?? running };
  });
}

const STEP_OF = new Map(Object.entries(STEP_CLOCKS).map(([step, kind]) => [kind.id, step as Step]));

/** The time of a step is over: it is told to whoever supervises, and silence about what was filed accepts it (art. 32). */
export const stepDue: Consumer = {
  name: 'step-due',
  type: 'calendar.clock.due',
  handle: async ({ event, db }) => {
    const step = STEP_OF.get(event.data.kind ?? '');
    if (step === undefined || event.data.app !== 'service') return;
    const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
    const [row] = await subCases(db, sql`s.id = ${event.data.subject ?? null}::uuid for update of s`);
    if (!row) return;
    tellStep(db, { row, step, phase: 'due', clock: event.subject });
    if (step === 'accept' && row.state === 'submitted' && !row.waits && row.acceptClock === event.subject)
      await carryOut({ db, row, act: { act: 'deem' }, hand: SYSTEM, now, brought: { defects: null } });
  },
};

/** Four fifths of the time to tell defects are over: what was found by then is told, without waiting for units that have not looked. */
export const acceptAmber: Consumer = {
  name: 'accept-amber',
  type: 'calendar.clock.amber',
  handle: async ({ event, db }) => {
    if (event.data.kind !== acceptClock.id || event.data.app !== 'service') return;
    const [row] = await subCases(db, sql`s.id = ${event.data.subject ?? null}::uuid`);
    if (!row || row.state !== 'submitted' || row.defects === null) return;
    const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
    await tellDefects({ db, rows: await holdAll(db, row.caseId), now });
    await db.emit({ type: CASE_MOVED, subject: row.caseId, data: { case: row.caseId } });
  },
};
