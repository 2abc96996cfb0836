import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Definition } from '../definition.ts';
import { advance } from '../engine/advance.ts';
import { ProcessFault } from '../engine/process-fault.ts';
import { ActRefused, ProcessStuck } from '../errors.ts';
import { carrierOf, carry, type Moving, settle, take } from '../store/carry.ts';
import { readTask, TaskParams, TaskSchema, taskView } from './record.ts';

type Step = { revision: number; node: string | null; token: string | null; lifecycle: string };

/**
 * Takes back (撤回) what the caller did, while nobody has acted on what came of it: no later task was claimed or done, no handler
 * has run, no message went out. Decisions of the rulebook that were passed on the way do not count.
 */
export async function recallTask(db: Db, options: { services: Services; task: string }): Promise<void> {
  const { instance } = await readTask(db, options.task);
  const carrier = await carrierOf(db, options.services);
  const moving = await take(carrier, instance);
  const task = await readTask(db, options.task);
  const refuse = () =>
    ActRefused.with({ detail: { zh: '下一步已经办理，不能撤回', en: 'somebody has acted on it already' } });
  if (task.state !== 'done' || task.done_by !== db.actor.account || task.asked_by !== null || moving.state.ended)
    throw refuse();
  const steps = await db.rows<Step>(sql`
    select revision, node, token, lifecycle from workflow.step
    where instance = ${instance}::uuid and revision >= (select max(revision) from workflow.step where instance = ${instance}::uuid and token = ${task.token} and lifecycle = 'complete')
    order by seq`);
  if (acted(steps, moving.graph, task.token)) throw refuse();
  const from = Object.values(moving.state.tokens).find(({ id }) => mayRewind(moving, id, task.node, carrier.now));
  if (!from) throw refuse();
  await carry(carrier, moving, { type: 'rewind', token: from.id, to: task.node }, { act: 'recall' });
  await settle(carrier);
}

/** What has happened since that cannot be taken back. */
function acted(steps: readonly Step[], graph: Definition, token: string): boolean {
  return steps.some(({ node, token: of, lifecycle }) => {
    const found = node === null ? undefined : graph.nodes[node];
    if (found === undefined) return lifecycle !== 'event.complete' && lifecycle.startsWith('event.');
    if (of === token) return false;
    if (found.type === 'call') return true;
    if (found.type === 'task')
      return (
        found.task.kind === 'service' ||
        found.task.kind === 'send' ||
        (found.task.kind === 'user' && lifecycle !== 'schedule' && lifecycle !== 'withdraw')
      );
    return (found.type === 'throw' || found.type === 'end') && found.trigger.kind !== 'none';
  });
}

function mayRewind(moving: Moving, token: string, to: string, now: Date): boolean {
  try {
    advance({ definition: moving.graph, state: moving.state, event: { type: 'rewind', token, to }, now });
    return true;
  } catch (error) {
    if (error instanceof ProcessFault) return false;
    throw error;
  }
}

export const recallTaskRoute = route({
  method: 'POST',
  path: '/api/workflow/tasks/:id/recall',
  summary: { zh: '撤回已办理的待办', en: 'Take back what one did, before the next has acted' },
  allow: 'workflow.task.act',
  params: TaskParams,
  body: Type.Object({}, { additionalProperties: false }),
  reply: TaskSchema,
  errors: [NotFound, ActRefused, ProcessStuck],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:task-to-recall' }, body: {} },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-task' }, body: {} },
  },
  handler: async ({ db, actor, services, params: { id } }) => {
    await recallTask(db, { services, task: id });
    return taskView(await readTask(db, id), actor.account);
  },
});
