import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { probeManifests } from './probe/app.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ manifests: probeManifests, work: false });
});
afterAll(() => house?.close());

const post = (key: string, body: unknown, sid = 'clerk') =>
  call(house, { method: 'POST', url: '/api/probe/notes', cookie: `sid=${sid}`, key, body });
const rows = (module: string, query: Sql) =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, (db) => db.rows(query));
const notesWith = async (body: string) =>
  (await rows('probe', sql`select id from probe.note where body = ${body}`)).length;

it('gives the first reply again for the same key and content, without a second effect', async () => {
  const first = await post('key-same-1', { body: 'same' });
  const again = await post('key-same-1', { body: 'same' });
  expect(first.statusCode).toBe(201);
  expect(again.statusCode).toBe(201);
  expect(again.json()).toEqual(first.json());
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect(await notesWith('same')).toBe(1);
});

it('refuses the same key with other content', async () => {
  await post('key-other-1', { body: 'before' });
  expect((await post('key-other-1', { body: 'after' })).json()).toMatchObject({
    code: 'IDEMPOTENCY_KEY_REUSED',
    status: 422,
  });
  expect(await notesWith('after')).toBe(0);
});

it('is the caller’s own: another account’s equal key is another request', async () => {
  await post('key-mine-1', { body: 'mine' });
  const other = await post('key-mine-1', { body: 'mine' }, 'worker');
  expect(other.headers['idempotent-replayed']).toBeUndefined();
  expect(await notesWith('mine')).toBe(2);
});

it('lets concurrent twins wait and gives both the one reply', async () => {
  const replies = await Promise.all(Array.from({ length: 6 }, () => post('key-twins-1', { body: 'twins' })));
  expect(new Set(replies.map((reply) => reply.json().id)).size).toBe(1);
  expect(replies.every((reply) => reply.statusCode === 201)).toBe(true);
  expect(await notesWith('twins')).toBe(1);
});

it('keeps nothing of a request that failed, so that it can be sent again', async () => {
  expect((await post('key-fails-1', { body: 'fails', fail: true })).statusCode).toBe(500);
  expect(await rows('kernel', sql`select key from kernel.idempotency where key = 'key-fails-1'`)).toEqual([]);
  expect(await notesWith('fails')).toBe(0);
});

it('demands a key where a POST creates something', async () => {
  const reply = await house.server.fastify.inject({
    method: 'POST',
    url: '/api/probe/notes',
    headers: { cookie: 'sid=clerk' },
    payload: { body: 'none' },
  });
  expect(reply.json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_REQUIRED', status: 400 });
});

it('keeps replies encrypted', async () => {
  const reply = await post('key-sealed-1', { body: 'sealed' });
  expect(reply.json().secret).toBe('personal-sealed');
  const [kept] = await rows('kernel', sql`select reply from kernel.idempotency where key = 'key-sealed-1'`);
  expect(kept?.reply).toMatch(/\S{40,}/);
  expect(kept?.reply).not.toContain('personal');
  expect(Buffer.from(String(kept?.reply), 'base64').toString('utf8')).not.toContain('personal');
});

it('forgets a key after 24 hours', async () => {
  const age = (hours: number) =>
    rows(
      'kernel',
      sql`update kernel.idempotency set at = kernel.now() - ${hours}::int * interval '1 hour' where key = 'key-day-1'`,
    );
  const first = await post('key-day-1', { body: 'day' });
  await age(23);
  expect((await post('key-day-1', { body: 'day' })).json().id).toBe(first.json().id);
  await age(25);
  expect((await post('key-day-1', { body: 'day' })).json().id).not.toBe(first.json().id);
});
