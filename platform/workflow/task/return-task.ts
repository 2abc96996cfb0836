import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ActRefused, DutiesSeparated, ProcessStuck, TaskGone, TaskHeld } from '../errors.ts';
import { carry, settle } from '../store/carry.ts';
import { holdTask } from './hold-task.ts';
import { readTask, TaskParams, TaskSchema, taskView } from './record.ts';

/**
 * Returns a task (退回) to an earlier user task of the instance that was done, with the reason for whoever gets it. The engine says
 * whether there is a way back; the log keeps the act.
 */
export async function returnTask(
  db: Db,
  options: { services: Services; task: string; to: string; note: string },
): Promise<void> {
  const { to, note } = options;
  const { task, carrier, moving } = await holdTask(db, options);
  const done = await db.first(
    sql`select from workflow.task where instance = ${task.instance}::uuid and node = ${to} and state = 'done' limit 1`,
  );
  if (!done || task.asked_by !== null)
    throw ActRefused.with({
      detail: { zh: '只能退回到已办理过的步骤', en: 'it goes back only to a step that was done' },
    });
  await db.run(
    sql`update workflow.task set note = ${note}, done_by = ${db.actor.account}, outcome = 'returned' where id = ${task.id}::uuid`,
  );
  await carry(carrier, moving, { type: 'rewind', token: task.token, to }, { act: 'return' });
  await settle(carrier);
}

export const returnTaskRoute = route({
  method: 'POST',
  path: '/api/workflow/tasks/:id/return',
  summary: { zh: '退回待办', en: 'Return a task to an earlier step' },
  allow: 'workflow.task.act',
  params: TaskParams,
  body: Type.Object(
    { to: Type.String({ maxLength: 100 }), note: Type.String({ minLength: 2, maxLength: 500 }) },
    { additionalProperties: false },
  ),
  reply: TaskSchema,
  errors: [NotFound, TaskGone, TaskHeld, DutiesSeparated, ActRefused, ProcessStuck],
  examples: {
    own: {
      as: 'unit-head',
      params: { id: 'fixture:task-to-return' },
      body: { to: 'accept', note: '材料不全，请补正后再报' },
    },
    foreign: {
      as: 'unit-head',
      params: { id: 'fixture:foreign-head-task' },
      body: { to: 'accept', note: '材料不全，请补正后再报' },
    },
  },
  handler: async ({ db, actor, services, params: { id }, body }) => {
    await returnTask(db, { services, task: id, ...body });
    return taskView(await readTask(db, id), actor.account);
  },
});
