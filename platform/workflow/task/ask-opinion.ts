import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { DutiesSeparated, TaskGone, TaskHeld } from '../errors.ts';
import { carry, settle } from '../store/carry.ts';
import { holdTask, noteAct } from './hold-task.ts';
import { Note, readTask, TaskParams, TaskSchema, taskView } from './record.ts';
import { refuseReceiver } from './receiver.ts';

/**
 * Asks others to sign as well (加签). Where the step is a countersignature (会签) whose collection holds posts, it gets one more run; any
 * other task waits until the opinion is there.
 */
export const askOpinion = route({
  method: 'POST',
  path: '/api/workflow/tasks/:id/countersign',
  summary: { zh: '加签', en: 'Ask others to sign as well' },
  allow: 'workflow.task.act',
  params: TaskParams,
  body: Type.Object(
    { unit: Type.String({ maxLength: 40 }), post: Type.String({ maxLength: 40 }), note: Note },
    { additionalProperties: false },
  ),
  status: 201,
  reply: TaskSchema,
  errors: [NotFound, TaskGone, TaskHeld, DutiesSeparated, InvalidInput],
  examples: {
    own: {
      as: 'street-clerk',
      params: { id: 'fixture:task' },
      body: { unit: 'fixture:task-unit', post: 'unit-head', note: '请提出意见' },
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
    const { task, carrier, moving } = held;
    const node = moving.graph.nodes[task.node];
    if (
      task.asked_by === null &&
      node?.type === 'task' &&
      node.loop?.kind === 'multi' &&
      node.loop.collection !== undefined
    ) {
      await carry(carrier, moving, { type: 'add', token: task.token, items: [body.post] }, { act: 'countersign' });
      await settle(carrier);
    } else {
      await db.one(
        sql`select workflow.ask(${task.id}::uuid, ${uuidv7()}::uuid, ${body.unit}, ${body.post}, ${body.note ?? null}::text)`,
      );
      await noteAct(db, held, 'countersign', `${body.unit} ${body.post}`);
    }
    return taskView(await readTask(db, id), actor.account);
  },
});
