import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const PIN = { lon: '121.4592', lat: '31.2178' };

async function look(page: Page, name: string): Promise<void> {
  await picture(page, name);
  expect(await overflow(page), name).toBe(0);
  expect(await axe(page), name).toEqual([]);
}

async function toPlace(page: Page): Promise<void> {
  await page.goto('/citizen/reports/new');
  await page.getByRole('heading', { name: '拍一张照片' }).waitFor();
}
async function pin(page: Page): Promise<void> {
  await page.getByText('直接填写经纬度', { exact: true }).click();
  await page.getByLabel('纬度', { exact: true }).fill(PIN.lat);
  await page.getByLabel('经度', { exact: true }).fill(PIN.lon);
  await page.getByRole('button', { name: '下一步' }).click();
}

it('a citizen reports in three steps on a telephone, a neighbour follows the same, the desk accepts, and points buy a voucher', async () => {
  const said = `样例井盖没有了，行人容易踩空（${Date.now() % 10_000} 号）`;
  // Somebody whom the sample has not given the points of a day yet.
  const first = await person({ browser, account: 'citizen.daughter', size: 'phone' });
  const { page } = first;
  const balance = async (): Promise<number> => {
    await page.goto('/citizen/points');
    return Number(/\d+/.exec(await page.locator('.grid-balance').innerText())?.[0]);
  };
  const had = await balance();
  await toPlace(page);
  await look(page, 'report-photo-390');
  await page.locator('input[type=file]').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: PHOTO });
  await page.getByText('已添加 1 张').waitFor();
  await page.getByRole('button', { name: '下一步' }).click();
  // Nothing typed is lost when the page is loaded anew.
  await page.reload();
  await page.getByRole('heading', { name: '在什么位置' }).waitFor();
  await look(page, 'report-place-390');
  await pin(page);
  // Others may have reported near this place before.
  const words = page.getByRole('heading', { name: '说说发生了什么' });
  const others = page.getByRole('button', { name: '都不是，继续上报' });
  await expect
    .poll(async () => {
      // The question goes away by itself where nothing is known near.
      if (!(await words.isVisible())) await others.click({ timeout: 1_000 }).catch(() => undefined);
      return words.isVisible();
    })
    .toBe(true);
  await page.getByLabel('发生了什么').fill(said);
  await look(page, 'report-words-390');
  await page.getByRole('button', { name: '提交上报' }).click();
  const no = /AJ\d{14}/.exec(await page.getByRole('status').first().innerText())?.[0] ?? '';
  expect(no).not.toBe('');

  const second = await person({ browser, account: 'citizen.neighbour', size: 'phone' });
  await toPlace(second.page);
  await second.page.getByRole('button', { name: '没有照片，跳过' }).click();
  await pin(second.page);
  await second.page.getByText(said).waitFor();
  await look(second.page, 'report-near-390');
  const same = second.page.getByRole('listitem').filter({ hasText: said });
  await same.getByRole('button', { name: '就是这件，我要关注' }).click();
  await second.page.getByText(`已一起关注 ${no}`).waitFor();

  const desk = await person({ browser, account: 'clerk.ruijin' });
  await desk.page.goto(`/gov/incidents/${no}`);
  await desk.page.getByRole('button', { name: '受理', exact: true }).click();
  await desk.page.getByText('待立案').first().waitFor();

  await second.page.getByRole('link', { name: '查看进度' }).click();
  await second.page.getByText('共 2 人上报同一问题').waitFor();
  await look(second.page, 'report-followed-390');
  await expect.poll(balance, { timeout: 30_000 }).toBe(had + 5);
  await page.getByRole('button', { name: '用 5 分兑换' }).click();
  await page.getByText(/已兑换，券码 [0-9A-F]{12}/).waitFor();
  await page.getByText(`现有 ${had} 分`).waitFor();
  await look(page, 'points-390');
  for (const { context } of [first, second, desk]) await context.close();
});
