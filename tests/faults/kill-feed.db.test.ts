import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedModules, system } from '#platform/exchange/feed/testing.ts';
import { withServices } from '#platform/kernel/command.ts';
import { readConfig } from '#platform/kernel/config.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Said } from './feed-child.ts';
import { kill as killNow, openPlace, type Place, startChild } from './place.ts';

/*
 * A feed that is read over HTTP, loaded, and delivered to an app's inbox and to an endpoint, while its process is killed (SIGKILL) at
 * random points: nothing is lost, nothing doubled. Twenty times on PostgreSQL; three times on the embedded database, where every
 * opening takes seconds.
 */
const server = process.env.TEST_DATABASE_URL;
const KILLS = server ? 20 : 3;
const ROWS = 2_000;
/** Each start finds a new version, so that there is work to be killed in. */
const VERSIONS = KILLS + 1;
/** A kill comes within this time after the process is ready; sooner where the last one found everything done. */
const WITHIN_MS = { first: 1_600, least: 80 };

let place: Place;
let outside: Server;
let address: string;
let version = 1;
/** What the endpoint has taken in: its own state, each message counted once by its key. */
const taken = new Map<string, string>();
const keys = new Set<string>();
let repeats = 0;

/** Records of a hundred that each version changes: fewer than a person would be asked about. */
const CHANGED = 15;
const textOf = (v: number): string =>
  Array.from(
    { length: ROWS },
    (_, i) => `${JSON.stringify({ 编号: `K${i}`, 版本: i % 100 < CHANGED ? v : 0, 值: i })}\n`,
  ).join('');

beforeAll(async () => {
  outside = createServer((request, reply) => {
    if (request.method === 'GET') return void reply.end(textOf(version));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const key = String(request.headers['idempotency-key']);
      if (keys.has(key)) repeats += 1;
      else {
        keys.add(key);
        const { changes } = JSON.parse(text) as {
          changes: { op: string; key: string; fields: Record<string, string> }[];
        };
        for (const change of changes) taken.set(change.key, change.fields.data ?? '');
      }
      reply.end();
    });
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  place = await openPlace('kill-feed', { FEED_NETWORKS: '127.0.0.0/8' });
});
afterAll(async () => {
  outside?.close();
  await place?.close();
});

/** Starts the child; resolves when it says what is wanted. The child runs on. */
const start = (args: string[], wanted: (said: Said) => boolean) =>
  startChild<Said>({ place, program: 'feed-child.ts', args, wanted });

/** Kills after which a batch or a job was not at its end; on the embedded database nobody else may look. */
let met = 0;
const LEAST_MET = 3;
const OPEN = `select exists (select from exchange.feed_batch where feed = 'kill-feed' and state not in ('applied', 'refused'))
  or exists (select from kernel.job where state = 'running') or exists (select from exchange.subscription s join exchange.feed f on f.id = s.feed where s.sent_seq < f.applied_seq) as open`;

/** SIGKILL; what ran is free again at once, as it would be when its lease of a minute has ended. */
async function kill(child: ChildProcess): Promise<void> {
  await killNow(child);
  const { database, admin } = place;
  if (database && (await admin<{ open: boolean }>(OPEN, database))[0]?.open) met += 1;
  if (database) await admin("update kernel.job set locked_until = null where state = 'running'", database);
}

describe(`a feed whose process is killed ${KILLS} times at random points`, () => {
  it('loses nothing and doubles nothing, in the database, in the inbox and at the endpoint', {
    timeout: 600_000,
  }, async () => {
    const points: string[] = [];
    let within = WITHIN_MS.first;
    for (let n = 0; n < KILLS; n++) {
      version = n + 1;
      const wait = Math.floor(Math.random() * within);
      const { child } = await start(
        n === 0 ? ['start', `${address}/list.json`, `${address}/take`] : ['go'],
        ({ kind }) => kind === 'ready',
      );
      await new Promise((resolve) => setTimeout(resolve, wait));
      const before = met;
      await kill(child);
      if (server)
        within = met > before ? Math.min(WITHIN_MS.first, within * 1.25) : Math.max(WITHIN_MS.least, within / 2);
      points.push(`${wait} ms`);
    }
    // A test whose kills meet nothing proves nothing.
    if (server) expect(met).toBeGreaterThanOrEqual(LEAST_MET);
    version = VERSIONS;
    const final = createHash('sm3').update(textOf(VERSIONS)).digest('hex');
    const { child, said } = await start(
      ['go'],
      (at) => at.kind === 'at' && at.digest === final && at.open === 0 && at.sent.every((seq) => seq === at.applied),
    );
    console.log(
      `kill-feed: ${server ? 'PostgreSQL' : 'embedded'}, killed after ${points.join(', ')}, ${met} times in the midst of work; ${JSON.stringify(said)}; ${repeats} messages came twice`,
    );
    const expected = new Map(
      textOf(VERSIONS)
        .trim()
        .split('\n')
        .map((line) => {
          const row = JSON.parse(line) as { 编号: string; 版本: number; 值: number };
          return [row.编号, row];
        }),
    );
    // At the endpoint: every record, once, as the source has it.
    expect(taken.size).toBe(ROWS);
    for (const text of taken.values()) {
      const row = JSON.parse(text) as { 版本: string; 值: string };
      expect(Number(row.版本)).toBe(expected.get(`K${row.值}`)?.版本);
    }
    const counts = await counted(child);
    expect(counts).toEqual({ golden: ROWS, wrong: 0, doubled: 0, gaps: 0, inbox: ROWS, inbox_wrong: 0 });
  });
});

/** Asked by the administrator on PostgreSQL; on the embedded database by a child of its own, because only one process may open it. */
async function counted(child: ChildProcess): Promise<unknown> {
  await kill(child);
  if (place.database) return (await place.admin(COUNTS, place.database))[0];
  return withServices({ manifests: feedModules, config: readConfig(place.env) }, (services) =>
    services.database.tx({ module: 'exchange', actor: system }, (db) => db.one(sql([COUNTS]))),
  );
}

/** Claims of one record that follow each other and say the same would be doubled; batch numbers have no gap. */
const COUNTS = `
  with c as (select source_key, digest, lag(digest) over (partition by source_key order by id) as before from exchange.claim where dataset = 'kill-feed'),
  i as (select distinct on (source_key) source_key, fields from exchange.inbox where feed = 'kill-feed' order by source_key, seq desc)
  select
    (select count(*)::int from exchange.reference where dataset = 'kill-feed') as golden,
    (select count(*)::int from exchange.reference where dataset = 'kill-feed' and data ->> '版本' <> case when (data ->> '值')::int % 100 < ${CHANGED} then '${VERSIONS}' else '0' end) as wrong,
    (select count(*)::int from c where digest = before) as doubled,
    (select (max(seq) - count(*))::int from exchange.feed_batch where feed = 'kill-feed' and state = 'applied') as gaps,
    (select count(*)::int from i) as inbox,
    (select count(*)::int from i where (fields ->> 'data')::jsonb ->> '版本' <> case when ((fields ->> 'data')::jsonb ->> '值')::int % 100 < ${CHANGED} then '${VERSIONS}' else '0' end) as inbox_wrong`;
