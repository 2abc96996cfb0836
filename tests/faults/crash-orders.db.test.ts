import { createServer, request as httpRequest, type Server } from 'node:http';
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type MessageProvider,
  SMS_KEY,
  startMessageProvider,
  WECHAT_APP,
} from '#districts/huangpu/partners/messages/server.ts';
import { type Answer, type Asked, type City, enter, follow, type Follower, insist, openCity, send } from './city.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { openPlace, type Place } from './place.ts';

/*
 * Orders and cases in mid-course while the house dies: the server by kill -9, on PostgreSQL the database as well (`pg_ctl restart -m immediate`, on a
 * cluster of its own). Whoever has no answer sends the same again; whoever follows comes back with the id of the last event.
 */
const suite = process.env.TEST_DATABASE_URL;
const cluster: Cluster | undefined = suite ? await openCluster() : undefined;
const [DUTY, NIGHT, LIAISON] = ['duty.ops', 'duty.night', 'liaison.emergency'];
const UNIT = 'street-310101022';
/** Orders and cases; fewer where every statement waits for one connection. */
const EACH = cluster ? 4 : 2;
const HANDLED = { text: '已更换新井盖并清理现场' };
const HOLE = { class: 'P0101', text: '路口井盖没有了', lon: 121.481, lat: 31.221 };
const DRAFT = {
  title: '排除积水',
  demand: '到场抽排并设置警示',
  urgent: true,
  units: ['emergency'],
  dueMinutes: 120,
  feedbackMinutes: 30,
};

let place: Place;
let city: City;
let provider: MessageProvider;
let front: Server;
const cookies: Record<string, string> = {};
/** Everything that was acknowledged, as it was asked and answered first. */
const acknowledged: { asked: Asked; answer: Answer }[] = [];
let shocks: { at: number; what: () => Promise<void> }[] = [];
let shock: Promise<void> = Promise.resolve();

/** The providers' answers are withheld while this stands: the messages are sent, and nobody has noted it. */
let withheld: ((channel: 'sms' | 'wechat') => void) | undefined;
let sends = 0;
beforeAll(async () => {
  provider = await startMessageProvider();
  front = createServer((request, reply) => {
    const channel = request.url?.includes('/template/send') ? 'wechat' : request.url === '/' ? 'sms' : undefined;
    if (channel) sends += 1;
    const { host: _host, ...headers } = request.headers;
    const onward = httpRequest(
      new URL(request.url ?? '/', provider.origin),
      { method: request.method, headers },
      (answer) => {
        if (channel && withheld) return withheld(channel);
        reply.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(reply);
      },
    );
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const more: Record<string, string> = { RATE_LIMIT: '1000000', LOG_LEVEL: 'silent' };
  place = await openPlace('crash', more, cluster?.url);
  const messaging = join(place.env.KEY_FILE ?? '', '..', '..', 'messaging.json');
  const baseUrl = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const account = {
    baseUrl,
    appId: WECHAT_APP.id,
    secret: WECHAT_APP.secret,
    templateId: 'T',
    networks: ['127.0.0.0/8'],
  };
  const { networks } = account;
  const { id: accessKeyId, secret: accessKeySecret } = SMS_KEY;
  const sms = { baseUrl, accessKeyId, accessKeySecret, signName: '城运中心', templateCode: 'SMS_1', networks };
  writeFileSync(messaging, JSON.stringify({ wechat: account, sms }));
  place.env.MESSAGING_FILE = messaging;
  city = openCity(place);
  await city.start();
  for (const who of [DUTY, NIGHT, LIAISON]) cookies[who] = await enter(city, who);
}, 240_000);
afterAll(async () => {
  await city?.kill();
  front?.close();
  await provider?.close();
  await place?.close();
  await cluster?.close();
});

const cookieOf = (who: string): string => cookies[who] ?? `sid=${who}`;
const asking = (who: string, path: string, body: object): Asked => ({
  cookie: cookieOf(who),
  path,
  body,
  key: crypto.randomUUID(),
});
/** One step of somebody's work: sent until it is answered, and answered as it should be. */
async function step<T>(who: string, path: string, body: object = {}): Promise<T> {
  await shock;
  const asked = asking(who, path, body);
  const answer = await insist(city, asked);
  expect(answer.status, `${path} ${answer.text}`).toBeLessThan(300);
  acknowledged.push({ asked, answer });
  const [next] = shocks;
  if (next && acknowledged.length >= next.at) {
    shocks = shocks.slice(1);
    shock = next.what();
  }
  return JSON.parse(answer.text) as T;
}

async function order(): Promise<string> {
  const { id } = await step<{ id: string }>(DUTY, '/api/ops/orders', DRAFT);
  const line = `/api/ops/orders/${id}/lines/emergency`;
  await step(DUTY, `/api/ops/orders/${id}/issue`);
  await step(LIAISON, `${line}/receive`);
  await step(LIAISON, `${line}/execute`);
  await step(LIAISON, `${line}/feedback`, { text: '到场' });
  await step(LIAISON, `${line}/report`, { text: '完成' });
  await step(NIGHT, `${line}/verify`);
  await step(DUTY, `/api/ops/orders/${id}/close`);
  return id;
}
const ORDER_EVENTS = ['drafted', 'issue', 'received', 'executing', 'feedback', 'reported', 'verified', 'close'];

async function handled(n: number): Promise<string> {
  const body = { ...HOLE, lon: HOLE.lon + n * 0.001, clientId: crypto.randomUUID() };
  const { no } = await step<{ no: string }>(`caller${n}`, '/api/incident/reports', body);
  for (const [act, more] of [
    ['accept', {}],
    ['establish', {}],
    ['dispatch', { unit: UNIT }],
    ['take', {}],
    ['secure', { text: '已设围栏和警示灯' }],
    ['feedback', HANDLED],
  ] as const)
    await step('clerk', `/api/incident/cases/${no}/${act}`, more);
  return no;
}
const CASE_STEPS = ['report', 'accept', 'establish', 'dispatch', 'take', 'secure', 'feedback'];

/** Refused requests: they write, are rolled back, and leave nothing but numbers of transactions. */
const refused = (id: string) =>
  Promise.all(
    Array.from({ length: 12 }, async () =>
      expect((await insist(city, asking(DUTY, `/api/ops/orders/${id}/close`, {}))).status).toBe(409),
    ),
  );
const heardOf = ({ events }: Follower) => events.flatMap(({ type, subject }) => (type ? [`${type} ${subject}`] : []));
/** What is told of them: a draft is its author's own. */
const COMMITTED = `select type || ' ' || subject as said from kernel.event where type like 'ops.order.%' and type <> 'ops.order.drafted' or type = 'incident.case.moved' order by txid, seq`;
const committed = async () => (await city.rows<{ said: string }>('kernel', COMMITTED)).map(({ said }) => said);

/** What was in hand is free at once, as it is when its lease of a minute has ended. */
async function freeJobs(): Promise<void> {
  if (place.database)
    await place.admin("update kernel.job set locked_until = null where state = 'running'", place.database);
}
async function die(): Promise<void> {
  await city.kill();
  await freeJobs();
  await city.start();
}
async function loseDatabase(server: Cluster, quiet: string): Promise<void> {
  await refused(quiet);
  await server.crash();
  await freeJobs();
}

describe.skipIf(suite !== undefined && cluster === undefined)('the house dies in mid-order', () => {
  it('and nothing is lost, nothing doubled, and who asks again gets the same answer', async () => {
    await fetch(`http://127.0.0.1:${city.port()}/api/signal/preferences`, {
      method: 'PUT',
      headers: { cookie: cookieOf(LIAISON), 'content-type': 'application/json' },
      body: JSON.stringify({
        email: false,
        sms: true,
        wechat: true,
        contact: { openId: 'openid-0000001', mobile: '13800000000' },
        quietFrom: null,
        quietTo: null,
      }),
    });
    const followers = ['order,case', 'order,case'].map((kinds) => follow(city, { cookie: cookieOf(DUTY), kinds }));
    await vi.waitFor(() => expect(followers.every(({ events }) => events.length > 0)).toBe(true), { timeout: 10_000 });

    // An order that nobody receives. Its messages go out, and the process dies before that is noted.
    const sent = new Promise<void>((resolve) => {
      const gone = new Set<string>();
      withheld = (channel) => {
        gone.add(channel);
        if (gone.size === 2) resolve();
      };
    });
    const { id: quiet } = await step<{ id: string }>(DUTY, '/api/ops/orders', DRAFT);
    await step(DUTY, `/api/ops/orders/${quiet}/issue`);
    await sent;
    await refused(quiet);
    const late = follow(city, { cookie: cookieOf(DUTY), kinds: 'order,case' });
    await vi.waitFor(() => expect(late.events).toHaveLength(1), { timeout: 10_000 });
    late.stop();
    withheld = undefined;
    const begun = acknowledged.length;
    shocks = [
      { at: begun + 12, what: die },
      ...(cluster ? [{ at: begun + 36, what: () => loseDatabase(cluster, quiet) }] : []),
    ];
    const numbers = Array.from({ length: EACH }, (_, n) => n);
    const [orders, cases] = await Promise.all([
      Promise.all(numbers.map(() => order())),
      Promise.all(numbers.map((n) => handled(n))),
    ]);
    await shock;
    expect(shocks, 'every shock came').toEqual([]);

    // Who has had an answer gets the same one.
    for (const { asked, answer } of acknowledged)
      expect(await insist(city, asked)).toEqual({ ...answer, replayed: true });

    const entries = await city.rows<{ ord: string; what: string; n: number }>(
      'ops',
      `select ord::text, what, count(*)::int as n from ops.order_entry group by ord, what`,
    );
    for (const id of orders)
      expect(entries.filter(({ ord, what }) => ord === id && what !== 'told').map(({ n }) => n)).toEqual(
        ORDER_EVENTS.map(() => 1),
      );
    const steps = await city.rows<{ no: string; kinds: string[] }>(
      'incident',
      `select c.no, array_agg(e.kind order by e.seq) as kinds from incident.event e join incident.case_file c on c.id = e.case_id group by c.no`,
    );
    expect(steps.map(({ no, kinds }) => [no, kinds]).sort()).toEqual(cases.map((no) => [no, CASE_STEPS]).sort());

    // Each heard everything, once and in the order of commits; so did who came back after the house had died.
    const all = await committed();
    expect(all).toHaveLength(EACH * (ORDER_EVENTS.length - 1 + CASE_STEPS.length) + 1);
    expect(new Set(all.filter((said) => said.startsWith('ops'))).size).toBe(EACH * (ORDER_EVENTS.length - 1) + 1);
    const back = follow(city, { cookie: cookieOf(DUTY), kinds: 'order,case', last: late.last() });
    await vi.waitFor(() => expect(heardOf(back)).toHaveLength(all.length - 1), { timeout: 10_000 });
    expect(heardOf(back)).toEqual(all.slice(1));
    for (const follower of followers) {
      await vi.waitFor(() => expect(heardOf(follower).length).toBeGreaterThanOrEqual(all.length), { timeout: 10_000 });
      expect(heardOf(follower)).toEqual(all);
      expect(follower.cuts).toBeGreaterThanOrEqual(1);
      expect(follower.events.map(({ name }) => name)).not.toContain('reset');
    }
    for (const follower of [...followers, back]) follower.stop();

    // The messages that were sent and not noted: asked for twice, delivered once, and noted.
    const delivery = `select d.channel, d.state, d.attempts > 1 as again from signal.delivery d join signal.message m on m.id = d.message where m.subject = '${quiet}' order by d.channel`;
    await vi.waitFor(
      async () =>
        expect(await city.rows('signal', delivery)).toEqual([
          { channel: 'sms', state: 'sent', again: true },
          { channel: 'wechat', state: 'sent', again: true },
        ]),
      { timeout: 20_000, interval: 200 },
    );
    const told = await city.rows<{ n: number }>(
      'signal',
      `select count(*)::int as n from signal.message where subject = '${quiet}'`,
    );
    expect(told).toEqual([{ n: 1 }]);
    const messages = await city.rows<{ n: number }>(
      'signal',
      `select count(*)::int as n from signal.message where account = '${LIAISON}'`,
    );
    for (const channel of ['sms', 'wechat'])
      await vi.waitFor(
        () => expect(provider.sent.filter((each) => each.channel === channel)).toHaveLength(messages[0]?.n ?? 0),
        { timeout: 20_000 },
      );
    expect(sends).toBeGreaterThan(provider.sent.length);
  }, 240_000);

  it('forty callers, four lines each, tell of one hole: forty reports, and every other case is a proposal of the first', async () => {
    const callers = Array.from({ length: 40 }, (_, n) => ({ who: `caller${100 + n}`, client: crypto.randomUUID() }));
    const place = { lon: 121.4866, lat: 31.2266 };
    const replies = await Promise.all(
      callers.flatMap(({ who, client }) =>
        // Two lines send the same request, two are other requests with the same report: a phone that was started anew.
        [client, client, crypto.randomUUID(), crypto.randomUUID()].map((key) =>
          send(city, { ...asking(who, '/api/incident/reports', { ...HOLE, ...place, clientId: client }), key }),
        ),
      ),
    );
    expect(replies.filter(({ status }) => status !== 201)).toEqual([]);
    const numbers = new Set(replies.map(({ text }) => (JSON.parse(text) as { no: string }).no));
    expect(numbers.size).toBe(callers.length);
    const [{ n: reports } = { n: 0 }] = await city.rows<{ n: number }>(
      'incident',
      `select count(*)::int as n from incident.report where account like 'caller1__'`,
    );
    expect(reports).toBe(callers.length);
    const [first] = [...numbers].sort();
    const reply = await fetch(`http://127.0.0.1:${city.port()}/api/incident/cases/${first}/duplicates`, {
      headers: { cookie: 'sid=clerk' },
    });
    expect(reply.status).toBe(200);
    const found = (await reply.json()) as { candidates: { no: string }[] };
    expect(found.candidates.length).toBeGreaterThan(0);
    for (const { no } of found.candidates) expect(numbers).toContain(no);
  }, 60_000);
});
