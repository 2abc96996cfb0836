import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { DutiesSeparated, TaskGone, TaskHeld } from '../errors.ts';
import { holdTask, noteAct } from './hold-task.ts';
import { readTask, TaskParams, TaskSchema, taskView } from './record.ts';

/** Claims a task (签收), so that no colleague of the post does it at the same time; or gives it back. */
export const claimTask = route({
  method: 'POST',
  path: '/api/workflow/tasks/:id/claim',
  summary: { zh: '签收或退还待办', en: 'Claim a task or give it back' },
  allow: 'workflow.task.act',
  params: TaskParams,
  body: Type.Object({ give: Type.Optional(Type.Boolean()) }, { additionalProperties: false }),
  reply: TaskSchema,
  errors: [NotFound, TaskGone, TaskHeld, DutiesSeparated],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:task' }, body: {} },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-task' }, body: {} },
  },
  handler: async ({ db, actor, services, params: { id }, body }) => {
    const held = await holdTask(db, { services, task: id });
    const holder = body.give ? null : actor.account;
    await db.run(sql`update workflow.task set holder = ${holder}::text where id = ${id}::uuid`);
    await noteAct(db, held, body.give ? 'unassign' : 'assign');
    return taskView(await readTask(db, id), actor.account);
  },
});
