import type { Consumer } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { findingClock } from './kinds.ts';
import { noteSteps } from './reconcile.ts';

/** Four fifths of the time are used: stands in the history of the finding (K4). */
export const noteFindingAmber: Consumer = {
  name: 'finding-amber',
  type: 'calendar.clock.amber',
  handle: async ({ event, db }) => {
    if (event.data.kind !== findingClock.id) return;
    const found = await db.first<{ id: string }>(
      sql`select id from legal_entity.finding where id = ${event.data.subject ?? ''}::uuid and state = 'open'`,
    );
    if (found) await noteSteps(db, [{ finding: found.id, step: 'amber', note: null }]);
  },
};

/** No answer in its time: the delay stays on record, whatever comes later. */
export const noteFindingDue: Consumer = {
  name: 'finding-due',
  type: 'calendar.clock.due',
  handle: async ({ event, db }) => {
    if (event.data.kind !== findingClock.id) return;
    const found = await db.first<{ id: string }>(sql`
      update legal_entity.finding set late_at = kernel.now() where id = ${event.data.subject ?? ''}::uuid and state = 'open' and late_at is null returning id`);
    if (found) await noteSteps(db, [{ finding: found.id, step: 'overdue', note: null }]);
  },
};
