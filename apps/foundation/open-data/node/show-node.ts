import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { Maybe } from '../shapes.ts';

/** What part this node plays (节点角色), and what stands at the city node. */
export const showNode = route({
  method: 'GET',
  path: '/api/open-data/node',
  summary: { zh: '与市级节点的同步', en: 'Exchange with the city node' },
  allow: 'open-data.version.publish',
  reply: Type.Object({
    role: Type.String(),
    sets: Type.Integer(),
    atCity: Type.Integer(),
    failed: Type.Integer(),
    received: Type.Integer(),
    last: Maybe(Type.String()),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, services }) => {
    const found = await db.one<{
      sets: number;
      atCity: number;
      failed: number;
      received: number;
      last: Date | null;
    }>(sql`
      select (select count(*)::int from open_data.dataset where state = 'open') as sets, count(*) filter (where pushed_at is not null and problem is null)::int as "atCity",
        count(*) filter (where problem is not null)::int as failed, (select count(*)::int from open_data.city_record) as received, max(pushed_at) as last from open_data.push`);
    return { ...found, role: services.config.nodeRole, last: found.last?.toISOString() ?? null };
  },
});
