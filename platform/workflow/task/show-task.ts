import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readGraph } from '../store/records.ts';
import { readTask, TASK_COLUMNS, TaskParams, type TaskRow, TaskSchema, taskView } from './record.ts';

/** One task with what may be done with it: outcomes, steps to which it may be returned, opinions that were asked for. */
export const showTask = route({
  method: 'GET',
  path: '/api/workflow/tasks/:id',
  summary: { zh: '待办详情', en: 'A task' },
  allow: 'workflow.task.act',
  params: TaskParams,
  reply: Type.Object({
    task: TaskSchema,
    outcomes: Type.Array(Type.String()),
    returnTo: Type.Array(Type.Object({ node: Type.String(), name: Type.String() })),
    opinions: Type.Array(TaskSchema),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:task' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-task' } },
  },
  handler: async ({ db, actor, params: { id } }) => {
    const task = await readTask(db, id);
    const { definition } = await db.one<{ definition: string }>(
      sql`select definition from workflow.instance where id = ${task.instance}::uuid`,
    );
    const graph = await readGraph(db, definition);
    const node = graph.nodes[task.node];
    const before = await db.rows<{ node: string; name: string }>(sql`
      select t.node, min(t.name) as name from workflow.task t where t.instance = ${task.instance}::uuid and t.state = 'done' and t.asked_by is null and t.node <> ${task.node}
      group by t.node order by min(t.ended_at)`);
    const opinions = await db.rows<TaskRow>(
      sql`select ${TASK_COLUMNS} from workflow.task t where t.asked_by = ${id}::uuid order by t.created_at`,
    );
    return {
      task: taskView(task, actor.account),
      outcomes: node?.type === 'task' && node.task.kind === 'user' ? node.task.outcomes : [],
      returnTo: task.state === 'open' && task.asked_by === null ? before : [],
      opinions: opinions.map((row) => taskView(row, actor.account)),
    };
  },
});
