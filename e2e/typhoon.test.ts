import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture, SIZES } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function look(page: Page, name: string): Promise<void> {
  for (const size of ['phone', 'desktop'] as const) {
    await page.setViewportSize(SIZES[size]);
    await picture(page, `${name}-${SIZES[size].width}`);
    expect(await overflow(page), `${name} ${size}`).toBe(0);
    expect(await axe(page), `${name} ${size}`).toEqual([]);
  }
}

it('on a typhoon Friday the leader signs one of three options, and four departments confirm and report on one timeline', async () => {
  const duty = await person({ browser, account: 'duty.ops' });
  await duty.page.goto('/ops/exercises');
  await duty.page.getByRole('button', { name: '开始演练 台风周五' }).click();
  const leader = await person({ browser, account: 'leader.chen' });
  const { page } = leader;
  await page.goto('/ops/incidents');
  await page
    .getByRole('link', { name: /积水内涝 演练/ })
    .first()
    .click();
  await page.getByRole('heading', { name: '积水内涝 演练' }).waitFor();
  await page.getByRole('link', { name: /打浦桥一带积水怎么处置/ }).click({ timeout: 60_000 });
  await page.getByText('第 3 名').waitFor();
  await look(page, 'ops-options');
  await page.getByRole('radio').first().check();
  await page.getByLabel('签署理由').fill('先保通行和低洼居民安全');
  await page.getByRole('button', { name: '签署方案' }).click();
  await page.getByRole('link', { name: '查看指令' }).click();
  await page.getByRole('button', { name: '签发' }).click();
  await page.getByText('待签收').first().waitFor();
  for (const account of ['liaison.emergency', 'liaison.traffic', 'liaison.construction', 'liaison.urban']) {
    const unit = await person({ browser, account, size: 'phone' });
    await unit.page.goto('/gov/orders');
    const order = unit.page.getByRole('article').filter({ hasText: '调泵抽排' }).first();
    await order.getByText('演练').waitFor();
    await order.getByRole('button', { name: '签收', exact: true }).click();
    await order.getByRole('button', { name: '开始执行' }).click();
    await order.getByRole('button', { name: '反馈完成' }).click();
    await order.getByLabel('反馈内容').fill('已到场，积水已抽排');
    if (account === 'liaison.emergency') await look(unit.page, 'gov-orders-feedback');
    await order.getByRole('button', { name: '反馈完成' }).last().click();
    await order.getByText('已反馈完成').waitFor();
    await unit.context.close();
  }
  await page.getByRole('link', { name: '所属复合事件' }).click();
  const story = page.getByRole('region', { name: '时间线' });
  await story.getByText('反馈完成').nth(3).waitFor();
  expect(await story.getByText('签收', { exact: true }).count()).toBe(4);
  await look(page, 'ops-incident');
  await leader.context.close();
  await duty.context.close();
});
