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
const key = () => ({ 'Idempotency-Key': crypto.randomUUID() });

/** The first living resident of a committee, with the way to the form that the desk offers. */
async function openForm(page: Page): Promise<void> {
  await page.goto('/gov/community?committee=310101023002');
  await page.getByText('核验办事申请').first().click();
  await page.getByRole('button', { name: '按此用途查看' }).click();
  await page.locator('.desk-residents tbody tr').first().click();
  await page.getByRole('link', { name: '登记救助申请' }).first().click();
  await page.waitForURL(/\/gov\/community\/relief\?pid=/);
  await page.getByText('核验办事申请').first().click();
  await page.getByRole('button', { name: '按此用途查看' }).click();
  await page.getByRole('heading', { name: /需要询问/ }).waitFor();
}

it('civil affairs finds “insured”, asks for it, gets it within its clock, and the question leaves its form', async () => {
  const hr = await person({ browser, account: 'data.hr' });
  const civil = await person({ browser, account: 'data.civil' });
  const clerk = await person({ browser, account: 'clerk.ruijin', size: 'phone' });
  // Where the walk is run again: back to the beginning.
  await hr.context.request.post('/api/catalog/grants/community.insured/revoke', {
    headers: key(),
    data: { reason: '重新按申请办理' },
  });

  await openForm(clerk.page);
  const question = clerk.page.getByRole('group', { name: /是否参加社会保险/ });
  await question.waitFor();
  await inspect(clerk.page, 'relief-asked-390');

  const { page } = civil;
  await page.goto('/data');
  await page.getByRole('searchbox').fill('参保');
  await page.getByRole('link', { name: '社会保险参保状态' }).first().click();
  const takers = page.getByRole('region', { name: /谁在用/ });
  await takers.getByRole('button', { name: '申请使用' }).first().click();
  const form = page.getByRole('form', { name: '申请使用这项数据' });
  for (const box of await form.getByRole('checkbox').all()) await box.check();
  await form.getByLabel('理由').fill('审核救助申请核对参保，不再让居民填写');
  await form.getByRole('button', { name: '提交申请' }).click();
  await page.waitForURL(/\/data\/requests\/[0-9a-f-]{36}$/);
  await page.getByText('还剩 10 个工作日').waitFor();
  const path = new URL(page.url()).pathname;

  await page.goto('/data/forms');
  await page.getByRole('link', { name: '社会救助申请表' }).waitFor();
  await inspect(page, 'forms-1440');
  await page.getByRole('link', { name: '社会救助申请表' }).click();
  const obtain = page.getByRole('button', { name: /改为从这里获取：是否参加社会保险/ });
  const obtained = page.getByText('自动获取，不再填写');
  await page.getByRole('heading', { name: '社会救助申请表' }).waitFor();
  if (await obtain.count()) await obtain.first().click();
  await page.getByText('授权生效前仍填写').waitFor();
  await inspect(page, 'form-1440');
  const before = await obtained.count();

  // What is shared already cannot be added as a new question.
  const add = page.getByRole('form', { name: '添加字段' });
  await add.getByLabel('名称', { exact: true }).fill('户口所在地');
  await add.getByText('这项数据已经有了，请从来源获取，不要再采集').first().waitFor();
  await inspect(page, 'form-blocked-1440');

  await hr.page.goto(path);
  await hr.page.getByRole('button', { name: '批准共享' }).click();
  const approval = hr.page.getByRole('form', { name: '批准范围' });
  await approval.getByLabel('理由', { exact: true }).fill('属于救助审核需要');
  await approval.getByRole('button', { name: '批准共享' }).click();
  await hr.page.getByLabel('提供情况').fill('视图已开通');
  await hr.page.getByRole('button', { name: '确认已提供数据' }).click();
  await hr.page.getByText('视图已开通').waitFor();

  await page.reload();
  await page.getByRole('heading', { name: '社会救助申请表' }).waitFor();
  await expect.poll(() => obtained.count()).toBe(before + 1);
  await openForm(clerk.page);
  await clerk.page
    .getByRole('region', { name: /已经掌握/ })
    .getByText('是否参加社会保险')
    .waitFor();
  expect(await question.count()).toBe(0);
  await clerk.page.getByRole('button', { name: '提交申请' }).click();
  await clerk.page.getByText('请填写“家庭月收入（元）”').first().waitFor();
  await clerk.page.getByLabel('临时救助').check();
  await clerk.page.getByLabel('家庭月收入（元）').fill('2600');
  await clerk.page.getByLabel('申请事由').fill('因病住院，支出较大');
  await inspect(clerk.page, 'relief-known-390');
  await clerk.page.getByRole('button', { name: '提交申请' }).click();
  await clerk.page.getByRole('heading', { name: /已受理.*的救助申请/ }).waitFor();
  await inspect(clerk.page, 'relief-filed-390');

  // Both sides see that it was used.
  for (const side of [hr.page, page]) {
    await side.goto(path);
    await side.getByRole('region', { name: '使用情况' }).getByText('核验办事申请').first().waitFor();
  }
  await inspect(hr.page, 'insured-usage-1440');
  for (const each of [hr, civil, clerk]) await each.context.close();
});
