import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { PartNotThere } from './series-errors.ts';
import { SeriesParams } from './show-series.ts';

/** Moves a partition to files or back (迁移分区), before or after its rule does. It goes on as a job; answers stay the same meanwhile. */
export const movePart = route({
  method: 'POST',
  path: '/api/series/series/:id/parts/:part/move',
  summary: { zh: '迁移一个分区', en: 'Move a partition between tiers' },
  allow: 'series.move',
  params: Type.Object({ ...SeriesParams.properties, part: Type.String({ pattern: '^\\d{6}(\\d{2})?$' }) }),
  body: Type.Object({ to: Type.Union([Type.Literal('hot'), Type.Literal('cold')]) }, { additionalProperties: false }),
  status: 202,
  reply: Type.Object({ job: Type.String() }),
  errors: [NotFound, PartNotThere],
  examples: {
    own: {
      as: 'system-administrator',
      params: { id: 'street-flow', part: 'fixture:series-part' },
      body: { to: 'cold' },
    },
  },
  handler: async ({ db, params: { id, part }, body: { to } }) => {
    const found = await db.first<{ state: string }>(
      sql`select state from series.part where series = ${id} and name = ${part}`,
    );
    if (!found) throw NotFound.with();
    if (found.state !== (to === 'cold' ? 'hot' : 'cold')) throw PartNotThere.with();
    const job = await db.enqueue({
      name: `move-${to}`,
      payload: { series: id, part },
      key: `${id}/${part}`,
    });
    return { job };
  },
});
