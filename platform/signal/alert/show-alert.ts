import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { AlertSchema, EntrySchema, readAlerts } from './alert-view.ts';
import { readSteps } from './settings.ts';

const ROWS = 200;

/** One alert (预警详情): what it is, everything that happened to it, who was told by which step, and what became of each message. */
export const showAlert = route({
  method: 'GET',
  path: '/api/signal/alerts/:id',
  summary: { zh: '预警详情', en: 'An alert' },
  allow: 'signal.alert.read',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({
    alert: AlertSchema,
    entries: Type.Array(EntrySchema),
    ladder: Type.Array(Type.Object({ role: Type.String(), minutes: Type.Number() })),
    behind: Type.Array(AlertSchema),
    deliveries: Type.Array(
      Type.Object({
        account: Type.String(),
        step: Type.Integer(),
        channel: Type.String(),
        state: Type.String(),
        at: Type.String({ format: 'date-time' }),
      }),
    ),
    asOf: Type.String({ format: 'date-time' }),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'unit-head', params: { id: 'fixture:signal-alert' } },
    foreign: { as: 'unit-head', params: { id: 'fixture:signal-foreign-alert' } },
  },
  handler: async ({ db, params, clock }) => {
    const [alert] = await readAlerts(db, sql`where id = ${params.id}::uuid`);
    if (!alert) throw NotFound.with();
    const entries = await db.rows<{
      at: Date;
      what: string;
      step: number | null;
      account: string | null;
      name: string | null;
      note: string | null;
    }>(sql`
      select at, what, step, by_account as account, by_name as name, note from signal.alert_entry where alert = ${params.id}::uuid order by at, id limit ${ROWS}::int`);
    const deliveries = await db.rows<{ account: string; step: number; channel: string; state: string; at: Date }>(sql`
      select m.account, m.step, d.channel, d.state, d.changed_at as at from signal.message m join signal.delivery d on d.message = m.id
      where m.about = 'alert' and m.subject = ${params.id}::uuid order by m.step, m.account, d.channel limit ${ROWS}::int`);
    return {
      alert,
      entries: entries.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
      ladder: (await readSteps(db, clock.now())).map(({ role, minutes }) => ({ role, minutes })),
      behind: await readAlerts(db, sql`where suppressed_by = ${params.id}::uuid order by raised_at limit ${ROWS}::int`),
      deliveries: deliveries.map((row) => ({ ...row, at: row.at.toISOString() })),
      asOf: clock.now().toISOString(),
    };
  },
});
