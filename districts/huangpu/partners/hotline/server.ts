/**
 * The city's 12345 hotline (市民服务热线), as far as a district talks to it: pushes orders and results of its call-backs, signed, and takes what it is told of them. A
 * simulator with a real HTTP server, for tests.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type City, createCity } from './city.ts';
import { type CityKey, makeKey, signed } from './signing.ts';

export type HotlineServer = City & {
  /** Where it takes what it is told. */
  url: string;
  /** Public key, to be registered with the gateway. */
  pem: string;
  /** Where it gives out a file. */
  fileUrl(id: string): string;
  push(what: Pushing, body: object, change?: Change): Promise<Pushed>;
  close(): Promise<void>;
};
export type Pushing = 'order' | 'evaluation' | 'extension';
export type Pushed = { status: number; type: string; json: Record<string, unknown> };
/** What a push is tampered with, after it was signed. */
export type Change = { body?: string; headers?: Record<string, string> };

const PURPOSE = 'contact-reporter';

/** Starts the city; `origin` is where the district's gateway is. */
export async function startHotline(options: { origin: string; now?: () => Date }): Promise<HotlineServer> {
  const now = options.now ?? (() => new Date());
  const key = makeKey();
  const city = createCity({ key, nodeKeys: () => nodeKeysOf(options.origin), now });
  const server = createServer((request, reply) => {
    void (async () => {
      const body = await bodyOf(request);
      const headers = request.headers as Record<string, string | undefined>;
      const url = `http://${headers.host}${request.url ?? ''}`;
      const answer = await city.take({ method: request.method ?? '', url, headers, body });
      if (answer === 'cut') return void request.socket.destroy();
      reply.writeHead(answer.status, answer.headers).end(answer.body);
    })().catch(() => reply.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(city, {
    url: `http://127.0.0.1:${port}/hotline/progress`,
    pem: key.pem,
    fileUrl: (id: string) => `http://127.0.0.1:${port}/hotline/files/${id}`,
    push: (what: Pushing, body: object, change: Change = {}) =>
      pushTo({ origin: options.origin, key, what, body, at: now(), change }),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}

/** Pushes an order, the result of a call-back or a decision on more time to a district's gateway. */
export async function pushTo(options: {
  origin: string;
  key: CityKey;
  what: Pushing;
  body: object;
  at: Date;
  change?: Change;
}): Promise<Pushed> {
  const { origin, key, what, at, change = {} } = options;
  const url = `${origin}/gateway/v1/take/hotline-${what}`;
  const body = JSON.stringify(options.body);
  const caseNo = (options.body as { no?: string }).no ?? 'none';
  const headers = signed({ key, url, body, service: `take.hotline-${what}`, purpose: PURPOSE, caseNo, at });
  delete headers['content-length'];
  const reply = await fetch(url, {
    method: 'POST',
    headers: { ...headers, ...change.headers },
    body: change.body ?? body,
  });
  return {
    status: reply.status,
    type: reply.headers.get('content-type') ?? '',
    json: (await reply.json()) as Record<string, unknown>,
  };
}

/** Public keys of the district's node, as it shows them. */
export async function nodeKeysOf(origin: string): Promise<string[]> {
  const reply = await fetch(`${origin}/gateway/v1/keys`);
  const { keys } = (await reply.json()) as { keys: { publicKey: string }[] };
  return keys.map(({ publicKey }) => publicKey);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
