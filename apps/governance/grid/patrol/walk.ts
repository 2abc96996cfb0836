import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';

const Point = Type.Object({
  id: Type.String(),
  label: Type.String(),
  lon: Type.Number(),
  lat: Type.Number(),
  kind: Type.String(),
  done: Type.Boolean(),
});

/** The route that the caller is to walk today (今日路线); null where nobody has approved one. */
export const todaysPatrol = route({
  method: 'GET',
  path: '/api/grid/patrols/today',
  summary: { zh: '我今天的巡查路线', en: 'My patrol of today' },
  allow: 'grid.patrol.walk',
  reply: Type.Object({
    patrol: Type.Union([
      Type.Object({ id: Type.String(), title: Type.String(), points: Type.Array(Point) }),
      Type.Null(),
    ]),
  }),
  examples: { own: { as: 'committee-worker' } },
  handler: async ({ db, actor, clock }) => {
    const day = shanghaiDate(clock.now());
    const patrol = await db.first<{ id: string; title: string }>(
      sql`select id, title from grid.patrol where supervisor = ${actor.account} and day = ${day}::date and state = 'approved'`,
    );
    if (!patrol) return { patrol: null };
    const points = await db.rows<{
      id: string;
      label: string;
      lon: number;
      lat: number;
      kind: string;
      done: boolean;
    }>(sql`
      select t.point as id, t.label, t.lon, t.lat, t.kind, v.point is not null as done
      from grid.patrol_point t left join grid.patrol_visited(${patrol.id}::uuid) v on v.point = t.point where t.patrol = ${patrol.id}::uuid and t.required order by t.at`);
    return { patrol: { ...patrol, points } };
  },
});

/** Says that a point was seen (到点): by the one whose route it is, at the server's time. Sent twice, it is one visit. */
export const visitPoint = route({
  method: 'POST',
  path: '/api/grid/patrols/:id/visits',
  summary: { zh: '登记到点', en: 'Record a visit' },
  allow: 'grid.patrol.walk',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object(
    {
      clientId: Type.String({ format: 'uuid' }),
      point: Type.String({ minLength: 1, maxLength: 80 }),
      lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
      lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ visited: Type.Integer(), required: Type.Integer() }),
  errors: [NotFound],
  examples: {
    own: {
      as: 'committee-worker',
      params: { id: 'fixture:patrol-today' },
      body: { clientId: '00000000-0000-4000-8000-0000000000c1', point: 'fixture-point' },
    },
    foreign: {
      as: 'committee-worker',
      params: { id: 'fixture:foreign-patrol' },
      body: { clientId: '00000000-0000-4000-8000-0000000000c2', point: 'fixture-point' },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    const point = await db.first(sql`
      select 1 as there from grid.patrol p join grid.patrol_point t on t.patrol = p.id
      where p.id = ${id}::uuid and p.supervisor = ${actor.account} and p.state in ('approved', 'superseded') and t.point = ${body.point}`);
    if (!point) throw NotFound.with();
    await db.run(sql`
      insert into grid.patrol_visit (client_id, patrol, point, account, at, lon, lat)
      values (${body.clientId}::uuid, ${id}::uuid, ${body.point}, ${actor.account}, ${clock.now()}::timestamptz, ${body.lon ?? null}::float8, ${body.lat ?? null}::float8)
      on conflict do nothing`);
    return db.one<{ visited: number; required: number }>(sql`
      select count(*)::int as required, count(v.point)::int as visited
      from grid.patrol_point t left join grid.patrol_visited(${id}::uuid) v on v.point = t.point where t.patrol = ${id}::uuid and t.required`);
  },
});
