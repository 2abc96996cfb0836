/**
 * `submit`: applications filed by 100 users at once through the whole route — session, policy, fields, clock, sealed answers, audit,
 * idempotency, gap-free code — each in one commit; against one bare insert per commit of a row of the same size, by as many at once.
 * Usage: submit [cases] [users]
 */
import pg from 'pg';
import { caseManifests } from '#platform/service/fixtures/case-house.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { report } from './lib/figure.ts';

const [cases = 2_000, users = 100] = process.argv.slice(2).map(Number);
/** P03 acceptance 5. */
const WANTED = { perSecond: 50, p95Ms: 800 };
const WARM = 200;
/** Connections of the reference: as many as the platform's own pool. */
const POOL = 10;

const house = await openBenchHouse({ name: 'submit', manifests: caseManifests });

async function submit(): Promise<void> {
  const reply = await house.server.fastify.inject({
    method: 'POST',
    url: '/api/service/cases',
    headers: { cookie: 'sid=citizen', 'idempotency-key': crypto.randomUUID() },
    payload: {
      form: crypto.randomUUID(),
      channel: 'web',
      items: [{ code: 'food-licence', version: 1 }],
      answers: { 'shop-name': '石库门面馆', 'floor-area': 60 },
      materials: [],
      contact: { name: '沈若水', phone: '13812345678' },
    },
  });
  if (reply.statusCode !== 201) throw new Error(reply.body);
}

/** Many at once, one after the other each; the milliseconds that each took, and how long all did. */
async function together(count: number, atOnce: number, work: () => Promise<unknown>) {
  const took: number[] = [];
  let left = count;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) {
        const from = performance.now();
        await work();
        took.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  took.sort((a, b) => a - b);
  return {
    perSecond: count / seconds,
    p95: took[Math.floor(took.length * 0.95)] ?? 0,
    p50: took[took.length >> 1] ?? 0,
  };
}

try {
  await house.client.query(
    'create table bench_case (id uuid primary key, code text not null unique, body text not null)',
  );
  const pool = new pg.Pool({ connectionString: house.database.adminUrl, max: POOL });
  const body = 'x'.repeat(1_200);
  const insert = () =>
    pool.query({
      name: 'bare',
      text: 'insert into bench_case values ($1, $2, $3)',
      values: [crypto.randomUUID(), crypto.randomUUID(), body],
    });
  await together(WARM, users, insert);
  await together(WARM, users, submit);
  const before = await together(cases, users, insert);
  const ours = await together(cases, users, submit);
  const after = await together(cases, users, insert);
  await pool.end();
  const { rows } = await house.client.query<{ n: number; last: string }>(
    "select (select count(*)::int from service.case_file) as n, (select sum(last)::text from kernel.numbering where series = 'service:case-code') as last",
  );
  if (rows[0]?.n !== cases + WARM || Number(rows[0]?.last) !== cases + WARM)
    throw new Error(`${rows[0]?.n} cases and ${rows[0]?.last} numbers, not ${cases + WARM}`);
  const reference = (before.perSecond + after.perSecond) / 2;
  console.log(
    `${users} users: ${ours.perSecond.toFixed(0)} cases/s, p50 ${ours.p50.toFixed(0)} ms, p95 ${ours.p95.toFixed(0)} ms; bare ${reference.toFixed(0)} commits/s`,
  );
  if (ours.p95 > WANTED.p95Ms || ours.perSecond < WANTED.perSecond) process.exitCode = 1;
  report({
    name: 'submit',
    ours: ours.perSecond,
    reference,
    ratio: ours.perSecond / reference,
    unit: 'cases/s',
    wanted: WANTED.perSecond / reference,
    note: `p95 ${ours.p95.toFixed(0)} ms with ${users} at once (limit ${WANTED.p95Ms} ms, ${WANTED.perSecond} cases/s); reference: one bare insert per commit; ${cases} cases, none lost, no gap in their numbers`,
  });
} finally {
  await house.close();
}
