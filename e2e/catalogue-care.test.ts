import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, openSettled, overflow, person, picture } from './browser.ts';

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

it('an officer finds what is wrong with the data, adds a rule and has it measured', async () => {
  const { page } = await person({ browser, account: 'data.civil' });
  await openSettled(page, '/data/quality');
  await page.getByText('问题').or(page.getByText('达标')).first().waitFor();
  await inspect(page, 'care-quality-1440');
  await page.getByRole('link', { name: '家庭户' }).click();
  const panel = page.getByRole('region', { name: '数据质量' });
  await panel.getByRole('button', { name: '增加规则' }).click();
  const form = panel.getByRole('form', { name: '增加规则' });
  await form.getByLabel('信息项').selectOption('members');
  await form.getByLabel('规则种类').selectOption('range');
  await form.getByLabel('最小').fill('2');
  await form.getByLabel('为什么需要这条规则').fill('试看一人户有多少');
  await inspect(page, 'care-rule-1440');
  await form.getByRole('button', { name: '增加', exact: true }).click();
  await form.waitFor({ state: 'detached' });
  await panel.getByRole('button', { name: '重新测量' }).click();
  await panel.getByText('“人数”不能小于 2').first().waitFor();
  await inspect(page, 'care-panel-1440');
  await panel.getByText('全部规则').click();
  await panel.getByRole('button', { name: '停用' }).first().click();
  await page
    .getByRole('region', { name: /谁依赖它/ })
    .getByText('家庭户情况月报')
    .waitFor();
});

it('a form fills itself, the officer types what no item has, the head confirms', async () => {
  const officer = await person({ browser, account: 'data.civil' });
  const { page } = officer;
  await openSettled(page, '/data/reports');
  await inspect(page, 'care-reports-1440');
  await page.getByRole('link', { name: '最低生活保障与残疾情况月报' }).click();
  await page.getByText('“人员状况”中“类别”为lowIncome的记录数').waitFor();
  await page.getByRole('button', { name: '设置' }).first().click();
  await inspect(page, 'care-mapper-1440');
  await page.getByRole('button', { name: '设置' }).first().click();
  // Each run takes a month of its own.
  const period = `20${20 + Math.floor(Math.random() * 6)}-${String(1 + Math.floor(Math.random() * 12)).padStart(2, '0')}`;
  await page.getByLabel('报告期').fill(period);
  await page.getByRole('button', { name: '自动填报' }).click();
  await page.waitForURL(/\/data\/reports\/civil-relief\/[0-9a-f-]{36}$/);
  await page.getByRole('button', { name: '提交复核' }).click();
  await page.getByText('还有单元格没有数').first().waitFor();
  await page.getByRole('row', { name: /B4/ }).getByRole('button', { name: '手工填写' }).click();
  const typed = page.getByRole('form', { name: '手工填写 B4' });
  await typed.getByLabel('数值').fill('37');
  await typed.getByLabel('为什么手工填（来源）').fill('供养机构线下台账');
  await typed.getByRole('button', { name: '保存' }).click();
  await page.getByText('手工：供养机构线下台账').waitFor();
  await inspect(page, 'care-pack-1440');
  await page.getByRole('button', { name: '提交复核' }).click();
  await page.getByText('由本单位另一人复核').waitFor();

  const head = await person({ browser, account: 'head.civil', size: 'phone' });
  await openSettled(head.page, new URL(page.url()).pathname);
  await inspect(head.page, 'care-pack-390');
  await head.page.getByRole('button', { name: '复核无误，确认' }).click();
  await head.page.getByText('复核 宁静之').waitFor();
  await openSettled(page, '/data/reports');
  await page.getByText(/约省 .* 小时/).waitFor();
  const csv = await officer.context.request.get(
    `/export/reports/${new URL(head.page.url()).pathname.split('/').at(-1)}.csv`,
  );
  expect(await csv.text()).toContain('供养机构线下台账');
});

it('a system elsewhere is registered by one, published by another, found by everyone; a need and the negative list', async () => {
  const { page } = await person({ browser, account: 'data.civil' });
  const name = `殡葬服务台账${crypto.randomUUID().slice(0, 6)}`;
  await openSettled(page, '/data/register');
  await page.getByRole('link', { name: '登记目录项' }).click();
  const form = page.getByRole('form', { name: '登记目录项' });
  await form.getByLabel('资源名称').fill(name);
  await form.getByLabel('资源摘要').fill('殡仪服务的预约与办理情况');
  await form.getByLabel('目录分类').selectOption('303999');
  await form.getByLabel('所属系统').fill('殡葬服务系统');
  await form.getByLabel('信息项').fill('服务编号\n服务日期:date');
  await inspect(page, 'care-entry-form-1440');
  await form.getByRole('button', { name: '保存草稿' }).click();
  // Sharing on conditions needs the condition.
  await form.getByText('有条件共享须写明条件').waitFor();
  await form.getByLabel('共享条件').fill('依法履职需要');
  await form.getByRole('button', { name: '保存草稿' }).click();
  await page.waitForURL(/\/data\/entries\/[0-9a-f-]{36}$/);
  await page.getByRole('button', { name: '提交审核' }).click();
  await page.getByText('还剩 2 个工作日').waitFor();
  await inspect(page, 'care-entry-1440');
  const path = new URL(page.url()).pathname;

  const centre = await person({ browser, account: 'data.centre' });
  await openSettled(centre.page, '/data/register?show=review');
  await inspect(centre.page, 'care-review-1440');
  await centre.page.goto(path);
  await centre.page.getByRole('button', { name: '审核通过' }).click();
  await centre.page.getByText('303999/').first().waitFor();

  const guest = await person({ browser, size: 'phone' });
  await openSettled(guest.page, `/data?q=${encodeURIComponent(name)}`);
  await guest.page.getByRole('link', { name: new RegExp(name) }).click();
  await guest.page.getByText('殡葬服务系统').waitFor();
  await inspect(guest.page, 'care-entry-390');

  const clerk = await person({ browser, account: 'clerk.ruijin', size: 'phone' });
  await openSettled(clerk.page, '/data/lists');
  await clerk.page.getByRole('button', { name: '提出需求' }).click();
  const need = clerk.page.getByRole('form', { name: '提出需求' });
  await need.getByLabel('需要什么数据').fill('案件侦查信息');
  await need.getByLabel('应由哪个单位提供').selectOption('public-security');
  await need.getByLabel('理由').fill('社区走访');
  await need.getByRole('button', { name: '提交需求' }).click();
  await clerk.page.getByText('刑事诉讼法').first().waitFor();
  await inspect(clerk.page, 'care-need-refused-390');
  await need.getByLabel('需要什么数据').fill('独居老人燃气使用');
  await need.getByLabel('应由哪个单位提供').selectOption('civil-affairs');
  await need.getByRole('button', { name: '提交需求' }).click();
  await clerk.page.getByText('还剩 15 个工作日').first().waitFor();
  await openSettled(page, '/data/lists?list=negative');
  await inspect(page, 'care-negative-1440');
});
