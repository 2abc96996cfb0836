import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { WrongState } from '../errors.ts';
import { unindexDataset } from '../portal/index-dataset.ts';
import { holdDataset } from '../scope.ts';
import { Done, Line, SetId } from '../shapes.ts';

/**
 * Takes an open set down (撤回开放): at once and by one person, because what should not be seen is seen every minute. All versions, the search, the
 * interfaces and the city node lose it; it comes back only by a new decision, a new version and two hands. Its unit may do it, and the
 * unit that runs the portal.
 */
export const withdrawDataset = route({
  method: 'POST',
  path: '/api/open-data/datasets/:id/withdraw',
  summary: { zh: '撤回开放数据集', en: 'Take an open set down' },
  allow: 'open-data.dataset.withdraw',
  params: SetId,
  body: Type.Object({ reason: Line(4, 600) }, { additionalProperties: false }),
  reply: Done,
  errors: [NotFound, WrongState],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture-withdraw' }, body: { reason: '含有不应公开的内容' } },
    foreign: { as: 'data-officer', params: { id: 'buildings' }, body: { reason: '含有不应公开的内容' } },
  },
  handler: async ({ db, actor, clock, params, body: { reason } }) => {
    const { id, state } = await holdDataset(db, params.id);
    if (state !== 'open') throw WrongState.with({ extra: { state } });
    const at = clock.now();
    await db.run(sql`
      update open_data.dataset set state = 'withdrawn', withdrawn_why = ${reason}, withdrawn_name = ${actor.name}, withdrawn_at = ${at}::timestamptz, updated_at = ${at}::timestamptz where id = ${id}`);
    // No version of it comes back with the set: neither what was published nor what waited for the second person.
    await db.run(sql`update open_data.version set state = 'withdrawn' where dataset = ${id}`);
    await unindexDataset(db);
    await db.emit({ type: 'open-data.dataset.withdrawn', subject: id });
    return { id, state: 'withdrawn' };
  },
});
