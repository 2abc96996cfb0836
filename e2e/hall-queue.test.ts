import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture, SIZES } from './browser.ts';

const CENTRE = 'affairs-centre-310101013';
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

/** Today and tomorrow in Shanghai, whenever the test runs. */
const days = () =>
  [0, 1].map((more) => new Date(Date.now() + 8 * 3_600_000 + more * 86_400_000).toISOString().slice(0, 10));

it('a number taken at a kiosk is called at a window, shown in the hall, and one taken on the phone follows it there', async () => {
  // The head keeps the hall open at this hour and registers a kiosk.
  const head = await person({ browser, account: 'head.bund' });
  for (const day of days()) {
    const open = { open: { from: '00:00', to: '24:00' }, why: '延时服务' };
    const kept = await head.context.request.put(`/api/service-hall/centres/${CENTRE}/days/${day}`, { data: open });
    expect(kept.ok(), await kept.text()).toBe(true);
  }
  await head.page.goto('/gov/centres');
  await head.page.getByLabel('名称').fill('一楼取号机');
  await head.page.getByRole('button', { name: '登记取号机' }).click();
  const token = (await head.page.locator('.hall-saved code').innerText()).trim();
  await head.page.getByRole('button', { name: '外滩街道社区事务受理服务中心' }).click();
  await head.page.getByText('个窗口能办').first().waitFor();
  await look(head.page, 'hall-head');

  // Whatever day the kiosk believes it is, the server's time is shown and counts.
  const kiosk = await person({ browser });
  await kiosk.page.clock.install({ time: new Date(Date.now() - 86_400_000) });
  await kiosk.page.goto('/citizen/kiosk');
  await kiosk.page.getByLabel('取号机口令').fill(token);
  await kiosk.page.getByRole('button', { name: '启动取号机' }).click();
  const family = kiosk.page.getByRole('button', { name: '教育文体' });
  await family.waitFor();
  const shown = Number(/(\d+)\s*日/.exec(await kiosk.page.locator('.hall-full time').innerText())?.[1]);
  expect(days().map((day) => Number(day.slice(8)))).toContain(shown);
  await look(kiosk.page, 'hall-kiosk-choose');
  await family.click();
  const number = (await kiosk.page.locator('.hall-ticket .hall-number').innerText()).trim();
  expect(number).toMatch(/^E\d{3}$/);
  await look(kiosk.page, 'hall-kiosk-number');

  const phone = await person({ browser, account: 'citizen.daughter', size: 'phone' });
  await phone.page.goto('/citizen/centres');
  const own = phone.page.locator('li', { hasText: '外滩街道社区事务受理服务中心' });
  await own.getByRole('button', { name: '取号或预约' }).click();
  await own.getByLabel('办什么事').selectOption('civil');
  await own.getByLabel(/需要优先/).check();
  await own.getByRole('button', { name: '取号', exact: true }).click();
  await phone.page.getByText('等候中').first().waitFor();
  const mine = (await phone.page.locator('h3', { hasText: '民政救助' }).first().innerText()).slice(0, 4);
  await look(phone.page, 'hall-phone-waiting');

  const display = await person({ browser });
  await display.page.goto(`/citizen/hall-display/${CENTRE}`);
  await display.page.getByText('教育文体').waitFor();

  // The clerk has passed the exam of civil affairs: calls until it is the turn of the phone, setting nobody aside.
  const clerk = await person({ browser, account: 'clerk.bund' });
  await clerk.page.goto('/gov/queue');
  await clerk.page.getByRole('button', { name: '1 号窗口', exact: true }).click();
  let called = '';
  for (let turn = 0; turn < 60 && called !== mine; turn += 1) {
    await clerk.page.getByRole('button', { name: '叫下一号' }).click();
    called = (await clerk.page.locator('.hall-current .hall-number').innerText()).trim();
    if (called === mine) break;
    await clerk.page.getByRole('button', { name: '开始办理' }).click();
    await clerk.page.getByRole('button', { name: '办结' }).click();
    await clerk.page.getByRole('button', { name: '叫下一号' }).waitFor();
  }
  expect(called).toBe(mine);
  await display.page.locator('.hall-board li', { hasText: mine }).waitFor();
  await phone.page.getByText('请到 1 号窗口').waitFor();
  await look(display.page, 'hall-display-called');
  await look(phone.page, 'hall-phone-called');
  await look(clerk.page, 'hall-clerk-called');
  await clerk.page.getByRole('button', { name: '开始办理' }).click();
  await phone.page.getByText('办理中').first().waitFor();
  await clerk.page.getByRole('button', { name: '办结' }).click();
  await clerk.page.getByText('窗口空闲').waitFor();
  await clerk.page.getByRole('button', { name: '离开窗口' }).click();
  for (const { context } of [head, kiosk, phone, display, clerk]) await context.close();
});

it('a window that is cut off opens again without a network, and takes in under a paper receipt', async () => {
  const { context, page } = await person({ browser, account: 'clerk.ruijin' });
  await page.goto('/gov/offline-window');
  await page.getByText('断网时刷新也能打开本页').waitFor();
  await page.getByLabel('本班口令').fill('274951');
  await page.getByRole('button', { name: '打开收件箱' }).click();
  await page.getByLabel('事项', { exact: true }).last().fill('居住证');
  await page.getByRole('button', { name: '查找', exact: true }).click();
  await page.getByRole('button', { name: '备好表单' }).first().click();
  await page.getByLabel('申请人姓名').waitFor();
  await look(page, 'hall-offline-open');
  await page.waitForFunction(async () => (await (await caches.open('hall-offline-1')).keys()).length > 3);
  await context.setOffline(true);
  await page.reload();
  await page.getByLabel('本班口令').fill('274951');
  await page.getByRole('button', { name: '打开收件箱' }).click();
  await page.getByLabel('申请人姓名').waitFor();
  await context.close();
});

it('what is typed over stands on a sheet with its checksum, and what was typed wrong is found', async () => {
  const { context, page } = await person({ browser, account: 'data.civil' });
  const { cases } = (await (await context.request.get('/api/service/cases')).json()) as { cases: { code: string }[] };
  let code = '';
  for (const each of cases) {
    const asked = await context.request.get(`/api/service/cases/${each.code}`, {
      headers: { 'X-Purpose': 'handle-case' },
    });
    const { items } = (await asked.json()) as { items: { answers: unknown[] }[] };
    if (items.some(({ answers }) => answers.length > 0)) code = each.code;
    if (code !== '') break;
  }
  expect(code).not.toBe('');
  await page.goto(`/gov/copy-sheet?link=sample-residence&case=${code}`);
  await page.getByLabel(/办理申请事项/).check();
  await page.getByRole('dialog').getByRole('button', { name: '按此用途查看' }).click();
  await page.getByRole('button', { name: '生成转录单' }).first().click();
  expect(await page.locator('.hall-checksum b').innerText()).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  await look(page, 'hall-copy-sheet');
  await page.emulateMedia({ media: 'print' });
  await picture(page, 'hall-copy-sheet-print');
  expect(await page.getByRole('button', { name: '打印转录单' }).isVisible()).toBe(false);
  await page.emulateMedia({ media: 'screen' });
  const compare = page.locator('.hall-compare').first();
  await compare.getByRole('textbox').first().fill('抄错了');
  await compare.getByRole('button', { name: '比较' }).click();
  await compare.getByText('项不一致').waitFor();
  const values = await page.locator('.hall-sheet').first().locator('tbody td:nth-child(3)').allInnerTexts();
  for (const [at, value] of values.entries()) await compare.getByRole('textbox').nth(at).fill(value);
  await compare.getByRole('button', { name: '比较' }).click();
  await compare.getByText('全部一致').waitFor();
  await context.close();
});
