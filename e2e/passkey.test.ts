import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { axe, openBrowser, overflow, picture, SIZES, watchPolicy } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** A browser with a device that verifies its person; passkeys need a name, so not the bare address. */
async function withDevice(): Promise<{ page: Page; faults: string[]; close(): Promise<void> }> {
  const context = await browser.newContext({
    viewport: SIZES.desktop,
    locale: 'zh-CN',
    baseURL: inject('address').replace('127.0.0.1', 'localhost'),
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await watchPolicy(page, faults);
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { page, faults, close: () => context.close() };
}

it('a resident registers a passkey, signs in with it alone, and removes it', async () => {
  const { page, faults, close } = await withDevice();
  await page.goto('/login?next=/citizen/account');
  await page.getByRole('button', { name: /魏薇婷/ }).click();
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL(/\/citizen\/account$/);
  await page.getByLabel('给它起个名字').fill('我的手机');
  await page.getByRole('button', { name: '登记通行密钥' }).click();
  await page.getByText('请现在抄下恢复码').waitFor();
  await page.getByText('通行密钥已登记').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: '我已抄好' }).click();
  await page.getByRole('heading', { name: '通行密钥' }).scrollIntoViewIfNeeded();
  await picture(page, 'passkey-registered-1440');

  await page.locator('details.person summary').click();
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.waitForURL(/^https?:\/\/[^/]+\/$/);
  await page.goto('/login?next=/citizen/account');
  await picture(page, 'login-passkey-1440');
  await page.getByRole('button', { name: '用通行密钥登录' }).click();
  await page.waitForURL(/\/citizen\/account$/);
  await page.getByText('本次登录刚通过两步验证。').waitFor();
  expect(await overflow(page)).toBe(0);

  await page.getByRole('button', { name: '移除通行密钥：我的手机' }).click();
  await page.getByText('移除通行密钥', { exact: true }).first().waitFor();
  await expect.poll(() => page.getByRole('button', { name: '移除通行密钥：我的手机' }).count()).toBe(0);
  expect(faults).toEqual([]);
  await close();
});

it('a session that the password opened is raised by the passkey before the passkey can be removed', async () => {
  const { page, faults, close } = await withDevice();
  await page.goto('/login?next=/citizen/account');
  await page.getByRole('button', { name: /魏薇婷/ }).click();
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL(/\/citizen\/account$/);
  await page.getByRole('button', { name: '登记通行密钥' }).click();
  await page.getByRole('button', { name: '我已抄好' }).click();
  // Registering does not raise the session, so that removing asks for proof first.
  await page.getByRole('button', { name: '移除通行密钥：通行密钥' }).click();
  const dialog = page.getByRole('dialog', { name: '请确认是您本人' });
  await dialog.getByRole('button', { name: '用通行密钥验证' }).click();
  await expect.poll(() => page.getByRole('button', { name: '移除通行密钥：通行密钥' }).count()).toBe(0);
  expect(await dialog.count()).toBe(0);
  expect(faults).toEqual([]);
  await close();
});
