import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#platform/kernel/sql.ts';
import { call } from '#platform/kernel/testing.ts';
import {
  type Algorithm,
  generateKey,
  keyIdOf,
  type PrivateKey,
  readPrivateKey,
} from '#platform/exchange/gateway/algorithms.ts';
import { forgetKeys } from '#platform/exchange/gateway/system-keys.ts';
import { CASES, type Case } from './negative-cases.ts';
import { addKey, type GatewayHouse, inGateway, logged, openGatewayHouse, PURPOSE, registerSystem } from './house.ts';
import { answerFault, bytesOf, type Draft, draftOf, exchange, headerOf } from './raw-socket.ts';

/*
 * Messages that a trusted exchange must refuse, each over a socket of its own: the code that says why, an answer that the node has
 * signed, one row in the log, and nothing counted, nothing read, nobody's data in the answer.
 */
const PATH = '/gateway/v1/verify/person';
const BODY = '{"items":[{"id":"310199199001010011","fields":{"name":"样例"}}]}';
const PERMITS = [
  { service: 'verify.person', purposes: [PURPOSE], fields: ['name', 'birthDate'], perMinute: null, perDay: null },
];

let house: GatewayHouse;
let node: Record<Algorithm, PrivateKey>;
const keys: Partial<Record<NonNullable<Case['key']>, PrivateKey>> = {};
const done = new Map<string, number>();

beforeAll(async () => {
  house = await openGatewayHouse();
  const system = async (id: string, more: object = {}) =>
    (await registerSystem(house, { id, unit: 'market-supervision', permits: PERMITS, ...more })).ed25519;
  keys.good = await system('negative-good');
  keys['no-permit'] = await system('negative-bare', { permits: [] });
  keys.elsewhere = await system('negative-elsewhere', { networks: ['203.0.113.0/24'] });
  keys.bound = await system('negative-bound', { tlsFingerprints: ['a'.repeat(64)] });
  keys.disabled = await system('negative-disabled');
  keys.unknown = readPrivateKey(generateKey('ed25519').privateKey);
  keys.expired = await addKey(house, 'negative-good', 'ed25519');
  keys['to-come'] = await addKey(house, 'negative-good', 'ed25519');
  keys.revoked = await addKey(house, 'negative-good', 'ed25519');
  await inGateway(
    house,
    sql`update gateway.system_key set valid_from = now() - interval '2 days', valid_until = now() - interval '1 day' where id = ${keyIdOf(keys.expired)}`,
  );
  await inGateway(
    house,
    sql`update gateway.system_key set valid_from = now() + interval '1 day' where id = ${keyIdOf(keys['to-come'])}`,
  );
  await inGateway(house, sql`update gateway.system set enabled = false where id = 'negative-disabled'`);
  await call(house, {
    method: 'POST',
    url: `/api/gateway/keys/${keyIdOf(keys.revoked)}/revoke`,
    cookie: house.cookies['system-administrator'],
    body: { reason: '测试' },
  });
  node = {
    'sm2-sm3': (await house.node('sm2-sm3')) as PrivateKey,
    ed25519: (await house.node('ed25519')) as PrivateKey,
    'ecdsa-p256-sha256': (await house.node('ecdsa-p256-sha256')) as PrivateKey,
  };
}, 300_000);
afterAll(async () => {
  const all = [...done.values()].reduce((sum, n) => sum + n, 0);
  console.log(`gateway refusals: ${all} cases (${[...done].map(([name, n]) => `${name} ${n}`).join(', ')})`);
  await house?.close();
});

const draft = (one: Case): Draft => {
  const { key = 'good', method = 'POST', path = PATH, body = BODY, service, purpose = PURPOSE, spoil } = one;
  const signer = keys[key];
  if (!signer) throw new Error(`no key ${key}`);
  return draftOf({
    origin: house.origin,
    method,
    path,
    body,
    service: service ?? 'verify.person',
    purpose,
    key: signer,
    spoil,
  });
};

type Row = { answered: number; counted: number; id: string | null };
const state = async (): Promise<Row> => {
  const [row] = await inGateway<Row>(
    house,
    sql`select (select count(*)::int from gateway.message where outcome = 'answered') as answered, (select coalesce(sum(calls), 0)::int from gateway.calls) as counted,
      (select id from gateway.message order by id desc limit 1) as id`,
  );
  return row ?? { answered: -1, counted: -1, id: null };
};

const newest = async (before: string | null): Promise<Record<string, unknown> | undefined> => {
  for (;;) {
    const { id } = await state();
    if (id !== before && id !== null) return logged(house, id);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

it('takes the same message when nothing is wrong with it', async () => {
  const right = draft({ class: '', what: '', status: 200, code: '' });
  const answer = await exchange(house.origin, bytesOf(right));
  expect(answer?.status, answer?.body.toString()).toBe(200);
});

describe.each([...new Set(CASES.map((one) => one.class))])('%s', (group) => {
  it.each(CASES.filter((one) => one.class === group))('$what: $code', async (one) => {
    const before = await state();
    const made = draft(one);
    const whole = bytesOf(made);
    const answer = await exchange(house.origin, one.raw?.(whole, house.origin) ?? whole, { breakOff: one.breakOff });
    if (!one.breakOff) {
      expect(answer?.status, answer?.body.toString()).toBe(one.status);
      expect(JSON.parse(answer?.body.toString() ?? '{}')).toMatchObject({ code: one.code, status: one.status });
      const request = { method: made.method, target: `${house.origin}${made.path}`, fields: made.lines };
      expect(answer && answerFault({ answer, node, request })).toBeUndefined();
      expect(answer && headerOf(answer, 'content-type')).toBe('application/problem+json; charset=utf-8');
    }
    const row = await newest(before.id);
    expect(row).toMatchObject({ outcome: 'refused', code: one.code, status: one.status, rows: 0, subjects: 0 });
    if (!one.breakOff) expect(row?.id).toBe(answer && headerOf(answer, 'gateway-message'));
    const { answered, counted } = await state();
    expect({ answered, counted }).toEqual({ answered: before.answered, counted: before.counted });
    done.set(group, (done.get(group) ?? 0) + 1);
  });
});

it('gives who names no host nothing but 400, before any route is found', async () => {
  const { answered } = await state();
  const made = draft({ class: '', what: '', status: 400, code: '' });
  made.lines = made.lines.filter(([name]) => name !== 'Host');
  const answer = await exchange(house.origin, bytesOf(made));
  expect({ status: answer?.status, body: answer?.body.length }).toEqual({ status: 400, body: 0 });
  expect((await state()).answered).toBe(answered);
});

describe('replayed', () => {
  it('is refused the second time, byte for byte the same', async () => {
    const bytes = bytesOf(draft({ class: '', what: '', status: 200, code: '' }));
    expect((await exchange(house.origin, bytes))?.status).toBe(200);
    const again = await exchange(house.origin, bytes);
    expect(JSON.parse(again?.body.toString() ?? '{}')).toMatchObject({ code: 'GATEWAY_REPLAYED', status: 409 });
    done.set('replayed', 1);
  });

  it('is taken once of ten at the same moment', async () => {
    const bytes = bytesOf(draft({ class: '', what: '', status: 200, code: '' }));
    const answers = await Promise.all(Array.from({ length: 10 }, () => exchange(house.origin, bytes)));
    const statuses = answers.map((answer) => answer?.status).sort();
    expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
    done.set('replayed', 2);
  });

  it('is refused as well after it was refused for what it asked', async () => {
    const bytes = bytesOf(draft({ class: '', what: '', purpose: 'community-care', status: 403, code: '' }));
    expect((await exchange(house.origin, bytes))?.status).toBe(403);
    await inGateway(
      house,
      sql`update gateway.permit set purposes = array_append(purposes, 'community-care') where system = 'negative-good'`,
    );
    forgetKeys(house.services);
    const again = await exchange(house.origin, bytes);
    expect(JSON.parse(again?.body.toString() ?? '{}')).toMatchObject({ code: 'GATEWAY_REPLAYED' });
    done.set('replayed', 3);
  });
});

describe('rate', () => {
  it('says when more is allowed again, and counts nothing that it refused', async () => {
    await inGateway(house, sql`update gateway.permit set per_minute = 1 where system = 'negative-elsewhere'`);
    await inGateway(house, sql`update gateway.system set networks = '{}' where id = 'negative-elsewhere'`);
    forgetKeys(house.services);
    const send = () =>
      exchange(house.origin, bytesOf(draft({ class: '', what: '', key: 'elsewhere', status: 200, code: '' })));
    const answers = [await send(), await send(), await send()];
    // A minute may end between two of them: of three, at least two fall into one.
    const last = answers.find((answer) => answer?.status === 429);
    expect(last?.status).toBe(429);
    expect(JSON.parse(last?.body.toString() ?? '{}')).toMatchObject({ code: 'GATEWAY_RATE', most: 1 });
    expect(Number(last && headerOf(last, 'retry-after'))).toBeLessThanOrEqual(60);
    expect(last && headerOf(last, 'ratelimit-policy')).toContain('"minute";q=1;w=60');
    done.set('rate', 1);
  });

  it('stops who tries value after value about one person', async () => {
    const body = (n: number) =>
      JSON.stringify({
        items: Array.from({ length: n }, (_, i) => ({
          id: '310199198001010018',
          fields: { birthDate: `1980-01-${String((i % 28) + 1).padStart(2, '0')}` },
        })),
      });
    const answer = await exchange(
      house.origin,
      bytesOf(draft({ class: '', what: '', body: body(61), status: 429, code: '' })),
    );
    expect(JSON.parse(answer?.body.toString() ?? '{}')).toMatchObject({ code: 'GATEWAY_TRIES', status: 429 });
    done.set('rate', 2);
  });
});

describe('slow', () => {
  it('does not wait for content that does not come', async () => {
    const before = await state();
    const bytes = bytesOf(draft({ class: '', what: '', status: 408, code: '' }));
    const answer = await exchange(house.origin, bytes.subarray(0, bytes.length - 5), { waitMs: 30_000 });
    expect(JSON.parse(answer?.body.toString() ?? '{}')).toMatchObject({ code: 'GATEWAY_TOO_SLOW', status: 408 });
    expect((await newest(before.id))?.code).toBe('GATEWAY_TOO_SLOW');
    done.set('slow', 1);
  }, 40_000);
});

it('has refused at least sixty messages', () => {
  const tried = [...done.values()].reduce((sum, n) => sum + n, 0);
  // Counted where each was refused, and not where it is written.
  expect(tried).toBeGreaterThanOrEqual(60);
});
