import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { dispatchEvents, eventsWait } from '#platform/kernel/events.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { endClock, resumeClock, startClock, stopClock } from '#platform/calendar/clock.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { document } from '#platform/document/app.ts';
import { signature } from '#platform/exchange/delivery/deliver.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { evaluation } from './app.ts';
import { answerClock, other, permit } from './fixtures/permit/app.ts';
import { judgeRuns } from './judge/judge-runs.ts';

const UNIT = 'street-310101023';
type Message = { headers: IncomingMessage['headers']; body: string };
let house: TestHouse;
const taken: Message[] = [];
let answer = 503;
const taker = createServer((request, reply) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    taken.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
    reply.writeHead(answer).end();
  });
});
beforeAll(async () => {
  await new Promise<void>((ready) => taker.listen(0, '127.0.0.1', ready));
  house = await openHouse({
    manifests: [identity, rulebook, calendar, access, audit, document, permit, other, { ...evaluation, timers: [] }],
    env: { FEED_NETWORKS: '127.0.0.0/8' },
  });
}, 300_000);
afterAll(async () => {
  taker.close();
  await house?.close();
});

const at = (text: string) => new Date(`${text}+08:00`);
const setNow = (moment: string) => moveClock(house, (at(moment).getTime() - Date.now()) / 1_000);
const tx = <T>(module: string, work: (db: Db) => Promise<T>, actor: Actor = systemActor({ name: 'test' })) =>
  house.services.database.tx({ module, actor }, work);
const clerk: Actor = {
  ...systemActor({ name: 'test' }),
  kind: 'person',
  account: 'clerk.ruijin',
  name: '样例',
  unit: UNIT,
  post: 'street-clerk',
};
const applicant: Actor = {
  ...systemActor({ name: 'test' }),
  kind: 'person',
  account: 'citizen.wei',
  name: '样例',
  post: 'citizen',
};
async function settle(): Promise<void> {
  do await dispatchEvents(house.services, 500);
  while (await eventsWait(house.services));
  while ((await judgeRuns(house.services)) > 0);
}
/** One session each: a new one at every question would push out the others, and the clock is set back between tests. */
const cookies = new Map<string, string>();
async function ask(account: string, method: 'GET' | 'PUT' | 'DELETE', url: string, body?: unknown) {
  const cookie = cookies.get(account) ?? (await signIn(house, account));
  cookies.set(account, cookie);
  return call(house, { method, url, body, cookie });
}
const say = (caseNo: string, phase: string, data: Record<string, string>) =>
  tx(
    'permit',
    (db) =>
      db.emit({
        type: `gov.step.${phase}`,
        subject: caseNo,
        data: { caseNo, itemCode: 'shop-sign', unit: UNIT, post: 'street-clerk', ...data },
      }),
    clerk,
  );
beforeEach(() => setNow('2026-11-26T10:00'));

describe('a clock of a step', () => {
  it('tells of it by itself, from its start to its end, and whoever began it is never taken for who has to do it', async () => {
    const clock = await tx(
      'permit',
      (db) =>
        startClock(db, { kind: answerClock, subject: 'Q-1', event: 'asked', of: { unit: UNIT, caseNo: 'Q-NO-1' } }),
      applicant,
    );
    await settle();
    const run = () =>
      tx('evaluation', (db) =>
        db.one<{
          state: string;
          handler: string | null;
          unit: string;
          step: string;
          level: string;
          due: Date;
          app: string;
        }>(
          sql`select app, state, handler, unit, step, level, due_at as due from evaluation.run where case_no = 'Q-NO-1'`,
        ),
      );
    expect(await run()).toEqual({
      app: 'permit',
      state: 'running',
      handler: null,
      unit: UNIT,
      step: 'answer',
      level: 'none',
      due: clock.dueAt,
    });
    const stop = { reason: 'inspection', document: '检验通知 1 号', expectedEnd: '2026-12-20' };
    await tx('permit', (db) => stopClock(db, { kind: answerClock, clock: clock.id, ...stop }), clerk);
    await settle();
    expect(await run()).toMatchObject({ state: 'stopped', handler: 'clerk.ruijin' });
    await setNow('2026-12-21T10:00');
    await tx('permit', (db) => resumeClock(db, { kind: answerClock, clock: clock.id }), clerk);
    await settle();
    expect(await run()).toMatchObject({ state: 'running', level: 'none' });
    await setNow('2027-02-01T10:00');
    await settle();
    expect(await run()).toMatchObject({ level: 'red' });
    await tx('permit', (db) => endClock(db, { kind: answerClock, clock: clock.id }), clerk);
    await settle();
    expect(await run()).toMatchObject({ state: 'done', level: 'red' });
  });
});

describe('the address of a unit', () => {
  it('is told of each signal raised and taken back, signed, again until it is taken, and never of a person', async () => {
    const url = `http://127.0.0.1:${(taker.address() as AddressInfo).port}/signals`;
    const bad = await ask('head.ruijin', 'PUT', '/api/evaluation/hook', { url: 'http://city.example/signals' });
    expect(bad.statusCode).toBe(400);
    expect(bad.json()).toMatchObject({ fields: [{ pointer: '/url' }] });
    const made = await ask('head.ruijin', 'PUT', '/api/evaluation/hook', { url });
    expect(made.statusCode, made.body).toBe(200);
    const { secret } = made.json<{ secret: string }>();
    expect((await ask('clerk.ruijin', 'PUT', '/api/evaluation/hook', { url })).statusCode).toBe(403);
    expect((await ask('head.bund', 'GET', '/api/evaluation/hook')).json(), 'another unit’s').toEqual({ hook: null });

    const begun = {
      step: 'decide',
      at: at('2026-11-02T09:00').toISOString(),
      due: at('2026-11-25T00:00').toISOString(),
    };
    await say('K-1', 'started', begun);
    await settle();
    await vi.waitFor(() => expect(taken.length).toBeGreaterThan(0), { timeout: 10_000 });
    // That it was refused is written down after the answer has come.
    await vi.waitFor(
      async () =>
        expect((await ask('head.ruijin', 'GET', '/api/evaluation/hook')).json()).toMatchObject({
          hook: { url, takenAt: null, lastError: 'HTTP 503' },
        }),
      { timeout: 10_000 },
    );
    answer = 204;
    const told = () =>
      taken.map(({ body }) => JSON.parse(body) as { id: string; type: string; data: Record<string, unknown> });
    await vi.waitFor(
      async () =>
        expect((await ask('head.ruijin', 'GET', '/api/evaluation/hook')).json()).toMatchObject({
          hook: { failures: 0 },
        }),
      { timeout: 15_000 },
    );
    expect(
      told()
        .filter(({ type }) => type === 'evaluation.signal.raised')
        .map(({ data }) => data.level),
    ).toContain('yellow');
    for (const { headers, body } of taken) {
      const [, t = '', v = ''] = /^hmac-sm3 t=(\d+),v=(.+)$/.exec(String(headers['x-signature'])) ?? [];
      expect(v).toBe(signature({ secret, at: t, key: String(headers['idempotency-key']), body }));
      expect(body).not.toContain('clerk.ruijin');
    }
    // One signal is taken at once, another after its repeat: which of them comes first is for the worker to say.
    await vi.waitFor(
      () => {
        const keys = told().map(({ id }) => id);
        expect(keys.length, 'a repeat is known by its key').toBeGreaterThan(new Set(keys).size);
      },
      { timeout: 15_000 },
    );

    const event = await tx('kernel', (db) =>
      db.one<{ id: string }>(sql`select id from kernel.event where subject = 'K-1' and type = 'gov.step.started'`),
    );
    await tx('permit', (db) => db.emit({ type: 'gov.step.cancelled', subject: 'K-1', data: { event: event.id } }));
    await settle();
    await vi.waitFor(
      () =>
        expect(told()).toContainEqual(
          expect.objectContaining({
            type: 'evaluation.signal.withdrawn',
            data: expect.objectContaining({ caseNo: 'K-1', state: 'withdrawn', withdrawnWhy: 'source' }),
          }),
        ),
      { timeout: 10_000 },
    );
    expect((await ask('head.ruijin', 'DELETE', '/api/evaluation/hook')).json()).toEqual({ ended: true });
  });
});

describe('what is published', () => {
  it('answers under its published names: signals, rules and scores', async () => {
    for (const name of ['signals?level=yellow', 'rules', 'scores']) {
      const reply = await ask('head.ruijin', 'GET', `/api/supervision/${name}`);
      expect(reply.statusCode).toBe(308);
      expect(reply.headers.location).toBe(`/api/evaluation/${name}`);
      expect((await ask('head.ruijin', 'GET', String(reply.headers.location))).statusCode).toBe(200);
    }
  });

  it('draws how cases of an item really go and how long they wait, a unit its own alone', async () => {
    const pass = async (caseNo: string, step: string, from: string, to: string) => {
      const token = `${caseNo}-${step}-${from}`;
      const due = at('2026-12-30T00:00').toISOString();
      await say(caseNo, 'started', { itemCode: 'map', step, token, instance: caseNo, due, at: at(from).toISOString() });
      await say(caseNo, 'done', { itemCode: 'map', step, token, instance: caseNo, at: at(to).toISOString() });
    };
    for (const n of [1, 2, 3]) {
      await pass(`G-${n}`, 'accept', `2026-11-1${n}T09:00`, `2026-11-1${n}T10:00`);
      await pass(`G-${n}`, 'decide', `2026-11-1${n}T14:00`, `2026-11-1${n}T16:00`);
    }
    await pass('G-1', 'accept', '2026-11-12T09:00', '2026-11-12T09:30');
    await settle();
    const query = 'app=permit&item=map';
    const drawn = await ask('head.ruijin', 'GET', `/api/evaluation/map?${query}`);
    expect(drawn.statusCode, drawn.body).toBe(200);
    const map = drawn.json<{
      steps: { step: string; count: number; again: number; work: number }[];
      ways: { from: string; to: string; count: number; wait: number }[];
    }>();
    expect(map.steps).toMatchObject([
      { step: 'accept', count: 4, again: 1, work: 1 },
      { step: 'decide', count: 3, again: 0, work: 2 },
    ]);
    expect(map.ways).toMatchObject([
      { from: 'accept', to: 'decide', count: 3, wait: 4 },
      { from: 'decide', to: 'accept', count: 1, wait: 17 },
    ]);
    expect((await ask('head.bund', 'GET', `/api/evaluation/map?${query}`)).json()).toMatchObject({
      shown: null,
      steps: [],
    });
    expect((await ask('duty.ops', 'GET', '/api/evaluation/indicators')).json()).toMatchObject({
      quarter: '2026-Q4',
      onTime: expect.any(Number),
      conformity: expect.any(Number),
      blindHours: expect.any(Number),
    });
    expect((await ask('clerk.ruijin', 'GET', '/api/evaluation/indicators')).statusCode).toBe(403);
  });
});
