import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture } from './browser.ts';

/** Registered in Huaihai Road, taxed elsewhere, trading from a tower in Xintiandi (`tradesElsewhere` of the generator). */
const FIRM = { uscc: '91310199MA0041E862', name: '上海石库门里企业管理咨询有限公司' };

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
const stateWhy = async (page: Page): Promise<void> => {
  await page.getByLabel('企业服务走访').check();
  await page.getByRole('dialog').getByRole('button', { name: '按此用途查看' }).click();
};

it('the three facts meet in one record; the street sees “here but not registered here” and opens a service visit', async () => {
  const { page } = await person({ browser, account: 'clerk.huaihai' });
  // The comparison runs behind the loads.
  await expect
    .poll(
      async () => {
        await page.goto('/data/reconciliation?kind=not-registered-here');
        await page.getByRole('heading', { name: '户管比对' }).waitFor();
        await page.waitForLoadState('networkidle').catch(() => undefined);
        return page.getByRole('link', { name: FIRM.name }).count();
      },
      { timeout: 90_000, interval: 2_000 },
    )
    .toBe(1);
  const card = page.getByRole('article', { name: `在此经营未在此登记 ${FIRM.name}` });
  await card.getByText('还剩 10 个工作日').waitFor();
  await card.getByText(/淮海中路.*弄/).waitFor();
  await card.getByText('崇明').waitFor();
  await inspect(page, 'entity-board-1440');
  await card.getByRole('button', { name: '发起服务走访' }).click();
  await card.getByText(/走访在办/).waitFor();
  await card.getByText('还剩 5 个工作日').waitFor();
  await inspect(page, 'entity-visit-1440');

  await page.getByRole('link', { name: FIRM.name }).click();
  await page.waitForURL(`**/gov/entities/${FIRM.uscc}`);
  await stateWhy(page);
  const places = page.getByRole('region', { name: '驻地' });
  for (const kind of ['登记住所', '走访所见', '税务登记地址']) await places.getByText(kind, { exact: true }).waitFor();
  await page.getByRole('table', { name: '最终持有人' }).waitFor();
  await page.getByText('发起走访').first().waitFor({ state: 'attached' });
  await page.evaluate(() => document.getElementById('entity-places')?.scrollIntoView());
  await inspect(page, 'entity-record-1440');
  await page
    .getByRole('button', { name: 'English' })
    .first()
    .click()
    .catch(() => undefined);

  // Another street knows nothing of it.
  const other = await person({ browser, account: 'clerk.bund', size: 'phone' });
  await other.page.goto('/data/reconciliation?kind=not-registered-here');
  await other.page.getByRole('heading', { name: '户管比对' }).waitFor();
  expect(await other.page.getByRole('link', { name: FIRM.name }).count()).toBe(0);
  await inspect(other.page, 'entity-board-390');
});

it('the base database is searched by pinyin and by a misspelt name; an ownership group with a loop is drawn', async () => {
  const { page } = await person({ browser, account: 'data.market', size: 'phone' });
  await page.goto('/data/entities');
  await page.getByLabel('查找企业').fill('shikumenli');
  await page.getByRole('button', { name: '查找', exact: true }).click();
  await page.getByRole('link', { name: FIRM.name }).waitFor();
  await inspect(page, 'entity-search-390');
  await page.getByLabel('查找企业').fill('石库们里');
  await page.getByRole('button', { name: '查找', exact: true }).click();
  await page.getByRole('link', { name: FIRM.name }).waitFor();
  await page.getByRole('link', { name: FIRM.name }).click();
  await stateWhy(page);
  await page.getByRole('table', { name: '最终持有人' }).waitFor();
  await page.evaluate(() => document.getElementById('entity-places')?.scrollIntoView());
  await inspect(page, 'entity-record-390');
});

it('a group whose firms hold each other is drawn with its percentages', async () => {
  const { page, context } = await person({ browser, account: 'data.market' });
  const { entities } = (await (await context.request.get('/api/legal-entity/entities')).json()) as {
    entities: { uscc: string }[];
  };
  let group: string | undefined;
  for (const { uscc } of entities) {
    const reply = await context.request.get(`/api/legal-entity/entities/${uscc}/graph?depth=5`, {
      headers: { 'x-purpose': 'enterprise-service' },
    });
    const graph = (await reply.json()) as {
      nodes: { id: string; kind: string; level: number }[];
      edges: { to: string }[];
    };
    if (graph.nodes.filter((n) => n.kind === 'entity' && n.level > 0).length >= 2) group = uscc;
  }
  expect(group).toBeDefined();
  await page.goto(`/gov/entities/${group}`);
  await stateWhy(page);
  await page.getByRole('table', { name: '最终持有人' }).waitFor();
  await page.getByRole('heading', { name: '股权穿透' }).scrollIntoViewIfNeeded();
  await page.evaluate(() => document.getElementById('entity-graph')?.scrollIntoView());
  await inspect(page, 'entity-group-1440');
});
