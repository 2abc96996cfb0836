/**
 * The open-data platform of the city (市公共数据开放平台), as far as a district branch talks to it: takes catalogue entries and their data, forgets them when it is told, gives
 * city records back. A simulator with a real HTTP server, for tests and demonstrations; it keeps what it got in memory.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Entry = { id: string; digest: string; body: string; received: number };
export type CityRecord = {
  id: string;
  cityOwned: boolean;
  title: { zh: string; en: string };
  summary: { zh: string; en: string };
};

export type CityNode = {
  origin: string;
  token: string;
  entries: Map<string, Entry>;
  data: Map<string, { sha256: string; bytes: number }>;
  /** What the harvest answers; tests put wrong ones in as well. */
  records: unknown[];
  /** Requests that brought an entry or data. */
  puts: number;
  /** The next so many requests that bring something are answered with 503, or cut. */
  fail(many: number, how: 'answer' | 'cut'): void;
  close(): Promise<void>;
};

const LARGEST = 64 * 1024 * 1024;

export async function startCityNode({
  token,
  records = [],
  port = 0,
}: {
  token: string;
  records?: CityRecord[];
  port?: number;
}): Promise<CityNode> {
  const entries = new Map<string, Entry>();
  const data = new Map<string, { sha256: string; bytes: number }>();
  let failing = { many: 0, how: 'answer' as 'answer' | 'cut' };
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.writeHead(500).end());
  });
  const node: CityNode = {
    origin: '',
    token,
    entries,
    data,
    records,
    puts: 0,
    fail: (many, how) => {
      failing = { many, how };
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const say = (status: number, body: unknown = {}) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.headers.authorization !== `Bearer ${token}`) return void say(401, { error: 'token' });
    const { pathname } = new URL(request.url ?? '/', 'http://city');
    if (request.method === 'GET' && pathname === '/harvest/records') return void say(200, { records: node.records });
    if (request.method === 'GET' && pathname === '/harvest/entries')
      return void say(200, { entries: [...entries.values()].map(({ id, digest }) => ({ id, digest })) });
    const found = /^\/harvest\/entries\/([a-z0-9-]{3,100})(\/data)?$/.exec(pathname);
    const gone = /^\/harvest\/entries\/([a-z0-9-]{3,100})\/withdrawal$/.exec(pathname)?.[1];
    if (request.method === 'POST' && gone !== undefined) {
      await bodyOf(request);
      data.delete(gone);
      return void say(entries.delete(gone) ? 204 : 404);
    }
    if (request.method !== 'PUT' || !found) return void say(404, { error: 'not found' });
    const body = await bodyOf(request);
    if (failing.many > 0) {
      failing.many -= 1;
      if (failing.how === 'cut') return void request.socket.destroy();
      return void say(503, { error: 'busy' });
    }
    node.puts += 1;
    const [, id = '', isData] = found;
    if (isData) {
      data.set(id, { sha256: createHash('sha256').update(body).digest('hex'), bytes: body.length });
      return void say(204);
    }
    const text = body.toString('utf8');
    const entry = JSON.parse(text) as { name?: unknown };
    if (entry.name !== id) return void say(422, { error: 'name' });
    entries.set(id, {
      id,
      digest: String(request.headers.digest ?? ''),
      body: text,
      received: (entries.get(id)?.received ?? 0) + 1,
    });
    say(204);
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  node.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return node;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST) throw new Error('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
