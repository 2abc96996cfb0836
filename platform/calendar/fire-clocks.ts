import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { CLOCK_COLUMNS, clockOf, dueOfClock } from './clock.ts';
import { readCalendar } from './read-calendar.ts';

/** Clocks that are fired or counted anew in one transaction. */
const BATCH = 500;

const whole = (services: Services, work: (db: Db) => Promise<number>): Promise<number> =>
  services.database.tx({ module: 'calendar', actor: systemActor({ name: 'clocks' }) }, work);

async function inBatches(services: Services, work: (db: Db) => Promise<number>): Promise<number> {
  let all = 0;
  for (;;) {
    const done = await whole(services, work);
    all += done;
    if (done < BATCH) return all;
  }
}

/**
 * Tells that clocks have turned amber or are due, and that a stop lasts longer than expected. Mark and event are written by one
 * statement: whatever kills the process, a moment is told once and none is left out, and two processes skip each other's rows.
 */
export async function fireClocks(services: Services): Promise<number> {
  const clocks = (type: string, due: Sql, mark: Sql) =>
    inBatches(services, async (db) => {
      const { fired } = await db.one<{ fired: number }>(sql`
        with found as (select id from calendar.clock where ${due} for update skip locked),
        marked as (update calendar.clock c set ${mark} = kernel.now() from found where c.id = found.id returning c.id, c.app, c.kind, c.subject)
        select count(kernel.emit(${type}, id::text, jsonb_build_object('clock', id, 'app', app, 'kind', kind, 'subject', subject)))::int as fired from marked`);
      return fired;
    });
  const amber = await clocks(
    'calendar.clock.amber',
    sql`state = 'running' and amber_fired_at is null and amber_at <= kernel.now() order by amber_at limit ${BATCH}`,
    sql`amber_fired_at`,
  );
  const due = await clocks(
    'calendar.clock.due',
    sql`state = 'running' and due_fired_at is null and due_at <= kernel.now() order by due_at limit ${BATCH}`,
    sql`due_fired_at`,
  );
  const overrun = await inBatches(services, async (db) => {
    const { fired } = await db.one<{ fired: number }>(sql`
      with found as (select id from calendar.stop where ended_at is null and overrun_fired_at is null and expected_end < (kernel.now() at time zone 'Asia/Shanghai')::date
        limit ${BATCH} for update skip locked),
      marked as (update calendar.stop s set overrun_fired_at = kernel.now() from found where s.id = found.id returning s.clock, s.app)
      select count(kernel.emit('calendar.clock.stop-overrun', c.id::text, jsonb_build_object('clock', c.id, 'app', c.app, 'kind', c.kind, 'subject', c.subject)))::int as fired
      from marked m join calendar.clock c on c.id = m.clock`);
    return fired;
  });
  return amber + due + overrun;
}

/**
 * Counts open clocks anew after a list or a day of the district has changed, and tells those whose end moved or is settled now.
 * What was told as due stays so: a later list does not undo it.
 */
export async function refreshClocks(services: Services): Promise<number> {
  return inBatches(services, async (db) => {
    const edition = await readCalendar(db);
    const rows = await db.rows<Parameters<typeof clockOf>[0]>(sql`
      select ${CLOCK_COLUMNS} from calendar.clock c where c.state <> 'ended' and c.edition <> ${edition.id}::uuid
      order by c.id limit ${BATCH} for update of c skip locked`);
    const changed = rows.flatMap((row) => {
      const clock = clockOf(row);
      const due = dueOfClock(clock, edition);
      const moved = due.dueAt.getTime() !== clock.dueAt.getTime();
      return clock.dueFiredAt === null && (moved || due.provisional !== clock.provisional)
        ? [{ id: clock.id, due, moved: moved ? 'yes' : 'no' }]
        : [];
    });
    await db.run(
      sql`update calendar.clock set edition = ${edition.id}::uuid where id = any(${rows.map(({ id }) => id)}::uuid[])`,
    );
    if (changed.length > 0)
      await db.one(sql`
        with anew as (select * from unnest(${changed.map(({ id }) => id)}::uuid[], ${changed.map(({ due }) => due.dueAt.toISOString())}::timestamptz[],
          ${changed.map(({ due }) => due.amberAt.toISOString())}::timestamptz[], ${changed.map(({ due }) => due.provisional)}::boolean[], ${changed.map(({ moved }) => moved)}::text[])
          as u(id, due_at, amber_at, provisional, moved)),
        put as (update calendar.clock c set due_at = a.due_at, amber_at = a.amber_at, provisional = a.provisional from anew a where c.id = a.id
          returning c.id, c.app, c.kind, c.subject, a.moved)
        select count(kernel.emit('calendar.clock.recomputed', id::text, jsonb_build_object('clock', id, 'app', app, 'kind', kind, 'subject', subject, 'moved', moved))) from put`);
    return rows.length;
  });
}
