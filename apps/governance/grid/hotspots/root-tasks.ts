import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { domainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { refuseUnit, UnitGone } from '#platform/case/unit-gone.ts';
import { recurrenceTerms } from './propose-root-tasks.ts';
import { metresBetween } from './recurrence.ts';
import { rootTask } from './resources.ts';

export const TaskElsewhere = domainError({
  code: 'GRID_TASK_STATE',
  status: 409,
  title: { zh: '任务已不在这一步', en: 'The task is no longer at this step' },
  action: { zh: '请刷新后查看。', en: 'Reload to see.' },
});
const Params = Type.Object({ id: Type.String({ format: 'uuid' }) });
const Words = Type.String({ minLength: 4, maxLength: 2000 });
const Outcome = Type.Object({ state: Type.String() });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Task = Type.Object({
  ...itemOf(rootTask, [
    'id',
    'no',
    'class',
    'street',
    'committee',
    'lon',
    'lat',
    'cases',
    'state',
    'unit',
    'due',
    'measures',
    'result',
    'proposedAt',
  ]).properties,
  reason: MaybeText,
  decidedName: MaybeText,
  /** Cases of the class at this place since it was opened; null before. After the task is done: what came back after all (治理后复发). */
  after: Type.Union([Type.Integer(), Type.Null()]),
  sample: Type.Boolean(),
});
type Row = Omit<Static<typeof Task>, 'proposedAt' | 'after'> & { proposedAt: Date; since: Date | null };

/** Tasks that go to the root of what comes back (源头治理任务), those that wait for a decision first, each with what came back afterwards. */
export const listRootTasks = route({
  method: 'GET',
  path: '/api/grid/root-tasks',
  summary: { zh: '源头治理任务', en: 'Root-cause tasks' },
  allow: 'grid.hotspot.read',
  reply: Type.Object({ tasks: Type.Array(Task) }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, clock }) => {
    const rows = await db.rows<Row>(sql`
      select id, no, class, street, committee, lon, lat, cases, state, unit, due::text as due, measures, result, proposed_at as "proposedAt", reason,
        decided_name as "decidedName", coalesce(done_at, case when state = 'open' then decided_at end) as since, sample
      from grid.root_task order by array_position(array['proposed', 'open', 'done', 'dismissed'], state), due nulls last, proposed_at desc, id limit 500`);
    const { metres } = await recurrenceTerms(db, clock.now());
    const later = await casesSince(db, rows);
    return {
      tasks: rows.map(({ since, ...row }) => ({
        ...row,
        proposedAt: row.proposedAt.toISOString(),
        after:
          since === null
            ? null
            : later.filter((each) => each.class === row.class && each.at > since && metresBetween(row, each) <= metres)
                .length,
      })),
    };
  },
});

async function casesSince(db: Db, rows: readonly Row[]) {
  const starts = rows.flatMap(({ since }) => since ?? []).map((each) => each.getTime());
  if (starts.length === 0) return [];
  return db.rows<{ class: string; lon: number; lat: number; at: Date }>(sql`
    select class, lon, lat, reported_at as at from ${db.share('case')}
    where reported_at > ${new Date(Math.min(...starts))}::timestamptz and class = any (${[...new Set(rows.map((row) => row.class))]}::text[])`);
}

/** Opens a proposed task (立项): which unit does what until when. The machine proposes, a person opens. */
export const openRootTask = route({
  method: 'POST',
  path: '/api/grid/root-tasks/:id/open',
  summary: { zh: '开立源头治理任务', en: 'Open a root-cause task' },
  allow: 'grid.root-task.decide',
  params: Params,
  body: Type.Object(
    { unit: Type.String({ minLength: 2, maxLength: 60 }), due: Type.String({ format: 'date' }), measures: Words },
    { additionalProperties: false },
  ),
  reply: Outcome,
  errors: [NotFound, TaskElsewhere, InvalidInput, UnitGone],
  examples: {
    own: {
      as: 'street-clerk',
      params: { id: 'fixture:root-task-to-open' },
      body: { unit: 'fixture:incident-unit', due: '2099-01-01', measures: '会同权属单位更换井盖型号' },
    },
    foreign: {
      as: 'street-clerk',
      params: { id: 'fixture:foreign-root-task' },
      body: { unit: 'fixture:incident-unit', due: '2099-01-01', measures: '会同权属单位更换井盖型号' },
    },
  },
  prepare: async ({ body, services }) => void (await refuseUnit(services, body.unit)),
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    if (body.due < shanghaiDate(clock.now())) throw refused('/due', '不能早于今天', 'cannot be before today');
    await held(db, id, 'proposed');
    await db.run(sql`
      update grid.root_task set state = 'open', unit = ${body.unit}, due = ${body.due}::date, measures = ${body.measures}, decided_by = ${actor.account},
        decided_name = ${actor.name}, decided_at = ${clock.now()}::timestamptz where id = ${id}::uuid`);
    await db.emit({ type: 'grid.root-task.opened', subject: id });
    return { state: 'open' };
  },
});

/** Dismisses a proposal (不予立项), with the reason; its cases do not propose again. */
export const dismissRootTask = route({
  method: 'POST',
  path: '/api/grid/root-tasks/:id/dismiss',
  summary: { zh: '不予立项', en: 'Dismiss a proposed task' },
  allow: 'grid.root-task.decide',
  params: Params,
  body: Type.Object({ reason: Type.String({ minLength: 4, maxLength: 1000 }) }, { additionalProperties: false }),
  reply: Outcome,
  errors: [NotFound, TaskElsewhere],
  examples: {
    own: {
      as: 'street-clerk',
      params: { id: 'fixture:root-task-to-dismiss' },
      body: { reason: '三件属同一次施工，已完工' },
    },
    foreign: {
      as: 'street-clerk',
      params: { id: 'fixture:foreign-root-task' },
      body: { reason: '三件属同一次施工，已完工' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    await held(db, id, 'proposed');
    await db.run(sql`
      update grid.root_task set state = 'dismissed', reason = ${body.reason}, decided_by = ${actor.account}, decided_name = ${actor.name},
        decided_at = ${clock.now()}::timestamptz where id = ${id}::uuid`);
    return { state: 'dismissed' };
  },
});

/** Says what was done (办结). What comes back afterwards is counted from here on. */
export const finishRootTask = route({
  method: 'POST',
  path: '/api/grid/root-tasks/:id/finish',
  summary: { zh: '办结源头治理任务', en: 'Finish a root-cause task' },
  allow: 'grid.root-task.decide',
  params: Params,
  body: Type.Object({ result: Words }, { additionalProperties: false }),
  reply: Outcome,
  errors: [NotFound, TaskElsewhere],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:root-task-to-finish' }, body: { result: '已更换，复查正常' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-root-task' }, body: { result: '已更换，复查正常' } },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    await held(db, id, 'open');
    await db.run(sql`
      update grid.root_task set state = 'done', result = ${body.result}, done_by = ${actor.account}, done_name = ${actor.name},
        done_at = ${clock.now()}::timestamptz where id = ${id}::uuid`);
    await db.emit({ type: 'grid.root-task.done', subject: id });
    return { state: 'done' };
  },
});

async function held(db: Db, id: string, state: string): Promise<void> {
  const task = await db.first<{ state: string }>(
    sql`select state from grid.root_task where id = ${id}::uuid for update`,
  );
  if (!task) throw NotFound.with();
  if (task.state !== state) throw TaskElsewhere.with();
}

const refused = (pointer: string, zh: string, en: string) =>
  InvalidInput.with({ fields: [{ pointer, rule: 'range', message: { zh, en } }] });
