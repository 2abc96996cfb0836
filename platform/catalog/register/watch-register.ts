import type { Consumer } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { changeClock, demandClock, reviewClock } from './clocks.ts';
import { entryStep } from './entry-record.ts';

/** What is late in the register stands in its history; a demand that nobody answered goes to the unit that runs the catalogue. */
export const registerDue: Consumer = {
  name: 'register-due',
  type: 'calendar.clock.due',
  handle: async ({ event, db }) => {
    const { kind, clock } = event.data;
    if (kind === reviewClock.id || kind === changeClock.id) {
      const column = kind === reviewClock.id ? sql`review_clock` : sql`change_clock`;
      const entry = await db.first<{ id: string }>(
        sql`select id from catalog.entry where ${column} = ${clock ?? ''}::uuid`,
      );
      if (entry) await entryStep(db, { id: entry.id, step: kind === reviewClock.id ? 'review-late' : 'change-late' });
    } else if (kind === demandClock.id) {
      const line = await db.first<{ id: string }>(sql`
        update catalog.list_entry set escalated_at = kernel.now(), late_unit = unit where clock = ${clock ?? ''}::uuid and state = 'open' and escalated_at is null returning id`);
      if (line) await db.emit({ type: 'catalog.demand.escalated', subject: line.id });
    }
  },
};
