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

const RETAIL = 'M.RETAIL.310101._T._T.V.N.YTD';
type Point = { period: string; value: number };

it('the monthly release lands: visible with year-on-year and revision, and a briefing, within minutes', async () => {
  const officer = await person({ browser, account: 'data.statistics' });
  const head = await person({ browser, account: 'head.statistics', size: 'phone' });
  const reader = await person({ browser });

  // What is known until now, from the public interface, makes next month's workbook.
  const known = async (id: string): Promise<Point[]> => {
    const reply = await reader.context.request.get(`/api/economy/series/${id}`);
    return ((await reply.json()) as { points: Point[] }).points;
  };
  const part = (industry: string) => `M.RETAIL.310101.${industry}._T.V.N.YTD`;
  const points = await known(RETAIL);
  const last = points.at(-1) as Point;
  const [year, month] = last.period.split('-').map(Number) as [number, number];
  const [nextYear, nextMonth] = month === 12 ? [year + 1, 2] : [year, month + 1];
  const next = async (id: string) => {
    const before = (await known(id)).find((p) => p.period === `${nextYear - 1}-${String(nextMonth).padStart(2, '0')}`);
    return Math.round((before?.value ?? 0) * 10.4) / 10;
  };
  const [goods, meals] = [await next(part('F')), await next(part('H'))];
  const [oldGoods, oldMeals] = [
    (await known(part('F'))).at(-1)?.value ?? 0,
    (await known(part('H'))).at(-1)?.value ?? 0,
  ];
  const revised = Math.round((oldGoods + 1.2) * 10) / 10;
  const heading = `${nextYear}年1-${nextMonth}月`;
  const csv = [
    `指标,行业,计量单位,${heading},同比（%）,${year}年1-${month}月`,
    `社会消费品零售总额,合计,亿元,${(goods + meals).toFixed(1)}①,4.2p,${(revised + oldMeals).toFixed(1)}`,
    `社会消费品零售总额,批发和零售业,亿元,${goods},4.0,${revised}`,
    `社会消费品零售总额,住宿和餐饮业,亿元,${meals},5.1,${oldMeals}`,
  ].join('\n');

  // The release stands on the calendar, a few seconds ahead: everybody sees the countdown, nobody the figures.
  const title = `${nextYear}年${nextMonth}月消费快报 ${Date.now() % 10_000}`;
  const made = await officer.context.request.post('/api/economy/releases', {
    headers: { 'Idempotency-Key': crypto.randomUUID() },
    data: {
      title: { zh: title, en: 'Retail flash' },
      period: `${nextYear}-${String(nextMonth).padStart(2, '0')}`,
      embargoUntil: new Date(Date.now() + 60_000).toISOString(),
    },
  });
  expect(made.status(), await made.text()).toBe(201);
  const { id } = (await made.json()) as { id: string };

  const { page } = officer;
  await page.goto('/data/economy/releases');
  const form = page.getByRole('form', { name: `报送工作簿：${title}` });
  // A wrong unit first: nothing is loaded, and the board says why.
  await form.getByLabel('选择工作簿').setInputFiles({
    name: '错单位.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`指标,计量单位,${heading}\n社会消费品零售总额,亿元,${(goods + meals) * 10_000}\n`),
  });
  await form.getByRole('button', { name: '报送' }).click();
  await form.getByText('没有入库').waitFor();
  await form
    .getByLabel('选择工作簿')
    .setInputFiles({ name: '月报.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await form.getByRole('button', { name: '报送' }).click();
  await form.getByText('已通过核查').waitFor();
  await inspect(page, 'economy-calendar-1440');
  await page.goto('/data/loads');
  await page.getByText('错单位.csv').first().waitFor();
  await page.getByRole('button', { name: '查看 1 条发现' }).first().click();
  await page.getByText('计量单位可能有误').first().waitFor();
  await inspect(page, 'economy-loads-1440');

  await reader.page.goto(`/data/economy/releases/${id}`);
  await reader.page.getByText('尚未到发布时间').waitFor();
  await reader.page.getByText(/距发布|发布时间已到/).waitFor();
  await inspect(reader.page, 'economy-embargo-1440');

  await head.page.goto('/data/economy/releases');
  await inspect(head.page, 'economy-calendar-390');
  await head.page.getByRole('listitem').filter({ hasText: title }).getByRole('button', { name: '审批发布' }).click();
  await head.page.getByRole('listitem').filter({ hasText: title }).getByText('已审批，待发布').waitFor();

  // The reader only waits: the page shows the briefing by itself once the minute has come.
  await reader.page.getByRole('heading', { name: new RegExp(title) }).waitFor({ timeout: 120_000 });
  const card = reader.page.getByRole('link', { name: /社会消费品零售总额/ }).first();
  await card.getByText('4.2%').waitFor();
  await card.getByText('公布增速').waitFor();
  await card.getByText(`由 ${last.value.toLocaleString('zh-CN', { minimumFractionDigits: 1 })} 修订为`).waitFor();
  await inspect(reader.page, 'economy-briefing-1440');
  await card.click();
  await reader.page.waitForURL(`**/data/economy/series/${RETAIL}`);
  await reader.page.getByRole('heading', { name: /版本与修订/ }).waitFor();
  await reader.page.getByText('①').first().waitFor();
  await reader.page.getByLabel('季节调整').check();
  await reader.page.getByText('季节调整：STL 分解').waitFor();
  await inspect(reader.page, 'economy-series-1440');
  // By keyboard to the month before, whose value is written out below the chart.
  const slider = reader.page.getByRole('slider', { name: '移动到时期' });
  await slider.focus();
  const now = await slider.getAttribute('aria-valuetext');
  await slider.press('ArrowLeft');
  expect(await slider.getAttribute('aria-valuetext')).not.toBe(now);
  const file = reader.page.waitForEvent('download');
  await reader.page.getByRole('link', { name: '下载 SDMX-CSV' }).click();
  expect((await file).suggestedFilename()).toBe('economy.csv');
  for (const each of [officer, head, reader]) await each.context.close();
});
