/**
 * `login`: full sign-ins a second by HTTP on PostgreSQL: limits counted, argon2id checked, session, device and history written,
 * known devices as in daily use. Reference: bare argon2id checks a second at the same cost with as many at a time, in the same
 * process and alternate rounds. Wanted are 30 sign-ins a second on two cores; the ratio that this means stands as `wanted`.
 * Usage: login [rounds] [seconds]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { alternate, median, report } from './lib/figure.ts';
import type { LoginReady } from './lib/login-server.ts';

const [rounds = 5, seconds = 4] = process.argv.slice(2).map(Number);
const CONNECTIONS = 8;
const LEAST_PER_SECOND = 30;

const child = fork(join(import.meta.dirname, 'lib/login-server.ts'));
const [ready] = (await once(child, 'message')) as [LoginReady];

async function signIns(): Promise<number> {
  const result = await autocannon({
    url: ready.url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: ready.browsers.map(({ cookie, body }) => ({
      method: 'POST' as const,
      path: '/api/identity/login',
      headers: { 'content-type': 'application/json', cookie },
      body,
    })),
  });
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx} refused, ${result.errors} failed`);
  return result['2xx'] / result.duration;
}

async function bareChecks(): Promise<number> {
  child.send({ check: { atOnce: CONNECTIONS, seconds } });
  const [rate] = (await once(child, 'message')) as [number];
  return rate;
}

try {
  const rates = await alternate({ rounds, works: { ours: signIns, reference: bareChecks } });
  child.send('sessions');
  const [sessions] = (await once(child, 'message')) as [number];
  const ours = median(rates.ours);
  const reference = median(rates.reference);
  const spread = (values: number[]) => values.map((value) => Math.round(value)).join('/');
  report({
    name: 'login',
    ours,
    reference,
    ratio: ours / reference,
    unit: 'sign-ins/s',
    wanted: LEAST_PER_SECOND / reference,
    note: `PostgreSQL, ${ready.cost}, ${CONNECTIONS} connections, medians of ${rounds} alternate rounds of ${seconds} s; wanted ${LEAST_PER_SECOND}/s; rounds ours ${spread(rates.ours)} reference ${spread(rates.reference)}; ${sessions} sessions written`,
  });
} finally {
  child.send('close');
  await once(child, 'exit');
}
