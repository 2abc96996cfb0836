import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { DutiesSeparated, TaskGone, TaskHeld } from '../errors.ts';
import { holdTask, noteAct } from './hold-task.ts';
import { Note, readTask, TaskParams, TaskSchema, taskView } from './record.ts';
import { refuseReceiver } from './receiver.ts';

/**
 * Hands a task to another post or unit (转办), or to one account of it (委托). Whoever had it before sees it as handed over, and does
 * not do it any more.
 */
export const delegateTask = route({
  method: 'POST',
  path: '/api/workflow/tasks/:id/delegate',
  summary: { zh: '转办待办', en: 'Hand a task to others' },
  allow: 'workflow.task.act',
  params: TaskParams,
  body: Type.Object(
    {
      unit: Type.String({ maxLength: 40 }),
      post: Type.String({ maxLength: 40 }),
      account: Type.Optional(Type.String({ maxLength: 60 })),
      note: Note,
    },
    { additionalProperties: false },
  ),
  reply: TaskSchema,
  errors: [NotFound, TaskGone, TaskHeld, DutiesSeparated, InvalidInput],
  examples: {
    own: {
      as: 'street-clerk',
      params: { id: 'fixture:task-to-delegate' },
      body: { unit: 'fixture:task-unit', post: 'unit-head' },
    },
    foreign: {
      as: 'street-clerk',
      params: { id: 'fixture:foreign-task' },
      body: { unit: 'fixture:task-unit', post: 'unit-head' },
    },
  },
  prepare: ({ services, body }) => refuseReceiver(services, body),
  handler: async ({ db, actor, services, params: { id }, body, prepared: refusal }) => {
    const held = await holdTask(db, { services, task: id });
    if (refusal) throw refusal;
    await db.run(
      sql`update workflow.task set note = coalesce(${body.note ?? null}::text, note) where id = ${id}::uuid`,
    );
    await db.one(
      sql`select workflow.hand_over(${id}::uuid, ${body.unit}, ${body.post}, ${body.account ?? null}::text)`,
    );
    await noteAct(db, held, 'reassign', `${body.unit} ${body.post}`);
    return taskView(await readTask(db, id), actor.account);
  },
});
