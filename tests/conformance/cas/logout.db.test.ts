import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askTicket, casLoginUrl, registerCas, textIn, ticketFor } from '#platform/identity/cas/testing.ts';
import { Browser, openProviderHouse, type ProviderHouse } from '#platform/identity/oidc/testing.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { type Client, forgetClients } from '#platform/identity/oidc/clients.ts';
import { sql } from '#platform/kernel/sql.ts';

/** A legacy system that keeps what it is told, and can be out of order for a while. */
type Told = { service: string; news: { path: string; xml: string }[]; fail: number; answer: number };

let house: ProviderHouse;
const servers: Server[] = [];
beforeAll(async () => {
  house = await openProviderHouse();
}, 400_000);
afterAll(async () => {
  for (const server of servers) server.close();
  await house?.close();
});

async function system(id: string, options: Partial<Client> = {}): Promise<Told> {
  const told: Told = { service: '', news: [], fail: 0, answer: 200 };
  const server = createServer((request, reply) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      if (told.fail > 0) {
        told.fail -= 1;
        reply.writeHead(503).end();
        return;
      }
      told.news.push({ path: request.url ?? '', xml: new URLSearchParams(body).get('logoutRequest') ?? '' });
      reply.writeHead(told.answer, told.answer === 302 ? { location: `${house.issuer}/cas/login` } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  told.service = `${origin}/app/`;
  await registerCas(house, { id, redirect_uris: [told.service], ...options });
  return told;
}

/** Opens a system: its ticket, and the name that it knows the person by. */
async function open(browser: Browser, { service }: Told): Promise<{ ticket: string; user: string }> {
  const { ticket } = await ticketFor({ house, browser, service });
  return { ticket, user: textIn((await askTicket(house, { service, ticket })).body, 'user') ?? '' };
}

async function until(what: () => boolean, ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (!what() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 25));
}

const jobs = async () =>
  (
    await house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows<{ digest: string }>(
        sql`select digest from identity.oidc_item where model = 'CasSession' and sign_on is null`,
      ),
    )
  ).length;

describe('CAS 3.0 logout', () => {
  it('CAS 2.3.3 signing out of the web tells each system by the ticket that it was opened with', async () => {
    const browser = new Browser();
    const [one, two] = [await system('told-one'), await system('told-two', { subject_type: 'public' })];
    await browser.follow(`${house.issuer}/oidc/web/start?next=/x`, `${house.issuer}/x`);
    const first = await open(browser, one);
    const second = await open(browser, two);
    await browser.follow(`${house.issuer}/oidc/web/start?next=/x`, `${house.issuer}/x`);
    await browser.open(`${house.issuer}/api/identity/logout`, { json: {} });
    await until(() => one.news.length + two.news.length === 2, 5_000);
    expect(one.news.map(({ path }) => path)).toEqual(['/app/']);
    const [{ xml = '' } = {}] = one.news;
    expect(xml).toMatch(/^<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2\.0:protocol" /);
    expect(xml).toMatch(/ ID="LR-[0-9a-f-]{36}" Version="2\.0" IssueInstant="20[^"]+Z">/);
    expect(xml).toContain(
      `<saml:NameID>${first.user}</saml:NameID><samlp:SessionIndex>${first.ticket}</samlp:SessionIndex>`,
    );
    expect(two.news[0]?.xml).toContain(`<saml:NameID>citizen.wei</saml:NameID><samlp:SessionIndex>${second.ticket}<`);
    expect((await browser.open(casLoginUrl(house, one.service))).location).toContain('/login?interaction=');
  });

  it('CAS 2.3 /logout ends the sign-in of every system and of the web, and goes back to a registered address', async () => {
    const browser = new Browser();
    const [one, two] = [await system('out-one'), await system('out-two')];
    await open(browser, one);
    await browser.follow(`${house.issuer}/oidc/web/start?next=/x`, `${house.issuer}/x`);
    await open(browser, two);
    const out = await browser.open(
      `${house.issuer}/cas/logout?${new URLSearchParams({ service: `${one.service}bye` })}`,
    );
    expect([out.status, out.location]).toEqual([303, `${one.service}bye`]);
    await until(() => one.news.length + two.news.length === 2, 5_000);
    expect([one.news.length, two.news.length]).toEqual([1, 1]);
    const me = JSON.parse((await browser.open(`${house.issuer}/api/identity/me`)).body) as { signedIn: boolean };
    expect(me.signedIn).toBe(false);
    expect((await browser.open(casLoginUrl(house, one.service))).location).toContain('/login?interaction=');
  });

  it('CAS 2.3.2 /logout without a service says so on a page, as often as it is opened', async () => {
    const browser = new Browser();
    for (const _ of [1, 2]) {
      const page = await browser.open(`${house.issuer}/cas/logout?url=https://evil.example/`);
      expect([page.status, page.location, page.body.includes('已退出登录')]).toEqual([200, undefined, true]);
      expect(page.body).not.toContain('evil');
    }
  });

  it('CAS 2.3.3 a system whose ticket was never shown has no session and hears nothing', async () => {
    const browser = new Browser();
    const [shown, unshown] = [await system('shown'), await system('unshown')];
    await open(browser, shown);
    await ticketFor({ house, browser, service: unshown.service });
    await browser.open(`${house.issuer}/cas/logout`);
    await until(() => shown.news.length === 1, 5_000);
    expect([shown.news.length, unshown.news.length]).toEqual([1, 0]);
  });

  it('CAS 2.3.3.1 a system that is out of order is told again; one that answers with a redirect has heard it once', async () => {
    const browser = new Browser();
    const [ill, moved] = [await system('ill'), await system('moved')];
    ill.fail = 1;
    moved.answer = 302;
    await open(browser, ill);
    await open(browser, moved);
    await browser.open(`${house.issuer}/cas/logout`);
    await until(() => ill.news.length === 1, 60_000);
    expect([ill.news.length, moved.news.length]).toEqual([1, 1]);
  });

  it('no request leaves for an address inside the building that the registration does not name', async () => {
    const browser = new Browser();
    const [inside, named] = [await system('inside', { networks: [] }), await system('named')];
    await open(browser, inside);
    await open(browser, named);
    await browser.open(`${house.issuer}/cas/logout`);
    await until(() => named.news.length === 1, 5_000);
    await until(() => inside.news.length > 0, 2_500);
    expect([inside.news.length, named.news.length]).toEqual([0, 1]);
  });

  it('an address that is not registered any more is not called', async () => {
    const browser = new Browser();
    const [moved, stays] = [await system('moved-away'), await system('stays')];
    await open(browser, moved);
    await open(browser, stays);
    await house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) =>
      db.run(sql`update identity.client set redirect_uris = '{https://new.example/app/}' where id = 'moved-away'`),
    );
    forgetClients(house.services);
    await browser.open(`${house.issuer}/cas/logout`);
    await until(() => stays.news.length === 1, 5_000);
    await until(() => moved.news.length > 0, 1_000);
    expect([moved.news.length, stays.news.length]).toEqual([0, 1]);
  });

  it('a system is told at the address that its registration names for it', async () => {
    const browser = new Browser();
    const hub = await system('hub');
    const behind = await system('behind', { backchannel_logout_uri: `${hub.service}told` });
    await open(browser, behind);
    await browser.open(`${house.issuer}/cas/logout`);
    await until(() => hub.news.length === 1, 5_000);
    expect([hub.news.map(({ path }) => path), behind.news.length]).toEqual([['/app/told'], 0]);
  });

  it('signing in again in the same browser keeps the systems, which hear of the end of the second sign-in', async () => {
    const browser = new Browser();
    const kept = await system('kept');
    const { ticket } = await open(browser, kept);
    await ticketFor({ house, browser, service: kept.service, more: { renew: 'true' } });
    expect(kept.news).toEqual([]);
    await browser.open(`${house.issuer}/cas/logout`);
    await until(() => kept.news.length === 1, 5_000);
    expect(kept.news[0]?.xml).toContain(ticket);
  });

  it('what was kept for telling is gone once a system has been told', async () => {
    const browser = new Browser();
    const last = await system('last');
    await open(browser, last);
    const before = await jobs();
    await browser.open(`${house.issuer}/cas/logout`);
    await until(() => last.news.length === 1, 5_000);
    for (let tries = 0; tries < 100 && (await jobs()) > before; tries++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    expect(await jobs()).toBe(before);
  });
});
