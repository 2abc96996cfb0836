import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture, SIZES } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const inspect = async (page: Page, name: string) => {
  for (const size of ['desktop', 'phone'] as const) {
    await page.setViewportSize(SIZES[size]);
    await picture(page, `${name}-${SIZES[size].width}`);
    expect(await overflow(page), name).toBe(0);
    expect(await axe(page), name).toEqual([]);
  }
  await page.setViewportSize(SIZES.desktop);
};

it('an officer draws a new version, is told what is unlawful and what a unit has already, and the head publishes it', async () => {
  const officer = await person({ browser, account: 'data.civil' });
  const { page } = officer;
  await page.goto('/gov/items?q=最低生活保障');
  await page.getByRole('link', { name: '最低生活保障', exact: true }).click();
  // The preview asks what people are asked, and answers with their materials.
  await page.getByText('本人', { exact: true }).click();
  await page.getByText('是否本区户籍？').first().waitFor();
  await page.getByText('否', { exact: true }).click();
  await page.getByRole('listitem').filter({ hasText: '居住证' }).first().waitFor();
  await page.getByRole('button', { name: '修改' }).click();
  const promised = page.getByRole('spinbutton', { name: '承诺时限' });
  await promised.fill('400');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByRole('link', { name: '承诺时限不能长于法定时限' }).waitFor();
  await inspect(page, 'item-unlawful');
  await promised.fill('2');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByRole('button', { name: '提交发布' }).click();
  await page.getByText('事项还不能提交').waitFor();
  const refused = page.getByRole('listitem').filter({ hasText: '已有单位掌握' });
  await refused.filter({ hasText: '家庭人数' }).waitFor();
  await inspect(page, 'item-refused');
  await page.getByRole('button', { name: '修改' }).click();
  await page.getByText(/全部 \d+ 个字段/).click();
  const row = page.getByRole('listitem').filter({ has: page.locator('input[value="household-size"]') });
  await row.getByLabel('为什么还要提交').fill('以申请时实际共同生活人数为准');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByRole('button', { name: '提交发布' }).click();
  await page.getByText('待发布').first().waitFor();
  await officer.context.close();

  const head = await person({ browser, account: 'head.civil' });
  await head.page.goto('/gov/items?draft=submitted');
  await head.page.getByRole('link', { name: '最低生活保障', exact: true }).click();
  await head.page.getByText('与现行版本相比').waitFor();
  await inspect(head.page, 'item-to-publish');
  await head.page.getByRole('button', { name: '审核发布' }).click();
  await head.page.getByText('第 2 版').first().waitFor();
  await head.page.getByRole('button', { name: '与上一版比对' }).click();
  await head.page.getByText('承诺时限 时长').waitFor();
  await inspect(head.page, 'item-published');
  await head.context.close();
});

it('the leading unit draws a bundle, is told of a circle at its field, and people find it with its promise', async () => {
  const id = `snack-${Date.now().toString(36)}`;
  const officer = await person({ browser, account: 'data.market' });
  const { page } = officer;
  await page.goto('/gov/bundles');
  await page.getByRole('button', { name: '新建一件事' }).click();
  await page.getByLabel('标识').fill('Snack Bar');
  await page.getByRole('button', { name: '新建一件事' }).click();
  await page.locator('.form-errors').waitFor();
  await inspect(page, 'bundle-begin');
  await page.getByLabel('叫什么').fill('开小吃店');
  await page.getByLabel('英文').fill('A snack bar opens');
  await page.getByLabel('标识').fill(id);
  await page.getByRole('button', { name: '新建一件事' }).click();
  await page.getByRole('button', { name: '修改' }).click();
  for (const name of ['公司登记（新办）', '食品经营许可（新办）']) {
    await page.getByLabel('加事项').fill(name);
    await page.getByRole('button', { name: `加入 ${name}` }).click();
  }
  // Each waits for the other: refused at its field, and nothing is lost.
  await page
    .getByRole('group', { name: /食品经营许可（新办） 须先办结/ })
    .getByLabel('公司登记（新办）')
    .check();
  await page
    .getByRole('group', { name: /公司登记（新办） 须先办结/ })
    .getByLabel('食品经营许可（新办）')
    .check();
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByRole('link', { name: '前置关系绕成了一圈，谁都无法开始' }).waitFor();
  await inspect(page, 'bundle-circle');
  await page
    .getByRole('group', { name: /公司登记（新办） 须先办结/ })
    .getByLabel('食品经营许可（新办）')
    .uncheck();
  await page.getByText('公司登记（新办） → 食品经营许可（新办）').waitFor();
  await inspect(page, 'bundle-draft');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByRole('button', { name: '提交发布' }).click();
  await page.getByText('待发布').first().waitFor();
  await officer.context.close();

  const head = await person({ browser, account: 'head.market' });
  await head.page.goto(`/gov/bundles/${id}`);
  await head.page.getByRole('button', { name: '审核发布' }).click();
  await head.page.getByText('第 1 版').first().waitFor();
  await inspect(head.page, 'bundle-published');
  await head.page.goto(`/business/bundles/${id}`);
  await head.page.getByText(/今天申请，承诺 .* 前全部办结/).waitFor();
  await inspect(head.page, 'bundle-people');
  await head.context.close();
});
