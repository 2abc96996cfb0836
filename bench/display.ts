/**
 * `display`: how soon a call is seen by every display of a hall. Displays hold a stream each (server-sent events); one read of the
 * board serves them all. Time runs from sending the call until the last display has it. Reference is the second that is promised.
 * Usage: display [displays] [calls]
 */
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { document } from '#platform/document/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { ledger } from '#platform/ledger/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { service } from '#platform/service/app.ts';
import { workflow } from '#platform/workflow/app.ts';
import { serviceHall } from '#apps/government/service-hall/app.ts';
import { readStreets } from '#districts/huangpu/district.ts';
import { sampleCentres } from '#districts/huangpu/generate/service-centres.ts';
import { loadCentres } from '#districts/huangpu/load-centres.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { median, report } from './lib/figure.ts';

const [displays = 200, calls = 40] = process.argv.slice(2).map(Number);
const SECOND_MS = 1_000;
const CENTRE = 'affairs-centre-310101023';
const ALWAYS = { working: { from: '00:00', to: '24:00' }, off: { from: '00:00', to: '24:00' } };

const house = await openBenchHouse({
  name: 'display',
  manifests: [
    identity,
    access,
    audit,
    search,
    rulebook,
    calendar,
    catalog,
    document,
    ledger,
    workflow,
    service,
    serviceHall,
  ],
});
try {
  const centres = sampleCentres(readStreets()).map((centre) => ({ ...centre, hours: ALWAYS }));
  await loadCentres(house.services, { centres, visits: false });
  await house.client.query(`
    insert into service_hall.ticket (id, centre, day, number, kind, family, priority, since, taken_at, state)
    select gen_random_uuid(), '${CENTRE}', (now() at time zone 'Asia/Shanghai')::date, 'A' || n, 'walk-in', 'civil', false, now() + n * interval '1 ms', now(), 'waiting'
    from generate_series(1, ${calls}) n`);
  const address = await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
  const { port } = house.server.fastify.server.address() as AddressInfo;
  const cookie = await signIn(house, 'clerk.ruijin');
  const post = async (path: string, body?: object) => {
    const reply = await fetch(`${address}/api/service-hall/${path}`, {
      method: 'POST',
      headers: {
        cookie,
        'idempotency-key': crypto.randomUUID(),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
    return (await reply.json()) as { id: string; number: string };
  };
  let wanted = '';
  let missing = 0;
  let done: () => void = () => undefined;
  const open = (): Promise<void> =>
    new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path: `/hall/centres/${CENTRE}/calls` }, (reply) => {
        let has = '';
        reply.setEncoding('utf8').on('data', (text: string) => {
          resolve();
          if (wanted === '' || has === wanted || !text.includes(`"number":"${wanted}","window":1,"state":"called"`))
            return;
          has = wanted;
          missing -= 1;
          if (missing === 0) done();
        });
      }).on('error', reject);
    });
  await Promise.all(Array.from({ length: displays }, open));
  await post(`centres/${CENTRE}/windows/1/seat`, { sit: true });
  const seen: number[] = [];
  for (let at = 1; at <= calls; at += 1) {
    missing = displays;
    const all = new Promise<void>((resolve) => {
      done = resolve;
    });
    wanted = `A${at}`;
    const begun = performance.now();
    const ticket = await post('queue/call');
    if (ticket.number !== wanted) throw new Error(`${ticket.number} was called, not ${wanted}`);
    await all;
    seen.push(performance.now() - begun);
    wanted = '';
    await post(`tickets/${ticket.id}/acts`, { act: 'serve' });
    await post(`tickets/${ticket.id}/acts`, { act: 'finish' });
  }
  const worst = Math.max(...seen);
  report({
    name: 'display',
    ours: worst,
    reference: SECOND_MS,
    ratio: SECOND_MS / worst,
    unit: 'ms',
    wanted: 1,
    note: `PostgreSQL, ${displays} displays with a stream each, ${calls} calls; from sending the call until the last display has it: worst ${worst.toFixed(0)} ms, median ${median(seen).toFixed(0)} ms; the request itself is in it`,
  });
} finally {
  await house.close();
}
