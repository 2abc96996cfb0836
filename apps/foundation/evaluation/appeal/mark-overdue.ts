import type { Consumer } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { appealClock } from './record.ts';

/** The time of an appeal is over without a decision: marked and told. The signal stays as it is; a person still decides. */
export const appealOverdue: Consumer = {
  name: 'appeal-overdue',
  type: 'calendar.clock.due',
  handle: async ({ event, db }) => {
    if (event.data.kind !== appealClock.id) return;
    const late = await db.run(sql`
      update evaluation.appeal set overdue_at = kernel.now() where id = ${event.data.subject ?? ''}::uuid and state = 'open' and overdue_at is null`);
    if (late > 0) await db.emit({ type: 'evaluation.appeal.overdue', subject: event.data.subject ?? '' });
  },
};
