/**
 * `verify`: verifications of persons by the signed interface, 500 a second offered whether or not the ones before are answered, among
 * 100,000 persons on PostgreSQL: 95th percentile of the time from the moment when a call was due. Reference: the bare indexed query
 * by HTTP, offered alike in alternate rounds. The load signs before the clock runs. Wanted: 80 ms. The note says how much processor a
 * call took in the server and in the load, for where other programs run beside the clock does not tell.
 * Usage: verify [rounds] [seconds] [calls a second] [algorithm] [systems]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { readPrivateKey } from '#platform/exchange/gateway/algorithms.ts';
import { signRequest } from '../tools/gateway-client.ts';
import { alternate, median, report } from './lib/figure.ts';
import { offer, quantile, type Ready } from './lib/gateway-load.ts';
import type { GatewayReady } from './lib/gateway-server.ts';

const [rounds = 3, seconds = 5, perSecond = 500] = process.argv.slice(2, 5).map(Number);
const [algorithm = 'sm2-sm3', systems = '1'] = process.argv.slice(5);
const MOST_MS = 80;

const child = fork(join(import.meta.dirname, 'lib/gateway-server.ts'), [algorithm, systems]);
const [ready] = (await once(child, 'message')) as [GatewayReady];
const keys = ready.keys.map((pem) => readPrivateKey(pem));
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
    key: keys[next % keys.length] as (typeof keys)[number],
  });
const bare = (): Ready => ({ method: 'GET', url: `${ready.bare}/query/${idOf()}`, headers: {}, body: '' });
const calls = perSecond * seconds;

/** Milliseconds of processor of the server and of this process so far. */
const processor = async (): Promise<[server: number, load: number]> => {
  child.send('processor');
  const [used] = (await once(child, 'message')) as [NodeJS.CpuUsage];
  const ms = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;
  return [ms(used), ms(process.cpuUsage())];
};

try {
  const perCall: [server: number, load: number][] = [];
  const p95 = async (one: () => Ready) => {
    const all = Array.from({ length: calls }, one);
    const before = await processor();
    const found = quantile(await offer(all, perSecond), 0.95);
    const after = await processor();
    if (one === signed) perCall.push([(after[0] - before[0]) / calls, (after[1] - before[1]) / calls]);
    return found;
  };
  const found = await alternate({ rounds, works: { ours: () => p95(signed), reference: () => p95(bare) } });
  const [server, load] = [0, 1].map((at) => median(perCall.map((each) => each[at] as number)).toFixed(2));
  const [ours, reference] = [median(found.ours), median(found.reference)];
  const spread = (values: number[]) => values.map((value) => value.toFixed(1)).join('/');
  report({
    name: 'verify',
    ours,
    reference,
    ratio: reference / ours,
    unit: 'ms at p95',
    wanted: reference / MOST_MS,
    note: `PostgreSQL, ${algorithm}, ${perSecond} calls/s of ${systems} system(s) offered for ${seconds} s, 100,000 persons, signed and logged; reference the bare indexed query by HTTP; wanted ${MOST_MS} ms; processor a call ${server} ms in the server, ${load} ms in the load, load average ${loadavg()[0]?.toFixed(1)}; medians of ${rounds} alternate rounds; ours ${spread(found.ours)} reference ${spread(found.reference)}`,
  });
} finally {
  child.send('close');
  await once(child, 'exit');
}
