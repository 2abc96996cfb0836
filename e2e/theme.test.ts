import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const inspect = async (page: Page, name: string) => {
  await picture(page, name);
  expect(await overflow(page), name).toBe(0);
  expect(await axe(page), name).toEqual([]);
};

it('the themes of the sample are in force', async () => {
  const { page, context } = await person({ browser, account: 'data.civil' });
  const { themes } = (await (await context.request.get('/api/theme/themes')).json()) as {
    themes: { id: string; state: string }[];
  };
  const names = ['residents-by-committee', 'elder-homes', 'firms-by-building', 'licensed-firms'];
  const states = names.map((name) => `${name} ${themes.find(({ id }) => id === name)?.state}`);
  expect(states).toEqual(names.map((name) => `${name} published`));
  await page.goto('/data/themes');
  await page.getByRole('link', { name: '各居委会实有人口' }).first().waitFor();
  await inspect(page, 'themes-1440');
  await context.close();
});

it('a steward draws a theme in fewer than fifteen steps, the supplier grants it, and it is published with its lineage', async () => {
  const { page, context } = await person({ browser, account: 'data.civil' });
  const id = `households-${Date.now().toString(36)}`;
  let steps = 0;
  const step = async (act: Promise<unknown>) => {
    steps += 1;
    await act;
  };
  await page.goto('/data/themes');
  await step(page.getByRole('link', { name: '新建专题库' }).first().click());
  await step(page.getByLabel('编号（英文）').fill(id));
  await step(page.getByLabel('名称', { exact: true }).fill('各居委户数'));
  await step(page.getByLabel('在目录中查找').fill('家庭户'));
  await page.getByRole('option', { name: '家庭户' }).first().waitFor({ state: 'attached' });
  await step(page.getByLabel('第 1 个来源').first().selectOption('population.household'));
  const columns = page.getByRole('group', { name: '第 1 个来源' });
  await step(columns.getByLabel('居委代码').check());
  await step(page.getByLabel('只要人数或个数（不足十人的单元不出现）').check());
  await step(page.getByLabel('核对数据质量').check());
  await inspect(page, 'theme-builder-1440');
  await step(page.getByRole('button', { name: '保存草稿' }).click());
  await page.waitForURL(`**/data/themes/${id}`);
  await page.getByText('数源单位还没有同意共享').waitFor();
  await inspect(page, 'theme-draft-1440');

  const grant = `theme.${id.replaceAll('-', '_')}__a`;
  const granted = await context.request.post(`/api/catalog/grants/${grant}/approve`, {
    headers: { 'Idempotency-Key': crypto.randomUUID() },
    data: { reason: '本单位专题建设' },
  });
  expect(granted.ok(), await granted.text()).toBe(true);
  await page.reload();
  await step(page.getByRole('button', { name: '发布', exact: true }).click());
  await page.getByText('已发布').first().waitFor();
  expect(steps).toBeLessThan(15);
  await page.getByRole('button', { name: '查看十行样例' }).click();
  await page.getByRole('dialog').getByText('核对数据质量').click();
  await page.getByRole('button', { name: '按此用途查看' }).click();
  await page.getByRole('region', { name: '脱敏样例' }).getByRole('columnheader', { name: '居委代码' }).waitFor();
  await inspect(page, 'theme-published-1440');
  await page.goto(`/data/items/theme.${id}`);
  await page.getByRole('heading', { name: '各居委户数' }).waitFor();
  await context.close();
});

it('a theme of the school kind, residents by committee and year of birth, is built in fewer than fifteen steps', async () => {
  const { page, context } = await person({ browser, account: 'data.civil' });
  const id = `school-${Date.now().toString(36)}`;
  let steps = 0;
  const step = async (act: Promise<unknown>) => {
    steps += 1;
    await act;
  };
  await page.goto('/data/themes');
  await step(page.getByRole('link', { name: '新建专题库' }).first().click());
  await step(page.getByLabel('编号（英文）').fill(id));
  await step(page.getByLabel('名称', { exact: true }).fill('学龄人口（按居委与出生年份）'));
  await step(page.getByLabel('在目录中查找').fill('实有人口'));
  await page.getByRole('option', { name: '实有人口基本信息' }).first().waitFor({ state: 'attached' });
  await step(page.getByLabel('第 1 个来源').first().selectOption('population.resident'));
  const columns = page.getByRole('group', { name: '第 1 个来源' });
  await step(columns.getByLabel('居委代码', { exact: true }).check());
  await step(columns.getByLabel('出生日期', { exact: true }).check());
  await step(columns.getByLabel('只取年份').check());
  await step(page.getByLabel('只要人数或个数（不足十人的单元不出现）').check());
  await step(page.getByLabel('保留一份数据，每夜刷新').check());
  await step(page.getByLabel('核对数据质量').check());
  await step(page.getByRole('button', { name: '保存草稿' }).click());
  await page.waitForURL(`**/data/themes/${id}`);

  const police = await person({ browser, account: 'data.police' });
  const granted = await police.context.request.post(`/api/catalog/grants/theme.${id.replaceAll('-', '_')}__a/approve`, {
    headers: { 'Idempotency-Key': crypto.randomUUID() },
    data: { reason: '学龄人口专题建设' },
  });
  expect(granted.ok(), await granted.text()).toBe(true);
  await police.context.close();
  await page.reload();
  await step(page.getByRole('button', { name: '发布', exact: true }).click());
  await page.getByText('已发布').first().waitFor();
  expect(steps).toBeLessThan(15);
  // Refreshed each night by the timer that the manifest declares (platform/theme/theme.db.test.ts fires it).
  await page.getByText('二次抽取（每夜刷新）').first().waitFor();
  await page.goto('/data/themes');
  const board = page.getByRole('region', { name: '存储布局' });
  await board.getByRole('link', { name: '学龄人口（按居委与出生年份）' }).first().waitFor();
  await inspect(page, 'theme-board-1440');
  await context.close();
});
