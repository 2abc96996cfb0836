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

it('a street asks for the households, the supplier asks for more once, approves and delivers; both see clock, agreement and use', async () => {
  const officer = await person({ browser, account: 'data.civil' });
  const revoked = await officer.context.request.post('/api/catalog/grants/community.household/revoke', {
    headers: { 'Idempotency-Key': crypto.randomUUID() },
    data: { reason: '重新按申请办理' },
  });
  // Not in force already where the test is run again.
  expect([200, 409], await revoked.text()).toContain(revoked.status());

  const clerk = await person({ browser, account: 'clerk.ruijin', size: 'phone' });
  await clerk.page.goto('/data/items/population.household');
  const takers = clerk.page.getByRole('region', { name: /谁在用/ });
  await takers.getByRole('button', { name: '申请使用' }).first().click();
  const form = clerk.page.getByRole('form', { name: '申请使用这项数据' });
  await form.getByLabel('理由').fill('核对独居老人住址，开展冬季走访');
  // Nothing is ticked before somebody has thought about it.
  await form.getByRole('button', { name: '提交申请' }).click();
  await form.getByText('请至少勾选一个信息项').waitFor();
  for (const box of await form.getByRole('checkbox').all()) await box.check();
  await inspect(clerk.page, 'request-ask-390');
  await form.getByRole('button', { name: '提交申请' }).click();
  await clerk.page.waitForURL(/\/data\/requests\/[0-9a-f-]{36}$/);
  await clerk.page.getByText('还剩 10 个工作日').waitFor();
  await inspect(clerk.page, 'request-open-390');
  const path = new URL(clerk.page.url()).pathname;

  const { page } = officer;
  await page.goto('/data/requests');
  await page.getByText('还剩 10 个工作日').first().waitFor();
  await inspect(page, 'requests-inbox-1440');
  await page
    .getByRole('link', { name: /街道工作台 ← 家庭户/ })
    .first()
    .click();
  await page.waitForURL(`**${path}`);
  await page.getByRole('button', { name: '要求补充材料' }).click();
  await page.getByLabel('第 1 项').fill('请说明走访对象的范围');
  await page.getByRole('button', { name: '再加一项' }).click();
  await page.getByLabel('第 2 项').fill('请附专项工作的通知');
  await page.getByLabel('告知文书').fill('补正告知书〔2026〕1号');
  await inspect(page, 'request-supplement-1440');
  await page.getByRole('button', { name: '发出告知' }).click();
  await page.getByText('停表：等待申请单位补充材料').waitFor();

  await clerk.page.reload();
  await clerk.page.getByLabel('1. 请说明走访对象的范围').fill('七十岁以上独居老人');
  await clerk.page.getByLabel('2. 请附专项工作的通知').fill('通知已随文报送');
  await inspect(clerk.page, 'request-answer-390');
  await clerk.page.getByRole('button', { name: '提交补充材料' }).click();
  await clerk.page.getByText('补充材料已交，恢复计时').waitFor();

  await page.reload();
  await page.getByRole('button', { name: '批准共享' }).click();
  const approval = page.getByRole('form', { name: '批准范围' });
  const last = approval.getByRole('group', { name: '信息项' }).getByRole('checkbox').last();
  await last.uncheck();
  await approval.getByText('不提供的信息项，逐项说明理由').waitFor();
  await inspect(page, 'request-approve-1440');
  await last.check();
  await approval.getByLabel('理由', { exact: true }).fill('属于走访需要');
  await approval.getByRole('button', { name: '批准共享' }).click();
  await page.getByLabel('提供情况').fill('视图已开通，数据已校验');
  await inspect(page, 'request-deliver-1440');
  await page.getByRole('button', { name: '确认已提供数据' }).click();
  await page.getByText('视图已开通，数据已校验').waitFor();
  const supplierFile = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载 JSON-LD' }).click();
  expect((await supplierFile).suggestedFilename()).toMatch(/^agreement-.*\.jsonld$/);
  await inspect(page, 'request-delivered-1440');

  await clerk.page.reload();
  await clerk.page.getByRole('button', { name: '下载 JSON-LD' }).waitFor();
  await clerk.page.getByRole('region', { name: '使用情况' }).first().waitFor();
  await inspect(clerk.page, 'request-delivered-390');
  await clerk.page.goto('/data/requests');
  await clerk.page.getByText('已提供').first().waitFor();
  await inspect(clerk.page, 'requests-asked-390');
  const foreign = await person({ browser, account: 'clerk.bund' });
  expect((await foreign.context.request.get(`/api/catalog${path.slice('/data'.length)}`)).status()).toBe(404);
  for (const each of [officer, clerk, foreign]) await each.context.close();
});
