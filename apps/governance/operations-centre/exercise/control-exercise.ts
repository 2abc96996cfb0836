import { Type } from 'typebox';
import { type Route, route, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { WrongState } from '../errors.ts';
import { scenariosOf } from './scenario.ts';

const ExerciseRunning = domainError({
  code: 'OPS_EXERCISE_RUNNING',
  status: 409,
  title: { zh: '这个脚本正在演练', en: 'This scenario is being played already' },
  action: { zh: '请先停止正在进行的那一场。', en: 'Stop the one that runs first.' },
});
const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Moment = Type.String({ format: 'date-time' });
const RunSchema = Type.Object({
  id: Type.String(),
  scenario: Type.String(),
  speed: Type.Integer(),
  state: Type.String(),
  played: Type.Integer(),
  steps: Type.Integer(),
  startedAt: Moment,
  startedName: Type.String(),
  endedAt: Type.Union([Moment, Type.Null()]),
});
type Row = {
  id: string;
  scenario: string;
  speed: number;
  state: string;
  played: number;
  startedAt: Date;
  startedName: string;
  endedAt: Date | null;
};

async function readRuns(db: Db, services: Services, id?: string) {
  const rows = await db.rows<Row>(sql`
    select id, scenario, speed, state, next as played, started_at as "startedAt", started_name as "startedName", ended_at as "endedAt" from ops.exercise
    where ${id ?? null}::uuid is null or id = ${id ?? null}::uuid order by started_at desc limit 40`);
  return rows.map((row) => ({
    ...row,
    steps: scenariosOf(services).get(row.scenario)?.steps.length ?? 0,
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }));
}
async function runOf(db: Db, services: Services, id: string) {
  const [run] = await readRuns(db, services, id);
  if (!run) throw NotFound.with();
  return run;
}

/** Scenarios of the district and the exercises that were played (演练). */
export const listExercises = route({
  method: 'GET',
  path: '/api/ops/exercises',
  summary: { zh: '演练', en: 'Exercises' },
  allow: 'ops.exercise.run',
  reply: Type.Object({
    scenarios: Type.Array(
      Type.Object({ id: Type.String(), title: Words, summary: Words, steps: Type.Integer(), seconds: Type.Integer() }),
    ),
    runs: Type.Array(RunSchema),
  }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db, services }) => ({
    scenarios: [...scenariosOf(services).values()].map(({ id, title, summary, steps }) => ({
      id,
      title,
      summary,
      steps: steps.length,
      seconds: steps.at(-1)?.at ?? 0,
    })),
    runs: await readRuns(db, services),
  }),
});

/** Starts an exercise (开始演练), 1 to 60 times as fast as the clock. */
export const startExercise = route({
  method: 'POST',
  path: '/api/ops/exercises',
  summary: { zh: '开始演练', en: 'Start an exercise' },
  allow: 'ops.exercise.run',
  body: Type.Object(
    { scenario: Type.String({ maxLength: 41 }), speed: Type.Integer({ minimum: 1, maximum: 60 }) },
    { additionalProperties: false },
  ),
  status: 201,
  reply: RunSchema,
  errors: [NotFound, ExerciseRunning],
  examples: { own: { as: 'duty-officer', body: { scenario: 'heat-wave', speed: 1 } } },
  handler: async ({ db, actor, body, services }) => {
    if (!scenariosOf(services).has(body.scenario)) throw NotFound.with();
    const id = uuidv7();
    const started = await db.run(sql`
      insert into ops.exercise (id, scenario, speed, state, as_of, started_at, started_by, started_name)
      values (${id}::uuid, ${body.scenario}, ${body.speed}::int, 'running', kernel.now(), kernel.now(), ${actor.account}, ${actor.name}) on conflict do nothing`);
    if (started === 0) throw ExerciseRunning.with();
    await db.emit({ type: 'ops.exercise.started', subject: id, data: { exercise: id, scenario: body.scenario } });
    return runOf(db, services, id);
  },
});

const PLACE = sql`position_s + extract(epoch from kernel.now() - as_of)::float8 * speed`;

function control(act: 'pause' | 'resume' | 'stop', summary: Text): Route {
  return route({
    method: 'POST',
    path: `/api/ops/exercises/:id/${act}`,
    summary,
    allow: 'ops.exercise.run',
    params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
    body: Type.Object({}, { additionalProperties: false }),
    reply: RunSchema,
    errors: [NotFound, WrongState],
    examples: { own: { as: 'duty-officer', params: { id: `fixture:ops-exercise-to-${act}` }, body: {} } },
    handler: async ({ db, params: { id }, services }) => {
      const there = await db.first(sql`select from ops.exercise where id = ${id}::uuid for update`);
      if (!there) throw NotFound.with();
      const change = {
        pause: sql`state = 'paused', position_s = ${PLACE}, as_of = kernel.now() where state = 'running'`,
        resume: sql`state = 'running', as_of = kernel.now() where state = 'paused'`,
        stop: sql`state = 'stopped', ended_at = kernel.now() where state in ('running', 'paused')`,
      }[act];
      if ((await db.run(sql`update ops.exercise set ${change} and id = ${id}::uuid`)) === 0) throw WrongState.with();
      return runOf(db, services, id);
    },
  });
}

export const exerciseControls = [
  control('pause', { zh: '暂停演练', en: 'Pause an exercise' }),
  control('resume', { zh: '继续演练', en: 'Resume an exercise' }),
  control('stop', { zh: '停止演练', en: 'Stop an exercise' }),
];
