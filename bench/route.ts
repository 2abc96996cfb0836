/**
 * `route`: an authorised, audited read (one row through a share view, one access row, one subject row) by HTTP, against a
 * handler written by hand with fastify and pg that runs the same transaction with one audit row. Ten connections, alternate
 * rounds. The ratio to a bare SELECT without transaction or audit stands in the note. Usage: route [rounds] [seconds]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { alternate, median, report } from './lib/figure.ts';
import type { Ready } from './lib/route-servers.ts';

const [rounds = 5, seconds = 4] = process.argv.slice(2).map(Number);
const CONNECTIONS = 10;

const child = fork(join(import.meta.dirname, 'lib/route-servers.ts'), {
  execArgv: process.env.PROF ? ['--cpu-prof', '--cpu-prof-dir=/tmp/scratch/prof'] : [],
});
const [ready] = (await once(child, 'message')) as [Ready];

async function load(url: string): Promise<number> {
  const requests = ready.pids.map((pid) => ({
    method: 'GET' as const,
    path: `${new URL(url).pathname.replace(/\/$/, '')}/persons/${pid}`,
  }));
  const result = await autocannon({
    url: new URL(url).origin,
    connections: CONNECTIONS,
    duration: seconds,
    headers: { cookie: ready.cookie, 'x-purpose': 'community-care' },
    requests,
  });
  if (result.non2xx + result.errors > 0) throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} failed`);
  return result['2xx'] / result.duration;
}

try {
  const { ours, reference, bare } = ready.urls;
  const rates = await alternate({
    rounds,
    works: { ours: () => load(ours), reference: () => load(reference), bare: () => load(bare) },
  });
  const middle = { ours: median(rates.ours), reference: median(rates.reference), bare: median(rates.bare) };
  child.send('counts');
  const [counts] = (await once(child, 'message')) as [{ access: number; subjects: number }];
  const spread = (values: number[]) => values.map((v) => Math.round(v)).join('/');
  report({
    name: 'route',
    ours: middle.ours,
    reference: middle.reference,
    ratio: middle.ours / middle.reference,
    unit: 'requests/s',
    wanted: 0.7,
    note: `PostgreSQL, ${CONNECTIONS} connections, medians of ${rounds} alternate rounds of ${seconds} s; bare SELECT ${Math.round(middle.bare)}/s, ratio to it ${(middle.ours / middle.bare).toFixed(2)}; rounds ours ${spread(rates.ours)} reference ${spread(rates.reference)}; rows written: ${counts.access} access, ${counts.subjects} subjects`,
  });
} finally {
  child.send('close');
  await once(child, 'exit');
}
