import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { State } from '../engine/state.ts';
import { mine } from './record.ts';

type Shown = {
  id: string;
  app: string;
  process: string;
  version: number;
  key: string;
  definition: string;
  status: string;
  state: State;
  started_at: Date;
  ended_at: Date | null;
};

/** An instance in which the caller's post has or had a task; NOT_FOUND for all others. */
export async function readInstanceOfMine(db: Db, id: string): Promise<Shown> {
  const found = await db.first<Shown>(sql`
    select i.id, i.app, i.process, i.version, i.key, i.definition, i.status, i.state, i.started_at, i.ended_at from workflow.instance i
    where i.id = ${id}::uuid and exists (select from workflow.candidate c where c.instance = i.id and ${mine(db)})`);
  if (!found) throw NotFound.with();
  return found;
}

const Moment = Type.String({ format: 'date-time' });
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** Where an instance is (流程进度) and how it came there: the steps of the log by unit and post. */
export const showInstance = route({
  method: 'GET',
  path: '/api/workflow/instances/:id',
  summary: { zh: '流程进度', en: 'Where an instance is' },
  allow: 'workflow.task.act',
  params: Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) }),
  reply: Type.Object({
    id: Type.String(),
    app: Type.String(),
    process: Type.String(),
    version: Type.Integer(),
    definition: Type.String(),
    key: Type.String(),
    status: Type.String(),
    startedAt: Moment,
    endedAt: Nullable(Moment),
    current: Type.Array(Type.String(), { description: '当前步骤 / elements that rest' }),
    steps: Type.Array(
      Type.Object({
        seq: Type.String(),
        node: Nullable(Type.String()),
        name: Nullable(Type.String()),
        lifecycle: Type.String(),
        at: Moment,
        unit: Nullable(Type.String()),
        post: Nullable(Type.String()),
        outcome: Nullable(Type.String()),
      }),
    ),
    incidents: Type.Array(Type.Object({ id: Type.String(), node: Type.String(), kind: Type.String(), at: Moment })),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:instance' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-instance' } },
  },
  handler: async ({ db, params: { id } }) => {
    const found = await readInstanceOfMine(db, id);
    const steps = await db.rows<{
      seq: string;
      node: string | null;
      name: string | null;
      lifecycle: string;
      at: Date;
      unit: string | null;
      post: string | null;
      outcome: string | null;
    }>(sql`
      select s.seq::text as seq, s.node, d.graph->'nodes'->s.node->>'name' as name, s.lifecycle, s.at, s.unit, s.post, s.outcome
      from workflow.step s join workflow.definition d on d.id = s.definition
      where s.instance = ${id}::uuid and (s.node is not null or s.lifecycle not like 'event.%') order by s.seq limit 1000`);
    const incidents = await db.rows<{ id: string; node: string; kind: string; at: Date }>(
      sql`select id, node, kind, at from workflow.incident where instance = ${id}::uuid and solved_at is null order by at`,
    );
    const holding = new Set(Object.values(found.state.scopes).map(({ owner }) => owner));
    return {
      id: found.id,
      app: found.app,
      process: found.process,
      version: found.version,
      definition: found.definition,
      key: found.key,
      status: found.status,
      startedAt: found.started_at.toISOString(),
      endedAt: found.ended_at?.toISOString() ?? null,
      current: Object.values(found.state.tokens)
        .filter((token) => !holding.has(token.id))
        .map(({ node }) => node),
      steps: steps.map((step) => ({ ...step, at: step.at.toISOString() })),
      incidents: incidents.map((each) => ({ ...each, at: each.at.toISOString() })),
    };
  },
});
