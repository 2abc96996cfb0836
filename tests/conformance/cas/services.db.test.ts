import { Writable } from 'node:stream';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { covers, placeOfService, withTicket } from '#platform/identity/cas/service.ts';
import { askTicket, casLoginUrl, faultIn, registerCas, textIn, ticketFor } from '#platform/identity/cas/testing.ts';
import { Browser, openProviderHouse, type ProviderHouse, registerClient } from '#platform/identity/oidc/testing.ts';
import { call } from '#platform/kernel/testing.ts';
import { signIn } from '#platform/identity/testing.ts';
import { createServer } from '#platform/kernel/http.ts';
import { createLogger } from '#platform/kernel/log.ts';

/* Which addresses a ticket may go to (CAS 3.0, 2.1.1 and 2.2.1, non-open mode). */
const SERVICE = 'https://office.example/app/';
const PAGE = 'https://office.example/single';

let house: ProviderHouse;
let browser: Browser;
beforeAll(async () => {
  house = await openProviderHouse();
  await registerCas(house, { id: 'old-app', redirect_uris: [SERVICE, PAGE] });
  await registerCas(house, { id: 'old-inner', redirect_uris: [`${SERVICE}inner/`] });
  await registerCas(house, { id: 'old-stopped', redirect_uris: ['https://stopped.example/'] });
  await registerClient(house, { id: 'modern', redirect_uris: ['https://modern.example/callback'] });
  browser = new Browser();
  await ticketFor({ house, browser, service: SERVICE });
}, 400_000);
afterAll(() => house?.close());

const TRICKS = [
  'https://evil.example/app/',
  'http://office.example/app/',
  'https://office.example:8443/app/',
  'https://office.example/app',
  'https://office.example/single/more',
  'https://office.example/singlepage',
  'https://office.example@evil.example/app/',
  'https://office.example:x@evil.example/app/',
  'https://user@office.example/app/',
  'https://office.example.evil.example/app/',
  'https://evil.example/?https://office.example/app/',
  'https://evil.example/#https://office.example/app/',
  'https://office.example/app/#@evil.example/',
  'https://office.example\\@evil.example/app/',
  'https://evil.example\\office.example/app/',
  'https:\\\\office.example\\app\\',
  'https:///office.example/app/',
  'https:office.example/app/',
  '//office.example/app/',
  'https://office.example/app/../../elsewhere',
  'https://office.example/app/%2e%2e/elsewhere',
  'https://office.example/app/%2E./elsewhere',
  'https://office.example/app/..%2felsewhere',
  'https://office.example/app/%252e%252e/elsewhere',
  'https://office.example/app/%5c..%5celsewhere',
  'https://office.example/app/%0d%0aSet-Cookie:%20sid=x',
  'https://office.example/app/%00',
  'https://OFFICE.example/app/',
  'https://office.example:443/app/',
  'https://office.example./app/',
  'https://оffice.example/app/',
  'https://office.example/app/ ',
  ' https://office.example/app/',
  'https://office.example/app/\r\nSet-Cookie: sid=x',
  'https://office.example/app/\t',
  'https://office.example/app/?ticket=ST-of-somebody-else',
  'https://office.example/app/?a=1&ticket=',
  'javascript:alert(1)//https://office.example/app/',
  'data:text/html,https://office.example/app/',
  'https://modern.example/callback',
  `https://office.example/app/${'x'.repeat(2_000)}`,
  '',
];

describe('CAS 3.0 services', () => {
  it.each(TRICKS)('CAS 2.2.1 service %j gets no ticket, is not gone to, and stands in no page', async (service) => {
    const ways: Record<string, string>[] = [{}, { gateway: 'true' }, { renew: 'true' }];
    for (const more of ways) {
      const answer = await browser.open(casLoginUrl(house, service, more));
      expect([answer.status, answer.location]).toEqual([403, undefined]);
      expect(answer.body).toContain('INVALID_SERVICE');
      expect(answer.body).not.toMatch(/evil|elsewhere|alert/);
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    const out = await new Browser().open(`${house.issuer}/cas/logout?${new URLSearchParams({ service })}`);
    expect([out.status, out.location]).toEqual([200, undefined]);
  });

  it('CAS 2.2.1 two services in one request are none', async () => {
    const answer = await browser.open(`${casLoginUrl(house, SERVICE)}&service=https://evil.example/`);
    expect([answer.status, answer.location]).toEqual([403, undefined]);
  });

  it('of two systems that cover an address the closer one is meant', async () => {
    const outer = await ticketFor({ house, browser, service: `${SERVICE}page` });
    const inner = await ticketFor({ house, browser, service: `${SERVICE}inner/page` });
    const users = await Promise.all([
      askTicket(house, { service: `${SERVICE}page`, ticket: outer.ticket }),
      askTicket(house, { service: `${SERVICE}inner/page`, ticket: inner.ticket }),
    ]);
    const [a, b] = users.map(({ body }) => textIn(body, 'user'));
    expect(a).toBeTruthy();
    expect(b).toBeTruthy();
    expect(a).not.toBe(b);
  });

  it('a covered address begins with the registered one and goes where it says: 2,000 random addresses', () => {
    const part = fc.constantFrom(
      'app',
      'inner',
      '..',
      '.',
      '%2e',
      '%2F',
      '\\',
      '/',
      '@',
      ':',
      '?',
      '#',
      'evil.example',
      'é',
      '\n',
      '%00',
      'a',
    );
    const address = fc.tuple(
      fc.constantFrom('https://office.example/app/', 'https://office.example', 'https://'),
      fc.array(part, { maxLength: 8 }),
    );
    fc.assert(
      fc.property(address, ([start, parts]) => {
        const service = `${start}${parts.join('')}`;
        const place = placeOfService(service);
        if (place === undefined || !covers(SERVICE, place)) return;
        const target = new URL(withTicket(service, 'ST-x'));
        expect(target.origin).toBe('https://office.example');
        expect(decodeURIComponent(target.pathname).split('/').slice(0, 2)).toEqual(['', 'app']);
        expect(decodeURIComponent(target.pathname)).not.toMatch(/\/\.{1,2}(\/|$)|\\/);
        expect(target.searchParams.getAll('ticket')).toEqual(['ST-x']);
      }),
      { numRuns: 2_000 },
    );
  });

  it('a system of the other protocol is none here, and a CAS system is none there', async () => {
    const query = new URLSearchParams({
      client_id: 'old-app',
      redirect_uri: SERVICE,
      response_type: 'code',
      scope: 'openid',
    });
    const answer = await browser.open(`${house.issuer}/oidc/auth?${query}`);
    expect([answer.status, answer.location]).toEqual([400, undefined]);
    expect(answer.body).toContain('invalid_client');
  });

  it('a system that was stopped gets no ticket, and one that it had is worth nothing', async () => {
    const service = 'https://stopped.example/';
    const { ticket } = await ticketFor({ house, browser, service });
    const cookie = await signIn(house, 'admin.system');
    const entry = {
      unit: 'publicity',
      owner: null,
      redirectUris: [service],
      postLogoutRedirectUris: [],
      backchannelLogoutUri: null,
    };
    const more = {
      networks: [],
      scopes: ['openid'],
      consent: 'task',
      subjectType: 'pairwise',
      leastLevel: 1,
      enabled: false,
    };
    const body = { name: '旧系统', nameEn: 'Old', ...entry, ...more };
    const stopped = await call(house, { method: 'PUT', url: '/api/identity/clients/old-stopped', body, cookie });
    expect(stopped.statusCode).toBe(200);
    expect(faultIn((await askTicket(house, { service, ticket })).body)).toBe('INVALID_TICKET');
    expect((await browser.open(casLoginUrl(house, service))).status).toBe(403);
  });

  it('line breaks and terminal codes in service and ticket make no second log line and stand in none', async () => {
    const lines: string[] = [];
    const to = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const log = createLogger({ level: 'debug', to });
    const { config, registry } = house.services;
    const server = await createServer({ services: () => ({ ...house.services, log }), registry, config, log });
    const evil = 'https://office.example/\r\n{"level":60,"msg":"forged"}\u001b[2J\u2028';
    for (const path of ['login', 'logout', 'validate', 'serviceValidate', 'p3/serviceValidate']) {
      await server.fastify.inject({
        url: `/cas/${path}?${new URLSearchParams({ service: evil, ticket: evil, format: evil })}`,
      });
      await server.fastify.inject({ url: `/cas/${path}?${new URLSearchParams({ service: evil, ticket: evil })}` });
    }
    await server.fastify.close();
    expect(lines.length).toBeGreaterThanOrEqual(10);
    for (const line of lines) {
      expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f]/);
      expect(line).not.toMatch(/forged|office\.example/);
    }
  });
});

describe('the register of CAS systems', () => {
  const form = {
    kind: 'cas',
    name: '旧系统',
    nameEn: 'Old system',
    unit: 'publicity',
    owner: null,
    redirectUris: ['https://old.example/app/'],
    postLogoutRedirectUris: [],
    backchannelLogoutUri: null,
    networks: [],
    scopes: ['openid', 'profile'],
    consent: 'task',
    subjectType: 'public',
    leastLevel: 2,
    confidential: false,
  };
  const register = async (id: string, change: object) => {
    const cookie = await signIn(house, 'admin.system');
    return call(house, { method: 'POST', url: '/api/identity/clients', body: { ...form, id, ...change }, cookie });
  };

  it('is the one of all systems: an administrator registers a legacy system, which then signs people in', async () => {
    const service = 'https://registered.example/app/';
    const done = await register('old-registered', { redirectUris: [service], leastLevel: 1 });
    expect(done.json()).toEqual({ id: 'old-registered', secret: null });
    const { ticket } = await ticketFor({ house, browser, service });
    expect(textIn((await askTicket(house, { service, ticket })).body, 'user')).toBe('citizen.wei');
    const cookie = await signIn(house, 'admin.system');
    const { clients } = (await call(house, { url: '/api/identity/clients', cookie })).json<{
      clients: { id: string }[];
    }>();
    expect(clients.find(({ id }) => id === 'old-registered')).toMatchObject({
      kind: 'cas',
      subjectType: 'public',
      leastLevel: 1,
    });
  });

  it.each([
    ['consent of the person', { consent: 'ask' }, '/consent'],
    ['a unit outside the district', { unit: null, owner: '区外单位' }, '/consent'],
    ['more than name and post', { scopes: ['openid', 'person'] }, '/consent'],
    ['a secret', { confidential: true }, '/confidential'],
    ['a query', { redirectUris: ['https://old.example/app/?a=1'] }, '/redirectUris'],
    ['an encoded slash', { redirectUris: ['https://old.example/a%2fb/'] }, '/redirectUris'],
    ['plain HTTP', { redirectUris: ['http://old.example/app/'] }, '/redirectUris'],
    ['a wildcard', { redirectUris: ['https://*.example/app/'] }, '/redirectUris'],
    [
      'an address after signing out',
      { postLogoutRedirectUris: ['https://old.example/bye'] },
      '/postLogoutRedirectUris',
    ],
    ['an address of another system', { redirectUris: [SERVICE] }, '/redirectUris'],
  ])('takes no CAS system with %s', async (_what, change, pointer) => {
    const reply = await register('old-refused', change);
    expect(reply.statusCode).toBe(400);
    expect(reply.json<{ fields: { pointer: string }[] }>().fields.map((fault) => fault.pointer)).toContain(pointer);
  });

  it('gives the account to no system of OpenID Connect, and sets no level for one', async () => {
    const reply = await register('new-refused', {
      kind: 'oidc',
      consent: 'ask',
      redirectUris: ['https://new.example/callback'],
    });
    expect(reply.json<{ fields: { pointer: string }[] }>().fields.map(({ pointer }) => pointer)).toEqual([
      '/subjectType',
      '/leastLevel',
    ]);
  });
});
