import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ItemSchema, readChecklist } from './checklist.ts';
import {
  FindingSchema,
  OrderSchema,
  readOrders,
  readRecords,
  readTasks,
  RecordSchema,
  TaskSchema,
} from './task-record.ts';

const MOST = 200;

/** Inspections of the caller's unit (检查任务): two records of one task first, then by their day. */
export const listTasks = route({
  method: 'GET',
  path: '/api/inspection/tasks',
  summary: { zh: '检查任务', en: 'Inspection tasks' },
  allow: 'inspection.task.read',
  reply: Type.Object({ tasks: Type.Array(TaskSchema), orders: Type.Array(OrderSchema) }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, clock }) => ({
    tasks: await readTasks(
      db,
      sql`where t.state <> 'void' order by (t.state = 'conflict') desc, (t.state = 'done'), t.due_on, t.number limit ${MOST}::int`,
    ),
    orders: await readOrders(db, sql`where o.state <> 'closed' order by o.issued_at limit ${MOST}::int`, clock.now()),
  }),
});

/** One inspection (检查详情): its checklist, every record that came, what was found, and the orders. */
export const showTask = route({
  method: 'GET',
  path: '/api/inspection/tasks/:id',
  summary: { zh: '检查详情', en: 'An inspection' },
  allow: 'inspection.task.read',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({
    task: TaskSchema,
    items: Type.Array(ItemSchema),
    records: Type.Array(RecordSchema),
    findings: Type.Array(FindingSchema),
    orders: Type.Array(OrderSchema),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:inspection-task' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:inspection-foreign-task' } },
  },
  handler: async ({ db, params, clock }) => {
    const [task] = await readTasks(db, sql`where t.id = ${params.id}::uuid`);
    const list = task && (await readChecklist(db, task.checklist, task.version));
    if (!task || !list) throw NotFound.with();
    return {
      task,
      items: list.items,
      records: await readRecords(db, task.id),
      findings: await db.rows<{ id: string; item: string; severity: string; note: string; order: string | null }>(
        sql`select id, item, severity, note, ord as "order" from inspection.finding where record = ${task.record}::uuid order by item`,
      ),
      orders: await readOrders(db, sql`where o.task = ${task.id}::uuid order by o.issued_at`, clock.now()),
    };
  },
});
