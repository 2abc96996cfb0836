import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture, SIZES } from './browser.ts';

/*
 * P04: a resident of 豫园 applies at the window of 打浦桥 with an identity card only; the back office in 豫园 decides; one code on phone, window and public
 * query; papers are tracked; what is on record was typed by nobody.
 */
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const SOON = { timeout: 60_000 };
const CENTRE = 'affairs-centre-310101021';
const DESK = `/simulator/peripherals/${CENTRE}/1`;
type Visitor = { context: BrowserContext; page: Page };

it('serves a resident of another street with a card only, and nothing is sent that she has not signed', async () => {
  const clerk = await person({ browser, account: 'clerk.dapuqiao' });
  const { page } = clerk;
  await endAll(clerk);
  await page.goto('/gov/counter');
  await page.getByText('模拟设备').waitFor(SOON);
  await look(page, 'window-empty');

  // The second screen is paired by a code.
  const screen = await person({ browser });
  await screen.page.goto('/citizen/second-screen');
  await page.getByRole('button', { name: '配对第二屏' }).click();
  const code = await page.locator('.desk-code').innerText(SOON);
  await screen.page.getByLabel('配对码').fill(code);
  await look(screen.page, 'window-screen-pair');
  await screen.page.getByRole('button', { name: '配对' }).click();
  await screen.page.getByText('您好，请稍候').waitFor(SOON);
  await page.getByText('第二屏已配对').waitFor(SOON);

  // No card, then the card; the photo is compared; she agrees.
  await put(clerk, '');
  await page.getByRole('button', { name: '开始办理' }).click();
  await screen.page.getByText('请把身份证交给工作人员').waitFor(SOON);
  await page.getByRole('button', { name: '读身份证' }).click();
  await page.getByText('读卡器上没有身份证').waitFor(SOON);
  await look(page, 'window-no-card');
  await put(clerk, 'neighbour');
  await page.getByRole('button', { name: '读身份证' }).click();
  await page.getByText('证件照片与本人是否一致').waitFor(SOON);
  await look(page, 'window-photo');
  await page.getByRole('button', { name: '一致，是本人' }).click();
  await page.getByText('请群众在第二屏点“同意”').waitFor(SOON);
  await screen.page.getByRole('button', { name: '同意' }).waitFor(SOON);
  await look(screen.page, 'window-screen-consent');
  await screen.page.getByRole('button', { name: '同意' }).click();

  // Who she is, under a purpose.
  await page.getByLabel(/核验办事申请/).check(SOON);
  await page.getByRole('dialog').getByRole('button', { name: '按此用途查看' }).click();
  await page
    .getByRole('region', { name: '登记信息' })
    .getByText(/人民路/)
    .waitFor(SOON);
  await look(page, 'window-person');
  await page.getByRole('searchbox').fill('临时救助');
  await page.getByRole('button', { name: '查找', exact: true }).click();
  await page.locator('button.pick').filter({ hasText: '临时救助' }).first().click();

  // Left the questions, right the form that is filled in already.
  await page.getByRole('heading', { name: '已有信息' }).waitFor(SOON);
  await answerQuestions(page);
  const known = await page.locator('.desk-known > div').count();
  expect(known).toBeGreaterThanOrEqual(8);
  await page.getByRole('button', { name: '请本人核对' }).click();
  await page.getByText(/有 \d+ 处需要改正/).waitFor(SOON);
  await look(page, 'window-faults');
  await fillIn(page);
  await look(page, 'window-form');
  await page.getByRole('button', { name: '请本人核对' }).click();
  await page.getByText('请本人在第二屏核对签名').waitFor(SOON);
  expect(await page.getByRole('button', { name: '提交', exact: true }).isDisabled()).toBe(true);

  // She finds something wrong; it is put right; she signs.
  await screen.page.getByRole('button', { name: '银行账号 不对' }).click(SOON);
  await look(screen.page, 'window-screen-wrong');
  await screen.page.getByRole('button', { name: '告诉工作人员 1 处不对' }).click();
  await page.getByText('本人指出 1 处有误').waitFor(SOON);
  await look(page, 'window-disputed');
  await page.getByLabel('银行账号').fill('6222 0000 0000 0001');
  await page.getByRole('button', { name: '请本人核对' }).click();
  await screen.page.getByText('6222 0000 0000 0001').waitFor(SOON);
  await sign(screen.page);
  await look(screen.page, 'window-screen-check');
  await screen.page.getByRole('button', { name: '签名并确认提交' }).click();
  await page.getByText('本人已签名确认').waitFor(SOON);
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByRole('heading', { name: '已提交' }).waitFor(SOON);
  const caseCode = await page.locator('.desk-sent .hall-code').innerText(SOON);
  expect(caseCode).toMatch(/^\d{18}[0-9A-Z]$/);
  await page.getByText(/豫园街道办事处\s*审批/).waitFor(SOON);
  await page.getByRole('button', { name: '打印回执' }).click();
  await page.getByText('回执已打印').waitFor(SOON);
  await look(page, 'window-sent');
  // The same code in front of her.
  expect(await screen.page.locator('.screen-code').innerText(SOON)).toBe(caseCode);
  await look(screen.page, 'window-screen-sent');

  // Papers are where they are, and go to Yuyuan with the case.
  const paper = (await page.locator('.desk-sent li b').allInnerTexts()).find((text) => /^P\d{12}/.test(text)) ?? '';
  expect(paper).not.toBe('');
  await post(clerk, '/api/service-hall/paper-hand-overs', { barcodes: [paper], to: 'street-310101018' });
  const back = await person({ browser, account: 'clerk.yuyuan' });
  const scanned = await post(back, '/api/service-hall/paper-scans', { barcodes: [paper] });
  expect(await scanned.json()).toMatchObject({ papers: [{ scan: 'taken' }] });

  // The back office in Yuyuan takes it over, accepts, drafts; its head decides.
  const coming = (await (await back.context.request.get('/api/service-hall/intakes?view=coming')).json()) as {
    intakes: { id: string; caseCode: string }[];
  };
  const intake = coming.intakes.find((each) => each.caseCode === caseCode);
  await post(back, `/api/service-hall/intakes/${intake?.id}/take`);
  for (const [name, body] of [
    ['accept', {}],
    ['begin', {}],
    ['draft', { outcome: 'granted' }],
  ] as const)
    await post(back, `/api/service/cases/${caseCode}/items/1/${name}`, body);
  const head = await person({ browser, account: 'head.yuyuan' });
  await post(head, `/api/service/cases/${caseCode}/items/1/decide`, {});

  // On her phone: the same code, granted, and who has looked at her record.
  const phone = await person({ browser, account: 'citizen.neighbour', size: 'phone' });
  await phone.page.goto(`/citizen/cases/${caseCode}`);
  await phone.page.getByText(caseCode).first().waitFor(SOON);
  await phone.page.getByText('准予').first().waitFor(SOON);
  await picture(phone.page, 'window-phone-390');
  const looks = await (await phone.context.request.get('/api/population/self/accesses')).text();
  expect(looks).toContain('秦以宁');

  await page.getByRole('button', { name: '办完，下一位' }).click();
  await page.getByText('窗口前没有人').waitFor(SOON);
  await screen.page.getByText('您好，请稍候').waitFor(SOON);
}, 300_000);

it('asks for a second means where the photo differs, and goes on without a reader', async () => {
  const clerk = await person({ browser, account: 'clerk.dapuqiao' });
  const { page } = clerk;
  await put(clerk, 'daughter');
  await endAll(clerk);
  await page.goto('/gov/counter');
  await page.getByRole('button', { name: '开始办理' }).click(SOON);
  await page.getByRole('button', { name: '读身份证' }).click(SOON);
  await page.getByRole('button', { name: '不像，加强核验' }).click(SOON);
  await page.getByRole('button', { name: '请同事当面核对' }).click(SOON);
  await page.getByText('已请本中心同事核对').waitFor(SOON);
  await look(page, 'window-step-up');
  const second = await person({ browser, account: 'clerk.dapuqiao.second' });
  await second.page.goto('/gov/counter');
  await second.page.getByRole('button', { name: '核对一致' }).waitFor(SOON);
  await look(second.page, 'window-second-officer');
  await second.page.getByRole('button', { name: '核对一致' }).click();
  await page.getByText('请群众在第二屏点“同意”').waitFor(SOON);
  await page.getByRole('button', { name: '结束办理' }).click();
  await page.getByRole('button', { name: '开始办理' }).click(SOON);
  await page.getByRole('button', { name: '读卡器不可用，手工录入' }).click(SOON);
  await page.getByLabel('姓名').fill('样例');
  await page.getByLabel('证件号码', { exact: true }).fill('310199199001011234');
  await page.getByLabel('再录一次证件号码').fill('310199199001011235');
  await page.getByRole('button', { name: '录入', exact: true }).click();
  await page.getByText('两次录入不一致').waitFor(SOON);
  await look(page, 'window-by-hand');
  await page.getByRole('button', { name: '结束办理' }).click();
}, 120_000);

const key = () => ({ 'idempotency-key': crypto.randomUUID() });

async function post(by: Visitor, url: string, data: object = {}) {
  const reply = await by.context.request.post(url, {
    data,
    headers: { ...key(), 'x-purpose': 'verify-application' },
  });
  expect(reply.ok(), `${url} ${await reply.text()}`).toBe(true);
  return reply;
}

/** Nobody stands at the window, whatever was before. */
async function endAll(by: Visitor): Promise<void> {
  await by.context.request.post(`/api/service-hall/centres/${CENTRE}/windows/1/seat`, {
    data: { sit: true },
    headers: key(),
  });
  const { session } = (await (await by.context.request.get('/api/service-hall/counter')).json()) as {
    session: { id: string } | null;
  };
  if (session) await post(by, `/api/service-hall/counter/sessions/${session.id}/end`);
}

/** A hand puts a card on the simulated reader, or takes it away. */
async function put(by: Visitor, card: string): Promise<void> {
  const reply = await by.context.request.post(DESK, { form: { card } });
  expect(reply.ok(), await reply.text()).toBe(true);
}

async function answerQuestions(page: Page): Promise<void> {
  const question = page.locator('.hall-questions fieldset');
  for (let turn = 0; turn < 8 && (await question.count()) > 0; turn += 1) {
    const asked = await question.first().locator('legend').innerText();
    await question.first().getByRole('radio').first().click();
    await expect
      .poll(async () => ((await question.count()) === 0 ? '' : question.first().locator('legend').innerText()), SOON)
      .not.toBe(asked);
  }
}

/** What only she can say, and one scan of each paper. */
async function fillIn(page: Page): Promise<void> {
  const ask = page.getByRole('region', { name: '还需要本人说明' });
  for (const field of await ask.locator('.desk-fields > div .field').all()) {
    if (!(await field.isVisible())) continue;
    const select = field.locator('select');
    if (await select.count()) await select.selectOption({ index: 1 });
    else {
      const input = field.locator('input');
      const kind = await input.getAttribute('type');
      const number = (await input.getAttribute('inputmode')) === 'decimal';
      await input.fill(kind === 'date' ? '2026-12-01' : number ? '3' : '样例内容');
    }
  }
  for (const choices of await ask.locator('.hall-choices').all())
    if (await choices.isVisible()) await choices.getByRole('radio').first().check();
  const scans = page.getByRole('button', { name: '扫描原件' });
  for (let at = 0; at < (await scans.count()); at += 1) {
    await scans.nth(at).click();
    await expect.poll(() => page.getByText(/已扫描 /).count(), SOON).toBe(at + 1);
  }
  for (const box of await page.getByLabel('原件留下（生成材料条码）').all()) await box.check();
}

async function sign(page: Page): Promise<void> {
  const pad = page.locator('.screen-pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('no pad');
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  for (let at = 0; at < 40; at += 1) await page.mouse.move(box.x + 60 + at * 6, box.y + 90 + 50 * Math.sin(at / 3));
  await page.mouse.up();
}

/** On the desktop and on the phone: nothing hangs out, nothing keeps anybody out. */
async function look(page: Page, name: string): Promise<void> {
  for (const size of ['phone', 'desktop'] as const) {
    await page.setViewportSize(SIZES[size]);
    expect(await overflow(page), `${name} ${size}`).toBe(0);
    expect(await axe(page), `${name} ${size}`).toEqual([]);
    await picture(page, `${name}-${SIZES[size].width}`);
  }
}
