/**
 * `submit`: applications filed by 100 users at once over HTTP — session, policy, fields, clock, sealed answers, audit, idempotency, gap-free
 * code — each in one commit; against one bare insert per commit of a row of the same size, by as many at once. Then the server is killed
 * with SIGKILL in the midst of it, started anew, and everybody sends again what was not acknowledged: nothing is lost and nothing is twice.
 * Usage: submit [cases] [users]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { allowLogin, openBenchDatabase } from './lib/bench-house.ts';
import { report } from './lib/figure.ts';

const [cases = 2_000, users = 100] = process.argv.slice(2).map(Number);
/** P03 acceptance 5. */
const WANTED = { perSecond: 50, p95Ms: 800 };
const WARM = 200;
/** Connections of the reference: as many as the platform's own pool. */
const POOL = 10;
/** Of the forms of the second part, so many are acknowledged when the server is killed. */
const KILL_AT = 0.4;
/** So long the users come as they are wanted. */
const PACED_SECONDS = 20;

const folder = await mkdtemp(join(tmpdir(), 'smart-district-bench-'));
const database = await openBenchDatabase('submit');
const client = new pg.Client({ connectionString: database.adminUrl });
await client.connect();
await allowLogin(client);
let server = await start();

/** Starts the server as a process of its own; the database and its keys stay from one start to the next. */
async function start(): Promise<{ child: ChildProcess; agent: Agent; port: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'lib', 'submit-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATA_DIR: join(folder, 'data'),
      KEY_FILE: join(folder, 'keys', 'keyring.json'),
      LOG_LEVEL: 'silent',
      RATE_LIMIT: '1000000000',
      DATABASE_URL: database.loginUrl,
      DATABASE_ADMIN_URL: database.adminUrl,
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      const found = /ready (\d+)/.exec(String(chunk));
      if (found) resolve(Number(found[1]));
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { child, port, agent: new Agent({ keepAlive: true, maxSockets: users }) };
}

/** Files one form over HTTP: its code, or undefined where nobody knows whether it arrived. */
function file(form: string): Promise<string | undefined> {
  const { port, agent } = server;
  const body = JSON.stringify({
    form,
    channel: 'web',
    items: [{ code: 'food-licence', version: 1 }],
    answers: { 'shop-name': '石库门面馆', 'floor-area': 60 },
    materials: [],
    contact: { name: '沈若水', phone: '13812345678' },
  });
  const headers = {
    cookie: 'sid=citizen',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'idempotency-key': crypto.randomUUID(),
  };
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, agent, method: 'POST', path: '/api/service/cases', headers },
      (reply) => {
        let text = '';
        reply.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        reply.on('error', () => resolve(undefined));
        reply.on('end', () => {
          if (reply.statusCode !== 201) reject(new Error(text));
          else resolve((JSON.parse(text) as { code: string }).code);
        });
      },
    );
    sent.on('error', () => resolve(undefined));
    sent.end(body);
  });
}

const submit = async (): Promise<void> => {
  if ((await file(crypto.randomUUID())) === undefined) throw new Error('the server does not answer');
};

/** Many at once, one after the other each; the milliseconds that each took, and how long all did. */
async function together(count: number, atOnce: number, work: () => Promise<unknown>) {
  const took: number[] = [];
  let left = count;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) {
        const from = performance.now();
        await work();
        took.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  took.sort((a, b) => a - b);
  return {
    perSecond: count / seconds,
    p95: took[Math.floor(took.length * 0.95)] ?? 0,
    p50: took[took.length >> 1] ?? 0,
  };
}

/**
 * The users as they come (P03 acceptance 5): each sends once in `users / perSecond` seconds, evenly spread, so that so many cases a second are
 * asked for. A time counts from the moment at which the user wanted to send, also where the answer before was late.
 */
async function paced(perSecond: number, seconds: number): Promise<{ p50: number; p95: number; perSecond: number }> {
  const took: number[] = [];
  const every = (users / perSecond) * 1000;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: users }, async (_, user) => {
      for (let at = (user * every) / users; at < seconds * 1000; at += every) {
        const wait = begun + at - performance.now();
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        await submit();
        took.push(performance.now() - begun - at);
      }
    }),
  );
  const whole = (performance.now() - begun) / 1000;
  took.sort((a, b) => a - b);
  return {
    p50: took[took.length >> 1] ?? 0,
    p95: took[Math.floor(took.length * 0.95)] ?? 0,
    perSecond: took.length / whole,
  };
}

/** Files `count` forms and kills the server in the midst; returns what was acknowledged before, and after all were sent again. */
async function killed(count: number): Promise<{ before: Map<string, string>; after: Map<string, string> }> {
  const forms = Array.from({ length: count }, () => crypto.randomUUID());
  const before = new Map<string, string>();
  let dead = false;
  const next = forms.values();
  await Promise.all(
    Array.from({ length: users }, async () => {
      for (const form of next) {
        if (dead) return;
        const code = await file(form);
        if (code !== undefined) before.set(form, code);
        if (before.size >= count * KILL_AT && !dead) {
          dead = true;
          server.child.kill('SIGKILL');
        }
      }
    }),
  );
  server.agent.destroy();
  server = await start();
  const after = new Map<string, string>();
  const again = forms.values();
  await Promise.all(
    Array.from({ length: users }, async () => {
      for (const form of again) {
        const code = await file(form);
        if (code !== undefined) after.set(form, code);
      }
    }),
  );
  return { before, after };
}

try {
  await client.query('create table bench_case (id uuid primary key, code text not null unique, body text not null)');
  const pool = new pg.Pool({ connectionString: database.adminUrl, max: POOL });
  const body = 'x'.repeat(1_200);
  const insert = () =>
    pool.query({
      name: 'bare',
      text: 'insert into bench_case values ($1, $2, $3)',
      values: [crypto.randomUUID(), crypto.randomUUID(), body],
    });
  await together(WARM, users, insert);
  await together(WARM, users, submit);
  const load = loadavg()[0] ?? 0;
  const before = await together(cases, users, insert);
  const ours = await together(cases, users, submit);
  const after = await together(cases, users, insert);
  await pool.end();
  const asked = await paced(WANTED.perSecond, PACED_SECONDS);
  const crash = await killed(cases / 4);
  const lost = [...crash.before].filter(([form, code]) => crash.after.get(form) !== code).length;
  const { rows } = await client.query<{ n: number; last: string }>(
    "select (select count(*)::int from service.case_file) as n, (select sum(last)::text from kernel.numbering where series = 'service:case-code') as last",
  );
  const wanted = cases + WARM + PACED_SECONDS * WANTED.perSecond + cases / 4;
  if (lost > 0 || crash.after.size !== cases / 4)
    throw new Error(`${lost} acknowledged cases changed or lost, ${crash.after.size} of ${cases / 4} there`);
  if (rows[0]?.n !== wanted || Number(rows[0]?.last) !== wanted)
    throw new Error(`${rows[0]?.n} cases and ${rows[0]?.last} numbers, not ${wanted}`);
  const reference = (before.perSecond + after.perSecond) / 2;
  console.log(
    `${users} users over HTTP: ${ours.perSecond.toFixed(0)} cases/s at most (p95 ${ours.p95.toFixed(0)} ms, no user ever pauses); at ${WANTED.perSecond} cases/s wanted ${asked.perSecond.toFixed(0)}/s, p50 ${asked.p50.toFixed(0)} ms, p95 ${asked.p95.toFixed(0)} ms; bare ${reference.toFixed(0)} commits/s; load ${load.toFixed(1)}`,
  );
  if (asked.p95 > WANTED.p95Ms || ours.perSecond < WANTED.perSecond) process.exitCode = 1;
  report({
    name: 'submit',
    ours: ours.perSecond,
    reference,
    ratio: ours.perSecond / reference,
    unit: 'cases/s',
    wanted: WANTED.perSecond / reference,
    note: `over HTTP, the most that ${users} users without a pause get through (p95 ${ours.p95.toFixed(0)} ms); as they come, ${WANTED.perSecond} cases/s: p95 ${asked.p95.toFixed(0)} ms (limit ${WANTED.p95Ms}), load ${load.toFixed(1)} before; reference: one bare insert per commit; SIGKILL after ${crash.before.size} of ${cases / 4} acknowledged, all sent again: ${wanted} cases, none lost or twice, no gap in their numbers`,
  });
} finally {
  server.agent.destroy();
  server.child.kill('SIGTERM');
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
}
