import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from '#platform/kernel/http.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { sql } from '#platform/kernel/sql.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { probe, probeManifests } from './probe/app.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ manifests: probeManifests, work: false });
});
afterAll(() => house?.close());

const clerk = 'sid=clerk';

describe('permission', () => {
  it('asks an unknown caller to sign in and refuses a post that the action does not name', async () => {
    expect((await call(house, { url: '/api/probe/notes' })).json()).toMatchObject({
      code: 'SIGN_IN_REQUIRED',
      status: 401,
    });
    const refused = await call(house, { url: '/api/probe/notes', cookie: 'sid=citizen', purpose: 'community-care' });
    expect(refused.json()).toMatchObject({
      code: 'FORBIDDEN',
      status: 403,
      permission: 'probe.read',
      action: '如工作需要，请联系可授权的部门。',
    });
  });

  it('refuses everything but public routes where nobody provides a policy', async () => {
    const registry = createRegistry(probeManifests.filter(({ id }) => id !== 'access'));
    const server = await createServer({
      services: () => house.services,
      registry,
      config: house.services.config,
      log: house.services.log,
    });
    const ask = (url: string) =>
      server.fastify.inject({ url, headers: { cookie: clerk, 'x-purpose': 'community-care' } });
    expect((await ask('/api/probe/notes')).statusCode).toBe(403);
    expect((await ask('/api/probe/ping')).statusCode).toBe(200);
    await server.fastify.close();
  });

  it('refuses at start an action that no manifest declares', () => {
    const undeclared = probeManifests.map((module) => (module === probe ? { ...probe, actions: {} } : module));
    expect(() => createRegistry(undeclared)).toThrow('allows probe.write, which no manifest declares');
  });

  it('keeps a refusal in the audit, written after the rollback', async () => {
    await call(house, { url: '/api/probe/notes', cookie: 'sid=worker', purpose: 'community-care' });
    const rows = await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows(sql`select outcome, code, route from audit.access where account = 'worker'`),
    );
    expect(rows).toEqual([{ outcome: 'refused', code: 'FORBIDDEN', route: 'GET /api/probe/notes' }]);
  });

  it('refuses a write that a page of another site sent', async () => {
    const reply = await call(house, {
      method: 'POST',
      url: '/api/probe/notes',
      cookie: clerk,
      body: { body: 'note' },
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(reply.json()).toMatchObject({ code: 'CROSS_SITE_REQUEST', status: 403 });
  });
});

describe('problems', () => {
  it('speaks Chinese unless English is preferred, with the same code and the trace of the reply', async () => {
    const zh = await call(house, { url: '/api/nothing/here' });
    const en = await call(house, { url: '/api/nothing/here', headers: { 'accept-language': 'en-GB,en;q=0.9' } });
    expect(zh.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(zh.json()).toMatchObject({
      type: 'urn:smart-district:problem:not-found',
      code: 'NOT_FOUND',
      title: '没有找到',
    });
    expect(en.json()).toMatchObject({ code: 'NOT_FOUND', title: 'Not found' });
    expect(zh.json().trace).toBe(zh.headers['x-trace-id']);
  });

  it('names the field, the rule and the reason in both languages', async () => {
    const post = (language: string, body: unknown) =>
      call(house, {
        method: 'POST',
        url: '/api/probe/notes',
        cookie: clerk,
        body,
        headers: { 'accept-language': language },
      });
    const short = await post('zh', { body: 'x' });
    expect(short.json()).toMatchObject({
      code: 'INVALID_INPUT',
      status: 400,
      fields: [{ pointer: '/body', rule: 'minLength', message: '至少 2 个字' }],
    });
    const missing = await post('en', {});
    expect(missing.json().fields).toEqual([
      { pointer: '/body', rule: 'required', message: expect.stringMatching(/required/) },
    ]);
    const unknown = await post('zh', { body: 'note', role: 'admin' });
    expect(unknown.json().fields).toEqual([
      { pointer: '/role', rule: 'additionalProperties', message: '不认识的字段' },
    ]);
    const query = await call(house, { url: '/api/probe/notes?limit=900', cookie: clerk, purpose: 'community-care' });
    expect(query.json().fields).toEqual([{ pointer: '/query/limit', rule: 'maximum', message: '不能大于 50' }]);
  });

  it('answers broken JSON and an unexpected failure without saying anything of the inside', async () => {
    const broken = await call(house, {
      method: 'POST',
      url: '/api/probe/notes',
      cookie: clerk,
      body: '{"body":',
      headers: { 'content-type': 'application/json' },
    });
    expect(broken.json()).toMatchObject({ code: 'INVALID_INPUT', status: 400 });
    const failed = await call(house, {
      method: 'POST',
      url: '/api/probe/notes',
      cookie: clerk,
      body: { body: 'note', fail: true },
    });
    expect(failed.json()).toMatchObject({ code: 'INTERNAL_ERROR', status: 500 });
    expect(failed.body).not.toContain('planned failure');
  });
});

describe('purpose', () => {
  it('is required where the reply holds personal data, and recorded with each person returned', async () => {
    const made = (
      await call(house, { method: 'POST', url: '/api/probe/notes', cookie: clerk, body: { body: 'about someone' } })
    ).json();
    expect((await call(house, { url: '/api/probe/notes', cookie: clerk })).json()).toMatchObject({
      code: 'PURPOSE_REQUIRED',
      status: 403,
    });
    const read = await call(house, { url: '/api/probe/notes', cookie: clerk, purpose: 'community-care' });
    expect(read.statusCode).toBe(200);
    const rows = await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows(
        sql`select a.account, a.purpose, a.level, s.subject from audit.access a join audit.access_subject s on s.access_id = a.id where s.subject = ${made.id}`,
      ),
    );
    expect(rows).toEqual([{ account: 'clerk', purpose: 'community-care', level: 'L3', subject: made.id }]);
  });
});

describe('limits', () => {
  it('answers 429 to a caller above the rate, and goes on serving others', async () => {
    const config = { ...house.services.config, rateLimit: 3 };
    const server = await createServer({
      services: () => house.services,
      registry: house.services.registry,
      config,
      log: house.services.log,
    });
    const ask = (sid: string) => server.fastify.inject({ url: '/api/probe/ping', headers: { cookie: `sid=${sid}` } });
    for (let i = 0; i < 3; i++) expect((await ask('clerk')).statusCode).toBe(200);
    expect((await ask('clerk')).json()).toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429 });
    expect((await ask('worker')).statusCode).toBe(200);
    await server.fastify.close();
  });

  it('refuses a body above the limit', async () => {
    const reply = await call(house, {
      method: 'POST',
      url: '/api/probe/notes',
      cookie: clerk,
      body: { body: 'x'.repeat(1024 * 1024) },
    });
    expect(reply.json()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', status: 413 });
  });
});

describe('the description of the interface', () => {
  it('lists every declared route with its errors', async () => {
    const { openapi, paths } = (await call(house, { url: '/openapi.json' })).json();
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths['/api/probe/notes'].post.responses).sort()).toEqual([
      '201',
      '400',
      '401',
      '403',
      '422',
      '429',
    ]);
  });
});

describe('the starting server', () => {
  it('answers 503 with Retry-After until the database is open, and says what it waits for', async () => {
    const server = await createServer({
      services: () => undefined,
      registry: house.services.registry,
      config: house.services.config,
      log: house.services.log,
    });
    const reply = await server.fastify.inject({ url: '/api/probe/ping' });
    expect(reply.json()).toMatchObject({ code: 'STARTING', status: 503 });
    expect(reply.headers['retry-after']).toBe('5');
    expect((await server.fastify.inject({ url: '/healthz' })).statusCode).toBe(200);
    expect((await server.fastify.inject({ url: '/readyz' })).statusCode).toBe(503);
    await server.fastify.close();
  });

  it('is ready only when every gate is open', async () => {
    house.services.gates.set('sample', { ready: false, note: '1/21' });
    expect((await call(house, { url: '/readyz' })).json()).toEqual({
      status: 'waiting',
      waiting: [{ gate: 'sample', note: '1/21' }],
    });
    house.services.gates.delete('sample');
    expect((await call(house, { url: '/readyz' })).json()).toEqual({ status: 'ready', waiting: [] });
  });
});
