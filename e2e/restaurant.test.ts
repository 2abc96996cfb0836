import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, openSettled, overflow, person, picture, SIZES } from './browser.ts';
import { answerQuestions, fillIn, paper, SOON } from './hall-form.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** What the items of the bundle are called: a case numbers them in the order of their codes. */
const TITLE = { company: /公司/, food: /食品/, fire: /消防/, sign: /招牌/, drain: /排水/ } as const;
type OwnItem = {
  no: number;
  title: { zh: string };
  state: string;
  outcome: string | null;
  certificate: string | null;
};
type OwnCase = { items: OwnItem[] };

it('opens a restaurant: five items of four departments, one form, one code, one notice, a fee, licences in the wallet, a rating, no visit', async () => {
  const applicant = await person({ browser, account: 'agent.siyuan' });
  const { page } = applicant;
  const code = await apply(page);
  const ITEM = await numbersOf(applicant.context, code);

  // Everything is there for the commitment: granted at once, nobody has looked yet.
  await page.goto(`/business/cases/${code}`);
  await expect.poll(() => itemOf(applicant.context, code, ITEM.fire), SOON).toMatchObject({ outcome: 'granted' });

  // Two departments miss something; the applicant is told once.
  const market = await official('data.market');
  const greening = await official('data.greening');
  const transport = await official('data.transport');
  await openCase(market.page, code);
  await market.page.getByText('提出补正', { exact: true }).first().click();
  await market.page.getByLabel('缺什么、哪里不对').first().fill('公司章程');
  await market.page.getByLabel('怎样补正').first().fill('缺少股东签字的那一页，请补充。');
  await market.page.getByRole('button', { name: '提出补正' }).first().click();
  await market.page.getByText(/等.*看过后一并告知/).waitFor();
  await act(greening, code, ITEM.sign, 'accept');
  await act(transport, code, ITEM.drain, 'defects', {
    defects: [{ what: '隔油池设计图', how: '请标注隔油池的容积。' }],
  });
  await expect.poll(() => itemOf(applicant.context, code, ITEM.drain), SOON).toMatchObject({ state: 'correction' });
  // The applicant's page shows it by itself.
  const notice = page.getByRole('region', { name: '请补正' });
  await notice.getByText('缺少股东签字的那一页，请补充。').waitFor(SOON);
  await notice.getByText('请标注隔油池的容积。').waitFor();
  expect(await page.locator('.case-timeline').getByText('需要补正（一次告知全部内容）').count()).toBe(1);
  await notice
    .locator('input[type=file]')
    .first()
    .setInputFiles(await paper('补正.txt'));
  await notice.getByText(/已收到 补正/).waitFor(SOON);
  await notice.getByLabel('补正说明').fill('已补齐签字页，图上已标注容积。');
  await look(page, 'restaurant-correction');
  await notice.getByRole('button', { name: '提交补正' }).click();
  await notice.waitFor({ state: 'detached' });

  // The handler reads what was handed in; another person decides.
  await openCase(market.page, code);
  const [download] = await Promise.all([
    market.page.waitForEvent('download'),
    market.page
      .getByRole('link', { name: /下载查看 补正/ })
      .first()
      .click(),
  ]);
  expect(download.suggestedFilename()).toContain('补正');
  await market.page.getByRole('button', { name: '受理', exact: true }).click();
  await market.page.getByRole('button', { name: '开始审查' }).click();
  await market.page.getByLabel('准予', { exact: true }).check();
  await market.page.getByRole('button', { name: '提交拟定的决定' }).click();
  await market.page.getByText(/拟定：准予/).waitFor();
  await look(market.page, 'restaurant-drafted');
  const marketHead = await official('head.market');
  await openCase(marketHead.page, code);
  await marketHead.page.getByRole('button', { name: '同意，作出决定' }).click();
  await expect.poll(() => itemOf(applicant.context, code, ITEM.company), SOON).toMatchObject({ outcome: 'granted' });

  // The food licence waited for the firm; the rest goes its way.
  await expect.poll(() => tryAct(market, code, ITEM.food, 'accept'), SOON).toBe(200);
  await act(transport, code, ITEM.drain, 'accept');
  await decide({ handler: market, head: marketHead, code, no: ITEM.food });
  await decide({ handler: greening, head: await official('head.greening'), code, no: ITEM.sign });
  await decide({ handler: transport, head: await official('head.transport'), code, no: ITEM.drain });

  // A fee is paid from where it is told; then the licence is made out.
  await page.getByRole('link', { name: '去缴费 ¥20.00' }).click(SOON);
  await page.getByRole('button', { name: /微信/ }).click();
  const cashier = await applicant.context.newPage();
  await cashier.goto((await page.locator('.ledger-pay a[target=_blank]').getAttribute('href', SOON)) ?? '');
  await cashier.getByRole('button', { name: /确认支付/ }).click();
  await page.getByText('已支付').first().waitFor(SOON);

  // Five licences come into the wallet by themselves.
  const made = async () =>
    (await ownCase(applicant.context, code)).items.filter(
      ({ state, certificate }) => state === 'delivered' && certificate,
    ).length;
  await expect.poll(made, { timeout: 120_000 }).toBe(5);
  await page.goto(`/business/cases/${code}`);
  await page.getByRole('link', { name: '查看电子证照' }).first().click();
  await page.getByText('有效', { exact: true }).first().waitFor(SOON);
  await page.goto('/business/wallet');
  await page.getByText('食品经营许可证').first().waitFor();
  await page.goto('/business');
  await page.locator('.open-cases').getByText('已办结，请您评价').first().waitFor();
  await page.goto(`/business/cases/${code}`);
  await page.getByLabel('非常满意', { exact: true }).first().check();
  await page.getByRole('button', { name: '提交评价' }).first().click();
  await page.getByText('已评价').first().waitFor();
  await look(page, 'restaurant-done');
}, 400_000);

/** Finds the bundle, fills in the one form and sends it. */
async function apply(page: Page): Promise<string> {
  await openSettled(page, '/business/services?q=kaicanyin');
  await page.goto('/business/services');
  await page.getByRole('link', { name: /开餐饮店/ }).click();
  const saving = await page.getByText(/分开办要填 \d+ 项/).innerText();
  const [separate = 0, joined = 0] = (saving.match(/\d+/g) ?? []).map(Number);
  expect(joined / separate).toBeLessThanOrEqual(0.4);
  await page.getByRole('link', { name: '开始申请 5 项' }).click();

  // What five services ask in the same words is asked once.
  await page.locator('.hall-questions fieldset').first().waitFor();
  expect(await page.locator('.hall-questions fieldset').count()).toBe(1);
  await answerQuestions(page);
  // Known values come with their source and are not asked.
  await page.locator('.hall-known > div').nth(5).waitFor();
  expect(await page.locator('.hall-known > div').count()).toBeGreaterThan(5);

  const send = page.getByRole('button', { name: '提交申请' });
  await send.click();
  await page.getByText(/有 \d+ 处需要改正/).waitFor();
  await fillIn(page);
  await page.reload();
  // What was typed is still there.
  await page.locator('#contact-phone').waitFor();
  expect(await page.locator('#contact-phone').inputValue()).toBe('13800000000');
  await look(page, 'restaurant-form');
  await send.click();
  const code = await page.locator('.hall-code').innerText(SOON);
  expect(code).toMatch(/^\d{18}[0-9A-Z]$/);
  expect(await page.locator('.hall-filed .hall-items li').count()).toBe(5);
  return code;
}

type Official = Awaited<ReturnType<typeof person>>;
const official = (account: string): Promise<Official> => person({ browser, account });

/** Opens the page of a case, saying what for where that is asked. */
async function openCase(page: Page, code: string): Promise<void> {
  await page.goto(`/gov/cases/${code}`);
  const purpose = page.getByLabel(/办理申请事项/);
  const shown = page.getByRole('heading', { name: '填报内容' });
  await purpose.or(shown.first()).first().waitFor(SOON);
  if (await purpose.isVisible()) {
    await purpose.check();
    await page.getByRole('dialog').getByRole('button', { name: '按此用途查看' }).click();
  }
  await shown.first().waitFor(SOON);
}

/** What the pages send, for the items whose pages look the same. */
async function tryAct(by: Official, code: string, no: number, act: string, data: object = {}): Promise<number> {
  const headers = { 'idempotency-key': crypto.randomUUID() };
  const reply = await by.context.request.post(`/api/service/cases/${code}/items/${no}/${act}`, { data, headers });
  return reply.status();
}
async function act(by: Official, code: string, no: number, name: string, data: object = {}): Promise<void> {
  expect(await tryAct(by, code, no, name, data), `${name} ${no}`).toBe(200);
}

async function decide(of: { handler: Official; head: Official; code: string; no: number }): Promise<void> {
  const { handler, head, code, no } = of;
  await act(handler, code, no, 'begin');
  await act(handler, code, no, 'draft', { outcome: 'granted' });
  await act(head, code, no, 'decide');
}

const ownCase = async (context: BrowserContext, code: string): Promise<OwnCase> =>
  (await (await context.request.get(`/api/service/own-cases/${code}`)).json()) as OwnCase;
/** Which number each item of the bundle has in the case. */
async function numbersOf(context: BrowserContext, code: string): Promise<Record<keyof typeof TITLE, number>> {
  const { items } = await ownCase(context, code);
  const numbers = Object.entries(TITLE).map(([name, title]) => [
    name,
    items.find((item) => title.test(item.title.zh))?.no,
  ]);
  return Object.fromEntries(numbers) as Record<keyof typeof TITLE, number>;
}
const itemOf = async (context: BrowserContext, code: string, no: number) =>
  (await ownCase(context, code)).items.find((item) => item.no === no);

/** On the phone and on the desktop: nothing hangs out, nothing keeps anybody out. */
async function look(page: Page, name: string): Promise<void> {
  for (const size of ['phone', 'desktop'] as const) {
    await page.setViewportSize(SIZES[size]);
    expect(await overflow(page), `${name} ${size}`).toBe(0);
    expect(await axe(page), `${name} ${size}`).toEqual([]);
    await picture(page, `${name}-${SIZES[size].width}`);
  }
}
