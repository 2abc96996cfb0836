import { Type } from 'typebox';
import { type Consumer, route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { domainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { PartInput, placeParts, rowFaults, takenCodes } from './import-parts.ts';
import { partClasses } from './part-classes.ts';
import { readPartCode, temporaryCode } from './part-code.ts';
import { storeParts } from './part-row.ts';

export const TaskDecided = domainError({
  code: 'GRID_TASK_DECIDED',
  status: 409,
  title: { zh: '这个登记任务已经办结', en: 'This task was done already' },
  action: { zh: '请刷新后查看。', en: 'Reload to see.' },
});

/** A case names a part that the register does not hold (部件不在册): a temporary code and a task. Told twice, it is one task. */
export const openPartTask: Consumer = {
  name: 'open-part-task',
  type: 'incident.part.missing',
  handle: async ({ event, db }) => {
    const { case: no, part: told } = event.data;
    if (!no || !told || !/^\d{16}$/.test(told)) return;
    await openTask(db, { no, told, at: event.time });
  },
};

export async function openTask(db: Db, { no, told, at }: { no: string; told: string; at: Date }): Promise<void> {
  const there = await db.first(sql`
    select 1 as there from grid.part where code = ${told} union all select 1 from grid.part_task where case_no = ${no} and told = ${told}`);
  if (there) return;
  const { number } = await db.one<{ number: number }>(sql`select nextval('grid.part_number')::int as number`);
  const division = readPartCode(told)?.division ?? told.slice(0, 6);
  const code = temporaryCode(told, { division, classes: new Set(partClasses.keys()), number });
  await db.run(sql`
    insert into grid.part_task (id, case_no, told, code, state, made_at) values (${uuidv7()}::uuid, ${no}, ${told}, ${code}, 'open', ${at}::timestamptz)
    on conflict (case_no, told) do nothing`);
}

const TaskParams = Type.Object({ id: Type.String({ format: 'uuid' }) });
const MaybeText = Type.Union([Type.String(), Type.Null()]);

/** Register tasks (登记任务), the open ones first, the oldest on top. */
export const listPartTasks = route({
  method: 'GET',
  path: '/api/grid/part-tasks',
  summary: { zh: '部件登记任务', en: 'Register tasks' },
  allow: 'grid.part.keep',
  reply: Type.Object({
    tasks: Type.Array(
      Type.Object({
        id: Type.String(),
        caseNo: Type.String(),
        told: Type.String(),
        code: Type.String(),
        state: Type.String(),
        part: MaybeText,
        reason: MaybeText,
        madeAt: Type.String({ format: 'date-time' }),
        decidedUnit: MaybeText,
      }),
    ),
  }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db }) => {
    const rows = await db.rows<{
      id: string;
      caseNo: string;
      told: string;
      code: string;
      state: string;
      part: string | null;
      reason: string | null;
      madeAt: Date;
      decidedUnit: string | null;
    }>(sql`
      select id, case_no as "caseNo", told, code, state, part, reason, made_at as "madeAt", decided_unit as "decidedUnit" from grid.part_task
      order by state = 'open' desc, case when state = 'open' then made_at end, decided_at desc, id limit 200`);
    return { tasks: rows.map((row) => ({ ...row, madeAt: row.madeAt.toISOString() })) };
  },
});

/** A keeper confirms what stands there (确认登记): the part goes into the register under a code of its own. */
export const registerTask = route({
  method: 'POST',
  path: '/api/grid/part-tasks/:id/register',
  summary: { zh: '确认登记部件', en: 'Register the part of a task' },
  allow: 'grid.part.keep',
  params: TaskParams,
  body: PartInput,
  reply: Type.Object({ code: Type.String() }),
  errors: [NotFound, TaskDecided, InvalidInput],
  examples: {
    own: {
      as: 'duty-officer',
      params: { id: 'fixture:grid-task-to-register' },
      body: {
        code: 'fixture:grid-next-code',
        lon: 'fixture:grid-lon',
        lat: 'fixture:grid-lat',
        owner: 'water-company',
        keeper: 'water-company',
      },
    },
  },
  prepare: ({ body, services }) => placeParts(services, [body]),
  handler: async ({ db, actor, clock, params: { id }, body, prepared }) => {
    await holdTask(db, id);
    const now = clock.now();
    const where = prepared.where[0] ?? null;
    const fields = rowFaults({
      row: body,
      at: '',
      where,
      units: prepared.units,
      ended: prepared.ended,
      today: shanghaiDate(now),
      taken: await takenCodes(db, [body.code]),
      by: actor,
    });
    if (fields.length > 0 || !where) throw InvalidInput.with({ fields });
    const by = { name: actor.name, unit: actor.unit ?? null };
    await storeParts(db, { parts: [{ ...body, source: 'task', where }], at: now, by });
    await db.run(sql`
      update grid.part_task set state = 'registered', part = ${body.code}, decided_at = ${now}::timestamptz, decided_name = ${actor.name}, decided_unit = ${actor.unit ?? null}::text where id = ${id}::uuid`);
    await db.emit({ type: 'grid.part.registered', subject: body.code, data: { task: id } });
    return { code: body.code };
  },
});

/** Drops a task with a reason (不予登记): it was no part, or stands in the register under another code. */
export const dropTask = route({
  method: 'POST',
  path: '/api/grid/part-tasks/:id/drop',
  summary: { zh: '不予登记', en: 'Drop a register task' },
  allow: 'grid.part.keep',
  params: TaskParams,
  body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 500 }) }, { additionalProperties: false }),
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound, TaskDecided],
  examples: {
    own: { as: 'duty-officer', params: { id: 'fixture:grid-task-to-drop' }, body: { reason: '现场核实不是市政部件' } },
  },
  handler: async ({ db, actor, clock, params: { id }, body: { reason } }) => {
    await holdTask(db, id);
    await db.run(sql`
      update grid.part_task set state = 'dropped', reason = ${reason}, decided_at = ${clock.now()}::timestamptz, decided_name = ${actor.name}, decided_unit = ${actor.unit ?? null}::text
      where id = ${id}::uuid`);
    return { state: 'dropped' };
  },
});

async function holdTask(db: Db, id: string): Promise<void> {
  const row = await db.first<{ state: string }>(
    sql`select state from grid.part_task where id = ${id}::uuid for update`,
  );
  if (!row) throw NotFound.with();
  if (row.state !== 'open') throw TaskDecided.with();
}
