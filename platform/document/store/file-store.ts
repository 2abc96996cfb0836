import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Services } from '#platform/kernel/app.ts';
import { readS3Settings, s3Store } from './s3-store.ts';

/** Where encrypted contents rest (文件存储): named by the id of their content, never by what people called them. */
export type FileStore = {
  /** Where a content lies, of a store on this machine: whoever writes there brings it to the disk (`seal-contents.ts`). */
  pathOf?(id: string): string;
  /** Takes over a finished file of this machine; afterwards it is safe against a crash. */
  put(id: string, path: string): Promise<void>;
  read(id: string): Promise<Readable>;
  /** No fault where there is none. */
  remove(id: string): Promise<void>;
};

const stores = new WeakMap<Services, FileStore>();

/** The store of this installation: an S3 service where one is configured, else a local directory. */
export function fileStore(services: Services): FileStore {
  let store = stores.get(services);
  if (!store) {
    const { documents, dataDir } = services.config;
    store = documents.s3File ? s3Store(readS3Settings(documents.s3File)) : localStore(join(dataDir, 'documents'));
    stores.set(services, store);
  }
  return store;
}

/** Files in a directory, spread over 256 folders. */
export function localStore(root: string): FileStore {
  const pathOf = (id: string) => join(root, id.slice(-2), id);
  return {
    pathOf,
    async put(id, path) {
      const target = pathOf(id);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await synced(path);
      await rename(path, target);
      await synced(dirname(target));
    },
    async read(id) {
      const file = await open(pathOf(id), 'r');
      return createReadStream('', { fd: file });
    },
    remove: (id) => rm(pathOf(id), { force: true }),
  };
}

/** Through to the disk, so that a committed row never names a file that a power failure took. */
async function synced(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}
