import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { holdDataset } from '../scope.ts';
import { SetId } from '../shapes.ts';
import { rowDigest } from './canary.ts';

/** Keys whose marked rows stand in a sample, the one with most of its own first. A mark that two keys share names neither alone. */
export async function holdersOf(
  db: Db,
  options: { dataset: string; rows: readonly (readonly string[])[] },
): Promise<{ key: string; holder: string; account: string; marks: number }[]> {
  const digests = options.rows.map(rowDigest);
  return db.rows(sql`
    select k.id as key, k.holder, k.account, count(*)::int as marks from open_data.canary c join open_data.version v on v.id = c.version join open_data.api_key k on k.id = c.key
    where v.dataset = ${options.dataset} and c.digest = any(${digests}::text[])
      and not exists (select from open_data.canary o where o.version = c.version and o.digest = c.digest and o.key <> c.key)
    group by k.id order by marks desc, k.id`);
}

/** Finds who let conditional data out (泄露追溯): rows of the sample as they stand in its CSV. */
export const traceLeak = route({
  method: 'POST',
  path: '/api/open-data/datasets/:id/leaks',
  summary: { zh: '追溯泄露来源', en: 'Trace a leak' },
  allow: 'open-data.dataset.prepare',
  params: SetId,
  body: Type.Object(
    {
      rows: Type.Array(Type.Array(Type.String({ maxLength: 2000 }), { maxItems: 200 }), {
        minItems: 1,
        maxItems: 5000,
      }),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    id: Type.String(),
    rows: Type.Integer(),
    holders: Type.Array(Type.Object({ key: Type.String(), holder: Type.String(), marks: Type.Integer() })),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { id: 'committees' }, body: { rows: [['1', '样例']] } },
    foreign: { as: 'data-officer', params: { id: 'buildings' }, body: { rows: [['1', '样例']] } },
  },
  handler: async ({ db, actor, params, body: { rows } }) => {
    const set = await holdDataset(db, params.id);
    const holders = await holdersOf(db, { dataset: set.id, rows });
    const id = uuidv7();
    await db.run(sql`insert into open_data.leak (id, dataset, rows, keys, by_account)
      values (${id}::uuid, ${set.id}, ${rows.length}, ${holders.map(({ key }) => key)}::uuid[], ${actor.account})`);
    return { id, rows: rows.length, holders };
  },
});
