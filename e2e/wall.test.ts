import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture, SIZES } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** One click on the tile, one on the first thing behind it: the case stands there. */
async function drill(page: Page, tile: string): Promise<number> {
  await page.locator(`[data-tile="${tile}"]`).click();
  const queue = page.locator('.wall-queue');
  await queue.locator('header button').waitFor();
  const first = queue.locator('.wall-list a').first();
  await first.or(queue.getByText('没有事项')).first().waitFor();
  // What counts nothing has nothing behind it, and says so.
  if ((await first.count()) === 0) return 1;
  const path = (await first.getAttribute('href')) ?? '';
  await first.click();
  await page.waitForURL(`**${path}`);
  await page.locator('main h1').first().waitFor();
  await page.goBack();
  await page.goBack();
  return 2;
}

it('every tile of the wall leads to a single case in three clicks at most', async () => {
  const { context, page } = await person({ browser, account: 'duty.ops', size: 'wall' });
  await page.goto('/ops');
  await page.locator('[data-tile]').first().waitFor();
  const tiles = await page
    .locator('[data-tile]')
    .evaluateAll((all) => all.map((tile) => tile.getAttribute('data-tile')));
  expect(tiles.length).toBeGreaterThanOrEqual(9);
  const clicks = [];
  for (const tile of tiles) clicks.push(await drill(page, tile ?? ''));
  expect(Math.max(...clicks)).toBe(2);
  await picture(page, 'wall-3840');
  expect(await overflow(page)).toBe(0);
  await context.close();
}, 60_000);

it('an alert stands on the wall by itself, and on phone and desktop a tile leads to it', async () => {
  const head = await person({ browser, account: 'head.ruijin' });
  const { context, page } = await person({ browser, account: 'leader.chen', size: 'phone' });
  await page.goto('/ops');
  await page.locator('.wall-live[data-live=true]').waitFor();
  const reply = await head.context.request.post('/api/signal/alerts', {
    headers: { 'idempotency-key': crypto.randomUUID(), origin: new URL(page.url()).origin },
    data: { title: '大屏演示积水', kind: 'water', severity: 'severe' },
  });
  expect(reply.status(), await reply.text()).toBe(201);
  await page.locator('.wall-queue').getByText('大屏演示积水').first().waitFor();
  for (const size of ['phone', 'desktop'] as const) {
    await page.setViewportSize(SIZES[size]);
    expect(await drill(page, 'alert.open')).toBe(2);
    await page.locator('.wall-queue').getByText('大屏演示积水').first().waitFor();
    await picture(page, `wall-${SIZES[size].width}`);
    expect(await overflow(page)).toBe(0);
  }
  expect(await axe(page)).toEqual([]);
  await head.context.close();
  await context.close();
}, 60_000);
