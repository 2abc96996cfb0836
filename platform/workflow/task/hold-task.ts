import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Task } from '../definition.ts';
import { DutiesSeparated, TaskGone, TaskHeld } from '../errors.ts';
import { type Carrier, carrierOf, type Moving, take } from '../store/carry.ts';
import { mine, readTask, TASK_COLUMNS, type TaskRow } from './record.ts';

/** A task that the caller may act on now, its instance held to the end of the transaction. */
export type HeldTask = {
  task: TaskRow;
  carrier: Carrier;
  moving: Moving;
  user: Extract<Task, { kind: 'user' }> /** Opinions that were asked for are still open. */;
  asked: boolean;
};

/**
 * Takes up a task for an act of a person. The instance is held before the task is looked at: who comes second sees what the first
 * has done. Refused: TASK_GONE, TASK_HELD by somebody else, DUTIES_SEPARATED; NOT_FOUND for one that was never the caller's.
 */
export async function holdTask(db: Db, options: { services: Services; task: string }): Promise<HeldTask> {
  // What does not wait for an answer travels together.
  const [{ instance }, carrier] = await Promise.all([readTask(db, options.task), carrierOf(db, options.services)]);
  const moving = await take(carrier, instance);
  const task = await db.one<TaskRow & { still: boolean; asked: boolean }>(sql`
    select ${TASK_COLUMNS}, exists (select from workflow.candidate c where c.task = t.id and c.open and ${mine(db)}) as still,
      exists (select from workflow.task o where o.asked_by = t.id and o.state = 'open') as asked
    from workflow.task t where t.id = ${options.task}::uuid`);
  if (task.state !== 'open') throw TaskGone.with();
  if (db.actor.kind !== 'system') {
    if (!task.still) throw NotFound.with();
    if (task.holder !== null && task.holder !== db.actor.account) throw TaskHeld.with();
  }
  const node = moving.graph.nodes[task.node];
  if (node?.type !== 'task' || node.task.kind !== 'user') throw TaskGone.with();
  if (task.asked_by === null) await separated(db, { instance, steps: node.task.separateFrom });
  return { task, carrier, moving, user: node.task, asked: task.asked };
}

/** Separation of duties (职责分离): the person, not the post, did one of the other steps of this instance. */
async function separated(db: Db, options: { instance: string; steps: readonly string[] }): Promise<void> {
  if (options.steps.length === 0 || db.actor.kind === 'system') return;
  const did = await db.first(sql`
    select from workflow.task where instance = ${options.instance}::uuid and node = any(${[...options.steps]}::text[]) and done_by = ${db.actor.account} and state = 'done' limit 1`);
  if (did) throw DutiesSeparated.with();
}

/** An act of a person that moves nothing, for the log. */
export async function noteAct(db: Db, held: HeldTask, act: string, outcome?: string): Promise<void> {
  const { task, moving } = held;
  await db.run(sql`
    insert into workflow.step (app, instance, definition, revision, node, token, lifecycle, unit, post, outcome)
    values (${task.app}, ${task.instance}::uuid, ${moving.row.definition}::uuid, ${moving.row.revision}::int, ${task.node}, ${task.token}, ${act}, ${db.actor.unit ?? null}::text,
      ${db.actor.post ?? null}::text, ${outcome ?? null}::text)`);
}
