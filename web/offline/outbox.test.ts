import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '#web/client/index.ts';
import { amend, discard, enqueue, flush, isDue, retry } from './outbox.ts';
import { filesOf, type OutboxRecord, recordsOf } from './outbox-store.ts';
import { bodyOf, outcomeOf } from './send-record.ts';

it('keeps what is told to come later until then, and lets the others go on', () => {
  expect(outcomeOf(new Problem({ code: 'INCIDENT_TOO_MANY_REPORTS', title: '', status: 429, retryAfter: 600 }))).toBe(
    'away',
  );
  expect(isDue({ state: 'waiting', notBefore: 1000 }, 999)).toBe(false);
  expect(isDue({ state: 'waiting', notBefore: 1000 }, 1000)).toBe(true);
  expect(isDue({ state: 'waiting' }, 0)).toBe(true);
  expect(isDue({ state: 'sent' }, 0)).toBe(false);
});

it('puts photos of this device behind those that were out before', () => {
  expect(bodyOf({ body: { clientId: 'c' }, uploaded: null })).toEqual({ clientId: 'c' });
  expect(bodyOf({ body: { clientId: 'c' }, uploaded: ['b'] })).toEqual({ clientId: 'c', files: ['b'] });
  expect(bodyOf({ body: { files: ['a'] }, uploaded: ['b'] })).toEqual({ files: ['a', 'b'] });
});

/** As much of IndexedDB as the outbox uses: two stores in memory; what a real browser does with them is tested in e2e/field.test.ts. */
function memoryIndexedDb(disk: { full: boolean }) {
  const rows = new Map<number, OutboxRecord>();
  const files = new Map<string, unknown>();
  let seq = 0;
  const request = (work: () => unknown, after: () => void) => {
    const made: Record<string, unknown> = { result: undefined, error: null };
    setImmediate(() => {
      try {
        made['result'] = structuredClone(work());
        (made['onsuccess'] as (() => void) | undefined)?.();
      } catch (thrown) {
        made['error'] = thrown;
        (made['onerror'] as (() => void) | undefined)?.();
      }
      after();
    });
    return made;
  };
  const writes = (work: () => unknown) => () => {
    if (disk.full) throw new DOMException('no room', 'QuotaExceededError');
    return work();
  };
  const transaction = () => {
    const made: Record<string, unknown> = { error: null };
    let pending = 0;
    const begin = (work: () => unknown) => {
      pending += 1;
      return request(work, () => {
        pending -= 1;
        setImmediate(() => pending === 0 && (made['oncomplete'] as (() => void) | undefined)?.());
      });
    };
    const record = {
      add: (row: OutboxRecord) => begin(writes(() => (rows.set((seq += 1), { ...row, seq }), seq))),
      put: (row: OutboxRecord) => begin(writes(() => void rows.set(row.seq, row))),
      get: (key: number) => begin(() => rows.get(key)),
      delete: (key: number) => begin(() => void rows.delete(key)),
      index: () => ({
        getAll: (owner: string) => begin(() => [...rows.values()].filter((row) => row.owner === owner)),
      }),
    };
    const file = {
      put: (content: unknown, key: string) => begin(writes(() => void files.set(key, content))),
      get: (key: string) => begin(() => files.get(key)),
      delete: (key: string) => begin(() => void files.delete(key)),
    };
    return Object.assign(made, { objectStore: (name: string) => (name === 'record' ? record : file) });
  };
  return {
    open: () =>
      request(
        () => undefined,
        () => undefined,
      ),
    transaction,
  };
}

type Sent = { path: string; key: string; owner: string; body: unknown };
let disk: { full: boolean };
let sent: Sent[];
/** What the server says to a path, in order; 201 where nothing is said. `cut`: it did it, and the answer was lost. */
let answers: Map<string, (number | 'down' | 'cut' | { status: number; code: string })[]>;

beforeEach(() => {
  disk = { full: false };
  sent = [];
  answers = new Map();
  const memory = memoryIndexedDb(disk);
  vi.stubGlobal('indexedDB', {
    open: () => {
      const opened = memory.open();
      opened['result'] = undefined;
      setImmediate(() => undefined);
      return new Proxy(opened, {
        get: (of, name) =>
          name === 'result' ? { transaction: memory.transaction, close: () => undefined } : of[name as string],
      });
    },
  });
  vi.stubGlobal('BroadcastChannel', undefined);
  vi.stubGlobal('document', { documentElement: { lang: 'zh-CN' } });
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>;
    const said = answers.get(path.split('?')[0] ?? '')?.shift() ?? 201;
    if (said === 'down') throw new TypeError('no network');
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : (init.body as Blob).size;
    sent.push({ path, key: headers['idempotency-key'] ?? '', owner: headers['x-account'] ?? '', body });
    if (said === 'cut') throw new TypeError('the line was cut');
    if (said === 201)
      return Response.json(path.startsWith('/api/document') ? { files: ['f1', 'f2'] } : { no: 'AJ1' }, { status: 201 });
    const { status, code } = typeof said === 'number' ? { status: said, code: `HTTP_${said}` } : said;
    return Response.json(
      { status, code, title: '不行' },
      { status, headers: { 'content-type': 'application/problem+json' } },
    );
  });
});
afterEach(() => vi.unstubAllGlobals());

const REPORT = '/api/incident/reports';
const PHOTOS = '/api/document/photos';
const hand = (owner: string, text: string, photos = 0) =>
  enqueue(owner, {
    kind: 'grid.report',
    path: REPORT,
    body: { text },
    about: text,
    files: Array.from({ length: photos }, (_, n) => ({ name: `${n}.jpg`, content: new Blob(['x'.repeat(n + 1)]) })),
  });
const states = async (owner = 'gao') => (await recordsOf(owner)).map(({ about, state }) => [about, state]);
const texts = () => sent.filter(({ path }) => path === REPORT).map(({ body }) => (body as { text: string }).text);

describe('the outbox', () => {
  it('sends in the order of handing in, photos first and under a key of their own, and lets go of the photos then', async () => {
    const id = await hand('gao', '井盖', 2);
    await hand('gao', '垃圾');
    expect(await filesOf(id)).toHaveLength(2);
    expect(await flush('gao')).toBe(false);
    expect(sent.map(({ path }) => path)).toEqual([`${PHOTOS}?kind=incident.photo&sizes=1,2`, REPORT, REPORT]);
    expect(sent[1]).toMatchObject({ key: id, owner: 'gao', body: { text: '井盖', files: ['f1', 'f2'] } });
    expect(sent[0]?.key).not.toBe(id);
    expect(await states()).toEqual([
      ['井盖', 'sent'],
      ['垃圾', 'sent'],
    ]);
    expect(await filesOf(id)).toEqual([]);
  });

  it('keeps everything without a network, and repeats with the same key where only the answer was lost', async () => {
    answers.set(REPORT, ['down', 'cut']);
    const id = await hand('gao', '井盖');
    await hand('gao', '垃圾');
    expect(await flush('gao')).toBe(true);
    expect(sent).toEqual([]);
    expect(await flush('gao')).toBe(true);
    expect(await flush('gao')).toBe(false);
    expect(texts()).toEqual(['井盖', '井盖', '垃圾']);
    expect(sent.slice(0, 2).map(({ key }) => key)).toEqual([id, id]);
  });

  it('does not let what was refused hold up the rest; put right it goes again under its key', async () => {
    answers.set(REPORT, [{ status: 400, code: 'INVALID_INPUT' }]);
    const id = await hand('gao', '井');
    await hand('gao', '垃圾');
    expect(await flush('gao')).toBe(false);
    const [refused] = await recordsOf('gao');
    expect(refused).toMatchObject({ state: 'refused', problem: { code: 'INVALID_INPUT' } });
    await amend(refused as OutboxRecord, { body: { text: '井盖没有了' }, about: '井盖没有了' });
    await flush('gao');
    expect(sent.at(-1)).toMatchObject({ key: id, body: { text: '井盖没有了' } });
  });

  it('waits where the session has ended, and goes past what the server stumbles over', async () => {
    answers.set(REPORT, [500, 201, 401]);
    await hand('gao', '一');
    await hand('gao', '二');
    await hand('gao', '三');
    expect(await flush('gao')).toBe(true);
    expect(await states()).toEqual([
      ['一', 'waiting'],
      ['二', 'sent'],
      ['三', 'waiting'],
    ]);
  });

  it('hands photos in anew where the server has forgotten them', async () => {
    answers.set(REPORT, [{ status: 409, code: 'FILE_GONE' }]);
    await hand('gao', '井盖', 1);
    expect(await flush('gao')).toBe(true);
    expect(await flush('gao')).toBe(false);
    const uploads = sent.filter(({ path }) => path.startsWith(PHOTOS));
    expect(uploads).toHaveLength(2);
    expect(uploads[0]?.key).not.toBe(uploads[1]?.key);
  });

  it('says so where there is no room, and keeps nothing of it', async () => {
    disk.full = true;
    await expect(hand('gao', '井盖', 1)).rejects.toMatchObject({ details: { code: 'STORAGE_FULL' } });
    disk.full = false;
    expect(await recordsOf('gao')).toEqual([]);
  });

  it('never sends what somebody else handed in on this device', async () => {
    await hand('gao', '井盖');
    await hand('du', '垃圾');
    await flush('du');
    expect(texts()).toEqual(['垃圾']);
    expect(await states('gao')).toEqual([['井盖', 'waiting']]);
  });

  it('tries again or throws away only because a person says so', async () => {
    answers.set(REPORT, [403, 403]);
    await hand('gao', '井盖');
    await flush('gao');
    await flush('gao');
    expect(sent).toHaveLength(1);
    await retry((await recordsOf('gao'))[0] as OutboxRecord);
    await flush('gao');
    expect(sent).toHaveLength(2);
    await discard((await recordsOf('gao'))[0] as OutboxRecord);
    expect(await recordsOf('gao')).toEqual([]);
  });
});
