import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { putFeed } from '#platform/exchange/feed/register-feed.ts';
import { mappingOf } from '#platform/exchange/feed/testing.ts';
import { registerDataset } from '#platform/exchange/register-dataset.ts';
import { storeFile } from '#platform/exchange/store-file.ts';

/** What the example of a push sends. */
const PUSHED = '{"编号":"1"}\n';
const PLACES = [
  { id: 'fixture-feed', unit: 'civil-affairs', state: 'active' },
  { id: 'fixture-stopped-feed', unit: 'civil-affairs', state: 'stopped' },
  { id: 'fixture-feed-to-pause', unit: 'civil-affairs', state: 'active' },
  { id: 'fixture-foreign-feed', unit: 'tax', state: 'active' },
] as const;

/** Feeds that the examples of routes name, of civil affairs and of another unit, with batches that wait for a person. */
export async function fixtureFeeds(house: TestHouse): Promise<Record<string, unknown>> {
  const { services } = house;
  const actor = systemActor({ name: 'fixture', unit: 'civil-affairs' });
  const subscription = uuidv7();
  const foreign = uuidv7();
  const grant = await referenceGrant(house);
  const file = await storeFile({ services, stream: Readable.from([Buffer.from(PUSHED)]) });
  return services.database.tx({ module: 'exchange', actor }, async (db) => {
    for (const { id, unit, state } of PLACES) {
      await registerDataset(db, services, { ...mappingOf(id), unit });
      await putFeed(db, {
        id,
        dataset: id,
        unit,
        connector: 'push',
        settings: {},
        mode: 'increment',
        cycleSeconds: 86_400,
      });
      await db.run(sql`update exchange.feed set state = ${state} where id = ${id}`);
      for (const seq of [5, 6])
        await db.run(sql`
          insert into exchange.feed_batch (id, feed, unit, seq, state, row_count, digest, format, file_id, file_name, file_size, file_key)
          values (kernel.uuidv7(), ${id}, ${unit}, ${seq}::bigint, 'held', 1, ${file.digest}, 'json', ${file.id}::uuid, 'a.json', ${file.size}::bigint, ${file.key})`);
    }
    for (const [id, feed, unit] of [
      [subscription, PLACES[0].id, PLACES[0].unit],
      [foreign, PLACES[3].id, PLACES[3].unit],
    ])
      await db.run(sql`insert into exchange.subscription (id, feed, unit, grant_id, taker, kind, url, created_by)
        values (${id}::uuid, ${feed}, ${unit}, ${grant}::uuid, 'community', 'http', 'https://taker.example/changes', 'fixture')`);
    return {
      feed: PLACES[0].id,
      'stopped-feed': PLACES[1].id,
      'feed-to-pause': PLACES[2].id,
      'foreign-feed': PLACES[3].id,
      held: '5',
      'held-too': '6',
      push: { seq: '1', count: '1', sm3: createHash('sm3').update(PUSHED).digest('hex') },
      subscribe: { grant, kind: 'inbox', fromStart: false },
      subscription,
      'foreign-subscription': foreign,
    };
  });
}

/** A grant in force on what the feeds bring. */
async function referenceGrant({ services }: TestHouse): Promise<string> {
  const id = uuidv7();
  await services.database.tx({ module: 'catalog', actor: systemActor({ name: 'fixture' }) }, (db) =>
    db.run(sql`insert into catalog.grant (id, taker, taker_schema, name, resource, wanted, fields, wanted_purposes, purposes, why, state)
      values (${id}::uuid, 'community', 'community', 'fixture_reference', 'exchange.reference', '{key}', '{key}', '{data-quality}', '{data-quality}', '{"zh":"样例","en":"Fixture"}', 'approved')`),
  );
  return id;
}
