/**
 * `verify`: verifications of persons by the signed interface, 500 a second offered whether or not the ones before are answered, among
 * 100,000 persons on PostgreSQL: 95th percentile of the time from the moment when a call was due. Reference: the bare indexed query
 * by HTTP, offered alike in alternate rounds. The load signs before the clock runs. Wanted: 80 ms.
 * Usage: verify [rounds] [seconds] [calls a second] [algorithm]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { readPrivateKey } from '#platform/exchange/gateway/algorithms.ts';
import { signRequest } from '../tools/gateway-client.ts';
import { alternate, median, report } from './lib/figure.ts';
import { offer, quantile, type Ready } from './lib/gateway-load.ts';
import type { GatewayReady } from './lib/gateway-server.ts';

const [rounds = 3, seconds = 5, perSecond = 500] = process.argv.slice(2, 5).map(Number);
const algorithm = process.argv[5] ?? 'sm2-sm3';
const MOST_MS = 80;

const child = fork(join(import.meta.dirname, 'lib/gateway-server.ts'), [algorithm]);
const [ready] = (await once(child, 'message')) as [GatewayReady];
const key = readPrivateKey(ready.key);
let next = 0;
const idOf = (): string => ready.ids[next++ % ready.ids.length] ?? '';
const signed = (): Ready =>
  signRequest({
    method: 'POST',
    url: `${ready.origin}/gateway/v1/verify/person`,
    body: JSON.stringify({ items: [{ id: idOf(), fields: { name: '居民1' } }] }),
    service: 'verify.person',
    purpose: 'verify-application',
    caseNo: 'BENCH-1',
    key,
  });
const bare = (): Ready => ({ method: 'GET', url: `${ready.bare}/query/${idOf()}`, headers: {}, body: '' });
const calls = perSecond * seconds;

try {
  const p95 = async (one: () => Ready) => quantile(await offer(Array.from({ length: calls }, one), perSecond), 0.95);
  const found = await alternate({ rounds, works: { ours: () => p95(signed), reference: () => p95(bare) } });
  const [ours, reference] = [median(found.ours), median(found.reference)];
  const spread = (values: number[]) => values.map((value) => value.toFixed(1)).join('/');
  report({
    name: 'verify',
    ours,
    reference,
    ratio: reference / ours,
    unit: 'ms at p95',
    wanted: reference / MOST_MS,
    note: `PostgreSQL, ${algorithm}, ${perSecond} calls/s offered for ${seconds} s, 100,000 persons, signed and logged; reference the bare indexed query by HTTP; wanted ${MOST_MS} ms; medians of ${rounds} alternate rounds; ours ${spread(found.ours)} reference ${spread(found.reference)}`,
  });
} finally {
  child.send('close');
  await once(child, 'exit');
}
