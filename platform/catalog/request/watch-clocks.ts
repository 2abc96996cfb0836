import type { Consumer } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { deliveryClock, isAnswerClock } from './clocks.ts';
import { noteStep } from './request-record.ts';

type Found = { id: string; grantId: string; unit: string };

/** Four fifths of the time are used (K4): stands in the history of the request, so that both sides see it; no more where its end was told first. */
export const noteAmber: Consumer = {
  name: 'request-amber',
  type: 'calendar.clock.amber',
  handle: async ({ event, db }) => {
    const state = isAnswerClock(event.data.kind) ? 'open' : event.data.kind === deliveryClock.id ? 'delivering' : null;
    if (state === null) return;
    const request = await db.first<Found>(sql`
      select id, grant_id as "grantId", supplier_unit as unit from catalog.request where id = ${event.data.subject ?? ''}::uuid and state = ${state}
        and case when state = 'open' then escalated_at else delivery_late_at end is null for update`);
    if (request) await noteStep(db, { request, step: state === 'open' ? 'amber' : 'delivery-amber', reason: null });
  },
};

/**
 * Silence escalates (沉默升级): without an answer in its time the unit that runs the catalogue may decide as well, and the delay
 * stays on record as the supplier's, whoever decides in the end. A delivery that is late is on record likewise; nobody else can make it.
 */
export const escalate: Consumer = {
  name: 'request-due',
  type: 'calendar.clock.due',
  handle: async ({ event, db }) => {
    const id = event.data.subject ?? '';
    if (isAnswerClock(event.data.kind)) {
      const request = await db.first<Found>(sql`
        update catalog.request set escalated_at = kernel.now(), late_unit = supplier_unit where id = ${id}::uuid and state = 'open' and escalated_at is null
        returning id, grant_id as "grantId", supplier_unit as unit`);
      if (request) await noteStep(db, { request, step: 'escalated', reason: null });
    } else if (event.data.kind === deliveryClock.id) {
      const request = await db.first<Found>(sql`
        update catalog.request set delivery_late_at = kernel.now(), late_unit = supplier_unit where id = ${id}::uuid and state = 'delivering' and delivery_late_at is null
        returning id, grant_id as "grantId", supplier_unit as unit`);
      if (request) await noteStep(db, { request, step: 'delivery-late', reason: null });
    }
  },
};
