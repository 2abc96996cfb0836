import type { Consumer } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { answerClock } from './record.ts';

/** Silence escalates (沉默升级): without an answer in its time the resource centre may answer as well. */
export const escalate: Consumer = {
  name: 'dispute-due',
  type: 'calendar.clock.due',
  handle: async ({ event, db }) => {
    if (event.data.kind !== answerClock.id) return;
    const id = event.data.subject ?? '';
    const late = await db.run(sql`
      update dispute.dispute set escalated_at = kernel.now() where id = ${id}::uuid and state = 'open' and escalated_at is null`);
    if (late > 0) await db.emit({ type: 'dispute.escalated', subject: id });
  },
};
