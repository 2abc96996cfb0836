import type { OutboxFile } from './outbox-store.ts';

/** Something that was begun and not handed in yet (草稿), with its photos: it outlives a reload and a phone that was switched off. */
export type KeptDraft<T> = { value: T; files: OutboxFile[]; at: number };

const DATABASE = 'district-drafts';
const VERSION = 1;

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the store failed'));
  });

async function within<T>(
  mode: IDBTransactionMode,
  work: (stores: { words: IDBObjectStore; files: IDBObjectStore }) => Promise<T>,
): Promise<T> {
  const request = indexedDB.open(DATABASE, VERSION);
  request.onupgradeneeded = () => {
    // Apart, so that a letter that is typed does not write the photos again.
    request.result.createObjectStore('words');
    request.result.createObjectStore('files');
  };
  const database = await settled(request);
  try {
    const transaction = database.transaction(['words', 'files'], mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('the store gave up'));
    });
    done.catch(() => undefined);
    const value = await work({ words: transaction.objectStore('words'), files: transaction.objectStore('files') });
    await done;
    return value;
  } finally {
    database.close();
  }
}

/** One after the other: what was typed last is what is kept, and what was thrown away stays so. */
let queue: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = queue.then(work, work);
  queue = next.catch(() => undefined);
  return next;
}

/** What is kept under a key (`draftKey`); undefined where nothing is, or where this browser keeps nothing. */
export const readDraft = <T>(key: string): Promise<KeptDraft<T> | undefined> =>
  inTurn(() =>
    within('readonly', async ({ words, files }) => {
      const found = (await settled(words.get(key))) as { value: T; at: number } | undefined;
      const photos = (await settled(files.get(key))) as OutboxFile[] | undefined;
      return found && { ...found, files: photos ?? [] };
    }),
  ).catch(() => undefined);

/** Keeps words, and photos where they are given; without them those that are kept stay. Rejects where there is no room. */
export const keepDraft = (key: string, value: unknown, photos?: readonly OutboxFile[]): Promise<void> =>
  inTurn(() =>
    within('readwrite', async ({ words, files }) => {
      await settled(words.put({ value, at: Date.now() }, key));
      if (photos) await settled(files.put([...photos], key));
    }),
  );

export const dropDraft = (key: string): Promise<void> =>
  inTurn(() =>
    within('readwrite', async ({ words, files }) => {
      await settled(words.delete(key));
      await settled(files.delete(key));
    }),
  ).catch(() => undefined);

/** Everything that is kept goes, as when somebody signs out: nobody finds the photos of another. */
export const dropAllDrafts = (): Promise<void> =>
  inTurn(() =>
    within('readwrite', async ({ words, files }) => {
      await settled(words.clear());
      await settled(files.clear());
    }),
  ).catch(() => undefined);
