import { newKey, Problem } from '#web/client/index.ts';
import {
  changeRecord,
  dropRecord,
  keepRecord,
  type OutboxFile,
  type OutboxRecord,
  recordsOf,
  replaceFiles,
  StorageFull,
} from './outbox-store.ts';
import { sendRecord } from './send-record.ts';

/** What a page hands in. */
export type Outgoing = {
  kind: string;
  path: string;
  body: Record<string, unknown>;
  about?: string;
  files?: readonly OutboxFile[];
  filesTo?: string;
};

/** Photos of city cases go here, all in one request. */
export const CASE_PHOTOS = '/api/document/photos?kind=incident.photo';
/** One tab sends at a time. */
const LOCK = 'district-outbox';
const CHANNEL = 'district-outbox';
/** What was sent is shown for a day. */
const SHOWN_MS = 24 * 3_600_000;

type Told = { sending: string | null };
const listeners = new Set<(told: Told) => void>();
let channel: BroadcastChannel | undefined;

function join(): BroadcastChannel | undefined {
  if (channel === undefined && typeof BroadcastChannel === 'function') {
    channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }) => {
      for (const listener of listeners) listener(data as Told);
    };
  }
  return channel;
}

/** Tells this tab and the others that something changed. */
function tell(told: Told): void {
  join()?.postMessage(told);
  for (const listener of listeners) listener(told);
}

/** Calls back whenever a record changes, in whichever tab. */
export function watchOutbox(listener: (told: Told) => void): () => void {
  join();
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/**
 * Keeps something to be sent (放入待发箱) and answers with its id once it is safe on this machine; sending comes afterwards. Rejects with a
 * `Problem` STORAGE_FULL or NO_STORAGE: then nothing is kept, and the form must not let go of it.
 */
export async function enqueue(owner: string, given: Outgoing): Promise<string> {
  const { kind, path, body, about = '', files = [], filesTo = CASE_PHOTOS } = given;
  const id = newKey();
  const record: Omit<OutboxRecord, 'seq'> = {
    id,
    owner,
    kind,
    path,
    body,
    about,
    at: Date.now(),
    state: 'waiting',
    filesTo,
    filesKey: newKey(),
    files: files.length,
    uploaded: null,
    problem: null,
    answer: null,
    sentAt: null,
  };
  await kept(keepRecord(record, files));
  tell({ sending: null });
  return id;
}

/** Hands a refused record in again, put right (修改后重发). Its key stays: what was refused has left nothing behind. */
export async function amend(
  record: OutboxRecord,
  change: Pick<Outgoing, 'body' | 'about'> & { files?: readonly OutboxFile[] },
): Promise<void> {
  const { files, ...rest } = change;
  if (files) await kept(replaceFiles(record.id, files));
  await changeRecord(record.seq, {
    ...rest,
    state: 'waiting',
    problem: null,
    ...(files && { filesKey: newKey(), files: files.length, uploaded: null }),
  });
  tell({ sending: null });
}

/** Tries a refused record once more as it is: whoever was refused for what has changed since. */
export async function retry({ seq }: OutboxRecord): Promise<void> {
  await changeRecord(seq, { state: 'waiting', problem: null, notBefore: undefined });
  tell({ sending: null });
}

/** Throws a record away; only ever because its owner says so. */
export async function discard(record: OutboxRecord): Promise<void> {
  await dropRecord(record);
  tell({ sending: null });
}

/**
 * Sends what waits, in order, one tab at a time (Web Locks). Without a network it ends at once and everything stays. True while something
 * still waits, so that it is tried again later.
 */
export async function flush(owner: string): Promise<boolean> {
  const round = async (lock?: Lock | null): Promise<boolean> => {
    // Another tab is at it.
    if (lock === null) return true;
    return sendAll(owner);
  };
  // Inside a building without TLS there are no locks: keys make a second sender harmless.
  return navigator.locks ? navigator.locks.request(LOCK, { ifAvailable: true }, round) : round();
}

async function sendAll(owner: string): Promise<boolean> {
  const done = new Set<number>();
  for (;;) {
    const records = await recordsOf(owner);
    const next = records.find((record) => isDue(record, Date.now()) && !done.has(record.seq));
    if (!next) {
      await forgetSent(records);
      tell({ sending: null });
      return records.some(({ state }) => state === 'waiting');
    }
    done.add(next.seq);
    tell({ sending: next.id });
    const outcome = await sendRecord(next);
    tell({ sending: null });
    if (outcome === 'away') return true;
  }
}

/** Whether a record may be tried: what the server asked to come later with stays here until then, and the others go on. */
export const isDue = ({ state, notBefore = 0 }: Pick<OutboxRecord, 'state' | 'notBefore'>, now: number): boolean =>
  state === 'waiting' && notBefore <= now;

async function forgetSent(records: readonly OutboxRecord[]): Promise<void> {
  for (const record of records)
    if (record.state === 'sent' && Date.now() - (record.sentAt ?? 0) > SHOWN_MS) await dropRecord(record);
}

async function kept(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (thrown) {
    const code = thrown instanceof StorageFull ? 'STORAGE_FULL' : 'NO_STORAGE';
    throw new Problem({ code, title: '', status: 0 });
  }
}
