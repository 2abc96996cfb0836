/**
 * `start`: `node server.ts` as a child process. Address ≤ 5 s and first page ≤ 10 s warm (data, template and generated sample are
 * there), first page ≤ 60 s with fresh data and cache directories. The ratio is limit / measured of the worst of the three.
 * The first page is the shell of the application and what /readyz says of the sample data stands in the note.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { report } from './lib/figure.ts';

const ROOT = join(import.meta.dirname, '..');
const LIMIT = { address: 5, warmPage: 10, firstPage: 60 };
const GIVE_UP_S = 600;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

type Times = { address: number; page: number; database: number; ready: number };

/** Starts the server on a folder; seconds until the address is printed, a page and a database answer, and all data are loaded. */
async function run(folder: string): Promise<Times> {
  const port = await freePort();
  const env = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: join(folder, 'data'),
    CACHE_DIR: join(folder, 'cache'),
    KEY_FILE: join(folder, 'keys', 'k.json'),
  };
  const start = performance.now();
  const since = () => (performance.now() - start) / 1000;
  const child = spawn(process.execPath, ['server.ts'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const times: Times = { address: 0, page: 0, database: 0, ready: 0 };
  child.stdout.on('data', (text) => {
    if (!times.address && String(text).includes(`:${port}`)) times.address = since();
  });
  const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
  try {
    while (!times.ready) {
      if (since() > GIVE_UP_S || child.exitCode !== null) throw new Error('the server did not become ready');
      if (!times.page) {
        const page = await get('/');
        if (page?.ok && (await page.text()).includes('<script')) times.page = since();
      }
      const ready = await get('/readyz');
      const said = ready && ((await ready.json()) as { status: string; waiting: { gate: string }[] });
      if (said && !times.database && !said.waiting.some(({ gate }) => gate === 'database')) times.database = since();
      if (said?.status === 'ready') times.ready = since();
      await sleep(50);
    }
    return times;
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

const folder = await mkdtemp(join(tmpdir(), 'smart-district-start-'));
try {
  const first = await run(folder);
  const warm = await run(folder);
  const cases = [
    { name: 'address', limit: LIMIT.address, seconds: Math.max(first.address, warm.address) },
    { name: 'first page warm, database open', limit: LIMIT.warmPage, seconds: Math.max(warm.page, warm.database) },
    {
      name: 'first page of the first start, database made',
      limit: LIMIT.firstPage,
      seconds: Math.max(first.page, first.database),
    },
  ];
  const [worst] = cases.toSorted((a, b) => a.limit / a.seconds - b.limit / b.seconds) as [(typeof cases)[number]];
  const say = (t: Times) =>
    `address ${t.address.toFixed(1)}, page ${t.page.toFixed(1)}, database ${t.database.toFixed(1)}, all data ${t.ready.toFixed(1)} s`;
  report({
    name: 'start',
    ours: worst.seconds,
    reference: worst.limit,
    ratio: worst.limit / worst.seconds,
    unit: 's',
    wanted: 1,
    note: `PGlite, sample profile ${process.env.SAMPLE_PROFILE ?? 'small'}; worst: ${worst.name}; first start: ${say(first)}; warm: ${say(warm)}`,
  });
} finally {
  await rm(folder, { recursive: true, force: true });
}
