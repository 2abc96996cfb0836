/**
 * `feed`: a batch of a feed end to end — received (SM3 and count), validated, claims written, loaded into golden rows and delivered
 * into an app's inbox — while other feeds go on, against plain COPY of the same rows into a table of the same columns without
 * index. Usage: feed [rows]; the size also by FEED_ROWS.
 */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { from as copyFrom } from 'pg-copy-streams';
import { app } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { holdFeed } from '#platform/exchange/feed/feed.ts';
import { receiveFile, registerFeedBatch } from '#platform/exchange/feed/receive.ts';
import { putFeed } from '#platform/exchange/feed/register-feed.ts';
import { feedModules, mappingOf, system } from '#platform/exchange/feed/testing.ts';
import { registerDataset } from '#platform/exchange/register-dataset.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { report, watchMemory } from './lib/figure.ts';

const rows = Number(process.argv[2] ?? process.env.FEED_ROWS ?? 100_000);
/** Other feeds that go on meanwhile, as many as the acceptance names: each sends a small batch every five minutes, one after the other. */
const OTHERS = 200;
const OTHER_ROWS = 50;
const OTHER_PAUSE_MS = 300_000 / OTHERS;
const LIMIT_MINUTES = 3;
const PIECE = 2_000;

const desk = app({
  id: 'bench-desk',
  kind: 'app',
  folder: 'bench/none',
  title: { zh: '基准', en: 'Bench' },
  uses: ['exchange'],
  takes: [
    {
      name: 'reference',
      resource: 'exchange.reference',
      fields: ['key', 'data'],
      purposes: ['data-quality'],
      why: { zh: '基准', en: 'Bench' },
    },
  ],
});

const house = await openBenchHouse({ name: 'feed', manifests: [...feedModules, desk], work: true });
const { services, client } = house;
const exchange = { module: 'exchange', actor: system };

const row = (i: number, tag: string) => ({
  编号: `${tag}${String(i).padStart(8, '0')}`,
  名称: `样例${i}`,
  地址: `瑞金二路${i % 400}弄${i % 30}号${i % 9}01室`,
  日期: `2026-0${1 + (i % 9)}-1${i % 10}`,
  数量: i,
  备注: `第${i}行`,
});
function* lines(count: number, tag: string): Generator<Buffer> {
  for (let n = 0; n < count; n += PIECE) {
    let text = '';
    for (let i = n; i < Math.min(count, n + PIECE); i++) text += `${JSON.stringify(row(i, tag))}\n`;
    yield Buffer.from(text);
  }
}
function* copyLines(count: number): Generator<Buffer> {
  for (let n = 0; n < count; n += PIECE) {
    let text = '';
    for (let i = n; i < Math.min(count, n + PIECE); i++) text += `${Object.values(row(i, 'c')).join('\t')}\n`;
    yield Buffer.from(text);
  }
}

async function make(id: string): Promise<void> {
  await services.database.tx(exchange, async (db) => {
    await registerDataset(db, services, mappingOf(id));
    await putFeed(db, {
      id,
      dataset: id,
      unit: 'civil-affairs',
      connector: 'push',
      settings: {},
      mode: 'increment',
      cycleSeconds: 60,
    });
    const { grant } = await db.one<{ grant: string }>(
      sql`select id as "grant" from catalog.grants_on(array['exchange.reference']) limit 1`,
    );
    await db.run(sql`insert into exchange.subscription (id, feed, unit, grant_id, taker, kind, created_by)
      values (kernel.uuidv7(), ${id}, 'civil-affairs', ${grant}::uuid, 'bench-desk', 'inbox', 'bench')`);
  });
}
async function send(feed: string, seq: number, stream: Readable): Promise<void> {
  const file = await receiveFile({
    services,
    actor: system,
    dataset: feed,
    stream,
    fileName: 'b.json',
    format: 'json',
    lines: true,
  });
  await services.database.tx(exchange, async (db) => {
    const held = await holdFeed(db, feed);
    if (held) await registerFeedBatch(db, { feed: held, seq, file });
  });
  services.wake();
}
const sentSeq = (feed: string) =>
  services.database.tx(exchange, (db) =>
    db.one<{ sent: number; state: string | null; rows: number }>(sql`
      select s.sent_seq as sent, s.delivered_rows as rows, (select state from exchange.feed_batch b where b.feed = s.feed order by seq desc limit 1) as state
      from exchange.subscription s where s.feed = ${feed}`),
  );
async function delivered(feed: string, seq: number): Promise<number> {
  for (;;) {
    const at = await sentSeq(feed);
    if (at.sent >= seq) return at.rows;
    if (at.state === 'stopped' || at.state === 'held' || at.state === 'quarantined')
      throw new Error(`${feed}: ${at.state}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

try {
  await services.database.tx({ module: 'catalog', actor: systemActor({ name: 'bench' }) }, (db) =>
    db.run(sql`update catalog.grant set state = 'approved', fields = wanted where taker = 'bench-desk'`),
  );
  await make('large');
  const others = Array.from({ length: OTHERS }, (_, n) => `other-${n}`);
  for (const id of others) await make(id);
  // Warm up.
  await send('large', 1, Readable.from(lines(Math.min(5_000, rows), 'w')));
  await delivered('large', 1);

  let going = true;
  const sent = others.map(() => 0);
  const live = (async () => {
    for (let n = 0; going; n = (n + 1) % OTHERS) {
      const id = others[n] ?? '';
      sent[n] = (sent[n] ?? 0) + 1;
      await send(id, sent[n] ?? 0, Readable.from(lines(OTHER_ROWS, `${id}-${sent[n]}-`)));
      await new Promise((resolve) => setTimeout(resolve, OTHER_PAUSE_MS));
    }
  })();
  const watch = watchMemory();
  const processor = process.cpuUsage();
  const start = performance.now();
  const began = Date.now() / 1000;
  await send('large', 2, Readable.from(lines(rows, 'r')));
  const got = await delivered('large', 2);
  const seconds = (performance.now() - start) / 1000;
  const memory = watch.stop();
  const used = process.cpuUsage(processor);
  going = false;
  await live;
  const expected = rows + Math.min(5_000, rows);
  if (got !== expected) throw new Error(`${got} rows were delivered, ${expected} were sent`);
  const { rows: counts } = await client.query<{ claims: string; golden: string; inbox: string }>(`select
    (select count(*) from exchange.claim where dataset = 'large') as claims, (select count(*) from exchange.reference where dataset = 'large') as golden,
    (select count(*) from exchange.inbox where feed = 'large') as inbox`);
  if (Object.values(counts[0] ?? {}).some((n) => Number(n) !== expected)) throw new Error(JSON.stringify(counts[0]));

  const { rows: phases } = await client.query<Record<'received' | 'landed' | 'loaded' | 'delivered', number>>(
    `select extract(epoch from b.received_at)::float8 - $1::float8 as received, extract(epoch from b.published_at - b.received_at)::float8 as landed,
      extract(epoch from b.loaded_at - b.published_at)::float8 as loaded, extract(epoch from s.delivered_at - b.loaded_at)::float8 as delivered
    from exchange.batch b join exchange.subscription s on s.feed = b.feed where b.feed = 'large' and b.feed_seq = 2`,
    [began],
  );
  const phase = (name: 'received' | 'landed' | 'loaded' | 'delivered') => `${name} ${phases[0]?.[name].toFixed(1)} s`;
  await client.query('create table public.copied (编号 text, 名称 text, 地址 text, 日期 text, 数量 text, 备注 text)');
  const before = performance.now();
  const copy = client.query(copyFrom('copy public.copied from stdin'));
  Readable.from(copyLines(rows)).pipe(copy);
  await once(copy, 'finish');
  const copied = (performance.now() - before) / 1000;
  report({
    name: 'feed',
    ours: rows / seconds,
    reference: rows / copied,
    ratio: rows / seconds / (rows / copied),
    unit: 'rows/s',
    // A million rows within the limit, as a share of what COPY did in this run.
    wanted: 1e6 / (LIMIT_MINUTES * 60) / (rows / copied),
    note: `PostgreSQL, ${rows} rows received (SM3, count), validated, claims, golden rows and inbox delivered in ${(seconds / 60).toFixed(2)} min (${phase('received')}, checked and ${phase('landed')}, ${phase('loaded')}, ${phase('delivered')}; processor of this process ${((used.user + used.system) / 1e6 / 60).toFixed(2)} min) with ${OTHERS} other feeds live that sent ${sent.reduce((a, b) => a + b, 0)} batches; per 1 M rows ${(((seconds / rows) * 1e6) / 60).toFixed(2)} min, aim ${LIMIT_MINUTES}; COPY without index or check ${copied.toFixed(1)} s; memory grew ${memory.grown} MB`,
  });
} finally {
  await house.close();
}
