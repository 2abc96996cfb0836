import type { Consumer } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { objectionClock } from './record.ts';

/** The time of an objection is over without an answer: marked, and told to the security auditor, who may answer from the start. */
export const markOverdue: Consumer = {
  name: 'objection-overdue',
  type: 'calendar.clock.due',
  handle: async ({ event, db }) => {
    if (event.data.kind !== objectionClock.id) return;
    const late = await db.run(sql`
      update objection.objection set overdue_at = kernel.now() where id = ${event.data.subject ?? ''}::uuid and state = 'open' and overdue_at is null`);
    if (late > 0) await db.emit({ type: 'objection.overdue', subject: event.data.subject ?? '' });
  },
};
