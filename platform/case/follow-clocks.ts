import type { Consumer } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { moveReminder } from './silence.ts';
import { tell } from './tell.ts';

const ours = (app: string | undefined): boolean => app === 'incident';

/** The working days have changed: queues sort by the end that the clock has now. */
export const followClock: Consumer = {
  name: 'follow-clock',
  type: 'calendar.clock.recomputed',
  handle: async ({ event, db }) => {
    if (!ours(event.data.app)) return;
    await db.run(sql`
      update incident.case_file c set due_at = k.due_at from calendar.clock k where k.id = ${event.data.clock ?? ''}::uuid and c.clock = k.id`);
    await moveReminder(db, event.data.clock ?? '');
  },
};

/** A step is not done in time (环节超时): supervision and queues learn of it; nothing closes by itself. */
export const stepDue: Consumer = {
  name: 'step-due',
  type: 'calendar.clock.due',
  handle: async ({ event, db }) => {
    if (!ours(event.data.app)) return;
    const row = await db.first<{ id: string; no: string; class: string; unit: string | null }>(
      sql`select id, no, class, unit from incident.case_file where id = ${event.data.subject ?? ''}::uuid`,
    );
    if (!row) return;
    const step = (event.data.kind ?? '').replace('incident.', '');
    const data = {
      case: row.no,
      item: row.class,
      step,
      unit: row.unit ?? '',
      post: 'system',
      clock: event.data.clock ?? '',
    };
    await db.emit({ type: 'gov.step.due', subject: row.id, data });
  },
};

/** Four fifths of the unit's time are used (即将到期): it is told once, and again where it got more time. */
export const handleDueSoon: Consumer = {
  name: 'handle-due-soon',
  type: 'calendar.clock.amber',
  handle: async ({ event, db, services }) => {
    if (!ours(event.data.app) || event.data.kind !== 'incident.handle') return;
    const row = await db.first<{ id: string }>(sql`
      select id from incident.case_file where id = ${event.data.subject ?? ''}::uuid and clock = ${event.data.clock ?? ''}::uuid and state in ('dispatched', 'handling')`);
    if (row) tell(db, { caseId: row.id, at: services.clock.now(), kind: 'due-soon', shown: false });
  },
};
