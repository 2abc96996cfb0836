import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture, SIZES } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function look(page: Page, name: string): Promise<void> {
  for (const size of ['desktop', 'phone'] as const) {
    await page.setViewportSize(SIZES[size]);
    await picture(page, `${name}-${SIZES[size].width}`);
    expect(await overflow(page), `${name} ${size}`).toBe(0);
    expect(await axe(page), `${name} ${size}`).toEqual([]);
  }
  await page.setViewportSize(SIZES.desktop);
}

it('a citizen answers the one correction notice, the unit accepts and examines, and both read the same timeline', async () => {
  const citizen = await person({ browser, account: 'citizen.wei' });
  const { page } = citizen;
  await page.goto('/citizen/cases');
  await page.getByText('需要您补正').first().click();
  await page.getByText('缺少出租方签字的那一页').first().waitFor();
  const code = (await page.locator('.case-code').first().innerText()).trim();
  await look(page, 'own-case-correction');
  await page.getByLabel('补正说明').fill('已补齐签字页和身份证反面。');
  await page.getByRole('button', { name: '提交补正' }).click();
  await page.getByText('到期没有答复，视为受理').waitFor();
  await look(page, 'own-case-answered');

  const { cases } = (await (await citizen.context.request.get('/api/service/own-cases')).json()) as {
    cases: { code: string }[];
  };
  expect(cases.map((each) => each.code)).toContain(code);
  const shown = (await (await citizen.context.request.get(`/api/service/own-cases/${code}`)).json()) as {
    items: { unit: string }[];
  };
  // The demo accounts handle for civil affairs; the sample's case is theirs.
  expect(shown.items[0]?.unit).toBe('civil-affairs');
  const handler = await person({ browser, account: 'data.civil' });
  await handler.page.goto(`/gov/cases/${code}`);
  await handler.page.getByLabel(/办理申请事项/).check();
  await handler.page.getByRole('dialog').getByRole('button', { name: '按此用途查看' }).click();
  await handler.page.getByRole('button', { name: '受理', exact: true }).click();
  await handler.page.getByRole('button', { name: '开始审查' }).click();
  await handler.page.getByText('准予').first().waitFor();
  await look(handler.page, 'case-review');
  await page.reload();
  await page.getByText('已受理，开始计算办理时限').waitFor();
  await citizen.context.close();
  await handler.context.close();
});
