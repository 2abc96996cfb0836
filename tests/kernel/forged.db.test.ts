import { Writable } from 'node:stream';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { app, route } from '#platform/kernel/app.ts';
import { readConfig } from '#platform/kernel/config.ts';
import { createServer } from '#platform/kernel/http.ts';
import { createLogger } from '#platform/kernel/log.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { identity } from '#platform/identity/app.ts';

/** A module that fails with what the caller sent, and one that returns more than it declares. */
const careless = app({
  id: 'careless',
  kind: 'app',
  folder: 'platform/careless',
  title: { zh: '粗心', en: 'Careless' },
  routes: [
    route({
      method: 'GET',
      path: '/api/careless/:what',
      summary: { zh: '出错', en: 'Fails' },
      allow: 'public',
      params: Type.Object({ what: Type.String() }),
      reply: Type.Object({ id: Type.String() }),
      examples: { own: { as: 'anonymous', params: { what: 'x' } } },
      handler: async ({ params: { what } }) => {
        if (what !== 'row') throw new Error(what);
        return { id: 'a', password_hash: 'argon', inner: { secret: 1 } } as { id: string };
      },
    }),
  ],
});
const MANIFESTS = [identity, access, audit, careless];

let house: TestHouse;
const lines: string[] = [];
beforeAll(async () => {
  house = await openHouse({ manifests: MANIFESTS, work: false });
}, 120_000);
afterAll(() => house?.close());

async function open(env: Record<string, string> = {}) {
  const config = readConfig({ RATE_LIMIT: '1000000', ...env });
  const to = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const log = createLogger({ level: 'debug', to });
  const services = { ...house.services, config, log };
  return createServer({ services: () => services, registry: createRegistry(MANIFESTS), config, log });
}
const inDatabase = <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) => db.rows<T>(query));

describe('forged headers', () => {
  const codes = async (env: Record<string, string>, header: string) => {
    await inDatabase(sql`delete from identity.attempt returning 1 as gone`);
    const server = await open(env);
    const found = [];
    for (let i = 0; i < 13; i++) {
      const reply = await server.fastify.inject({
        method: 'POST',
        url: '/api/identity/login',
        remoteAddress: '192.0.2.7',
        headers: { [header]: header === 'forwarded' ? `for=203.0.113.${i}` : `203.0.113.${i}` },
        payload: { account: 'clerk.bund', password: 'wrong-password' },
      });
      found.push(reply.json().code);
    }
    await server.fastify.close();
    return found;
  };

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'x-client-ip', 'true-client-ip'])(
    '%s does not give a caller another address: the limit holds',
    async (header) => {
      expect(await codes({}, header)).toEqual([
        ...Array(10).fill('SIGN_IN_FAILED'),
        ...Array(3).fill('SIGN_IN_LOCKED'),
      ]);
    },
  );

  it('are believed from the proxies that TRUST_PROXY names, and from nobody else', async () => {
    expect(await codes({ TRUST_PROXY: '192.0.2.7' }, 'x-forwarded-for')).toEqual(Array(13).fill('SIGN_IN_FAILED'));
    expect((await codes({ TRUST_PROXY: '192.0.2.8' }, 'x-forwarded-for')).slice(10)).toEqual(
      Array(3).fill('SIGN_IN_LOCKED'),
    );
  });

  it('of the host neither open the origin check nor change cookies, with or without a trusted proxy', async () => {
    const ask = async (env: Record<string, string>, headers: Record<string, string>) => {
      await inDatabase(sql`delete from identity.attempt returning 1 as gone`);
      const server = await open(env);
      const reply = await server.fastify.inject({
        method: 'POST',
        url: '/api/identity/login',
        headers,
        payload: { account: 'clerk.bund', password: 'street-2026' },
      });
      await server.fastify.close();
      return reply;
    };
    const forged = {
      origin: 'https://evil.example',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
    };
    for (const env of [{}, { TRUST_PROXY: '127.0.0.1' }] as Record<string, string>[]) {
      expect((await ask(env, { host: 'city.example', ...forged })).json().code).toBe('CROSS_SITE_REQUEST');
    }
    const tls = { PUBLIC_ORIGIN: 'https://city.example' };
    // A request that names the attacker's host throughout: only the configured origin counts.
    expect((await ask(tls, { host: 'evil.example', ...forged })).json().code).toBe('CROSS_SITE_REQUEST');
    const right = await ask(tls, {
      host: '127.0.0.1:8080',
      origin: 'https://city.example',
      'x-forwarded-proto': 'http',
    });
    expect(right.statusCode).toBe(200);
    for (const cookie of [right.headers['set-cookie'] ?? []].flat()) {
      expect(cookie).toMatch(/^__Host-(sid|sso|device)=/);
      expect(cookie).toMatch(/; Secure$/);
      expect(cookie).not.toMatch(/domain/i);
    }
  });

  it('do not open /metrics, which is for this machine or for a token', async () => {
    const get = async (env: Record<string, string>, remoteAddress: string, headers: Record<string, string> = {}) => {
      const server = await open(env);
      const reply = await server.fastify.inject({ url: '/metrics', remoteAddress, headers });
      await server.fastify.close();
      return reply.statusCode;
    };
    expect(await get({}, '127.0.0.1')).toBe(200);
    expect(await get({}, '::ffff:127.0.0.1')).toBe(200);
    expect(await get({}, '192.0.2.7')).toBe(404);
    expect(await get({}, '192.0.2.7', { 'x-forwarded-for': '127.0.0.1' })).toBe(404);
    // Through a proxy on this machine that nobody declared: the caller is somebody else.
    expect(await get({}, '127.0.0.1', { 'x-forwarded-for': '192.0.2.7' })).toBe(404);
    expect(await get({ TRUST_PROXY: '127.0.0.1' }, '127.0.0.1', { 'x-forwarded-for': '127.0.0.1' })).toBe(404);
    const token = { METRICS_TOKEN: 'a-token-of-the-operator' };
    expect(await get(token, '192.0.2.7', { authorization: 'Bearer a-token-of-the-operator' })).toBe(200);
    for (const wrong of ['Bearer a-token-of-the-operatos', 'Bearer ', 'Basic a-token-of-the-operator', '']) {
      expect(await get(token, '192.0.2.7', { authorization: wrong })).toBe(404);
    }
    expect(await get({}, '192.0.2.7', { authorization: 'Bearer ' })).toBe(404);
  });
});

it('line breaks and terminal codes in names, headers and paths make no second log line and stand in none unescaped', async () => {
  lines.length = 0;
  const server = await open();
  const evil = 'x\r\n{"level":60,"msg":"forged"}\n\u001b[2J\u001b]0;owned\u0007\u2028\u0085';
  await server.fastify.inject({
    method: 'POST',
    url: '/api/identity/login',
    headers: {
      'user-agent': evil.replace(/[\r\n\u2028]/g, ' '),
      'x-purpose': 'x',
      'accept-language': evil.replace(/[\r\n\u2028]/g, ' '),
    },
    payload: { account: evil, password: evil },
  });
  await server.fastify.inject({ url: `/api/careless/${encodeURIComponent(evil)}` });
  await server.fastify.inject({ url: `/no/such/${encodeURIComponent(evil)}?q=${encodeURIComponent(evil)}` });
  await server.fastify.close();
  expect(lines.length).toBeGreaterThanOrEqual(4);
  for (const line of lines) {
    expect(line.endsWith('\n')).toBe(true);
    expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f]/);
    expect(JSON.parse(line)).toMatchObject({ service: 'smart-district' });
  }
  expect(lines.filter((line) => JSON.parse(line).msg === 'forged')).toEqual([]);
  expect(lines.map((line) => JSON.parse(line).route)).toContain('/api/careless/:what');
});

it('attempts to get around a control are logged by route and code, never with what was sent', async () => {
  lines.length = 0;
  const server = await open();
  const login = { method: 'POST', url: '/api/identity/login' } as const;
  await server.fastify.inject({ ...login, payload: { account: ['sent-by-caller'], password: 'sent-by-caller' } });
  await server.fastify.inject({ ...login, payload: { account: 'x'.repeat(5_000), password: 'sent-by-caller' } });
  await server.fastify.inject({ ...login, headers: { origin: 'https://sent-by-caller.example' }, payload: {} });
  await server.fastify.close();
  const refused = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'refused');
  expect(refused.map(({ code, route, level }) => [code, route, level])).toEqual([
    ['INVALID_INPUT', '/api/identity/login', 30],
    ['PAYLOAD_TOO_LARGE', '/api/identity/login', 30],
    ['CROSS_SITE_REQUEST', '/api/identity/login', 40],
  ]);
  expect(lines.join('')).not.toContain('sent-by-caller');
});

it('what a handler returns beyond its declared reply does not leave, and the log names it once', async () => {
  lines.length = 0;
  const server = await open();
  for (let i = 0; i < 2; i++) {
    const reply = await server.fastify.inject({ url: '/api/careless/row' });
    expect(reply.json()).toEqual({ id: 'a' });
  }
  await server.fastify.close();
  const warned = lines.map((line) => JSON.parse(line)).filter(({ level }) => level === 40);
  expect(warned.map(({ path }) => path)).toEqual(['/password_hash', '/inner']);
});
