import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import type { WorkCalendar } from '#platform/calendar/work-calendar.ts';
import { dueOf, type Unit, UNITS } from '#platform/calendar/working-days.ts';
import { type Holder, listHolders } from '#platform/identity/organisation/holders.ts';
import { holdersOf, nextRung, readLadder } from '#platform/signal/ladder/ladder.ts';
import type { CaseState } from './lifecycle.ts';
import { tell } from './tell.ts';

/** A rung of reminders (催办阶梯): who, and how much of the case's own kind of time lies between the rung before and this one. */
export type ReminderRung = { posts: readonly string[]; where: 'unit' | 'district'; after: number };
const BATCH = 200;
const actor = systemActor({ name: 'silence' });

/**
 * When a unit is reminded first (首次催办时间), once somebody has acted: one that has not taken a case in hand, after the first rung's time; one that
 * has, when its time is over, or after the first rung's time where it is over already. Null: it is not the unit's turn, or the clock stands still.
 */
export function firstReminder(of: {
  state: CaseState;
  now: Date;
  dueAt: Date | null;
  after(from: Date): Date;
}): Date | null {
  const { state, now, dueAt, after } = of;
  if (state === 'dispatched') return after(now);
  if (state !== 'handling') return null;
  return dueAt !== null && dueAt > now ? dueAt : after(now);
}

/** The ladder in the unit in which the time of the case is counted: working days where it has days, running hours where it is an emergency. */
export async function readReminders(db: Db, unit: Unit): Promise<ReminderRung[]> {
  const rows = await readLadder(db, 'incident.silence');
  return rows
    .filter((row) => row.unit === unit)
    .map(({ posts, where, after }) => ({
      posts: String(posts).split(' '),
      where: where as ReminderRung['where'],
      after: Number(after),
    }));
}

const TURN: readonly CaseState[] = ['dispatched', 'handling', 'suspended'];

/** Whoever acts begins the ladder anew (有动作即停止催办): in the transaction of the act. */
export async function restartReminders(
  db: Db,
  of: { case: string; before: CaseState; state: CaseState; clock: string | null; now: Date; dueAt: Date | null },
): Promise<void> {
  const { before, state, clock, now, dueAt } = of;
  if (!TURN.includes(before) && !TURN.includes(state)) return;
  const wait = state === 'dispatched' || state === 'handling' ? await waits(db, clock) : undefined;
  const [first] = wait?.ladder ?? [];
  const at =
    wait && first
      ? firstReminder({ state, now, dueAt, after: (from) => later({ from, amount: first.after, ...wait }) })
      : null;
  await db.run(
    sql`update incident.case_file set remind_step = 0, remind_at = ${at}::timestamptz where id = ${of.case}::uuid`,
  );
}

type Wait = { unit: Unit; calendar: WorkCalendar; ladder: readonly ReminderRung[] };

async function waits(db: Db, clock: string | null): Promise<Wait | undefined> {
  if (clock === null) return undefined;
  const found = await db.first<{ unit: string }>(sql`select unit from calendar.clock where id = ${clock}::uuid`);
  const unit = UNITS.find((each) => each === found?.unit);
  if (!unit) return undefined;
  const [{ calendar }, ladder] = await Promise.all([readCalendar(db), readReminders(db, unit)]);
  return { unit, calendar, ladder };
}

const later = ({ from, amount, unit, calendar }: { from: Date; amount: number; unit: Unit; calendar: WorkCalendar }) =>
  dueOf({ from, amount, unit, calendar }).dueAt;

type Due = { id: string; unit: string | null; clock: string | null; step: number; at: Date };
/** A process that was away for longer gives every rung its own time, instead of telling all at once. */
const AWAY_MS = 3_600_000;

/**
 * Climbs the ladder of silence (逐级催办): the liaison of the unit, its leader, the centre. The step stands at the case and is committed with the entry of
 * its timeline and the notice; cases that another process has in hand are skipped. The case stays as it is, whoever was told. Says how many went a step.
 */
export async function remindSilent(services: Services): Promise<number> {
  const tx = <T>(work: (db: Db) => Promise<T>) => services.database.tx({ module: 'incident', actor }, work);
  const found = await tx((db) => db.first(sql`select from incident.case_file where remind_at <= kernel.now() limit 1`));
  if (!found) return 0;
  // Read before the transaction: on the embedded database a second one would wait for the first.
  const holders = await listHolders(services);
  let all = 0;
  for (;;) {
    const moved = await tx(async (db) => {
      const due = await db.rows<Due>(sql`
        select id, unit, clock, remind_step as step, remind_at as at from incident.case_file where remind_at <= kernel.now()
        order by remind_at, id limit ${BATCH}::int for update skip locked`);
      for (const row of due) await remindOne(db, { row, holders, now: services.clock.now() });
      return due.length;
    });
    all += moved;
    if (moved < BATCH) return all;
  }
}

async function remindOne(db: Db, of: { row: Due; holders: readonly Holder[]; now: Date }): Promise<void> {
  const { row, holders, now } = of;
  const wait = await waits(db, row.clock);
  const ladder = wait?.ladder ?? [];
  const empty: string[] = [];
  const found = await nextRung({
    ladder,
    told: row.step,
    who: ({ posts, where }) => holdersOf(holders, { posts, where, unit: row.unit }),
    nobody: ({ posts }) => void empty.push(posts[0] ?? ''),
  });
  const next = found && ladder[found.place];
  // Midnight belongs to the day that it ends: from the moment before it on, the next working day is the next.
  const from = new Date((now.getTime() - row.at.getTime() < AWAY_MS ? row.at : now).getTime() - 1);
  const at = wait && next ? later({ from, amount: next.after, ...wait }) : null;
  const step = found?.place ?? ladder.length;
  await db.run(
    sql`update incident.case_file set remind_step = ${step}::int, remind_at = ${at}::timestamptz where id = ${row.id}::uuid`,
  );
  const data = {
    step,
    unit: row.unit ?? '',
    posts: found?.rung.posts ?? [],
    where: found?.rung.where ?? 'unit',
    ...(empty.length > 0 && { empty }),
  };
  // Reporters read that the unit was reminded; who in it is for officials, whose names are not in it either.
  tell(db, { caseId: row.id, at: now, kind: 'remind', shown: true, data });
}

/** The working days have changed: a ladder that nobody has climbed yet waits for the end that the clock has now. */
export async function moveReminder(db: Db, clock: string): Promise<void> {
  const row = await db.first<{ id: string; state: CaseState; dueAt: Date | null; since: Date; step: number }>(sql`
    select id, state, due_at as "dueAt", updated_at as since, remind_step as step from incident.case_file
    where clock = ${clock}::uuid and remind_at > kernel.now() and remind_step = 0`);
  const wait = row && (await waits(db, clock));
  const first = wait?.ladder[0];
  if (!row || !wait || !first) return;
  const after = (from: Date) => later({ from, amount: first.after, ...wait });
  const at = firstReminder({ state: row.state, now: row.since, dueAt: row.dueAt, after });
  await db.run(sql`update incident.case_file set remind_at = ${at}::timestamptz where id = ${row.id}::uuid`);
}
