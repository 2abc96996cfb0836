import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { AlertSchema, readAlerts } from './alert-view.ts';

const PAGE = 100;

/** Alerts of the caller's unit, or of the district (预警列表): what nobody has acknowledged first, the gravest first, then the oldest. */
export const listAlerts = route({
  method: 'GET',
  path: '/api/signal/alerts',
  summary: { zh: '预警列表', en: 'Alerts' },
  allow: 'signal.alert.read',
  query: Type.Object(
    {
      state: Type.Optional(Type.Union([Type.Literal('standing'), Type.Literal('closed')])),
      level: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    alerts: Type.Array(AlertSchema),
    more: Type.Boolean(),
    open: Type.Integer(),
    behind: Type.Integer(),
    asOf: Type.String({ format: 'date-time' }),
  }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db, query, clock }) => {
    const level = query.level === undefined ? sql`` : sql`and level = ${query.level}::int`;
    const alerts =
      query.state === 'closed'
        ? await readAlerts(db, sql`where state = 'closed' ${level} order by closed_at desc limit ${PAGE + 1}::int`)
        : await readAlerts(
            db,
            sql`where state <> 'closed' and suppressed_by is null ${level} order by (state = 'open' and cleared_at is null) desc, level, raised_at limit ${PAGE + 1}::int`,
          );
    const counts = await db.one<{ open: number; behind: number }>(sql`
      select count(*) filter (where state = 'open' and suppressed_by is null)::int as open, count(*) filter (where suppressed_by is not null)::int as behind
      from signal.alert where state <> 'closed'`);
    return { alerts: alerts.slice(0, PAGE), more: alerts.length > PAGE, ...counts, asOf: clock.now().toISOString() };
  },
});
