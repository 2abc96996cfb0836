import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { ItemSchema } from './show-wall.ts';
import { vitalSource, type WallItem } from './vital-source.ts';

const MOST = 50;

/** What is behind a tile (下钻): the cases, alerts or orders that make the figure, each with its page. */
export const showBehind = route({
  method: 'GET',
  path: '/api/ops/vitals/:vital',
  summary: { zh: '体征下钻', en: 'Behind a vital' },
  allow: 'ops.wall.read',
  params: Type.Object({ vital: Type.String({ pattern: '^[a-z-]{2,20}\\.[a-z-]{2,30}$' }) }),
  reply: Type.Object({ items: Type.Array(ItemSchema), more: Type.Boolean() }),
  errors: [NotFound],
  examples: {
    own: { as: 'duty-officer', params: { vital: 'case.open' } },
    foreign: { as: 'duty-officer', params: { vital: 'case.absent' } },
  },
  prepare: async ({ actor, services, params }) => {
    const now = services.clock.now();
    let found: WallItem[] | undefined;
    for (const { value } of services.registry.provided(vitalSource))
      found ??= await value.behind({ services, actor, now, vital: params.vital, most: MOST + 1 });
    return found;
  },
  handler: async ({ prepared: found }) => {
    if (!found) throw NotFound.with();
    return { items: found.slice(0, MOST), more: found.length > MOST };
  },
});
