/**
 * `live`: how soon an event of the house is with every page that follows it (P28: 500 events/s, p95 ≤ 2 s, none lost). Events are committed on PostgreSQL one
 * transaction each; clients hold a stream each over a real socket. Reference: LISTEN/NOTIFY of the same ids on the same database to one connection, at the same time.
 * LIVE_SECONDS (60; the issue names 600) says for how long. Usage: live [events/s] [clients]
 */
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg } from 'node:os';
import pg from 'pg';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { document } from '#platform/document/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { app } from '#platform/kernel/app.ts';
import { eventStream } from '#platform/kernel/event-stream.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { signal } from '#platform/signal/app.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { median, p95, report } from './lib/figure.ts';

const [rate = 500, clients = 10] = process.argv.slice(2).map(Number);
const seconds = Number(process.env.LIVE_SECONDS ?? 60);
const LIMIT_MS = 2_000;
const TICK_MS = 20;
const WRITERS = 4;
const title = { zh: '压测', en: 'Bench' };
const stream = app({
  id: 'bench-live',
  kind: 'app',
  folder: 'bench/lib',
  title,
  mounts: [eventStream({ path: '/live/events' })],
});

const house = await openBenchHouse({
  name: 'live',
  manifests: [identity, rulebook, calendar, access, audit, document, { ...signal, timers: [] }, stream],
});
try {
  await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
  const { port } = house.server.fastify.server.address() as AddressInfo;
  const cookie = await signIn(house, 'duty.ops');
  const { rows } = await house.client.query<{ id: string }>(`
    insert into signal.alert (id, number, kind, source, subject, title, level, unit, state, raised_at, last_at)
    select gen_random_uuid(), n::text, 'bench', 'bench', 'bench', '{"zh":"压测","en":"Bench"}', 3, 'operations-centre', 'open', now(), now() from generate_series(1, 500) n returning id`);
  const delays: number[] = [];
  const wanted = rate * seconds;
  // One number for each event, so that ten clients do not keep ten copies of every id.
  const numbers = new Map<string, number>();
  const heard = Array.from({ length: clients }, () => ({ seen: new Uint8Array(wanted + 1), size: 0 }));
  await Promise.all(
    heard.map(
      (client) =>
        new Promise<void>((resolve, reject) => {
          get(
            { host: '127.0.0.1', port, path: '/live/events?kinds=alert', headers: { cookie }, agent: false },
            (reply) => {
              if (reply.statusCode !== 200) reject(new Error(`status ${reply.statusCode}`));
              let rest = '';
              reply.setEncoding('utf8').on('data', (text: string) => {
                resolve();
                const parts = (rest + text).split('\n\n');
                rest = parts.pop() ?? '';
                for (const part of parts) {
                  const found = /^id: (.*)\nevent: event\ndata: (.*)$/.exec(part);
                  if (!found) continue;
                  const id = found[1] ?? '';
                  const n = numbers.get(id) ?? numbers.size;
                  numbers.set(id, n);
                  if (client.seen[n] === 0) client.size += 1;
                  client.seen[n] = 1;
                  delays.push(Date.now() - Date.parse((JSON.parse(found[2] ?? '') as { time: string }).time));
                }
              });
            },
          ).on('error', reject);
        }),
    ),
  );
  const listener = new pg.Client({ connectionString: house.database.adminUrl });
  await listener.connect();
  const plain: number[] = [];
  listener.on('notification', ({ payload }) => plain.push(Date.now() - Number(payload)));
  await listener.query('listen bench_live');
  const writers = await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      const writer = new pg.Client({ connectionString: house.database.adminUrl });
      await writer.connect();
      return writer;
    }),
  );
  let sent = 0;
  const begun = performance.now();
  await Promise.all(
    writers.map(async (writer, at) => {
      for (;;) {
        const due = Math.min(wanted, ((performance.now() - begun) / 1_000) * rate);
        if (sent >= wanted) return;
        if (sent >= due) {
          await new Promise((resolve) => setTimeout(resolve, TICK_MS));
          continue;
        }
        sent += 1;
        const { id } = rows[(sent + at) % rows.length] ?? { id: '' };
        await writer.query(
          `with told as (select kernel.emit('signal.alert.raised', $1, '{}')) select pg_notify('bench_live', $2) from told`,
          [id, String(Date.now())],
        );
      }
    }),
  );
  const took = (performance.now() - begun) / 1_000;
  for (const limit = Date.now() + 10_000; heard.some(({ size }) => size < wanted) && Date.now() < limit; )
    await new Promise((resolve) => setTimeout(resolve, 50));
  const lost = heard.reduce((sum, { size }) => sum + wanted - size, 0);
  const [worst, best] = [p95(delays), p95(plain)];
  const longest = delays.reduce((most, delay) => Math.max(most, delay), 0);
  await Promise.all([...writers, listener].map((client) => client.end()));
  report({
    name: 'live',
    ours: worst,
    reference: best,
    ratio: best / worst,
    unit: 'ms, p95',
    limit: LIMIT_MS,
    note: `PostgreSQL, ${wanted} events in ${took.toFixed(1)} s to ${clients} clients, ${lost} lost; from the event's transaction to the client p95 ${worst} ms, median ${median(delays)} ms, longest ${longest} ms; LISTEN/NOTIFY of the same transactions to one bare connection: p95 ${best} ms, median ${median(plain)} ms, ${plain.length} heard; load ${loadavg()[0]?.toFixed(1)}`,
  });
  if (lost > 0) throw new Error(`${lost} events were lost`);
} finally {
  await house.close();
}
