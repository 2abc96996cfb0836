import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { mine, TASK_COLUMNS, type TaskRow, TaskSchema, taskView } from './record.ts';

/** Tasks on one page. */
export const PAGE = 50;

/**
 * The inbox (待办): what the caller's post in its unit has to do, over all apps, what is due first at the top. Pages are cut by the
 * place in that order (`after`), so that each costs the same, however many there are.
 */
export const listTasks = route({
  method: 'GET',
  path: '/api/workflow/tasks',
  summary: { zh: '我的待办', en: 'Tasks of my post' },
  allow: 'workflow.task.act',
  query: Type.Object({
    after: Type.Optional(Type.String({ maxLength: 80, description: '`next` of the page before' })),
    app: Type.Optional(Type.String({ maxLength: 60 })),
  }),
  reply: Type.Object({
    tasks: Type.Array(TaskSchema),
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, actor, query }) => {
    const place = /^(\d{1,16})_([0-9a-f-]{36})$/.exec(query.after ?? '');
    const later = place
      ? sql`and (c.rank, c.task) > (to_timestamp(${place[1]}::bigint / 1000000.0), ${place[2]}::uuid)`
      : sql``;
    const app = query.app === undefined ? sql`` : sql`and c.app = ${query.app}`;
    const rows = await db.rows<TaskRow & { place: string }>(sql`
      select ${TASK_COLUMNS}, c.place from (
        select c.task, c.rank, ((extract(epoch from c.rank) * 1000000)::bigint)::text || '_' || c.task as place from workflow.candidate c
        where ${mine(db)} and c.open ${later} ${app} order by c.rank, c.task limit ${PAGE + 1}::int) c
      join workflow.task t on t.id = c.task order by c.rank, c.task`);
    return {
      tasks: rows.slice(0, PAGE).map((row) => taskView(row, actor.account)),
      next: rows.length > PAGE ? (rows[PAGE - 1]?.place ?? null) : null,
    };
  },
});
