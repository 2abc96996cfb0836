import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';

/** The supplier says how often a unit's systems may call a granted item (约定调用频次); it holds from the next call on. */
export const setGrantLimit = route({
  method: 'PUT',
  path: '/api/gateway/grants/:id/limit',
  summary: { zh: '约定一份授权的调用频次', en: 'Set how often a grant may be used from outside' },
  allow: 'gateway.limit.set',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object(
    {
      perMinute: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
      perDay: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ grant: Type.String(), perMinute: Type.Integer(), perDay: Type.Integer() }),
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:gateway-grant' }, body: { perMinute: 600, perDay: 100_000 } },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:foreign-gateway-grant' },
      body: { perMinute: 600, perDay: 100_000 },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body: { perMinute, perDay } }) => {
    const sides = await db.first<{ owner: string }>(sql`select owner from catalog.unit_grant_sides(${id}::uuid)`);
    if (!sides || sides.owner !== actor.unit) throw NotFound.with();
    await db.run(sql`
      insert into gateway.grant_limit (grant_id, per_minute, per_day, set_at, set_by, set_unit)
      values (${id}::uuid, ${perMinute}::int, ${perDay}::int, ${clock.now()}::timestamptz, ${actor.account}, ${actor.unit})
      on conflict (grant_id) do update set per_minute = excluded.per_minute, per_day = excluded.per_day, set_at = excluded.set_at, set_by = excluded.set_by, set_unit = excluded.set_unit`);
    return { grant: id, perMinute, perDay };
  },
});
