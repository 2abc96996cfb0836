/**
 * The sample district's feeds: eight department systems that push their changes daily. Each delivers a first batch and one that
 * follows, cut from the generated files, so what they say agrees with what was imported.
 */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { holdFeed } from '#platform/exchange/feed/feed.ts';
import { receiveFile, registerFeedBatch } from '#platform/exchange/feed/receive.ts';
import { putFeed } from '#platform/exchange/feed/register-feed.ts';
import type { Mapping } from '#platform/exchange/mapping.ts';
import { readRecords, type SourceRecord } from '#platform/exchange/read/read-records.ts';

const DAY = 86_400;
/** Rows of the first batch, and of the one that follows. */
const FIRST = 200;
const NEXT = 20;

const FEEDS: Record<string, string> = {
  'civil-affairs-household': 'civil-affairs-daily',
  'human-resources-insured': 'insured-daily',
  'education-pupils': 'pupils-daily',
  'health-registration': 'health-daily',
  'market-supervision-entities': 'entities-daily',
  'tax-registration': 'tax-daily',
  'commerce-foreign-invested': 'foreign-invested-daily',
  'housing-buildings': 'buildings-daily',
};

type SampleMapping = Mapping & { file: string };

/** Registers the feeds that are not there yet and hands in their batches; the worker takes them in afterwards. */
export async function startSampleFeeds(options: {
  services: Services;
  folder: string;
  mappings: readonly SampleMapping[];
}): Promise<void> {
  const { services, folder, mappings } = options;
  for (const mapping of mappings) {
    const id = FEEDS[mapping.dataset];
    if (id) await startFeed({ services, id, mapping, path: join(folder, mapping.file) });
  }
  services.wake();
}

async function startFeed(options: {
  services: Services;
  id: string;
  mapping: SampleMapping;
  path: string;
}): Promise<void> {
  const { services, id, mapping, path } = options;
  const actor = { ...systemActor({ name: 'sample', unit: mapping.unit, purpose: 'data-quality' }), name: '样例导入' };
  const exchange = { module: 'exchange', actor };
  const made = await services.database.tx(exchange, (db) =>
    putFeed(db, {
      id,
      dataset: mapping.dataset,
      unit: mapping.unit,
      title: { zh: `${mapping.title.zh}（每日推送）`, en: `${mapping.title.en} (daily push)` },
      connector: 'push',
      settings: {},
      mode: 'increment',
      cycleSeconds: DAY,
    }),
  );
  if (!made) return;
  const rows = await firstRows({ path, mapping, count: FIRST + NEXT });
  const batches = [rows.slice(0, FIRST), rows.slice(FIRST)].filter((batch) => batch.length > 0);
  for (const [at, batch] of batches.entries()) {
    const file = await receiveFile({
      services,
      actor,
      dataset: mapping.dataset,
      stream: Readable.from([Buffer.from(batch.map(({ values }) => `${JSON.stringify(values)}\n`).join(''))]),
      fileName: `${id}-${at + 1}.json`,
      format: 'json',
      lines: true,
    });
    await services.database.tx(exchange, async (db) => {
      const feed = await holdFeed(db, id);
      if (feed) await registerFeedBatch(db, { feed, seq: at + 1, file });
    });
  }
}

async function firstRows(options: { path: string; mapping: Mapping; count: number }): Promise<SourceRecord[]> {
  const { path, mapping, count } = options;
  const reader = readRecords({
    stream: createReadStream(path),
    fileName: path,
    format: mapping.format,
    chunkSize: count,
  });
  for await (const chunk of reader) return chunk;
  return [];
}
