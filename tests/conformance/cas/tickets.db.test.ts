import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askTicket, casLoginUrl, faultIn, registerCas, textIn, ticketFor } from '#platform/identity/cas/testing.ts';
import {
  Browser,
  interactionOf,
  openProviderHouse,
  type ProviderHouse,
  typePassword,
} from '#platform/identity/oidc/testing.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';

/* CAS Protocol 3.0, by section. */
const SERVICE = 'http://127.0.0.1:9/app/';
const OTHER = 'http://127.0.0.1:9/other';

let house: ProviderHouse;
beforeAll(async () => {
  house = await openProviderHouse();
  await registerCas(house, { id: 'old-office', redirect_uris: [SERVICE], scopes: ['openid', 'profile', 'post'] });
  await registerCas(house, { id: 'old-other', redirect_uris: [OTHER], subject_type: 'public', scopes: ['openid'] });
}, 400_000);
afterAll(() => house?.close());

const rows = <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) => db.rows<T>(query));

describe('CAS 3.0 /login', () => {
  it('CAS 2.1.1 signs a person in once, and the next system opens without a page', async () => {
    const browser = new Browser();
    const first = await ticketFor({ house, browser, service: SERVICE, account: 'clerk.ruijin' });
    expect(first.pages).toBe(1);
    const second = await ticketFor({ house, browser, service: OTHER });
    expect(second.pages).toBe(0);
    expect(second.ticket).not.toBe(first.ticket);
    const web = await browser.follow(`${house.issuer}/oidc/web/start?next=/x`, `${house.issuer}/x`);
    expect(web.url).toBe(`${house.issuer}/x`);
  });

  it('CAS 2.1.1 keeps the query of the service and puts the ticket behind it', async () => {
    const browser = new Browser();
    const service = `${SERVICE}page?id=7&name=%E5%BC%A0`;
    const { url, ticket } = await ticketFor({ house, browser, service });
    expect(url).toBe(`${service}&ticket=${ticket}`);
    expect(textIn((await askTicket(house, { service, ticket })).body, 'user')).toBeTruthy();
  });

  it('CAS 2.1.1 without a service says that one is signed in, or asks to sign in', async () => {
    const browser = new Browser();
    expect((await browser.open(`${house.issuer}/cas/login`)).location).toBe(`${house.issuer}/login`);
    await ticketFor({ house, browser, service: SERVICE });
    const page = await browser.open(`${house.issuer}/cas/login`);
    expect([page.status, page.body.includes('您已登录')]).toEqual([200, true]);
  });

  it('CAS 2.1.1 renew forces a new proof, whatever was proved before, and one proof answers it once', async () => {
    const browser = new Browser();
    await ticketFor({ house, browser, service: SERVICE });
    const page = await browser.follow(casLoginUrl(house, SERVICE, { renew: 'true' }), SERVICE);
    expect(new URL(page.url).pathname).toBe('/login');
    const resume = `${house.issuer}/oidc/interaction/${interactionOf(page.url)}`;
    expect((await browser.open(resume)).location).toContain('/login?interaction=cas-');
    await typePassword({ house, browser, interaction: page.url });
    const back = await browser.open(resume);
    const ticket = new URL(back.location ?? '').searchParams.get('ticket') ?? '';
    expect(textIn((await askTicket(house, { service: SERVICE, ticket, renew: 'true' })).body, 'isFromNewLogin')).toBe(
      'true',
    );
    expect((await browser.open(resume)).status).toBe(410);
  });

  it('CAS 2.1.1 gateway never shows a page: back without a ticket, or with one where somebody is signed in', async () => {
    const browser = new Browser();
    const gateway = casLoginUrl(house, SERVICE, { gateway: 'true' });
    expect(await browser.open(gateway)).toMatchObject({ status: 303, location: SERVICE });
    await ticketFor({ house, browser, service: SERVICE });
    expect((await browser.open(gateway)).location).toMatch(/app\/\?ticket=ST-/);
    const both = await browser.open(casLoginUrl(house, SERVICE, { gateway: 'true', renew: 'true' }));
    expect(both.location).toContain('/login?interaction=');
  });

  it('CAS 2.1.1 a system that wants to be surer gets nobody by password alone, and gateway still shows no page', async () => {
    const browser = new Browser();
    const service = 'http://127.0.0.1:9/sure';
    await registerCas(house, { id: 'old-sure', redirect_uris: [service], least_level: 2 });
    await ticketFor({ house, browser, service: SERVICE });
    const page = await browser.follow(casLoginUrl(house, service), service);
    const id = interactionOf(page.url);
    const details = JSON.parse((await browser.open(`${house.issuer}/oidc/interaction/${id}/details`)).body) as object;
    expect(details).toMatchObject({ prompt: 'login', needs: 'more', level: 2, client: { id: 'old-sure', own: false } });
    const again = await browser.follow(await typePassword({ house, browser, interaction: page.url }), service);
    expect(again.url).toContain(`/login?interaction=${id}`);
    const gateway = await browser.open(casLoginUrl(house, service, { gateway: 'true' }));
    expect(gateway.location).toBe(service);
  });
});

describe('CAS 3.0 ticket validation', () => {
  it('CAS 2.8 /p3/serviceValidate names the person by a number of this system, with what its scopes say and no more', async () => {
    const browser = new Browser();
    const { ticket } = await ticketFor({ house, browser, service: SERVICE, account: 'clerk.ruijin' });
    const { body, type, status } = await askTicket(house, { service: SERVICE, ticket });
    expect([status, type]).toEqual([200, 'application/xml; charset=utf-8']);
    expect(body).toContain('<cas:serviceResponse xmlns:cas="http://www.yale.edu/tp/cas"><cas:authenticationSuccess>');
    expect(textIn(body, 'user')).toMatch(/^[\w-]{43}$/);
    expect(textIn(body, 'name')).toBeTruthy();
    expect(textIn(body, 'unit_name')).toBeTruthy();
    expect(textIn(body, 'acr')).toBe('1');
    expect(textIn(body, 'longTermAuthenticationRequestTokenUsed')).toBe('false');
    expect(textIn(body, 'isFromNewLogin')).toBe('true');
    expect(body).not.toContain('clerk.ruijin');
    expect(textIn(body, 'person')).toBeUndefined();
    const again = await ticketFor({ house, browser, service: SERVICE });
    const second = await askTicket(house, { service: SERVICE, ticket: again.ticket });
    expect(textIn(second.body, 'user')).toBe(textIn(body, 'user'));
    expect(textIn(second.body, 'isFromNewLogin')).toBe('false');
  });

  it('CAS 2.5 /serviceValidate says the user only; JSON by format; the account where the registration says so', async () => {
    const browser = new Browser();
    const plain = await ticketFor({ house, browser, service: SERVICE, account: 'clerk.ruijin' });
    const xml = await askTicket(house, { service: SERVICE, ticket: plain.ticket }, '/cas/serviceValidate');
    expect(xml.body).toContain('<cas:user>');
    expect(xml.body).not.toContain('attributes');
    const { ticket } = await ticketFor({ house, browser, service: OTHER });
    const json = await askTicket(house, { service: OTHER, ticket, format: 'JSON' });
    expect(json.type).toContain('application/json');
    const { serviceResponse } = JSON.parse(json.body) as {
      serviceResponse: { authenticationSuccess: { user: string; attributes: Record<string, unknown> } };
    };
    expect(serviceResponse.authenticationSuccess.user).toBe('clerk.ruijin');
    expect(Object.keys(serviceResponse.authenticationSuccess.attributes).toSorted()).toEqual([
      'acr',
      'amr',
      'authenticationDate',
      'isFromNewLogin',
      'longTermAuthenticationRequestTokenUsed',
    ]);
    const failed = await askTicket(house, { service: OTHER, ticket, format: 'JSON' });
    expect(JSON.parse(failed.body)).toMatchObject({
      serviceResponse: { authenticationFailure: { code: 'INVALID_TICKET' } },
    });
    const { ticket: third } = await ticketFor({ house, browser, service: OTHER });
    expect(faultIn((await askTicket(house, { service: OTHER, ticket: third, format: 'YAML' })).body)).toBe(
      'INVALID_REQUEST',
    );
  });

  it('CAS 2.4 /validate says yes once, and no afterwards', async () => {
    const { ticket } = await ticketFor({ house, browser: new Browser(), service: OTHER });
    const ask = () => askTicket(house, { service: OTHER, ticket }, '/cas/validate');
    expect((await ask()).body).toBe('yes\ncitizen.wei\n');
    expect((await ask()).body).toBe('no\n\n');
  });

  it('CAS 3.1.1 a ticket is good for one try: of ten at the same moment one is answered with a person', async () => {
    const { ticket } = await ticketFor({ house, browser: new Browser(), service: SERVICE });
    const answers = await Promise.all(Array.from({ length: 10 }, () => askTicket(house, { service: SERVICE, ticket })));
    expect(answers.filter(({ body }) => textIn(body, 'user') !== undefined)).toHaveLength(1);
    expect(answers.filter(({ body }) => faultIn(body) === 'INVALID_TICKET')).toHaveLength(9);
  });

  it('CAS 2.5.3 a ticket of another service is refused, and is worth nothing at its own afterwards', async () => {
    const { ticket } = await ticketFor({ house, browser: new Browser(), service: SERVICE });
    expect(faultIn((await askTicket(house, { service: OTHER, ticket })).body)).toBe('INVALID_SERVICE');
    expect(faultIn((await askTicket(house, { service: SERVICE, ticket })).body)).toBe('INVALID_TICKET');
    const page = await ticketFor({ house, browser: new Browser(), service: SERVICE });
    const other = await askTicket(house, { service: `${SERVICE}page`, ticket: page.ticket });
    expect(faultIn(other.body)).toBe('INVALID_SERVICE');
  });

  it('CAS 2.5.1 renew refuses a ticket that came from single sign-on', async () => {
    const browser = new Browser();
    await ticketFor({ house, browser, service: SERVICE });
    const { ticket } = await ticketFor({ house, browser, service: SERVICE });
    expect(faultIn((await askTicket(house, { service: SERVICE, ticket, renew: 'true' })).body)).toBe('INVALID_TICKET');
  });

  it('CAS 2.5.4 issues no proxy tickets and says so; the ticket is used up', async () => {
    const { ticket } = await ticketFor({ house, browser: new Browser(), service: SERVICE });
    const asked = await askTicket(house, { service: SERVICE, ticket, pgtUrl: 'https://app.example/pgt' });
    expect(faultIn(asked.body)).toBe('UNAUTHORIZED_SERVICE_PROXY');
    expect(faultIn((await askTicket(house, { service: SERVICE, ticket })).body)).toBe('INVALID_TICKET');
    const proxy = await askTicket(house, { service: SERVICE, ticket: 'PT-1856376-1HMgO86Z2ZKeByc5XdYD' });
    expect(proxy.body).toContain('proxy tickets are not issued here');
  });

  it.each([[{}], [{ service: SERVICE }], [{ ticket: 'ST-1' }], [{ service: '', ticket: '' }]])(
    'CAS 2.5.3 INVALID_REQUEST where something is missing: %j',
    async (query) => {
      expect(faultIn((await askTicket(house, query as Record<string, string>)).body)).toBe('INVALID_REQUEST');
    },
  );

  it('CAS 3.1.1, 3.7 tickets are 32 letters, digits and hyphens; a stolen table holds digests only, and after use a sealed one', async () => {
    const { ticket } = await ticketFor({ house, browser: new Browser(), service: SERVICE });
    expect(ticket).toMatch(/^ST-[A-Za-z0-9-]{29}$/);
    const whole = () => rows<{ row: string }>(sql`select i::text as row from identity.oidc_item i`);
    expect((await whole()).some(({ row }) => row.includes(ticket))).toBe(false);
    await askTicket(house, { service: SERVICE, ticket });
    expect((await whole()).some(({ row }) => row.includes(ticket))).toBe(false);
  });

  it('CAS 3.1.1 a ticket expires after ten seconds, and with the sign-in that it came from', async () => {
    const late = await ticketFor({ house, browser: new Browser(), service: SERVICE });
    await rows(
      sql`update identity.oidc_item set expires_at = expires_at - interval '10 seconds' where model = 'CasTicket' and consumed_at is null`,
    );
    expect((await askTicket(house, { service: SERVICE, ticket: late.ticket })).body).toContain(
      'the ticket has expired',
    );
    const browser = new Browser();
    const { ticket } = await ticketFor({ house, browser, service: SERVICE });
    await browser.open(`${house.issuer}/cas/logout`);
    expect(faultIn((await askTicket(house, { service: SERVICE, ticket })).body)).toBe('INVALID_TICKET');
  });

  it('each ticket that is shown stands in the audit with its system and what was answered', async () => {
    const { ticket } = await ticketFor({ house, browser: new Browser(), service: OTHER, account: 'clerk.ruijin' });
    await askTicket(house, { service: OTHER, ticket });
    const { ticket: wrong } = await ticketFor({
      house,
      browser: new Browser(),
      service: OTHER,
      account: 'clerk.ruijin',
    });
    await askTicket(house, { service: SERVICE, ticket: wrong });
    const found = await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows<{ outcome: string; code: string | null }>(sql`select outcome, code from audit.access
        where route = 'CAS ticket old-other' and account = 'clerk.ruijin' order by at desc limit 2`),
    );
    expect(found).toEqual([
      { outcome: 'refused', code: 'INVALID_SERVICE' },
      { outcome: 'changed', code: null },
    ]);
  });
});
