/**
 * A process of its own that reads a feed and delivers it, and may be killed at any moment. `start SOURCE TAKER` registers the feed
 * with two takers first; `go on` opens the same installation again. It says when it is ready, and where it stands.
 */
import { app } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { readConfig } from '#platform/kernel/config.ts';
import { createLogger } from '#platform/kernel/log.ts';
import { openRuntime } from '#platform/kernel/runtime.ts';
import { sql } from '#platform/kernel/sql.ts';
import { putFeed } from '#platform/exchange/feed/register-feed.ts';
import { feedModules, mappingOf, system } from '#platform/exchange/feed/testing.ts';
import { registerDataset } from '#platform/exchange/register-dataset.ts';

export type Said =
  | { kind: 'ready' }
  | { kind: 'at'; applied: number; sent: number[]; digest: string | null; open: number; failures: number };

const FEED = 'kill-feed';
const desk = app({
  id: 'kill-desk',
  kind: 'app',
  folder: 'tests/faults/none',
  title: { zh: '测试台', en: 'Test desk' },
  uses: ['exchange'],
  takes: ['inside', 'outside'].map((name) => ({
    name,
    resource: 'exchange.reference',
    fields: ['key', 'data'],
    purposes: ['data-quality'],
    why: { zh: '测试', en: 'Test' },
  })),
});

const [mode, source = '', taker = ''] = process.argv.slice(2);
const say = (said: Said): void => console.log(JSON.stringify(said));
const runtime = await openRuntime({
  manifests: [...feedModules, desk],
  config: readConfig(),
  log: createLogger({ level: 'silent' }),
});
const { services } = runtime;
const exchange = { module: 'exchange', actor: system };

if (mode === 'start') {
  await services.database.tx({ module: 'catalog', actor: systemActor({ name: 'test' }) }, (db) =>
    db.run(sql`update catalog.grant set state = 'approved', fields = wanted where taker = 'kill-desk'`),
  );
  await services.database.tx(exchange, async (db) => {
    await registerDataset(db, services, mappingOf(FEED));
    await putFeed(db, {
      id: FEED,
      dataset: FEED,
      unit: 'civil-affairs',
      connector: 'http',
      settings: { url: source, format: 'json' },
      mode: 'snapshot',
      cycleSeconds: 1,
    });
    const grants = await db.rows<{ id: string; name: string }>(
      sql`select id, name from catalog.grants_on(array['exchange.reference']) where taker = 'kill-desk'`,
    );
    for (const { id, name } of grants) {
      const subscription = crypto.randomUUID();
      await db.run(sql`insert into exchange.subscription (id, feed, unit, grant_id, taker, kind, url, secret, created_by)
        values (${subscription}::uuid, ${FEED}, 'civil-affairs', ${id}::uuid, 'kill-desk', ${name === 'inside' ? 'inbox' : 'http'}, ${taker},
          ${services.keyring.seal('secret', `subscription:${subscription}`)}, 'test')`);
    }
  });
}
say({ kind: 'ready' });
for (;;) {
  const at = await services.database.tx(exchange, async (db) => {
    const feed = await db.one<{ applied: number; failures: number }>(
      sql`select applied_seq as applied, failures from exchange.feed where id = ${FEED}`,
    );
    const sent = await db.rows<{ seq: number }>(
      sql`select sent_seq as seq from exchange.subscription where feed = ${FEED} order by kind`,
    );
    const last = await db.first<{ digest: string }>(
      sql`select digest from exchange.feed_batch where feed = ${FEED} and state = 'applied' order by seq desc limit 1`,
    );
    const open = await db.one<{ n: number }>(
      sql`select count(*)::int as n from exchange.feed_batch where feed = ${FEED} and state not in ('applied', 'refused')`,
    );
    return { ...feed, sent: sent.map(({ seq }) => seq), digest: last?.digest ?? null, open: open.n };
  });
  say({ kind: 'at', ...at });
  await new Promise((resolve) => setTimeout(resolve, 100));
}
