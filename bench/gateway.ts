/**
 * `gateway`: signed and logged calls a second by HTTP on PostgreSQL (SM2 with SM3 on both sides: signature of the request verified,
 * number kept once, calls counted, a page of ten rows read through the grant, answer signed, message and audit written and
 * committed), and what that adds to one call. Reference: the same page by the same grant and audit, unsigned and not logged, in
 * alternate rounds. The load signs before the clock runs. Wanted are 200 a second and at most 5 ms added at the median.
 * Usage: gateway [rounds] [calls a round] [algorithm]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { readPrivateKey } from '#platform/exchange/gateway/algorithms.ts';
import { signRequest } from '../tools/gateway-client.ts';
import { alternate, median, report } from './lib/figure.ts';
import { quantile, rate, type Ready, times } from './lib/gateway-load.ts';
import type { GatewayReady } from './lib/gateway-server.ts';

const [rounds = 5, calls = 1_500] = process.argv.slice(2, 4).map(Number);
const algorithm = process.argv[4] ?? 'sm2-sm3';
const LEAST_PER_SECOND = 200;
const WIDTH = 16;

const child = fork(join(import.meta.dirname, 'lib/gateway-server.ts'), [algorithm]);
const [ready] = (await once(child, 'message')) as [GatewayReady];
const key = readPrivateKey(ready.key);
const signed = (): Ready =>
  signRequest({
    method: 'GET',
    url: `${ready.origin}/gateway/v1/items/population.household?limit=10`,
    service: 'items.read',
    purpose: 'verify-application',
    caseNo: 'BENCH-1',
    key,
  });
const unsigned = (): Ready => ({ method: 'GET', url: `${ready.bare}/unsigned`, headers: {}, body: '' });
const made = (one: () => Ready, n: number): Ready[] => Array.from({ length: n }, one);

try {
  const single = { ours: [] as number[], reference: [] as number[] };
  const alone = Math.ceil(calls / 5);
  const rates = await alternate({
    rounds,
    works: {
      ours: async () => {
        single.ours.push(quantile(await times(made(signed, alone)), 0.5));
        return rate(made(signed, calls), WIDTH);
      },
      reference: async () => {
        single.reference.push(quantile(await times(made(unsigned, alone)), 0.5));
        return rate(made(unsigned, calls), WIDTH);
      },
    },
  });
  const [ours, reference] = [median(rates.ours), median(rates.reference)];
  const [one, bare] = [median(single.ours), median(single.reference)];
  const spread = (values: number[]) => values.map((value) => Math.round(value)).join('/');
  report({
    name: 'gateway',
    ours,
    reference,
    ratio: ours / reference,
    unit: 'signed calls/s',
    wanted: LEAST_PER_SECOND / reference,
    note: `PostgreSQL, ${algorithm}, ${WIDTH} connections, a page of 10 rows; one call at a time ${one.toFixed(1)} ms at the median against ${bare.toFixed(1)} ms unsigned: ${(one - bare).toFixed(1)} ms added (wanted at most 5); wanted ${LEAST_PER_SECOND}/s; medians of ${rounds} alternate rounds of ${calls}; rounds ours ${spread(rates.ours)} reference ${spread(rates.reference)}`,
  });
} finally {
  child.send('close');
  await once(child, 'exit');
}
