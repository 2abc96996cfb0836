import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { totpCode } from '#platform/identity/second-factor/totp.ts';
import { axe, openBrowser, overflow, person, picture, SIZES } from './browser.ts';

const ACCOUNT = 'clerk.bund';
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** Codes by steps of half a minute from now. The server takes one step early and late, so nobody waits for the clock. */
const code = (secret: string, steps: number) => totpCode(secret, new Date(Date.now() + steps * 30_000));

async function anyPerson(page: Page): Promise<string> {
  const reply = await page.context().request.get(`/api/population/persons?q=${encodeURIComponent('王')}`, {
    headers: { 'x-purpose': 'community-care' },
  });
  return (await reply.json()).persons[0].pid;
}

it('a clerk sets up an authenticator, is asked for a code before an identity number opens, signs in by a recovery code and removes it', async () => {
  const { context, page } = await person({ browser, account: ACCOUNT });
  const pid = await anyPerson(page);

  // Found from the person's menu.
  await page.goto('/gov');
  await page.locator('details.person summary').click();
  await page.getByRole('link', { name: '我的账号与设备' }).click();
  await page.waitForURL(/\/gov\/account$/);
  await page.getByRole('button', { name: '启用动态码' }).click();
  await page.getByRole('img', { name: '启用动态码的二维码' }).waitFor();
  const secret = (await page.locator('.secret-key').innerText()).replaceAll(' ', '');
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  await picture(page, 'account-enrol-1440');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: '确认启用' }).click();
  await page.getByText('请填写 6 位数字').first().waitFor();
  await page.getByLabel('第一个动态码').fill(code(secret, -1));
  await page.getByLabel('下一个动态码').fill(code(secret, 0));
  await page.getByRole('button', { name: '确认启用' }).click();
  await page.getByText('请现在抄下恢复码').waitFor();
  const recovery = await page.locator('.recovery-codes code').allInnerTexts();
  expect(recovery).toHaveLength(10);
  await picture(page, 'account-recovery-1440');
  await page.getByRole('button', { name: '我已抄好' }).click();

  // The identity number: refused until the code, then open, without anything typed twice.
  await page.goto(`/gov/persons/${pid}`);
  await page.getByText('社区服务与走访').first().click();
  await page.getByRole('button', { name: '按此用途查看' }).click();
  const open = page.locator('.attribute').filter({ hasText: '公民身份号码' }).getByRole('button').first();
  await open.click();
  const dialog = page.getByRole('dialog', { name: '请确认是您本人' });
  await dialog.waitFor();
  await picture(page, 'step-up-1440');
  expect(await axe(page)).toEqual([]);
  await dialog.getByRole('button', { name: '取消' }).click();
  await page.getByRole('alert').filter({ hasText: '请再确认一次是您本人' }).waitFor();
  await open.click();
  await dialog.getByLabel('动态码或恢复码').fill('000000');
  await dialog.getByRole('button', { name: '验证并继续' }).click();
  await dialog.getByText('验证码不正确或已用过').waitFor();
  await dialog.getByLabel('动态码或恢复码').fill(code(secret, 1));
  await page.keyboard.press('Enter');
  await page
    .locator('.attribute')
    .filter({ hasText: '公民身份号码' })
    .getByText(/^\d{17}[\dX]$/)
    .waitFor();
  await context.close();

  // Signing in: password first, then the code.
  const phone = await browser.newContext({
    viewport: SIZES.phone,
    locale: 'zh-CN',
    baseURL: new URL(page.url()).origin,
    reducedMotion: 'reduce',
  });
  const small = await phone.newPage();
  await small.goto('/login?next=/gov/account');
  await small
    .getByRole('button', { name: /外滩街道/ })
    .first()
    .click();
  await small.getByRole('button', { name: '登录', exact: true }).click();
  await small.getByLabel('动态码或恢复码').fill((recovery[0] as string).toLowerCase());
  await picture(small, 'login-code-390');
  await small.getByRole('button', { name: '登录', exact: true }).click();
  await small.waitForURL(/\/gov\/account$/);
  await small.getByText('恢复码还剩 9 个。').waitFor();
  await small.getByText('使用了恢复码').waitFor();
  await picture(small, 'account-on-390');
  expect(await overflow(small)).toBe(0);

  await small.getByRole('button', { name: '停用', exact: true }).click();
  await small.getByRole('button', { name: '确认停用' }).click();
  await small.getByText('两步验证已停用。').waitFor();
  await phone.close();
});

it('another device is seen in the list and signed out from here', async () => {
  const there = await person({ browser, account: ACCOUNT });
  const here = await person({ browser, account: ACCOUNT });
  await here.page.goto('/gov/account');
  await here.page.getByRole('button', { name: '退出其他所有设备' }).click();
  await here.page.getByText(/已退出 \d+ 个会话。/).waitFor();
  const me = await (await there.context.request.get('/api/identity/me')).json();
  expect(me.signedIn).toBe(false);
  await there.context.close();
  await here.context.close();
});
