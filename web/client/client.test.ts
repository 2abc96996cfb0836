import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { districtFetch, setStepUp } from './fetch.ts';
import { asProblem, type Problem, problemFrom } from './problem.ts';
import { intentKey } from './submit.ts';
import { waitMs } from './use-live.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const listen = (
  answer: (headers: IncomingHttpHeaders, turn: number) => { status: number; body?: object } | 'cut',
): Promise<string> =>
  new Promise((resolve) => {
    let turn = 0;
    server = createServer((request, reply) => {
      const given = answer(request.headers, turn++);
      if (given === 'cut') return void request.socket.destroy();
      reply
        .writeHead(given.status, { 'content-type': 'application/problem+json' })
        .end(JSON.stringify(given.body ?? {}));
    }).listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server?.address() as AddressInfo | undefined)?.port}/`),
    );
  });

describe('districtFetch', () => {
  it('sends a cut POST again under the same idempotency key', async () => {
    const keys: unknown[] = [];
    const url = await listen((headers, turn) => {
      keys.push(headers['idempotency-key']);
      return turn === 0 ? 'cut' : { status: 201 };
    });
    const reply = await districtFetch(new Request(url, { method: 'POST', body: '{}' }));
    expect(reply.status).toBe(201);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it('keeps the key and purpose that the caller gave', async () => {
    let seen: IncomingHttpHeaders = {};
    const url = await listen((headers) => {
      seen = headers;
      return { status: 200 };
    });
    await districtFetch(
      new Request(url, { method: 'POST', headers: { 'Idempotency-Key': 'k1', 'X-Purpose': 'home-visit' } }),
    );
    expect(seen['idempotency-key']).toBe('k1');
    expect(seen['x-purpose']).toBe('home-visit');
  });

  it('asks for proof where the server wants it, and repeats the same request once', async () => {
    const seen: IncomingHttpHeaders[] = [];
    let raised = false;
    const url = await listen((headers) => {
      seen.push(headers);
      return raised ? { status: 200 } : { status: 403, body: { code: 'STEP_UP_REQUIRED' } };
    });
    const post = () => districtFetch(new Request(url, { method: 'POST', body: '{"field":"idNumber"}' }));
    await expect(post()).rejects.toMatchObject({ code: 'STEP_UP_REQUIRED' });
    const answers = [false, true];
    setStepUp(async () => (raised = answers.shift() ?? false));
    await expect(post()).rejects.toMatchObject({ code: 'STEP_UP_REQUIRED' });
    seen.length = 0;
    expect((await post()).status).toBe(200);
    expect(seen).toHaveLength(2);
    expect(seen[0]?.['idempotency-key']).toBe(seen[1]?.['idempotency-key']);
    expect(seen[1]?.['content-length']).toBe('20');
    setStepUp(null);
  });

  it('rejects with the server’s explanation', async () => {
    const url = await listen(() => ({
      status: 403,
      body: { code: 'GRANT_WITHDRAWN', title: '授权已收回', since: '2026-11-23T02:00:00Z' },
    }));
    const thrown = await districtFetch(new Request(url)).catch((error: Problem) => error);
    expect(asProblem(thrown).details).toMatchObject({
      code: 'GRANT_WITHDRAWN',
      status: 403,
      since: '2026-11-23T02:00:00Z',
    });
  });
});

describe('problems', () => {
  it('takes the code from the type where no code is given', () => {
    expect(problemFrom({ status: 403, body: { type: '/problems/purpose-required' } }).code).toBe('PURPOSE_REQUIRED');
  });

  it('still explains an answer that is not problem+json', () => {
    expect(problemFrom({ status: 502, body: null }).code).toBe('HTTP_502');
    expect(asProblem(new TypeError('fetch failed')).status).toBe(0);
  });
});

describe('intentKey', () => {
  it('is stable for the same content until it is done, and new for changed content', () => {
    const intent = intentKey();
    const first = intent.keyFor({ a: 1 });
    expect(intent.keyFor({ a: 1 })).toBe(first);
    const changed = intent.keyFor({ a: 2 });
    expect(changed).not.toBe(first);
    intent.done();
    expect(intent.keyFor({ a: 2 })).not.toBe(changed);
  });
});

it('waits longer after each try to follow that failed, never all at the same moment', () => {
  const waits = [0, 1, 2, 3].map((tries) => waitMs(tries, 1));
  expect(waits).toEqual([500, 1000, 2000, 4000]);
  expect(waitMs(0, 0)).toBe(250);
  expect(waitMs(1000, 1)).toBe(30_000);
});
