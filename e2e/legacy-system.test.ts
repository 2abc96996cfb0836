import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, person } from './browser.ts';

/** The legacy system of the sample district; nothing answers at its address. */
const SERVICE = 'http://127.0.0.1:9/office/';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('a legacy system signs an official in by the sign-in page of all systems, and learns name and post by its ticket', async () => {
  const { context, page } = await person({ browser });
  await page.goto(`/cas/login?service=${encodeURIComponent(SERVICE)}`);
  await page.getByText('登录后将打开：旧办公系统').waitFor();
  await page.getByRole('button', { name: '顾思源' }).click();
  const back = page.waitForResponse(
    (reply) => reply.url().includes('/oidc/interaction/cas-') && reply.status() === 303,
  );
  await page.getByRole('button', { name: '登录', exact: true }).click();
  const { location = '' } = (await back).headers();
  expect(location.startsWith(`${SERVICE}?ticket=ST-`)).toBe(true);
  const query = new URLSearchParams({ service: SERVICE, ticket: new URL(location).searchParams.get('ticket') ?? '' });
  const reply = await context.request.get(`/cas/p3/serviceValidate?${query}&format=JSON`);
  expect(await reply.json()).toMatchObject({
    serviceResponse: { authenticationSuccess: { attributes: { name: '顾思源', isFromNewLogin: true, acr: '1' } } },
  });
  await context.close();
});
