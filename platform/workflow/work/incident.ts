import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';

/** Shows that an instance stands still until a person looks (异常). One is open for a token at a time. */
export async function raiseIncident(
  db: Db,
  options: {
    app: string;
    instance: string;
    token: string;
    node: string;
    kind: 'handler' | 'timer' | 'message';
    error: string;
    payload?: Record<string, string>;
  },
): Promise<void> {
  const { app, instance, token, node, kind, error, payload } = options;
  const id = uuidv7();
  const made = await db.run(sql`
    insert into workflow.incident (id, app, instance, token, node, kind, error, payload)
    values (${id}::uuid, ${app}, ${instance}::uuid, ${token}, ${node}, ${kind}, ${error.slice(0, 500)}, ${payload ? json(payload) : null}::text::jsonb)
    on conflict (instance, token) where solved_at is null do nothing`);
  if (made > 0) await db.emit({ type: 'workflow.incident.raised', subject: id, data: { app, instance, node } });
}

const Moment = Type.String({ format: 'date-time' });
const IncidentSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  app: Type.String(),
  instance: Type.String({ format: 'uuid' }),
  process: Type.String(),
  key: Type.String(),
  node: Type.String(),
  kind: Type.String({ description: 'handler, timer, message' }),
  error: Type.String(),
  at: Moment,
});

/** What waits for a person, the oldest first. */
export const listIncidents = route({
  method: 'GET',
  path: '/api/workflow/incidents',
  summary: { zh: '流程异常', en: 'Incidents of processes' },
  allow: 'workflow.incident.solve',
  reply: Type.Object({ incidents: Type.Array(IncidentSchema) }),
  examples: { own: { as: 'system-administrator' } },
  handler: async ({ db }) => {
    const rows = await db.rows<{
      id: string;
      app: string;
      instance: string;
      process: string;
      key: string;
      node: string;
      kind: string;
      error: string;
      at: Date;
    }>(sql`select * from workflow.open_incidents()`);
    return { incidents: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
  },
});

/** Tries again what an incident stands for (重试): the handler, the timer or the message. */
export const retryIncident = route({
  method: 'POST',
  path: '/api/workflow/incidents/:id/retry',
  summary: { zh: '重试流程异常', en: 'Try again what an incident stands for' },
  allow: 'workflow.incident.solve',
  params: Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) }),
  body: Type.Object({}, { additionalProperties: false }),
  reply: Type.Object({ retried: Type.Boolean() }),
  errors: [NotFound],
  examples: {
    own: { as: 'system-administrator', params: { id: 'fixture:incident' }, body: {} },
  },
  handler: async ({ db, params: { id } }) => {
    const { retried } = await db.one<{ retried: boolean }>(sql`select workflow.retry_incident(${id}::uuid) as retried`);
    if (!retried) throw NotFound.with();
    return { retried };
  },
});
