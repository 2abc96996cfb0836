import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const find = async (page: Page, address: string): Promise<void> => {
  await page.goto('/data/space');
  await page.getByRole('searchbox', { name: '地址' }).fill(address);
  await page.getByRole('button', { name: '查找地址' }).click();
};
/** The map's library is there and its tiles have been asked for. */
const drawn = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '看全部' }).waitFor();
  await page.waitForLoadState('networkidle').catch(() => undefined);
};
const sound = async (page: Page): Promise<void> => {
  expect(await overflow(page)).toBe(0);
  expect(await axe(page)).toEqual([]);
};

it('a hotline clerk types a lane-house address and has the room, the committee, the cell, the façade class and the posts', async () => {
  const clerk = await person({ browser, account: 'clerk.ruijin' });
  const { page } = clerk;
  await find(page, '淮海中路300弄甲支弄12号后客堂');
  await page.getByRole('heading', { name: '淮海中路300弄甲支弄12号' }).waitFor();
  for (const text of ['后客堂（1层）', '1932', '立面和结构体系不得改变', '网格长', '居委会主任'])
    await page.getByText(text).first().waitFor();
  await page.getByText('审图号：未取得').waitFor();
  await drawn(page);
  await picture(page, 'data-space-answer-1440');
  await sound(page);
  await page.getByRole('link', { name: '打开房屋卡片' }).click();
  await page.getByRole('heading', { name: '楼层与房间' }).waitFor();
  for (const room of ['前客堂', '后客堂', '亭子间']) await page.getByText(room, { exact: true }).waitFor();
  await drawn(page);
  await picture(page, 'data-space-card-1440');
  await sound(page);
  await clerk.context.close();
});

it('everyone: an old road name is explained, another district is named, and what is unsure is left to choose; by phone and in English', async () => {
  const visitor = await person({ browser, size: 'phone' });
  const { page } = visitor;
  await find(page, '霞飛路三百弄甲支弄十二號');
  await page.getByText('旧路名“霞飞路”，今为“淮海中路”').waitFor();
  await picture(page, 'data-space-answer-390');
  await sound(page);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('“霞飞路” is the former name of “淮海中路”').waitFor();
  await picture(page, 'data-space-answer-en-390');
  await sound(page);
  await page.getByRole('button', { name: '中文' }).click();
  await find(page, '静安区淮海中路300弄');
  await page.getByText('地址写的是静安区').waitFor();
  await find(page, '淮海中路300弄12号');
  await page.getByText('拿不准，请选择').first().waitFor();
  await picture(page, 'data-space-unsure-390');
  await sound(page);
  await visitor.context.close();
});

it('a data officer sees the outlines on the map and decides that a house was split', async () => {
  const officer = await person({ browser, account: 'data.housing' });
  const { page } = officer;
  await page.goto('/data/space/conflicts');
  await page.getByRole('heading', { name: '冲突队列' }).waitFor();
  await page.getByText(/还有 \d+ 件/).waitFor();
  await drawn(page);
  await picture(page, 'data-space-conflicts-1440');
  await sound(page);
  const split = page.getByRole('button', { name: '已分割成几幢' });
  await split.waitFor();
  await page.getByLabel('依据或说明').fill('现场核实');
  await split.click();
  await page.getByText(/已判定，新编码/).waitFor();
  await officer.context.close();
});
