import type { ProblemDetails } from '#web/client/index.ts';

/** One thing that a person has handed in and that the server may not have yet (待发记录). Its files lie beside it, so that a list costs little. */
export type OutboxRecord = {
  /** Order of handing in; given by the store. */
  seq: number;
  /** Made here, sent as the idempotency key: whatever gets lost on the way, it takes effect once. */
  id: string;
  /** Account that handed it in; nobody else ever sends it. */
  owner: string;
  /** What it is, such as `grid.report`: pages list their own kinds. */
  kind: string;
  /** POST to this address. */
  path: string;
  body: Record<string, unknown>;
  /** A few words by which its owner knows it again. */
  about: string;
  /** By the clock of this machine: for the list, and for the server, which sets it right by its own. */
  at: number;
  state: 'waiting' | 'refused' | 'sent';
  /** Where the files go first, all in one request; `body.files` then holds what the server calls them. */
  filesTo: string;
  filesKey: string;
  files: number;
  /** Ids of the server, once it has the files. */
  uploaded: string[] | null;
  /** Why it was refused, or what kept it from being sent the last time. */
  problem: ProblemDetails | null;
  /** Not before this moment, by the clock of this machine: the server said when there is room again. */
  notBefore?: number;
  /** What the server answered. */
  answer: unknown;
  sentAt: number | null;
};
export type OutboxFile = { name: string; content: Blob };

const DATABASE = 'district-outbox';
const VERSION = 1;

/** What browsers call a full disk: the record was not kept. */
export class StorageFull extends Error {}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the store failed'));
  });

const isFull = (thrown: unknown): boolean => thrown instanceof DOMException && thrown.name === 'QuotaExceededError';

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, VERSION);
  request.onupgradeneeded = () => {
    const records = request.result.createObjectStore('record', { keyPath: 'seq', autoIncrement: true });
    records.createIndex('owner', 'owner');
    request.result.createObjectStore('files');
  };
  return settled(request);
}

async function within<T>(
  mode: IDBTransactionMode,
  work: (stores: { records: IDBObjectStore; files: IDBObjectStore }) => Promise<T>,
): Promise<T> {
  const database = await open();
  try {
    const transaction = database.transaction(['record', 'files'], mode, { durability: 'strict' });
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('the store gave up'));
      transaction.onerror = () => reject(transaction.error ?? new Error('the store failed'));
    });
    // Whichever of the two is told first: the other one is told as well.
    done.catch(() => undefined);
    const value = await work({ records: transaction.objectStore('record'), files: transaction.objectStore('files') });
    await done;
    return value;
  } catch (thrown) {
    throw isFull(thrown) ? new StorageFull('no room') : thrown;
  } finally {
    database.close();
  }
}

/** Keeps a record with its files, both or neither. Rejects with `StorageFull` where there is no room. */
export const keepRecord = (record: Omit<OutboxRecord, 'seq'>, files: readonly OutboxFile[]): Promise<void> =>
  within('readwrite', async ({ records, files: store }) => {
    await settled(records.add(record));
    if (files.length > 0) await settled(store.put([...files], record.id));
  });

/** Records of an account in the order in which they were handed in. */
export const recordsOf = (owner: string): Promise<OutboxRecord[]> =>
  within('readonly', ({ records }) => settled(records.index('owner').getAll(owner) as IDBRequest<OutboxRecord[]>));

export const filesOf = (id: string): Promise<OutboxFile[]> =>
  within('readonly', async ({ files }) => (await settled(files.get(id) as IDBRequest<OutboxFile[] | undefined>)) ?? []);

/** Writes what changed of a record; one that is gone stays gone. What was sent needs its files no more. */
export const changeRecord = (seq: number, change: Partial<OutboxRecord>): Promise<OutboxRecord | undefined> =>
  within('readwrite', async ({ records, files }) => {
    const held = await settled(records.get(seq) as IDBRequest<OutboxRecord | undefined>);
    if (!held) return undefined;
    const next = { ...held, ...change };
    await settled(records.put(next));
    if (next.state === 'sent') await settled(files.delete(next.id));
    return next;
  });

/** Puts other files in the place of those of a record. */
export const replaceFiles = (id: string, content: readonly OutboxFile[]): Promise<void> =>
  within('readwrite', async ({ files }) => {
    await settled(files.put([...content], id));
  });

export const dropRecord = ({ seq, id }: Pick<OutboxRecord, 'seq' | 'id'>): Promise<void> =>
  within('readwrite', async ({ records, files }) => {
    await settled(records.delete(seq));
    await settled(files.delete(id));
  });
