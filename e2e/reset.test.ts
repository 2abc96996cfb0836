import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, openSettled, overflow, person, picture } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const HALF = /^[0-9A-Z]{4}-[0-9A-Z]{4}$/;
const NEW = '四只白鹭过江看潮水涨';

// Of all tests, this one alone signs in with that account: its password is another one afterwards.
it('an official who forgot the password gets back in through two administrators, and another session is told of the new device', async () => {
  const system = await person({ browser, account: 'admin.system' });
  await openSettled(system.page, '/gov/admin/resets');
  await system.page.getByLabel('账号', { exact: true }).fill('staffing.qin');
  await system.page.getByLabel('事由').fill('忘记密码，本人持证到场');
  await system.page.getByRole('button', { name: '申请', exact: true }).click();
  const first = (await system.page.locator('.notice code').innerText()).trim();
  expect(first).toMatch(HALF);
  await system.page.getByText('待确认').first().waitFor();
  await picture(system.page, 'gov-resets-asked-1440');
  expect(await axe(system.page)).toEqual([]);

  const security = await person({ browser, account: 'admin.security' });
  await openSettled(security.page, '/gov/admin/resets');
  await security.page.getByRole('button', { name: '确认 staffing.qin 的重置' }).click();
  const second = (await security.page.locator('.notice code').innerText()).trim();
  expect(second).toMatch(HALF);
  await picture(security.page, 'gov-resets-confirmed-1440');

  const { page, context } = await person({ browser, size: 'phone' });
  await openSettled(page, '/login');
  await page.getByRole('link', { name: /忘记密码/ }).click();
  // The page before has a field of the same name.
  await page.getByRole('heading', { name: '设置新密码' }).waitFor();
  await page.getByLabel('账号', { exact: true }).fill('staffing.qin');
  await page.getByLabel('重置码（两段连着输入）').fill(`${first} ${second}`.toLowerCase());
  for (const label of ['新密码', '再输一次新密码']) await page.getByLabel(label, { exact: true }).fill('basketball');
  await page.getByRole('button', { name: '设置新密码' }).click();
  await page
    .getByText(/泄露的密码清单/)
    .first()
    .waitFor();
  await picture(page, 'login-reset-refused-390');
  expect(await overflow(page)).toBe(0);
  for (const label of ['新密码', '再输一次新密码']) await page.getByLabel(label, { exact: true }).fill(NEW);
  await page.getByRole('button', { name: '设置新密码' }).click();
  await page.getByText('新密码已设置').waitFor();
  await picture(page, 'login-reset-done-390');
  await page.getByRole('link', { name: '去登录' }).click();
  await page.getByLabel('账号', { exact: true }).fill('staffing.qin');
  await page.getByLabel('密码', { exact: true }).fill(NEW);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL(/\/gov/);

  // Somebody signs in elsewhere: this session is told, on every page, until it says that it knows.
  const other = await browser.newContext({ baseURL: new URL(page.url()).origin });
  const reply = await other.request.post('/api/identity/login', {
    data: { account: 'staffing.qin', password: NEW },
  });
  expect(reply.ok()).toBe(true);
  await openSettled(page, '/gov/account');
  await page.getByText('有新设备登录了您的账号').waitFor();
  await page.getByText('凭重置码设置了新密码').first().waitFor();
  await picture(page, 'notice-390');
  expect(await overflow(page)).toBe(0);
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: '知道了' }).click();
  await page.getByText('有新设备登录了您的账号').waitFor({ state: 'detached' });
  for (const each of [context, other, system.context, security.context]) await each.close();
});

it('a joiner, whose account has no password, signs in for the first time through two administrators', async () => {
  const system = await person({ browser, account: 'admin.system' });
  const account = `joiner.${Date.now().toString(36)}`;
  await openSettled(system.page, '/gov/admin/people');
  await system.page.getByText('为新进人员建立账号').click();
  await system.page.getByLabel('姓名', { exact: true }).fill('林晓');
  await system.page.getByLabel(/^账号（小写字母开头/).fill(account);
  await system.page.getByRole('button', { name: '建立账号' }).click();
  const made = system.page.getByRole('status').filter({ hasText: account });
  await made.waitFor();
  await picture(system.page, 'joiner-made-1440');
  expect(await axe(system.page)).toEqual([]);
  await made.getByRole('link', { name: '申请首次登录' }).click();
  await system.page.waitForURL(/\/gov\/admin\/resets\?first=/);
  expect(await system.page.getByLabel('账号', { exact: true }).inputValue()).toBe(account);
  expect(await system.page.getByLabel('事由').inputValue()).toBe('新进人员首次登录');
  await system.page.getByRole('button', { name: '申请', exact: true }).click();
  const first = (await system.page.locator('.notice code').innerText()).trim();

  const security = await person({ browser, account: 'admin.security', size: 'phone' });
  await openSettled(security.page, '/gov/admin/resets');
  await security.page.getByRole('button', { name: `确认 ${account} 的重置` }).click();
  const second = (await security.page.locator('.notice code').innerText()).trim();
  expect(await overflow(security.page)).toBe(0);

  const { page, context } = await person({ browser, size: 'phone' });
  await openSettled(page, '/login');
  await page.getByRole('link', { name: /首次登录/ }).click();
  // The page before has a field of the same name.
  await page.getByRole('heading', { name: '设置新密码' }).waitFor();
  await page.getByLabel('账号', { exact: true }).fill(account);
  await page.getByLabel('重置码（两段连着输入）').fill(`${first} ${second}`);
  for (const label of ['新密码', '再输一次新密码']) await page.getByLabel(label, { exact: true }).fill(NEW);
  await page.getByRole('button', { name: '设置新密码' }).click();
  await page.getByRole('link', { name: '去登录' }).click();
  await page.getByLabel('账号', { exact: true }).fill(account);
  await page.getByLabel('密码', { exact: true }).fill(NEW);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByText('林晓').first().waitFor();
  await openSettled(page, '/gov/posts');
  await picture(page, 'joiner-no-post-390');
  expect(await overflow(page)).toBe(0);
  expect(await axe(page)).toEqual([]);
  for (const each of [context, system.context, security.context]) await each.close();
});

it('a file that is marked as a state secret is refused, and the security administrator sees it', async () => {
  const { page, context } = await person({ browser, account: 'data.civil' });
  const refused = await context.request.post('/api/exchange/imports?dataset=civil-affairs-household&fileName=a.csv', {
    headers: { 'content-type': 'application/octet-stream', 'idempotency-key': crypto.randomUUID() },
    data: Buffer.from('机密★5年\n户号\n1\n'),
  });
  expect(await refused.json()).toMatchObject({ status: 422, code: 'GOV-0801' });
  await page.close();
  for (const size of ['desktop', 'phone'] as const) {
    const security = await person({ browser, account: 'admin.security', size });
    await openSettled(security.page, '/gov/admin/classified');
    await security.page.getByText('data.civil').first().waitFor();
    await picture(security.page, `gov-classified-one-${size === 'phone' ? 390 : 1440}`);
    expect(await overflow(security.page)).toBe(0);
    expect(await axe(security.page)).toEqual([]);
    await security.context.close();
  }
  await context.close();
});
