import { Type } from 'typebox';
import { isWorkingDay } from '#platform/calendar/working-days.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { addDays, shanghaiDate } from '#platform/kernel/dates.ts';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { TaskGone, UrgedToday } from '../errors.ts';
import { readInstanceOfMine } from './show-instance.ts';

/**
 * Urges the open tasks of an instance (催办), by whoever has taken part in it. Once a working day: a day off counts to the one before
 * it. Who holds the tasks is told by the event.
 */
export const urgeInstance = route({
  method: 'POST',
  path: '/api/workflow/instances/:id/urge',
  summary: { zh: '催办', en: 'Urge the open tasks of an instance' },
  allow: 'workflow.task.act',
  params: Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) }),
  body: Type.Object({}, { additionalProperties: false }),
  reply: Type.Object({ urged: Type.Integer() }),
  errors: [NotFound, TaskGone, UrgedToday],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:instance' }, body: {} },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-instance' }, body: {} },
  },
  handler: async ({ db, params: { id } }) => {
    await readInstanceOfMine(db, id);
    const { now } = await db.one<{ now: Date }>(sql`select kernel.now() as now`);
    const { calendar } = await readCalendar(db);
    let day = shanghaiDate(now);
    while (!isWorkingDay(day, calendar)) day = addDays(day, -1);
    const { open, urged } = await db.one<{ open: number; urged: number }>(
      sql`select open, urged from workflow.urge(${id}::uuid, ${day}::date)`,
    );
    if (open === 0) throw TaskGone.with();
    if (urged === 0) throw UrgedToday.with();
    return { urged };
  },
});
