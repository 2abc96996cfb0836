import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('a citizen disputes a value, the source accepts it, and the right value stands with where it comes from', async () => {
  const citizen = await person({ browser, account: 'citizen.wei', size: 'phone' });
  const { page } = citizen;
  await page.goto('/citizen/me');
  const item = page.locator('.attribute').filter({ hasText: '户籍地址' }).first();
  await item.getByRole('button', { name: '“户籍地址”不对？' }).click();
  const form = page.getByRole('form', { name: '“户籍地址”不对？' });
  await form.getByLabel('正确的内容是').fill('上海市黄浦区雁荡路1号101室');
  await form.getByLabel('哪里不对、为什么').fill('去年门牌号改过，户口簿上是新的。');
  await form.getByLabel('能证明的材料（选填）').fill('户口簿首页');
  await picture(page, 'dispute-form-390');
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  // A tab that is closed by mistake loses nothing.
  await page.reload();
  await item.getByRole('button', { name: '“户籍地址”不对？' }).click();
  expect(await form.getByLabel('哪里不对、为什么').inputValue()).toContain('门牌号改过');
  await form.getByRole('button', { name: '提交异议' }).click();
  const mine = page.getByRole('region', { name: '数据异议' });
  await mine.getByText('还剩 10 个工作日').waitFor();
  await item.getByText('争议中').waitFor();
  await picture(page, 'dispute-open-390');
  expect(await axe(page)).toEqual([]);

  const police = await person({ browser, account: 'data.police' });
  await police.page.goto('/gov');
  await police.page.getByText('1 件数据异议等待答复').waitFor();
  await police.page.getByRole('link', { name: '去答复' }).click();
  await police.page.getByLabel(/数据质量/).check();
  await police.page.getByRole('dialog').getByRole('button', { name: '按此用途查看' }).click();
  const detail = police.page.getByRole('region', { name: /户籍地址/ });
  await detail.getByText('去年门牌号改过，户口簿上是新的。').waitFor();
  await picture(police.page, 'disputes-desk-1440');
  expect(await overflow(police.page)).toBe(0);
  expect(await axe(police.page)).toEqual([]);
  await detail.getByLabel('采纳，更正为主张的内容').check();
  await detail.getByLabel('给对方的答复').fill('经核对户籍底档，门牌已变更，予以更正。');
  await detail.getByRole('button', { name: '提交答复' }).click();
  await police.page.getByText('没有待答复的异议').waitFor();
  await police.page.getByText('待来源更正').waitFor();
  await picture(police.page, 'disputes-corrections-1440');
  // The card as the police see it: what happened in a life, who is whose, where the person really lives.
  const { pid } = (await (await citizen.context.request.get('/api/population/self')).json()) as { pid: string };
  await police.page.goto(`/gov/persons/${pid}`);
  await police.page.getByLabel(/核对数据质量/).check();
  await police.page.getByRole('dialog').getByRole('button', { name: '按此用途查看' }).click();
  await police.page.getByText('生命事件').waitFor();
  await police.page.getByText('实际住在哪里').click();
  await police.page.getByText(/可信度/).waitFor();
  await picture(police.page, 'person-life-1440');
  expect(await overflow(police.page)).toBe(0);
  expect(await axe(police.page)).toEqual([]);
  await police.page.goto('/data/links');
  await police.page.getByLabel(/核对数据质量/).check();
  await police.page.getByRole('dialog').getByRole('button', { name: '按此用途查看' }).click();
  // Some files of the sample were opened without a card: people have something to compare.
  await police.page.getByText('出生日期不同且无一致证件号码').first().waitFor();
  await police.page.getByText('提请比对两个人').click();
  await picture(police.page, 'links-sample-1440');
  await police.page.setViewportSize({ width: 1440, height: 2600 });
  await police.page.goto('/data/population');
  await police.page.getByText('各来源的新鲜度').waitFor();
  await police.page.locator('.pyramid').waitFor();
  await picture(police.page, 'population-whole-1440');
  await police.context.close();

  await expect
    .poll(
      async () => {
        await page.reload();
        await item.waitFor();
        return item.innerText();
      },
      { timeout: 30_000 },
    )
    .toContain('雁荡路1号101室');
  await mine.getByText('答复：经核对户籍底档，门牌已变更，予以更正。').waitFor();
  await picture(page, 'dispute-accepted-390');
  expect(await overflow(page)).toBe(0);
  await citizen.context.close();
});
