import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture } from './browser.ts';

const run = promisify(execFile);
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** What a statement shows in the clerk's place, by the command of the operator. */
async function inSql(): Promise<string> {
  const folder = inject('folder');
  const args = ['--as', 'community', '--account', 'clerk.ruijin', '--purpose', 'community-care'];
  const statement = 'select distinct left(committee_code, 9) as street from share.community__resident';
  const env = { ...process.env, DATA_DIR: join(folder, 'data'), KEY_FILE: join(folder, 'keys', 'keyring.json') };
  const { stdout } = await run(process.execPath, ['tools/sql.ts', ...args, statement], {
    cwd: join(import.meta.dirname, '..'),
    env,
  });
  return stdout;
}

/** Drafts a move of the clerk on the page of the staffing officer: the first press shows what will happen, the second sends. */
async function draft(page: Page, street: string): Promise<void> {
  await page.goto('/gov/admin/orders/new');
  await page.getByLabel('输入姓名或账号后选择').fill('clerk.ruijin');
  await page.locator('#order-account option').filter({ hasText: 'clerk.ruijin' }).waitFor({ state: 'attached' });
  await page.locator('#order-account').selectOption('clerk.ruijin');
  await page.getByLabel('选择岗位').fill(`${street}街道办事处 · 街道经办`);
  await expect.poll(() => page.locator('#order-post option').count()).toBe(2);
  await page.locator('#order-post').selectOption({ index: 1 });
  await page.getByLabel('依据文号或理由').fill('工作需要');
  await page.getByRole('button', { name: '预览影响' }).click();
  const impact = page.getByRole('region', { name: '执行后会发生什么' });
  await impact.getByText(`顾思源：${street}街道办事处`).waitFor();
  await picture(page, `order-draft-${page.viewportSize()?.width}`);
  expect(await overflow(page)).toBe(0);
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: '提交审核' }).click();
  await page.getByText('已提交，等待审核').waitFor();
}

async function approve(page: Page): Promise<void> {
  await page.goto('/gov/admin/orders');
  await page.getByRole('button', { name: '调任 · 顾思源' }).first().click();
  await page.getByRole('button', { name: '批准', exact: true }).click();
  await page
    .locator('.org-detail .org-state[data-state=applied], .org-detail .org-state[data-state=approved]')
    .waitFor();
  await picture(page, `order-review-${page.viewportSize()?.width}`);
}

describe('a clerk moves from one street to another while she is signed in', () => {
  it('within 60 s the old street’s residents are gone for her on the page and in SQL, the new ones are there, and the page says why', async () => {
    const clerk = await person({ browser, account: 'clerk.ruijin' });
    await clerk.page.goto('/gov/community?committee=310101023002');
    await clerk.page.getByText('社区服务与走访').first().click();
    await clerk.page.getByRole('button', { name: '按此用途查看' }).click();
    const rows = clerk.page.locator('.desk-residents tbody td b');
    await rows.first().waitFor();
    const name = await rows.first().innerText();
    expect(name).not.toBe('');
    expect(await inSql()).toContain('310101023');

    const staffing = await person({ browser, account: 'staffing.tang' });
    await draft(staffing.page, '外滩');
    const head = await person({ browser, account: 'head.bund' });
    await approve(head.page);

    const notice = clerk.page.getByRole('region', { name: '岗位变动' });
    await notice.getByText(/瑞金二路.*→.*外滩/).waitFor({ timeout: 60_000 });
    expect(await clerk.page.locator('main').innerText()).not.toContain(name);
    expect(await overflow(clerk.page)).toBe(0);
    expect(await axe(clerk.page)).toEqual([]);
    await picture(clerk.page, 'moved-1440');
    const status = (committee: string) =>
      clerk.page.evaluate(
        async (code) =>
          (await fetch(`/api/community/committees/${code}/residents`, { headers: { 'x-purpose': 'community-care' } }))
            .status,
        committee,
      );
    expect(await status('310101023002')).toBe(404);
    expect(await status('310101013001')).toBe(200);
    const sql = await inSql();
    expect(sql).toContain('310101013');
    expect(sql).not.toContain('310101023');
    await notice.getByRole('link', { name: '我的岗位' }).click();
    await clerk.page.getByText('曾任').waitFor();
    await picture(clerk.page, 'my-posts-1440');

    // Back to where she was, for the scenes of the others.
    await draft(staffing.page, '瑞金二路');
    const old = await person({ browser, account: 'head.ruijin', size: 'phone' });
    await approve(old.page);
    expect(await overflow(old.page)).toBe(0);
    await clerk.page.getByRole('button', { name: '知道了' }).waitFor();
    await expect.poll(() => status('310101023002'), { timeout: 60_000 }).toBe(200);
    for (const { context } of [clerk, staffing, head, old]) await context.close();
  });
});
