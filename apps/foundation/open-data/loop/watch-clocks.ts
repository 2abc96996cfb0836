import type { Consumer } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { wishClock } from './clocks.ts';

/** Four fifths of the time are used: the owner's desk shows it. */
export const noteAmber: Consumer = {
  name: 'wish-amber',
  type: 'calendar.clock.amber',
  handle: async ({ event, db }) => {
    if (event.data.kind !== wishClock.id) return;
    await db.run(
      sql`update open_data.wish set amber_at = kernel.now() where id = ${event.data.subject ?? ''}::uuid and state = 'open' and amber_at is null`,
    );
  },
};

/** Silence escalates (沉默升级): the unit that runs the portal may answer as well, everybody sees whose delay it is, and the score keeps it. */
export const escalate: Consumer = {
  name: 'wish-due',
  type: 'calendar.clock.due',
  handle: async ({ event, db }) => {
    if (event.data.kind !== wishClock.id) return;
    const id = event.data.subject ?? '';
    const late = await db.run(sql`
      update open_data.wish set escalated_at = kernel.now(), late_unit = owner where id = ${id}::uuid and state = 'open' and hidden_at is null and escalated_at is null`);
    if (late > 0) await db.emit({ type: 'open-data.wish.escalated', subject: id });
  },
};
