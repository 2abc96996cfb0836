import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { AlertClosed } from './alert-errors.ts';
import { note, releaseBehind } from './alert-record.ts';
import { AlertSchema, readAlerts } from './alert-view.ts';

/** Closes an alert with what was done (关闭预警). Whoever closes it has seen it, so it counts as acknowledged. */
export const closeAlert = route({
  method: 'PUT',
  path: '/api/signal/alerts/:id/closed',
  summary: { zh: '关闭预警', en: 'Close an alert' },
  allow: 'signal.alert.act',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object({ note: Type.String({ minLength: 2, maxLength: 500 }) }, { additionalProperties: false }),
  reply: AlertSchema,
  errors: [NotFound, AlertClosed],
  examples: {
    own: { as: 'unit-head', params: { id: 'fixture:signal-closing' }, body: { note: '已到现场处置' } },
    foreign: { as: 'unit-head', params: { id: 'fixture:signal-foreign-alert' }, body: { note: '已到现场处置' } },
  },
  handler: async ({ db, params, body, actor }) => {
    const held = await db.first<{ state: string }>(sql`
      select state from signal.alert where id = ${params.id}::uuid for update`);
    if (!held) throw NotFound.with();
    if (held.state === 'closed') throw AlertClosed.with();
    await db.run(sql`
      update signal.alert set state = 'closed', closed_at = kernel.now(), closed_by = ${actor.account}, closed_note = ${body.note}, next_step_at = null,
        acknowledged_at = coalesce(acknowledged_at, kernel.now()), acknowledged_by = coalesce(acknowledged_by, ${actor.account}), acknowledged_name = coalesce(acknowledged_name, ${actor.name})
      where id = ${params.id}::uuid`);
    await note(db, { alert: params.id, what: 'closed', account: actor.account, name: actor.name, note: body.note });
    await releaseBehind(db, params.id);
    await db.emit({ type: 'signal.alert.closed', subject: params.id, data: { alert: params.id } });
    const [view] = await readAlerts(db, sql`where id = ${params.id}::uuid`);
    if (!view) throw NotFound.with();
    return view;
  },
});
