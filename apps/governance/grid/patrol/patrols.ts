import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { domainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { keepPatrol, settlePatrol } from './keep-patrol.ts';
import { supervisorsOf } from './supervisors-of.ts';
import { planPatrol, pointsOf } from './plan-patrol.ts';

export const NothingToWalk = domainError({
  code: 'GRID_NOTHING_TO_WALK',
  status: 409,
  title: {
    zh: '这个街道今天没有可到达的高风险点位',
    en: 'No point of high risk that can be reached in this street today',
  },
  action: { zh: '请先运行高发点位分析，或改选街道。', en: 'Run the analysis first, or choose another street.' },
});
export const PatrolDecided = domainError({
  code: 'GRID_PATROL_DECIDED',
  status: 409,
  title: { zh: '这条路线已经有决定', en: 'This route was decided already' },
  action: { zh: '已批准的路线要改，请提出新的版本。', en: 'To change an approved route, propose a new version.' },
});
export const PatrolTaken = domainError({
  code: 'GRID_PATROL_TAKEN',
  status: 409,
  title: { zh: '这位监督员当天已有批准的路线', en: 'This supervisor has an approved route for that day' },
  action: { zh: '请对那条路线提出新的版本。', en: 'Propose a new version of that one.' },
});
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Point = Type.Object({
  point: Type.String(),
  label: Type.String(),
  lon: Type.Number(),
  lat: Type.Number(),
  kind: Type.String(),
  worth: Type.Number(),
  required: Type.Boolean(),
  done: Type.Boolean(),
});
const Patrol = Type.Object({
  id: Type.String(),
  series: Type.String(),
  version: Type.Integer(),
  title: Type.String(),
  street: Type.String(),
  day: Type.String(),
  supervisorName: Type.String(),
  state: Type.String(),
  method: Type.String(),
  minutes: Type.Number(),
  budget: Type.Integer(),
  worth: Type.Number(),
  bound: Type.Union([Type.Number(), Type.Null()]),
  proposedName: Type.String(),
  decidedName: MaybeText,
  reason: MaybeText,
  required: Type.Integer(),
  visited: Type.Integer(),
  sample: Type.Boolean(),
});
type Patrol = Static<typeof Patrol>;
const COLUMNS: Sql = sql`p.id, p.series, p.version, p.title, p.street, p.day::text as day, p.supervisor_name as "supervisorName", p.state, p.method, p.minutes, p.budget, p.worth, p.bound,
  p.proposed_name as "proposedName", p.decided_name as "decidedName", p.reason, p.sample,
  (select count(*)::int from grid.patrol_point t where t.patrol = p.id and t.required) as required,
  (select count(*)::int from grid.patrol_visited(p.id) v join grid.patrol_point t on t.patrol = p.id and t.point = v.point and t.required) as visited`;

/** Patrols of the caller's area (巡查), with how much of each was walked (覆盖率 = 已到 / 应到). */
export const listPatrols = route({
  method: 'GET',
  path: '/api/grid/patrols',
  summary: { zh: '巡查路线', en: 'Patrols' },
  allow: 'grid.patrol.read',
  reply: Type.Object({ patrols: Type.Array(Patrol) }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db }) => ({
    patrols: await db.rows<Patrol>(
      sql`select ${COLUMNS} from grid.patrol p order by p.state = 'proposed' desc, p.day desc, p.street, p.series, p.version desc limit 200`,
    ),
  }),
});

/** One patrol with its points and those that the time did not allow. */
export const showPatrol = route({
  method: 'GET',
  path: '/api/grid/patrols/:id',
  summary: { zh: '一条巡查路线', en: 'One patrol' },
  allow: 'grid.patrol.read',
  params: Id,
  reply: Type.Object({
    ...Patrol.properties,
    points: Type.Array(Point),
    line: Type.Array(Type.Array(Type.Number())),
    attribution: MaybeText,
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:patrol-today' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-patrol' } },
  },
  handler: async ({ db, params: { id } }) => {
    const found = await db.first<Patrol & { line: number[][]; attribution: string | null }>(
      sql`select ${COLUMNS}, p.line, p.attribution from grid.patrol p where p.id = ${id}::uuid`,
    );
    if (!found) throw NotFound.with();
    const points = await db.rows<Static<typeof Point>>(sql`
      select t.point, t.label, t.lon, t.lat, t.kind, t.worth, t.required, v.point is not null as done
      from grid.patrol_point t left join grid.patrol_visited(${id}::uuid) v on v.point = t.point where t.patrol = ${id}::uuid order by t.at`);
    return { ...found, points };
  },
});

const ofStreet = (actor: Pick<Actor, 'reach' | 'area'>, street: string) =>
  actor.reach === 'district' || actor.area?.slice(0, 9) === street;

/** Who walks patrols in a street (街道在岗监督员、巡访居委工作人员): holders of the posts now, by name. */
export const listSupervisors = route({
  method: 'GET',
  path: '/api/grid/supervisors',
  summary: { zh: '街道的在岗监督员', en: 'Supervisors of a street' },
  allow: 'grid.patrol.propose',
  query: Type.Object({ street: Type.String({ pattern: '^[0-9]{9}$' }) }, { additionalProperties: false }),
  reply: Type.Object({
    supervisors: Type.Array(
      Type.Object({ account: Type.String(), name: Type.String(), post: Type.String(), unit: Type.String() }),
    ),
  }),
  errors: [InvalidInput],
  examples: { own: { as: 'street-clerk', query: { street: 'fixture:incident-place' } } },
  prepare: async ({ query, services, actor }) => {
    if (!ofStreet(actor, query.street)) throw refused('/street', '不是本辖区的街道', 'is not a street of yours');
    return supervisorsOf(services, query.street);
  },
  handler: async ({ prepared }) => ({ supervisors: prepared }),
});

/** Has a route proposed for a day and a supervisor (提出巡查路线), or a new version of one that was decided. The machine proposes; a person decides. */
export const proposePatrol = route({
  method: 'POST',
  path: '/api/grid/patrols',
  summary: { zh: '提出巡查路线', en: 'Propose a patrol' },
  allow: 'grid.patrol.propose',
  body: Type.Object(
    {
      street: Type.String({ pattern: '^[0-9]{9}$' }),
      day: Type.String({ format: 'date' }),
      title: Type.String({ minLength: 2, maxLength: 120 }),
      supervisor: Type.String({
        minLength: 2,
        maxLength: 80,
        description: '监督员，从 /api/grid/supervisors 中选 / one of /api/grid/supervisors',
      }),
      series: Type.Optional(Type.String({ format: 'uuid', description: '修改哪条路线 / which one it changes' })),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ id: Type.String(), version: Type.Integer() }),
  errors: [NothingToWalk, InvalidInput, NotFound],
  examples: {
    own: {
      as: 'street-clerk',
      body: {
        street: 'fixture:incident-place',
        day: '2099-01-01',
        title: '样例巡查',
        supervisor: 'fixture:patrol-supervisor',
      },
    },
  },
  prepare: async ({ body, services, actor }) => {
    if (!ofStreet(actor, body.street)) throw refused('/street', '不是本辖区的街道', 'is not a street of yours');
    if (body.day < shanghaiDate(services.clock.now())) throw refused('/day', '不能早于今天', 'cannot be before today');
    const supervisor = (await supervisorsOf(services, body.street)).find(({ account }) => account === body.supervisor);
    if (!supervisor)
      throw refused(
        '/supervisor',
        '请选择这个街道的在岗监督员',
        'choose a supervisor who holds the post in this street',
      );
    const plan = await planPatrol(services, await pointsOf(services, body.street));
    if (!plan || plan.stops.length === 0) throw NothingToWalk.with();
    return { plan, supervisor };
  },
  handler: async ({ db, actor, clock, body, prepared }) => {
    if (body.series !== undefined) {
      const before = await db.first(
        sql`select 1 as there from grid.patrol where series = ${body.series}::uuid limit 1`,
      );
      if (!before) throw NotFound.with();
    }
    return keepPatrol({
      db,
      actor,
      plan: prepared.plan,
      title: body.title,
      street: body.street,
      day: body.day,
      supervisor: { account: prepared.supervisor.account, name: prepared.supervisor.name },
      now: clock.now(),
      series: body.series,
    });
  },
});

/** A named person decides on a proposed route (审定巡查路线); a refusal says why. */
export const decidePatrol = route({
  method: 'POST',
  path: '/api/grid/patrols/:id/decide',
  summary: { zh: '审定巡查路线', en: 'Decide on a patrol' },
  allow: 'grid.patrol.decide',
  params: Id,
  body: Type.Object(
    { approve: Type.Boolean(), reason: Type.Optional(Type.String({ minLength: 2, maxLength: 1000 })) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound, PatrolDecided, PatrolTaken, InvalidInput],
  examples: {
    own: {
      as: 'street-clerk',
      params: { id: 'fixture:patrol-to-decide' },
      body: { approve: false, reason: '当天有雨' },
    },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-patrol' }, body: { approve: true } },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    const row = await db.first<{ series: string; state: string; supervisor: string; day: string }>(
      sql`select series, state, supervisor, day::text as day from grid.patrol where id = ${id}::uuid for update`,
    );
    if (!row) throw NotFound.with();
    if (row.state !== 'proposed') throw PatrolDecided.with();
    if (!body.approve && body.reason === undefined) throw refused('/reason', '请说明理由', 'say why');
    if (body.approve) {
      const other = await db.first(sql`
        select 1 as there from grid.patrol where supervisor = ${row.supervisor} and day = ${row.day}::date and state = 'approved' and series <> ${row.series}::uuid`);
      if (other) throw PatrolTaken.with();
    }
    await settlePatrol({
      db,
      actor,
      id,
      series: row.series,
      approve: body.approve,
      reason: body.reason ?? null,
      now: clock.now(),
    });
    return { state: body.approve ? 'approved' : 'rejected' };
  },
});

const refused = (pointer: string, zh: string, en: string) =>
  InvalidInput.with({ fields: [{ pointer, rule: 'range', message: { zh, en } }] });
