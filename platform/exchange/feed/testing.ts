import { createHash } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import type { AppManifest } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { geo } from '#platform/geo/app.ts';
import { identity } from '#platform/identity/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { exchange } from '../app.ts';
import type { Mapping } from '../mapping.ts';
import { registerDataset } from '../register-dataset.ts';

export const feedModules: readonly AppManifest[] = [
  identity,
  access,
  audit,
  search,
  rulebook,
  calendar,
  catalog,
  geo,
  exchange,
];
export const system = systemActor({ name: 'feed-test', unit: 'civil-affairs' });

/** A data set of reference rows, one feed each. */
export function mappingOf(dataset: string): Mapping {
  return {
    dataset,
    version: 1,
    target: 'exchange.reference',
    unit: 'civil-affairs',
    title: { zh: `接口测试 ${dataset}`, en: `Feed test ${dataset}` },
    key: ['编号'],
    fields: { key: { column: '编号' }, data: { column: '*' } },
    badge: 'sample',
  };
}

export type FeedOptions = {
  connector?: string;
  settings?: Record<string, unknown>;
  credential?: string;
  mode?: 'increment' | 'snapshot';
  cycleSeconds?: number;
};

/** Registers data set and feed of one name through the operation that people use. */
export async function makeFeed(house: TestHouse, cookie: string, id: string, options: FeedOptions = {}): Promise<void> {
  await house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
    registerDataset(db, house.services, mappingOf(id)),
  );
  const reply = await call(house, {
    method: 'POST',
    url: '/api/exchange/feeds',
    cookie,
    body: { id, dataset: id, connector: 'push', settings: {}, mode: 'increment', cycleSeconds: 3600, ...options },
  });
  if (reply.statusCode !== 201) throw new Error(`${reply.statusCode} ${reply.body}`);
}

export type TestRow = Record<string, unknown>;
export const rowsOf = (from: number, to: number, tag = ''): TestRow[] =>
  Array.from({ length: to - from }, (_, i) => ({
    编号: `K${from + i}`,
    名称: `名称${from + i}${tag}`,
    数量: from + i + 1,
  }));
export const bodyOf = (rows: readonly TestRow[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
export const sm3 = (text: string | Buffer): string => createHash('sm3').update(text).digest('hex');

/** Pushes a batch as a source would; `header` may lie about it. */
export function push(
  house: TestHouse,
  cookie: string,
  batch: { feed: string; seq: number; rows: readonly TestRow[]; watermark?: string; count?: number; digest?: string },
): Promise<LightMyRequestResponse> {
  const body = bodyOf(batch.rows);
  const query = new URLSearchParams({
    seq: String(batch.seq),
    count: String(batch.count ?? batch.rows.length),
    sm3: batch.digest ?? sm3(body),
    ...(batch.watermark ? { watermark: batch.watermark } : {}),
  });
  return house.server.fastify.inject({
    method: 'POST',
    url: `/api/exchange/feeds/${batch.feed}/batches?${query.toString()}`,
    headers: { cookie, 'content-type': 'application/octet-stream', 'idempotency-key': crypto.randomUUID() },
    payload: Buffer.from(body),
  });
}

/** The feed as its page shows it. */
export async function feedOf(house: TestHouse, cookie: string, id: string) {
  const reply = await call(house, { url: `/api/exchange/feeds/${id}`, cookie });
  return reply.json() as {
    feed: {
      state: string;
      health: string;
      freshness: string;
      appliedSeq: number;
      held: number;
      waiting: number;
      failures: number;
      lastError?: { code: string };
      checkedAt?: string;
      cycleSeconds: number;
    };
    watermark?: string;
    batches: {
      seq: number;
      state: string;
      rows?: number;
      added: number;
      changed: number;
      removed: number;
      problem?: { code: string; text: { zh: string } };
    }[];
    incidents: { kind: string; seq?: number; text: { zh: string } }[];
    subscriptions: {
      id: string;
      state: string;
      sentSeq: number;
      lag: number;
      rows: number;
      failures: number;
      lastError?: { code: string };
    }[];
  };
}

/** Waits until queue and feed are quiet. */
export async function settled(house: TestHouse, cookie: string, id: string) {
  await house.runtime.worker.drain();
  return feedOf(house, cookie, id);
}

/** Waits for a state of a feed; readings are queued by the clock. */
export async function until<T>(ask: () => Promise<T>, good: (value: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const value = await ask();
    if (good(value)) return value;
    if (tries > 400) throw new Error(`still ${JSON.stringify(value).slice(0, 2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Golden rows of a feed's data set. */
export function golden(house: TestHouse, dataset: string): Promise<{ key: string; data: Record<string, unknown> }[]> {
  return house.services.database.tx({ module: 'exchange', actor: system }, (db) =>
    db.rows(sql`select key, data from exchange.reference where dataset = ${dataset} order by length(key), key`),
  );
}
