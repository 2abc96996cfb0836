import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture, SIZES } from './browser.ts';
import { answerQuestions, fillIn, SOON } from './hall-form.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** An item of the sample that is handled by a process of its own (现场核查后办理). */
const ITEM = '最低生活保障';

it('an item with a process of its own: each step is a task of the right post, done in the inbox or on the page of the case', async () => {
  const citizen = await person({ browser, account: 'citizen.wei' });
  const found = await citizen.context.request.get(`/api/service/items?q=${encodeURIComponent(ITEM)}`);
  const { items } = (await found.json()) as { items: { code: string; title: { zh: string } }[] };
  const item = items.find(({ title }) => title.zh === ITEM);
  const code = await apply(citizen.page, item?.code ?? '');

  const officer = await person({ browser, account: 'data.civil' });
  const head = await person({ browser, account: 'head.civil' });
  const other = await person({ browser, account: 'data.market' });
  await openCase(officer.page, code);
  await officer.page.getByRole('button', { name: '受理', exact: true }).click();

  // The process has begun: its first task lies with whoever handles, and with nobody else.
  await openTask(officer.page, '开始审查', code);
  await inspect(officer.page, 'process-item-inbox');
  await head.page.goto('/gov/inbox');
  await head.page.getByRole('heading', { name: '待办', exact: true }).waitFor();
  expect(await head.page.getByRole('link', { name: new RegExp(`开始审查.*${code}`) }).count()).toBe(0);
  await other.page.goto('/gov/inbox');
  await other.page.getByRole('heading', { name: '待办', exact: true }).waitFor();
  expect(await other.page.getByRole('link', { name: new RegExp(code) }).count()).toBe(0);

  // It is done on the page of the case, where the task leads.
  await officer.page.getByRole('link', { name: '打开办理页面' }).first().click();
  await sayPurpose(officer.page);
  await officer.page.getByRole('button', { name: '开始审查' }).click(SOON);
  await officer.page.getByText('审查中').first().waitFor();

  // What the act does not know, the inbox asks: somebody goes and looks.
  await openTask(officer.page, '现场核查', code);
  await officer.page.getByLabel('办理意见').fill('入户核查，情况属实。');
  await officer.page.getByRole('button', { name: '符合', exact: true }).click();
  await officer.page.getByText('已办理：符合').waitFor();
  await openCase(officer.page, code);
  await officer.page.getByLabel('准予', { exact: true }).check();
  await officer.page.getByRole('button', { name: '提交拟定的决定' }).click();
  await officer.page.getByText(/拟定：准予/).waitFor();

  // The decision is the head's; their inbox, open all the while, has shown it by itself.
  await head.page.getByRole('link', { name: new RegExp(`审批.*${code}`) }).click(SOON);
  await inspect(head.page, 'process-item-decide');
  await openCase(head.page, code);
  await head.page.getByRole('button', { name: '同意，作出决定' }).click();
  await head.page.getByText('准予').first().waitFor();
  await citizen.page.goto(`/citizen/cases/${code}`);
  await citizen.page.getByText('准予').first().waitFor(SOON);
  for (const { context } of [citizen, officer, head, other]) await context.close();
}, 240_000);

async function apply(page: Page, item: string): Promise<string> {
  await page.goto(`/citizen/apply?items=${item}`);
  await page.locator('.hall-send').waitFor();
  await answerQuestions(page);
  await fillIn(page);
  await page.getByRole('button', { name: '提交申请' }).click();
  return page.locator('.hall-code').innerText(SOON);
}

async function openTask(page: Page, name: string, code: string): Promise<void> {
  await page.goto('/gov/inbox?process=inspected-case');
  await page.getByRole('link', { name: new RegExp(`${name}.*${code}`) }).click(SOON);
}

async function openCase(page: Page, code: string): Promise<void> {
  await page.goto(`/gov/cases/${code}`);
  await sayPurpose(page);
}

/** Says what the page of a case is opened for, where that is asked. */
async function sayPurpose(page: Page): Promise<void> {
  const purpose = page.getByLabel(/办理申请事项/);
  const shown = page.getByRole('heading', { name: '填报内容' });
  await purpose.or(shown.first()).first().waitFor(SOON);
  if (await purpose.isVisible()) {
    await purpose.check();
    await page.getByRole('dialog').getByRole('button', { name: '按此用途查看' }).click();
  }
  await shown.first().waitFor(SOON);
}

async function inspect(page: Page, name: string): Promise<void> {
  for (const size of ['phone', 'desktop'] as const) {
    await page.setViewportSize(SIZES[size]);
    await picture(page, `${name}-${SIZES[size].width}`);
    expect(await overflow(page), `${name} ${size}`).toBe(0);
    expect(await axe(page), `${name} ${size}`).toEqual([]);
  }
}
