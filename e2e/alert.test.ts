import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, openSettled, overflow, person, picture, SIZES } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('an alert is reported, comes to the bell by itself and is acknowledged with one key', async () => {
  const { context, page } = await person({ browser, account: 'head.ruijin' });
  await page.goto('/gov/alerts');
  await page.getByRole('button', { name: '上报预警' }).click();
  await page.getByLabel('标题').fill('瑞金二路积水');
  await page.getByLabel('严重程度').selectOption('severe');
  await page.locator('form').getByRole('button', { name: '上报预警' }).click();
  await page.getByRole('link', { name: '瑞金二路积水' }).waitFor();
  const duty = await person({ browser, account: 'duty.ops' });
  await duty.page.goto('/gov/alerts');
  await duty.page.getByLabel(/条未读消息/).waitFor({ timeout: 20_000 });
  await picture(duty.page, 'gov-alerts-open-1440');
  await page.locator('h1').click();
  await page.keyboard.press('a');
  await page
    .getByText(/于 .* 确认/)
    .first()
    .waitFor();
  await page.getByRole('link', { name: '瑞金二路积水' }).click();
  await page.getByText('值班长').first().waitFor();
  for (const size of ['desktop', 'phone'] as const) {
    await page.setViewportSize(SIZES[size]);
    await picture(page, `gov-alert-${SIZES[size].width}`);
    expect(await overflow(page)).toBe(0);
  }
  expect(await axe(page)).toEqual([]);
  await context.close();
  await duty.context.close();
}, 90_000);

it('a warning is drafted by one person, released by another, and read by a citizen', async () => {
  const duty = await person({ browser, account: 'duty.ops' });
  await duty.page.goto('/gov/warnings/new');
  await duty.page.getByLabel('等级').selectOption('2');
  for (const [language, words] of Object.entries({ zh: '今夜有大风', en: 'Strong wind tonight' }))
    for (const name of ['event', 'headline', 'description', 'instruction'])
      await duty.page.locator(`[name=${name}-${language}]`).fill(words);
  await duty.page.getByLabel('影响范围').fill('全区');
  await picture(duty.page, 'gov-warning-draft-1440');
  await duty.page.setViewportSize(SIZES.phone);
  await picture(duty.page, 'gov-warning-draft-390');
  expect(await overflow(duty.page)).toBe(0);
  await duty.page.getByRole('button', { name: '提交批准' }).click();
  await duty.page.getByText('须由另一位人员批准').waitFor();
  const path = new URL(duty.page.url()).pathname;
  const head = await person({ browser, account: 'head.cyberspace' });
  await openSettled(head.page, path);
  await head.page.getByLabel('我已核对内容').check();
  await picture(head.page, 'gov-warning-1440');
  await head.page.getByRole('button', { name: '批准发布给市民' }).click();
  await head.page.getByText('已发布').waitFor();
  const citizen = await person({ browser, account: 'citizen.wei', size: 'phone' });
  await openSettled(citizen.page, '/citizen/warnings');
  await citizen.page.getByRole('heading', { name: '今夜有大风' }).waitFor();
  await picture(citizen.page, 'citizen-warnings-390');
  expect(await overflow(citizen.page)).toBe(0);
  expect(await axe(citizen.page)).toEqual([]);
  for (const { context } of [duty, head, citizen]) await context.close();
}, 90_000);
