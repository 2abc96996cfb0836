import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { TextSchema } from './item-definition.ts';
import { LIFE_EVENTS } from './life-events.ts';

/** Life events and stages of enterprises, with how many services each has. */
export const listEvents = route({
  method: 'GET',
  path: '/api/service/events',
  summary: { zh: '人生事件与企业生命周期', en: 'Life events and stages of enterprises' },
  allow: 'public',
  reply: Type.Object({
    events: Type.Array(
      Type.Object({ id: Type.String(), title: TextSchema, audience: Type.String(), items: Type.Integer() }),
    ),
  }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db }) => {
    const counts = new Map(
      (
        await db.rows<{ event: string; items: number }>(sql`
          select e.event, count(*)::int as items from service.item_event e join service.item i on i.code = e.item where i.state = 'published' group by e.event`)
      ).map(({ event, items }) => [event, items]),
    );
    return { events: LIFE_EVENTS.map((event) => ({ ...event, items: counts.get(event.id) ?? 0 })) };
  },
});
