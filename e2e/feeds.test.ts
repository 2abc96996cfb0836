import { createHash } from 'node:crypto';
import type { APIRequestContext, Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture, SIZES } from './browser.ts';

const FEED = 'service-items-feed';
const DATASET = 'guangan-service-items';
const ROWS = 30;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

type Row = Record<string, string>;
/** Pushes a batch as the department's system would. */
async function push(request: APIRequestContext, seq: number, rows: readonly Row[]) {
  const body = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const query = new URLSearchParams({
    seq: String(seq),
    count: String(rows.length),
    sm3: createHash('sm3').update(body).digest('hex'),
  });
  const reply = await request.post(`/api/exchange/feeds/${FEED}/batches?${query.toString()}`, {
    headers: { 'content-type': 'application/octet-stream', 'idempotency-key': crypto.randomUUID() },
    data: Buffer.from(body),
  });
  expect(reply.status(), await reply.text()).toBe(202);
}

it('a feed is registered, its batch is held and released by a person, a changed source stops it, and it goes on', async () => {
  const { context, page } = await person({ browser, account: 'data.centre' });
  const { mapping } = await (await context.request.get(`/api/exchange/datasets/${DATASET}/mapping`)).json();
  await page.goto('/data/feeds');
  await page.getByRole('button', { name: '登记数据接口' }).click();
  await page.getByLabel('数据集').selectOption(DATASET);
  await page.getByLabel('接口编号').fill(FEED);
  await page.getByLabel('每批内容').selectOption('snapshot');
  await picture(page, 'feed-register-1440');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.waitForURL(new RegExp(`/data/feeds/${FEED}$`));
  await page.getByText('还没有收到批次').waitFor();

  // The first snapshot lacks everything that was imported before: a person is asked.
  const rows = Array.from(
    { length: ROWS },
    (_, n): Row => ({ [mapping.key[0]]: `接口样例${n}`, 名称: `样例${n}`, 数量: String(n + 1) }),
  );
  await push(context.request, 1, rows);
  await page.getByText('暂扣，等待确认').waitFor({ timeout: 60_000 });
  await picture(page, 'feed-held-1440');
  await page.getByRole('button', { name: '放行' }).click();
  await page.getByLabel('原因').fill('改由接口提供，已与来源核实');
  await page.getByRole('button', { name: '放行' }).first().click();
  await page.getByText('已入库').first().waitFor({ timeout: 60_000 });

  await push(
    context.request,
    2,
    rows.map(({ 数量: _lost, ...row }) => row),
  );
  await page.getByText('来源少了列：数量').first().waitFor({ timeout: 60_000 });
  await picture(page, 'feed-stopped-1440');
  await page.getByRole('button', { name: '恢复' }).click();
  await page.getByLabel('原因').fill('来源已改回原来的列');
  await page.getByRole('button', { name: '恢复' }).click();
  await page.getByText('已恢复：来源已改回原来的列').waitFor({ timeout: 30_000 });
  await push(
    context.request,
    2,
    rows.map((row, n) => (n === 0 ? { ...row, 名称: '改名' } : row)),
  );
  await page.getByRole('status').getByText('正常').waitFor({ timeout: 60_000 });
  await picture(page, 'feed-good-1440');

  await page.getByRole('button', { name: '修改接口' }).click();
  await page.getByLabel('周期').fill('12');
  await page.getByLabel('原因').fill('来源改为每日两次');
  await page.setViewportSize(SIZES.phone);
  await page.getByRole('form', { name: '修改接口' }).scrollIntoViewIfNeeded();
  await picture(page, 'feed-change-390');
  expect(await overflow(page)).toBe(0);
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: '保存修改' }).click();
  await page.getByText('已修改（周期）：来源改为每日两次').waitFor({ timeout: 30_000 });
  await context.close();
});
