import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { xlsxWriter } from '#districts/huangpu/generate/writers.ts';
import { axe, openBrowser, overflow, person, picture } from './browser.ts';

const COLUMNS = ['健康档案编号', '证件号码', '姓名', '性别代码', '出生日期', '联系电话', '现住址', '残疾情况'];
const BORN = { 性别代码: 1, 出生日期: '2026-09-01', 联系电话: '13900007777', 现住址: '上海市黄浦区样例路7弄8号901室' };

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

type Pair = { a: string; b: string };
const pairsOf = async (page: Page): Promise<Pair[]> =>
  ((await (await page.context().request.get('/api/population/links')).json()) as { pairs: Pair[] }).pairs;
/** Sets the given pairs aside: who is unsure has answered, and leaves the pair to others. */
const setAside = async (page: Page, pairs: readonly Pair[]): Promise<void> => {
  for (const { a, b } of pairs) {
    const reply = await page.context().request.post(`/api/population/links/${a}/${b}/answer`, {
      headers: { 'idempotency-key': crypto.randomUUID() },
      data: { answer: 'unsure' },
    });
    expect(reply.ok(), await reply.text()).toBe(true);
  }
};

const openQueue = async (page: Page): Promise<void> => {
  await page.goto('/data/links');
  await page.getByLabel('核对数据质量').check();
  await page.getByRole('dialog').getByRole('button', { name: '按此用途查看' }).click();
  await page.getByRole('heading', { name: '人口比对' }).waitFor();
};

it('two newborn records without numbers: two data officers compare them by keyboard, and they become one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'smart-district-links-'));
  const path = join(folder, 'born.xlsx');
  const writer = xlsxWriter({ path, columns: COLUMNS, sheet: '健康档案' });
  writer.write({ ...BORN, 健康档案编号: 'E2E-1', 姓名: '郯浩宇' });
  writer.write({ ...BORN, 健康档案编号: 'E2E-2', 姓名: '郯皓宇' });
  writer.close();
  const centre = await person({ browser, account: 'data.centre' });
  const civil = await person({ browser, account: 'data.civil', size: 'phone' });
  for (const { page } of [centre, civil]) await setAside(page, await pairsOf(page));
  const sent = await centre.context.request.post(
    '/api/exchange/imports?dataset=health-registration&fileName=born.xlsx',
    {
      headers: { 'content-type': 'application/octet-stream', 'idempotency-key': crypto.randomUUID() },
      data: await readFile(path),
    },
  );
  expect(sent.ok(), await sent.text()).toBe(true);
  await expect.poll(async () => (await pairsOf(centre.page)).length, { timeout: 60_000 }).toBeGreaterThan(0);

  await openQueue(centre.page);
  await centre.page.getByText('疑似双胞胎').waitFor();
  await centre.page.getByText('姓名：同音').waitFor();
  await picture(centre.page, 'data-links-1440');
  expect(await overflow(centre.page)).toBe(0);
  expect(await axe(centre.page)).toEqual([]);
  await centre.page.keyboard.press('1');
  await centre.page.getByText('等待另一人复核').waitFor();
  await centre.page.getByText('没有待比对的记录').waitFor();
  await centre.context.close();

  await openQueue(civil.page);
  await civil.page.getByText('姓名：同音').waitFor();
  await civil.page.getByRole('button', { name: 'English' }).click();
  await civil.page.getByText('Name: sounds the same').waitFor();
  await picture(civil.page, 'data-links-en-390');
  await civil.page.getByRole('button', { name: '中文' }).click();
  await civil.page.getByText('姓名：同音').waitFor();
  await picture(civil.page, 'data-links-390');
  expect(await overflow(civil.page)).toBe(0);
  expect(await axe(civil.page)).toEqual([]);
  await civil.page.getByRole('button', { name: '是同一人', exact: false }).first().click();
  await civil.page.getByText('两人意见一致').waitFor();
  // Who joined them can also part them again.
  const journal = civil.page.getByRole('region', { name: '归并日志' });
  await journal.getByRole('button', { name: '撤销归并' }).first().click();
  await journal.getByRole('button', { name: '确认撤销' }).click();
  await journal.getByText(/起有 \d+ 次使用基于合并记录/).waitFor();
  await picture(civil.page, 'data-links-undone-390');
  expect(await overflow(civil.page)).toBe(0);
  await civil.context.close();
});
