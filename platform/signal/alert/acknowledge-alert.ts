import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { AlertClosed } from './alert-errors.ts';
import { note } from './alert-record.ts';
import { AlertSchema, readAlerts } from './alert-view.ts';

/**
 * Acknowledges an alert (确认预警): somebody takes it up, and nobody else is told. The first one counts; a second one changes nothing and sees
 * who it was. What has cleared meanwhile is closed with it.
 */
export const acknowledgeAlert = route({
  method: 'PUT',
  path: '/api/signal/alerts/:id/acknowledged',
  summary: { zh: '确认预警', en: 'Acknowledge an alert' },
  allow: 'signal.alert.act',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: AlertSchema,
  errors: [NotFound, AlertClosed],
  examples: {
    own: { as: 'unit-head', params: { id: 'fixture:signal-alert' } },
    foreign: { as: 'unit-head', params: { id: 'fixture:signal-foreign-alert' } },
  },
  handler: async ({ db, params, actor }) => {
    const held = await db.first<{ state: string; cleared: boolean }>(sql`
      select state, cleared_at is not null as cleared from signal.alert where id = ${params.id}::uuid for update`);
    if (!held) throw NotFound.with();
    if (held.state === 'closed') throw AlertClosed.with();
    if (held.state === 'open') {
      await db.run(sql`
        update signal.alert set state = ${held.cleared ? 'closed' : 'acknowledged'}, closed_at = case when ${held.cleared}::boolean then kernel.now() end, next_step_at = null,
          acknowledged_at = kernel.now(), acknowledged_by = ${actor.account}, acknowledged_name = ${actor.name} where id = ${params.id}::uuid`);
      await note(db, { alert: params.id, what: 'acknowledged', account: actor.account, name: actor.name });
      await db.emit({ type: 'signal.alert.acknowledged', subject: params.id, data: { alert: params.id } });
    }
    const [view] = await readAlerts(db, sql`where id = ${params.id}::uuid`);
    if (!view) throw NotFound.with();
    return view;
  },
});
