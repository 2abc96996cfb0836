import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, openSettled, overflow, person, picture } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** Of the sample district: citizen.wei, who lives in the street of Ruijin; the clerk of the Bund has no right to her card. */
const CARD = '310199198502130021';
const REASON = '江边发现走失老人，口袋里有她的证件，需联系家属';

it('an official without the right opens one card in an emergency, the resident sees it marked, and another person reviews it', async () => {
  const citizen = await person({ browser, account: 'citizen.wei', size: 'phone' });
  const self = (await (await citizen.context.request.get('/api/population/self')).json()) as { pid: string };
  const clerk = await person({ browser, account: 'clerk.bund' });
  const { page } = clerk;
  const plain = await clerk.context.request.get(`/api/population/persons/${self.pid}`, {
    headers: { 'x-purpose': 'community-care' },
  });
  expect(plain.status()).toBe(404);

  await page.goto('/gov/break-glass');
  const numbers = page.getByLabel('身份证号码（多人时每行一个）');
  const reason = page.getByLabel('理由（至少 10 个字）');
  const send = page.getByRole('button', { name: '打开卡片' });
  await send.click();
  await page.getByRole('alert').getByRole('link', { name: '请填写要查的人的身份证号码' }).click();
  expect(await numbers.evaluate((field) => field === document.activeElement)).toBe(true);
  await numbers.fill(CARD);
  await reason.fill('急');
  await page.getByLabel('案件或工单编号（可不填）').fill('110-20261126-7');
  await send.click();
  const fault = page.locator('#glass-reason-error');
  await fault.getByText('请写明理由，至少 10 个字').waitFor();
  expect(await reason.getAttribute('aria-invalid')).toBe('true');
  expect(await numbers.inputValue()).toBe(CARD);
  expect(await reason.inputValue()).toBe('急');
  await picture(page, 'break-glass-refused-1440');
  expect(await overflow(page)).toBe(0);
  expect(await axe(page)).toEqual([]);

  // A number that nobody has is refused by the server; what was typed stays.
  await numbers.fill('310199190001010018');
  await reason.fill(REASON);
  await send.click();
  await page.getByText('没有找到要查的对象').waitFor();
  expect(await reason.inputValue()).toBe(REASON);
  expect(await page.getByLabel('案件或工单编号（可不填）').inputValue()).toBe('110-20261126-7');
  await numbers.fill(CARD);
  await send.click();
  await page.waitForURL(/\/gov\/opened\/[0-9a-f-]{36}\/1$/);
  await page.getByText('本人会看到这次查看，标明“紧急调阅”。').waitFor();
  await page.locator('.attributes').first().waitFor();
  const card = await page.locator('main').innerText();
  expect(card).not.toContain(CARD);
  await picture(page, 'opened-1440');
  expect(await overflow(page)).toBe(0);
  expect(await axe(page)).toEqual([]);
  const opened = new URL(page.url()).pathname;
  await page.setViewportSize({ width: 390, height: 844 });
  await picture(page, 'opened-390');
  expect(await overflow(page)).toBe(0);
  await openSettled(page, '/gov/break-glass');
  const entry = page.locator('.rights-list > li').filter({ hasText: REASON }).first();
  await entry.getByText('进行中').waitFor();
  await picture(page, 'break-glass-open-390');
  expect(await overflow(page)).toBe(0);
  expect(await axe(page)).toEqual([]);

  await openSettled(citizen.page, '/citizen/accesses');
  const look = citizen.page.locator('.accesses > li').filter({ hasText: '紧急调阅' }).first();
  await look.waitFor();
  await picture(citizen.page, 'accesses-break-glass-390');
  expect(await overflow(citizen.page)).toBe(0);
  expect(await axe(citizen.page)).toEqual([]);

  const security = await person({ browser, account: 'admin.security' });
  await openSettled(security.page, '/gov/break-glass');
  const waiting = security.page.locator('.rights-list > li').filter({ hasText: REASON }).first();
  await waiting.getByRole('button', { name: '理由充分', exact: true }).waitFor();
  await picture(security.page, 'break-glass-review-1440');
  expect(await axe(security.page)).toEqual([]);
  await waiting.getByLabel('复核意见（至少 5 个字）').fill('已核对警情单，老人已送回家');
  await waiting.getByRole('button', { name: '理由充分', exact: true }).click();
  await waiting.getByText(/复核：理由充分/).waitFor();
  await waiting.getByText('已核对警情单，老人已送回家').waitFor();
  expect(await overflow(security.page)).toBe(0);

  // Ended by who asked: the card is shut, and the page says so.
  await page.reload();
  await entry.getByRole('button', { name: '结束' }).click();
  await entry.getByText('已结束').waitFor();
  await openSettled(page, opened);
  await page.getByText('这次紧急调阅已经结束，或不是您申请的。仍需查看的，请重新写明理由。').waitFor();
  await picture(page, 'opened-ended-390');
  expect(await overflow(page)).toBe(0);
  expect(await axe(page)).toEqual([]);
  for (const { context } of [citizen, clerk, security]) await context.close();
});
