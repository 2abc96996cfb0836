/**
 * `report`: supervisors who report at the same moment, each with five photos of a telephone (1,600 px): the photos in one request, then the report, by HTTP against a server process of its own
 * on PostgreSQL. Shown is the time from the first byte of the photos to the number of the case, for 10 and for 100 at once; the reference is the same bytes in the same run taken in, hashed,
 * encrypted and brought to the disk by nothing but Node, without a database. P36 acceptance 8 wants 100 at once at p95 within 3 s. Usage: report [at once] [rounds]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transformer } from '@napi-rs/image';
import pg from 'pg';
import { sequence } from '#platform/kernel/random.ts';
import { allowLogin, openBenchDatabase } from './lib/bench-house.ts';
import { p95, report } from './lib/figure.ts';

const [many = 100, rounds = 3] = process.argv.slice(2).map(Number);
const FEW = 10;
const PHOTOS = 5;
const LIMIT_S = 3;

const folder = await mkdtemp(join(tmpdir(), 'smart-district-bench-'));
const database = await openBenchDatabase('report');
const client = new pg.Client({ connectionString: database.adminUrl });
await client.connect();
await allowLogin(client);
type Server = { child: ChildProcess; port: number; agent: Agent };
const product = await start('product');
const bare = await start('bare');

async function start(which: 'product' | 'bare'): Promise<Server> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'lib', 'report-server.ts'), which], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATA_DIR: join(folder, 'data'),
      KEY_FILE: join(folder, 'keys', 'keyring.json'),
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
      RATE_LIMIT: '1000000000',
      UNSCANNED_FILES: 'accept',
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
  return { child, port, agent: new Agent({ keepAlive: true, maxSockets: many }) };
}

function post(server: Server, of: { path: string; who: number; type: string; body: Buffer }): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        port: server.port,
        agent: server.agent,
        method: 'POST',
        path: of.path,
        headers: {
          cookie: `sid=u${of.who}`,
          'content-type': of.type,
          'content-length': of.body.length,
          'idempotency-key': crypto.randomUUID(),
        },
      },
      (reply) => {
        let text = '';
        reply.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        reply.on('end', () =>
          reply.statusCode === 201 ? resolve(text) : reject(new Error(`${reply.statusCode} ${text}`)),
        );
      },
    );
    call.on('error', reject);
    call.end(of.body);
  });
}

/** A photo as telephones take them, by size and by how badly it packs: soft blobs and grain. */
async function photo(): Promise<Buffer> {
  const [width, height] = [1600, 1200];
  const random = sequence(36);
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < pixels.length; at += 4) {
    const n = at / 4;
    const tone = 110 + 60 * Math.sin((n % width) / 170) + 40 * Math.cos(Math.floor(n / width) / 90) + 22 * random();
    pixels.set([tone, tone * 0.9, tone * 0.8, 255], at);
  }
  return (await Transformer.fromRgbaPixels(pixels, width, height).jpeg(80)) as Buffer;
}

const template = await photo();
let made = 0;
/** Another content each time: some bytes of the coded picture are others, so that nothing is kept only once. */
function another(): Buffer {
  const bytes = Buffer.from(template);
  made += 1;
  for (let digit = 0, left = made; digit < 8; digit += 1, left = Math.floor(left / 64))
    bytes[bytes.length - 4_000 + digit] = 1 + (left % 64);
  return bytes;
}

async function one(server: Server, who: number): Promise<number> {
  const photos = Array.from({ length: PHOTOS }, another);
  const sizes = photos.map(({ length }) => length).join(',');
  const body = Buffer.concat(photos);
  const begun = performance.now();
  const path = `/api/document/photos?kind=incident.photo&sizes=${sizes}`;
  const { files } = JSON.parse(await post(server, { path, who, type: 'application/octet-stream', body })) as {
    files: string[];
  };
  if (server === product)
    await post(server, {
      path: '/api/incident/reports',
      who,
      type: 'application/json',
      body: Buffer.from(
        JSON.stringify({
          clientId: crypto.randomUUID(),
          class: 'P0101',
          text: '井盖没有了',
          lon: 121.505,
          lat: 31.205,
          files,
        }),
      ),
    });
  return (performance.now() - begun) / 1000;
}

/** Seconds of each, all begun at the same moment. */
const crowd = async (server: Server, size: number): Promise<number[]> =>
  (await Promise.all(Array.from({ length: size }, (_, who) => one(server, who)))).sort((a, b) => a - b);
const worst = (values: readonly number[]): number => Math.max(...values);
const shown = (seconds: number): string => seconds.toFixed(2);

try {
  const ring = 'POLYGON((121.5 31.2, 121.51 31.2, 121.51 31.21, 121.5 31.21, 121.5 31.2))';
  for (const [code, level, parent] of [
    ['990101', 'district', null],
    ['990101001', 'street', '990101'],
    ['990101001001', 'committee', '990101001'],
    ['99010100100101', 'cell', '990101001001'],
  ] as const)
    await client.query(
      `insert into geo.area (code, level, name, parent, geometry, valid_from, dataset) values ($1, $2, $1, $3, ST_Multi(ST_GeomFromText($4, 4490)), '2020-01-01', 'bench')`,
      [code, level, parent, ring],
    );
  await crowd(product, FEW);
  await crowd(bare, FEW);
  const times = { few: [] as number[], many: [] as number[], bare: [] as number[], half: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    times.few.push(p95(await crowd(product, FEW)));
    const all = await crowd(product, many);
    times.many.push(p95(all));
    times.half.push(all[all.length >> 1] ?? Number.NaN);
    times.bare.push(p95(await crowd(bare, many)));
  }
  const { rows } = await client.query<{ cases: number; photos: number }>(
    'select (select count(*)::int from incident.case_file) as cases, (select count(*)::int from document.attachment) as photos',
  );
  const wanted = FEW + rounds * (FEW + many);
  if (rows[0]?.cases !== wanted || rows[0]?.photos !== wanted * PHOTOS)
    throw new Error(`${JSON.stringify(rows[0])} instead of ${wanted} cases`);
  const fsync = String((await client.query('show fsync')).rows[0]?.fsync);
  report({
    name: 'report',
    ours: worst(times.many),
    reference: worst(times.bare),
    ratio: worst(times.bare) / worst(times.many),
    unit: 's, p95',
    limit: LIMIT_S,
    note: `PostgreSQL, ${many} at once with ${PHOTOS} photos of ${Math.round(template.length / 1000)} kB each, worst p95 of ${rounds} rounds (rounds ${times.many.map(shown).join(', ')} s; medians ${times.half.map(shown).join(', ')} s); ${FEW} at once p95 ${times.few.map(shown).join(', ')} s; the same bytes hashed, encrypted and brought to the disk by bare Node without a database p95 ${times.bare.map(shown).join(', ')} s; ${wanted} cases, each once with its photos; load ${loadavg()[0]?.toFixed(1)}; fsync of the database ${fsync}`,
  });
} finally {
  product.child.kill();
  bare.child.kill();
  await client.end();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
}
