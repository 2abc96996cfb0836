import type { Consumer, JobHandler } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { reportFacts } from '#platform/case/hooks.ts';
import { CASE_MOVED } from '#platform/case/tell.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { takeBack } from './take-back.ts';

/** What the district gives for a report (积分办法). */
export type PointRules = { report: number; follower: number; day: number };

/** Points of one report: all for the first, a share in per cent for who follows; never more than what is left of the day. */
export function pointsOf(rules: PointRules, of: { first: boolean; today: number }): number {
  const full = of.first ? rules.report : Math.floor((rules.report * rules.follower) / 100);
  return Math.max(0, Math.min(full, rules.day - of.today));
}

const JOB = 'credit-case';
/** Acts after which somebody may have earned points, or have to give them back. */
const COUNTS: ReadonlySet<string> = new Set([
  'accept',
  'establish',
  'merged',
  'join',
  'reject',
  'cancel',
  'withdraw',
  'leave',
]);

/** A case was accepted or lost, or somebody joined or left it: points are counted after it, by a job, since reports are another module's. */
export const creditCase: Consumer = {
  name: 'credit-case',
  type: CASE_MOVED,
  handle: async ({ event, db }) => {
    if (!COUNTS.has(event.data.act ?? '')) return;
    await db.enqueue({ name: JOB, payload: { case: event.data.case ?? '' }, key: `points:${event.id}` });
  },
};

export const creditJob: JobHandler = {
  name: JOB,
  run: async ({ payload, services, tx }) => {
    const facts = services.registry.provided(reportFacts)[0]?.value;
    const read = async () => (await facts?.of({ services, case: payload.case ?? '' })) ?? [];
    const now = services.clock.now();
    for (const { report, person, first, accepted } of await read())
      if (accepted && person !== null) await tx((db) => creditReport({ db, now, report, person, first }));
    // Read again: what was lost while points were written is seen by this job, and what is lost later by the next.
    for (const { report, person, lost, why } of await read())
      if (lost !== null && person !== null) await tx((db) => takeBack({ db, now, report, person, why }));
  },
};

/** Writes the points of one report (积分入账), once whatever comes twice. While somebody is paused a report earns nothing. */
export async function creditReport(options: {
  db: Db;
  now: Date;
  report: string;
  person: string;
  first: boolean;
}): Promise<void> {
  const { db, now, report, person, first } = options;
  // One after the other for each person, so that two cannot both have the last of a day.
  await db.run(sql`select pg_advisory_xact_lock(hashtextextended(${person}, 70))`);
  const rules = await amountsAt(
    db,
    {
      report: { id: 'grid.points.report', unit: 'point' },
      follower: { id: 'grid.points.follower', unit: 'percent' },
      day: { id: 'grid.points.day', unit: 'point' },
    },
    now,
  );
  const day = shanghaiDate(now);
  // What was taken back again leaves room: a reversal stands on the day of the line that it takes back.
  const { today } = await db.one<{ today: number }>(sql`
    select coalesce(sum(amount), 0)::int as today from grid.points
    where person = ${person}::uuid and day = ${day}::date and kind in ('report', 'follow', 'reversal', 'restored')`);
  const paused = await db.first(sql`
    select 1 as there from grid.pause where person = ${person}::uuid and until >= ${day}::date and outcome is distinct from 'lifted'`);
  const amount = paused ? 0 : pointsOf(rules, { first, today });
  await db.run(sql`
    insert into grid.points (id, person, kind, amount, cause, day, at)
    values (${uuidv7()}::uuid, ${person}::uuid, ${first ? 'report' : 'follow'}, ${amount}::int, ${`report:${report}`}, ${day}::date, ${now}::timestamptz)
    on conflict (cause) do nothing`);
}
