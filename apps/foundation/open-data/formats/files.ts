import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Services } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import type { Field, Value } from '../schema.ts';
import { readLots } from '../publish/store-version.ts';
import { type Format, FORMATS, writerOf } from './write.ts';

export type Wanted = { version: string; fields: readonly Field[]; format: Format; key?: string };

/** Files that are being written, so that a hundred first readers wait for one. */
const building = new Map<string, Promise<void>>();

/**
 * A version as a file, written once from its stored rows and streamed from then on: versions never change, so a file is as good as the
 * rows. It may be deleted at any time; the next reader has it written again.
 */
export async function fileOf(
  services: Services,
  wanted: Wanted,
  marked?: () => Promise<readonly (readonly Value[])[]>,
): Promise<{ path: string; size: number }> {
  const { version, format, key } = wanted;
  const folder = join(services.config.dataDir, 'open');
  const path = join(folder, `${version}${key === undefined ? '' : `.${key}`}.${FORMATS[format].extension}`);
  const there = await stat(path).catch(() => undefined);
  if (there) return { path, size: there.size };
  let work = building.get(path);
  if (!work) {
    work = write({ services, wanted, path, folder, marked }).finally(() => building.delete(path));
    building.set(path, work);
  }
  await work;
  return { path, size: (await stat(path)).size };
}

export const readFile = (path: string, range?: { start: number; end: number }): Readable =>
  createReadStream(path, { ...range, highWaterMark: 256 * 1024 });

async function write(options: {
  services: Services;
  wanted: Wanted;
  path: string;
  folder: string;
  marked: (() => Promise<readonly (readonly Value[])[]>) | undefined;
}): Promise<void> {
  const { services, wanted, path, folder, marked } = options;
  await mkdir(folder, { recursive: true });
  const part = `${path}.${uuidv7()}.part`;
  try {
    const writer = writerOf(wanted.format, wanted.fields);
    const lots = marked ? [await marked()] : lotsOf(services, wanted.version);
    const text = async function* () {
      yield writer.open;
      let first = true;
      for await (const lot of lots) {
        if (lot.length === 0) continue;
        yield writer.lot(lot, first);
        first = false;
      }
      yield writer.close;
    };
    await pipeline(
      Readable.from(text(), { highWaterMark: 2 }),
      createWriteStream(part, { mode: 0o600, highWaterMark: 1024 * 1024 }),
    );
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Lots read in one transaction: none is held while the disk is slow. The rows of a published version never change between two of them. */
const AT_ONCE = 8;

async function* lotsOf(services: Services, version: string): AsyncGenerator<Value[][]> {
  const actor = systemActor({ name: 'open-data' });
  const read = (from: number): Promise<Value[][][]> => {
    const lots = services.database.tx({ module: 'open-data', actor, readOnly: true }, (db) =>
      readLots(db, { version, from, many: AT_ONCE }),
    );
    // Whoever stops reading leaves one behind, whose fault is nobody's.
    lots.catch(() => undefined);
    return lots;
  };
  let coming = read(0);
  for (let from = 0; ; from += AT_ONCE) {
    const lots = await coming;
    const last = lots.length < AT_ONCE;
    // The database reads the next ones while these are written.
    if (!last) coming = read(from + AT_ONCE);
    yield* lots;
    if (last) return;
  }
}
