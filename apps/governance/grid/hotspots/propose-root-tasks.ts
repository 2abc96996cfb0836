import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import type { CaseSeen } from './read-cases.ts';
import { metresBetween, recurrences } from './recurrence.ts';

const DAY_MS = 86_400_000;

export const recurrenceTerms = (db: Db, now: Date) =>
  amountsAt(
    db,
    {
      least: { id: 'grid.recurrence.least', unit: 'case' },
      metres: { id: 'grid.recurrence.metres', unit: 'metre' },
      days: { id: 'grid.recurrence.days', unit: 'day' },
    },
    now,
  );

/**
 * Proposes a task that goes to the root (源头治理任务) for each place where a class comes back. A place that has a task, proposed or open, gets
 * no second one; cases of a task that was dismissed or done do not count again. A person opens it.
 */
export async function proposeRootTasks(db: Db, of: { cases: readonly CaseSeen[]; now: Date }): Promise<number> {
  const { now } = of;
  const terms = await recurrenceTerms(db, now);
  const since = now.getTime() - terms.days * DAY_MS;
  const tasks = await db.rows<{ class: string; lon: number; lat: number; state: string; cases: string[] }>(
    sql`select class, lon, lat, state, cases from grid.root_task`,
  );
  const settled = new Set(
    tasks.filter(({ state }) => state === 'dismissed' || state === 'done').flatMap(({ cases }) => cases),
  );
  const recent = of.cases.filter(({ at, no }) => at.getTime() >= since && !settled.has(no));
  let made = 0;
  for (const code of [...new Set(recent.map((each) => each.class))].sort()) {
    const held = tasks.filter((task) => task.class === code && (task.state === 'proposed' || task.state === 'open'));
    const ofClass = recent.filter((each) => each.class === code);
    for (const group of recurrences(ofClass, terms)) {
      const [middle] = group;
      if (held.some((task) => metresBetween(task, middle) <= terms.metres)) continue;
      const where = ofClass.find(({ no }) => no === middle.no) as CaseSeen;
      const times = group.map(({ at }) => at.getTime());
      const year = String(now.getFullYear());
      const { first } = await db.one<{ first: string }>(
        sql`select kernel.next_numbers('grid.root-task', ${year}, 1)::text as first`,
      );
      const id = uuidv7();
      await db.run(sql`
        insert into grid.root_task (id, no, class, street, committee, lon, lat, cases, first_at, last_at, state, proposed_at)
        values (${id}::uuid, ${`YT${year}-${first.padStart(5, '0')}`}, ${code}, ${where.street}, ${where.committee}, ${middle.lon}::float8, ${middle.lat}::float8,
          ${group.map(({ no }) => no)}::text[], ${new Date(Math.min(...times))}::timestamptz, ${new Date(Math.max(...times))}::timestamptz, 'proposed', ${now}::timestamptz)`);
      await db.emit({ type: 'grid.root-task.proposed', subject: id });
      made += 1;
    }
  }
  return made;
}
