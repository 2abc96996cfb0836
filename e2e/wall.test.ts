import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture, SIZES } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** One click on a tile; the first thing behind it is a link, the second click. Null: what counts nothing has nothing behind it, and says so. */
async function drill(page: Page, tile: string): Promise<string | null> {
  await page.locator(`[data-tile="${tile}"]`).click();
  await page.locator(`[data-tile="${tile}"][aria-current]`).waitFor();
  const queue = page.locator('.wall-queue');
  const first = queue.locator('.wall-list a').first();
  await queue.locator('header button').waitFor();
  await first.or(queue.getByText('没有事项')).first().waitFor();
  return (await first.count()) === 0 ? null : first.getAttribute('href');
}

it('every tile of the wall leads to a single case in three clicks at most', async () => {
  const { context, page } = await person({ browser, account: 'duty.ops' });
  await page.goto('/ops');
  await page.locator('[data-tile]').first().waitFor();
  const tiles = await page
    .locator('[data-tile]')
    .evaluateAll((all) => all.map((tile) => tile.getAttribute('data-tile')));
  expect(tiles.length).toBeGreaterThanOrEqual(9);
  const kinds = new Set<string>();
  for (const tile of tiles) {
    const path = await drill(page, tile ?? '');
    if (path !== null) expect(path).toMatch(/^\/(gov\/(incidents|alerts)|ops\/(orders|incidents|clusters))\/[\w-]+$/);
    // Pages of one kind are one page: each is opened once, by the second click.
    const kind = path?.split('/').slice(0, 3).join('/');
    if (path === null || kind === undefined || kinds.has(kind)) continue;
    kinds.add(kind);
    await page.locator('.wall-queue .wall-list a').first().click();
    await page.waitForURL(`**${path}`);
    await page.locator('main h1').first().waitFor();
    await page.goBack();
    await page.locator(`[data-tile="${tile}"]`).waitFor();
  }
  expect([...kinds]).toContain('/gov/incidents');
  await context.close();
}, 60_000);

it('the leader opens a rising cluster of water-logging cases and makes it an incident', async () => {
  const { context, page } = await person({ browser, account: 'leader.chen' });
  await page.goto('/ops/cockpit');
  await page
    .getByRole('region', { name: '正在上升的聚集' })
    .getByRole('link', { name: /道路积水聚集/ })
    .first()
    .click();
  await page.getByRole('heading', { name: '道路积水聚集' }).waitFor();
  expect(await page.locator('.cluster .wall-list a').count()).toBeGreaterThan(3);
  for (const size of ['phone', 'desktop'] as const) {
    await page.setViewportSize(SIZES[size]);
    await picture(page, `ops-cluster-${SIZES[size].width}`);
    expect(await overflow(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
  }
  const open = page.getByRole('link', { name: '打开复合事件' });
  await open.or(page.getByRole('button', { name: '转为复合事件' })).click();
  await page.waitForURL(/\/ops\/incidents\//);
  await page.getByRole('heading', { name: '积水内涝' }).waitFor();
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
  for (const size of ['phone', 'wall'] as const) {
    await page.setViewportSize(SIZES[size]);
    expect(await drill(page, 'alert.open')).toMatch(/^\/gov\/alerts\//);
    await page.locator('.wall-queue').getByText('大屏演示积水').first().waitFor();
    expect(await overflow(page)).toBe(0);
  }
  // On the wall nobody scrolls: every tile is there at once.
  const hidden = await page.locator('.wall-vitals').evaluate((column) => column.scrollHeight - column.clientHeight);
  expect(hidden).toBeLessThanOrEqual(0);
  expect(await page.locator('.wall-about').getByText('没有解除').count()).toBe(1);
  await picture(page, 'wall-drilled-3840');
  expect(await axe(page)).toEqual([]);
  await head.context.close();
  await context.close();
}, 60_000);
