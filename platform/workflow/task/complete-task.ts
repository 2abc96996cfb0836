import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Values } from '../engine/state.ts';
import {
  DutiesSeparated,
  OpinionsOpen,
  OutcomeUnknown,
  ProcessStuck,
  TaskByForm,
  TaskGone,
  TaskHeld,
} from '../errors.ts';
import { carry, settle } from '../store/carry.ts';
import { OWN_APP } from '../studio/apps.ts';
import { type HeldTask, holdTask, noteAct } from './hold-task.ts';
import { Note, readTask, TaskParams, TaskSchema, taskView } from './record.ts';

/**
 * Completes a task (办理) with an outcome, in the transaction of the business row where an app calls it on its own `db`. Values are
 * those of variables that the process declares. All checks of `holdTask`; a second completion is TASK_GONE.
 */
export async function completeTask(
  db: Db,
  options: { services: Services; task: string; outcome?: string; variables?: Values; note?: string },
): Promise<void> {
  const { outcome, variables, note } = options;
  const held = await holdTask(db, options);
  const { task, carrier, moving, user } = held;
  if (task.asked_by !== null) return giveOpinion(db, held, outcome, note);
  if (user.outcomes.length > 0 && (outcome === undefined || !user.outcomes.includes(outcome)))
    throw OutcomeUnknown.with({ extra: { outcomes: user.outcomes } });
  if (held.asked) throw OpinionsOpen.with();
  if (note !== undefined) await db.run(sql`update workflow.task set note = ${note} where id = ${task.id}::uuid`);
  await carry(
    carrier,
    moving,
    {
      type: 'complete',
      token: task.token,
      ...(outcome !== undefined && { outcome }),
      ...(variables && { variables }),
    },
    { by: db.actor.account },
  );
  await settle(carrier);
}

/** An opinion that was asked for goes back to whoever asked; the process itself does not move. */
async function giveOpinion(
  db: Db,
  held: HeldTask,
  outcome: string | undefined,
  note: string | undefined,
): Promise<void> {
  await db.run(sql`
    update workflow.task set state = 'done', done_by = ${db.actor.account}, outcome = ${outcome ?? null}::text, note = ${note ?? null}::text, ended_at = kernel.now()
    where id = ${held.task.id}::uuid`);
  await db.run(sql`update workflow.candidate set open = false where task = ${held.task.id}::uuid`);
  await noteAct(db, held, 'opinion', outcome);
}

/** By HTTP with an outcome only: variables are the business of the app that has the row. */
export const completeTaskRoute = route({
  method: 'POST',
  path: '/api/workflow/tasks/:id/complete',
  summary: { zh: '办理待办', en: 'Complete a task' },
  allow: 'workflow.task.act',
  params: TaskParams,
  body: Type.Object(
    {
      outcome: Type.Optional(Type.String({ maxLength: 60 })),
      note: Note,
    },
    { additionalProperties: false },
  ),
  reply: TaskSchema,
  errors: [NotFound, TaskGone, TaskHeld, DutiesSeparated, OutcomeUnknown, OpinionsOpen, ProcessStuck, TaskByForm],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:task-to-complete' }, body: { outcome: 'accept' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-task' }, body: { outcome: 'accept' } },
  },
  handler: async ({ db, actor, services, params: { id }, body }) => {
    // What has a page of its business is done there, together with the row.
    const { form, app, asked_by: asked } = await readTask(db, id);
    if (form !== null && app !== OWN_APP && asked === null) throw TaskByForm.with();
    await completeTask(db, { services, task: id, ...body });
    return taskView(await readTask(db, id), actor.account);
  },
});
