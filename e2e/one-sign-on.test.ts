import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as oidc from 'openid-client';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture } from './browser.ts';

/*
 * P11 acceptance 1 with real systems: five small servers of five units, each a relying party by openid-client. A resident signs
 * in once and opens all of them; a sixth, from outside, has to ask.
 */
const UNITS = ['party-office', 'organisation-department', 'publicity', 'united-front', 'political-legal'];

type Party = { address: string; server: Server };
let browser: Browser;
let admin: Awaited<ReturnType<typeof person>>;
const parties: Party[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  admin = await person({ browser, account: 'admin.system' });
});
afterAll(async () => {
  for (const { server } of parties) server.close();
  await browser?.close();
});

/** Registers a system as the administrator does and starts it: its one page says whom the provider has named. */
async function openParty(options: { name: string; unit: string | null; consent: 'ask' | 'task' }): Promise<Party> {
  const { name, unit, consent } = options;
  let configuration: oidc.Configuration;
  const pending = new Map<string, { verifier: string; nonce: string }>();
  const server = createServer((request, reply) => {
    void answer(new URL(request.url ?? '/', party.address)).then(
      ({ location, text }) =>
        location
          ? reply.writeHead(302, { location }).end()
          : reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(text),
      (error: Error) => reply.writeHead(500).end(error.message),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const party: Party = { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  parties.push(party);
  const id = `e2e-${party.address.slice(-5)}`.replace(':', 'x');
  const registered = await admin.context.request.post('/api/identity/clients', {
    headers: { 'idempotency-key': crypto.randomUUID() },
    data: {
      id,
      kind: 'oidc',
      confidential: true,
      name,
      nameEn: name,
      unit,
      owner: unit === null ? '市旅游公共服务平台' : null,
      redirectUris: [`${party.address}/callback`],
      postLogoutRedirectUris: [],
      backchannelLogoutUri: null,
      networks: [],
      scopes: ['openid', 'profile', 'post'],
      consent,
      subjectType: 'pairwise',
      leastLevel: 1,
    },
  });
  expect(registered.status(), await registered.text()).toBe(201);
  const { secret } = (await registered.json()) as { secret: string };
  configuration = await oidc.discovery(new URL(inject('address')), id, undefined, oidc.ClientSecretBasic(secret), {
    execute: [oidc.allowInsecureRequests],
  });

  async function answer(url: URL): Promise<{ location?: string; text?: string }> {
    if (url.pathname !== '/callback') {
      const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
      pending.set(state, { verifier, nonce });
      const parameters = {
        redirect_uri: `${party.address}/callback`,
        scope: consent === 'ask' ? 'openid profile post' : 'openid profile',
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      };
      return { location: oidc.buildAuthorizationUrl(configuration, parameters).href };
    }
    const state = url.searchParams.get('state') ?? '';
    const kept = pending.get(state);
    const tokens = await oidc.authorizationCodeGrant(configuration, url, {
      expectedState: state,
      expectedNonce: kept?.nonce,
      pkceCodeVerifier: kept?.verifier,
    });
    return { text: `<!doctype html><h1>${name}</h1><p>您好，${String(tokens.claims()?.name)}</p>` };
  }
  return party;
}

async function greeted(page: Page): Promise<void> {
  await page.getByText('您好，魏薇婷').waitFor();
}

it('one sign-in opens five systems of five units without a further prompt', async () => {
  const { page, context } = await person({ browser });
  for (const [at, unit] of UNITS.entries()) {
    const { address } = await openParty({ name: `单位系统 ${at + 1}`, unit, consent: 'task' });
    await page.goto(address);
    if (at === 0) {
      await page.getByText('登录后将打开：单位系统 1').waitFor();
      expect(await axe(page)).toEqual([]);
      await picture(page, 'sign-in-for-system-1440');
      await page.getByRole('button', { name: /魏薇婷/ }).click();
      await page.getByRole('button', { name: '登录', exact: true }).click();
    }
    await greeted(page);
  }
  // The web is one of them: it needs no password either.
  await page.goto(`${inject('address')}/login?next=/citizen/account`);
  await page.waitForURL(/\/citizen\/account$/);
  await context.close();
});

it('a system from outside asks for consent, in plain words, also on a telephone and in large type', async () => {
  const { address } = await openParty({ name: '随心游上海', unit: null, consent: 'ask' });
  const { page, context } = await person({ browser, account: 'citizen.wei' });
  await page.goto(address);
  await page.getByRole('heading', { name: '是否允许“随心游上海”使用您的信息？' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'consent-1440');
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await overflow(page)).toBe(0);
  await picture(page, 'consent-390');
  await page.getByRole('button', { name: '大字版' }).click();
  expect(await page.evaluate('getComputedStyle(document.querySelector(".consent")).fontSize')).toBe('22px');
  expect(await overflow(page)).toBe(0);
  await picture(page, 'consent-elder-390');
  await page.getByRole('button', { name: '标准字号' }).click();
  await page.getByLabel(/天内不再询问/).check();
  await page.getByRole('button', { name: '允许并继续' }).click();
  await greeted(page);

  await page.goto(`${inject('address')}/citizen/account`);
  await page.getByRole('button', { name: '撤销授权：随心游上海' }).scrollIntoViewIfNeeded();
  await picture(page, 'own-consents-390');
  await page.getByRole('button', { name: '撤销授权：随心游上海' }).click();
  await page.getByText('已撤销对“随心游上海”的授权。').waitFor();
  await context.close();
});

it('the system administrator registers a system and sees its secret once', async () => {
  const { page } = admin;
  // A slow line: the page is there long before the answer to who is signed in, and keeps what was typed meanwhile.
  let answerMe = (): void => undefined;
  const typed = new Promise<void>((resolve) => (answerMe = resolve));
  await page.route('**/api/identity/me', async (route) => {
    await typed;
    await route.continue();
  });
  await page.goto('/gov/admin/clients');
  await page.getByRole('button', { name: '登记应用' }).click();
  await page.getByLabel('应用编号').fill(`e2e-form-${Date.now() % 100000}`);
  answerMe();
  await page.locator('details.person summary').waitFor();
  await page.getByLabel('名称', { exact: true }).fill('表单登记的系统');
  await page.getByLabel('英文名称').fill('By form');
  await page.getByLabel(/负责单位名称/).fill('测试单位');
  await page.getByLabel(/登录回调地址/).fill('http://evil.example/callback');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText(/须是完整的 https 地址/).waitFor();
  await page.getByLabel(/登录回调地址/).fill('https://app.example/callback');
  expect(await axe(page)).toEqual([]);
  await picture(page, 'clients-form-1440');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('请现在保存应用密钥').waitFor();
  await picture(page, 'clients-1440');
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await overflow(page)).toBe(0);
  await picture(page, 'clients-390');
});
