import { type ChildProcess, spawn } from 'node:child_process';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readDemoAccounts } from '#platform/identity/demo-accounts.ts';
import { kill, type Place } from './place.ts';

const PAUSE_MS = 40;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/** A server of its own (`city-child.ts`) that is killed and started again at the same address. */
export type City = {
  port(): number;
  start(): Promise<void>;
  kill(): Promise<void>;
  rows<T>(module: string, statement: string): Promise<T[]>;
};

export function openCity(place: Place): City {
  let child: ChildProcess | undefined;
  let port = 0;
  let answers: ((rows: unknown[]) => void)[] = [];
  return {
    port: () => port,
    async start() {
      const started = spawn(process.execPath, [join(import.meta.dirname, 'city-child.ts'), String(port)], {
        env: place.env,
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      child = started;
      answers = [];
      await new Promise<void>((resolve, reject) => {
        started.once('exit', (code) => reject(new Error(`the city ended with ${code}`)));
        createInterface({ input: started.stdout }).on('line', (line) => {
          const said = JSON.parse(line) as { kind?: string; port?: number; rows?: unknown[] };
          if (said.kind === undefined) return void process.stderr.write(`${line}\n`);
          if (said.kind === 'rows') return answers.shift()?.(said.rows ?? []);
          port = said.port ?? port;
          resolve();
        });
      });
    },
    async kill() {
      if (child) await kill(child);
      child = undefined;
    },
    rows: <T>(module: string, statement: string) =>
      new Promise<T[]>((resolve) => {
        answers.push((rows) => resolve(rows as T[]));
        child?.stdin?.write(`${JSON.stringify({ module, sql: statement.replaceAll(/\s+/g, ' ') })}\n`);
      }),
  };
}

export type Answer = { status: number; text: string; replayed: boolean };
export type Asked = { cookie: string; path: string; body: object; key: string };

/** Sends once. */
export async function send(city: City, { cookie, path, body, key }: Asked): Promise<Answer> {
  const reply = await fetch(`http://127.0.0.1:${city.port()}${path}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
  return {
    status: reply.status,
    text: await reply.text(),
    replayed: reply.headers.get('idempotent-replayed') === 'true',
  };
}

/** Sends until there is an answer, as our pages do: where the line broke or the house was away, the same once more. */
export async function insist(city: City, asked: Asked): Promise<Answer> {
  for (;;) {
    const reply = await send(city, asked).catch(() => undefined);
    if (reply && reply.status !== 503) return reply;
    await pause();
  }
}

/** Signs a demo account in; its session outlives the process. */
export async function enter(city: City, account: string): Promise<string> {
  const demo = readDemoAccounts(join(import.meta.dirname, '..', '..')).find((each) => each.account === account);
  const reply = await fetch(`http://127.0.0.1:${city.port()}/api/identity/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ account, password: demo?.password }),
  });
  const [cookie] = reply.headers.getSetCookie();
  if (!cookie) throw new Error(`${account} cannot sign in: ${reply.status} ${await reply.text()}`);
  return cookie.split(';')[0] as string;
}

export type Heard = { id: string; name: string; type?: string; subject?: string };
export type Follower = { events: Heard[]; cuts: number; last(): string; stop(): void };

/** Follows the events of the house as a browser does: whenever the line is cut, again with the id of the last one. */
export function follow(city: City, options: { cookie: string; kinds: string; last?: string }): Follower {
  const events: Heard[] = [];
  let last = options.last ?? '';
  let line: IncomingMessage | undefined;
  let stopped = false;
  const follower: Follower = {
    events,
    cuts: -1,
    last: () => last,
    stop: () => {
      stopped = true;
      line?.destroy();
    },
  };
  const read = (reply: IncomingMessage): Promise<void> =>
    new Promise((resolve) => {
      line = reply;
      let rest = '';
      reply.setEncoding('utf8').on('data', (text: string) => {
        const parts = (rest + text).split('\n\n');
        rest = parts.pop() ?? '';
        for (const part of parts) {
          const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1] ?? '';
          if (!field('event')) continue;
          last = field('id');
          events.push({ ...(JSON.parse(field('data')) as object), id: last, name: field('event') });
        }
      });
      reply.on('error', () => undefined).on('close', () => resolve());
    });
  void (async () => {
    while (!stopped) {
      const headers = { cookie: options.cookie, ...(last && { 'last-event-id': last }) };
      const address = {
        host: '127.0.0.1',
        port: city.port(),
        path: `/live/events?kinds=${options.kinds}`,
        headers,
        agent: false,
      };
      const reply = await new Promise<IncomingMessage | undefined>((resolve) => {
        httpGet(address, resolve).on('error', () => resolve(undefined));
      });
      if (reply?.statusCode === 200) {
        follower.cuts += 1;
        await read(reply);
      } else reply?.resume();
      await pause();
    }
  })();
  return follower;
}
