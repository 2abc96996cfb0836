import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';

/** A task as stored. */
export type TaskRow = {
  id: string;
  app: string;
  instance: string;
  token: string;
  node: string;
  name: string;
  process: string;
  key: string;
  form: string | null;
  run: number | null;
  asked_by: string | null;
  state: 'open' | 'done' | 'withdrawn';
  holder: string | null;
  done_by: string | null;
  outcome: string | null;
  note: string | null;
  created_at: Date;
  due_at: Date | null;
  ended_at: Date | null;
  urged_on: string | null;
};

export const TASK_COLUMNS = sql`t.id, t.app, t.instance, t.token, t.node, t.name, t.process, t.key, t.form, t.run, t.asked_by, t.state, t.holder, t.done_by, t.outcome, t.note,
  t.created_at, t.due_at, t.ended_at, t.urged_on`;

/** Candidates that the caller's post in its unit is among; where others see the whole district, this is what is theirs. */
export function mine(db: Db): Sql {
  const { unit, post, account } = db.actor;
  return sql`c.unit = ${unit ?? ''} and c.post = ${post ?? ''} and c.account in ('', ${account})`;
}

/** A task that the caller's post has or had; NOT_FOUND for all others. A system actor of the own module sees all of it. */
export async function readTask(db: Db, id: string): Promise<TaskRow> {
  const own =
    db.actor.kind === 'system'
      ? sql`true`
      : sql`exists (select from workflow.candidate c where c.task = t.id and ${mine(db)})`;
  const found = await db.first<TaskRow>(
    sql`select ${TASK_COLUMNS} from workflow.task t where t.id = ${id}::uuid and ${own}`,
  );
  if (!found) throw NotFound.with();
  return found;
}

const Moment = Type.String({ format: 'date-time' });
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** A task as people see it. */
export const TaskSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  app: Type.String(),
  instance: Type.String({ format: 'uuid' }),
  node: Type.String({ description: '流程图元素 / element of the drawing' }),
  name: Type.String({ description: '步骤 / step' }),
  process: Type.String(),
  key: Type.String({ description: '业务编号 / the business row' }),
  form: Nullable(Type.String()),
  state: Type.String({ description: 'open, done, withdrawn' }),
  held: Type.String({ description: '签收：free, mine, other' }),
  opinion: Type.Boolean({ description: '加签意见 / an opinion for another task' }),
  outcome: Nullable(Type.String()),
  note: Nullable(Type.String()),
  createdAt: Moment,
  dueAt: Nullable(Moment),
  endedAt: Nullable(Moment),
  urged: Type.Boolean(),
});
export type TaskView = Static<typeof TaskSchema>;

export const TaskParams = Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) });
export const Note = Type.Optional(Type.String({ maxLength: 500 }));

export function taskView(row: TaskRow, account: string): TaskView {
  return {
    id: row.id,
    app: row.app,
    instance: row.instance,
    node: row.node,
    name: row.name,
    process: row.process,
    key: row.key,
    form: row.form,
    state: row.state,
    held: row.holder === null ? 'free' : row.holder === account ? 'mine' : 'other',
    opinion: row.asked_by !== null,
    outcome: row.outcome,
    note: row.note,
    createdAt: row.created_at.toISOString(),
    dueAt: row.due_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    urged: row.urged_on !== null,
  };
}
