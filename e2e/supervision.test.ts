import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { createServer, type Server } from '#platform/kernel/http.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { serveWeb } from '#platform/kernel/web-files.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { endClock, startClock } from '#platform/calendar/clock.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { document } from '#platform/document/app.ts';
import { identity } from '#platform/identity/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { evaluation } from '#apps/foundation/evaluation/app.ts';
import { permit, permitClock } from '#apps/foundation/evaluation/fixtures/permit/app.ts';
import { computeScores } from '#apps/foundation/evaluation/score/compute-scores.ts';
import { axe, openBrowser, overflow, picture, SIZES } from './browser.ts';

/*
 * The proof of GX2. Weeks pass in it, which no running installation lets anybody do: the house is opened here, with its own clock, and served
 * with the built pages as the product serves them.
 */
const UNIT = 'street-310101023';
const clerk: Actor = {
  ...systemActor({ name: 'e2e' }),
  kind: 'person',
  account: 'clerk.ruijin',
  name: '样例',
  unit: UNIT,
  post: 'street-clerk',
};
let browser: Browser;
let house: TestHouse;
let server: Server;
let address = '';
beforeAll(async () => {
  house = await openHouse({ manifests: [identity, rulebook, calendar, access, audit, document, permit, evaluation] });
  const { config, registry, log } = house.services;
  server = await createServer({ services: () => house.services, registry, config, log });
  await serveWeb(server.fastify, { dist: join(config.root, 'web/dist'), config });
  await server.fastify.listen({ host: '127.0.0.1', port: 0 });
  address = `http://127.0.0.1:${(server.fastify.server.address() as AddressInfo).port}`;
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await server?.fastify.close();
  await house?.close();
});

const at = (text: string) => new Date(`${text}+08:00`);
const setNow = (moment: string) => moveClock(house, (at(moment).getTime() - Date.now()) / 1_000);
const tx = <T>(work: (db: Db) => Promise<T>) => house.services.database.tx({ module: 'permit', actor: clerk }, work);
const say = (db: Db, phase: string, caseNo: string, clock: string) =>
  db.emit({
    type: `gov.step.${phase}`,
    subject: caseNo,
    data: { caseNo, itemCode: 'shop-sign', step: 'decide', unit: UNIT, post: 'street-clerk', clock },
  });
const begin = (caseNo: string) =>
  tx(async (db) => {
    const { id } = await startClock(db, { kind: permitClock, subject: caseNo, event: 'accepted' });
    await say(db, 'started', caseNo, id);
    return id;
  });
const finish = (caseNo: string, clock: string) =>
  tx(async (db) => {
    await endClock(db, { kind: permitClock, clock });
    await say(db, 'done', caseNo, clock);
  });

/** Passages with an end of their own, as another app would tell of them. */
async function pass(caseNo: string, step: string, from: Date, hours: number, limit: number): Promise<void> {
  const to = new Date(from.getTime() + hours * 3_600_000);
  const due = new Date(from.getTime() + limit * 3_600_000).toISOString();
  const data = { caseNo, itemCode: 'outdoor-sign', step, unit: UNIT, post: 'street-clerk', instance: caseNo };
  const more = { ...data, token: `${step} ${from.toISOString()}` };
  await house.services.database.tx({ module: 'permit', actor: { ...clerk, account: 'clerk.before' } }, async (db) => {
    await db.emit({ type: 'gov.step.started', subject: caseNo, data: { ...more, due, at: from.toISOString() } });
    await db.emit({ type: 'gov.step.done', subject: caseNo, data: { ...more, at: to.toISOString() } });
  });
}

/** Sessions end while weeks pass: whoever comes has just signed in. */
async function open(account: string, path: string): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({
    viewport: SIZES.desktop,
    locale: 'zh-CN',
    baseURL: address,
    reducedMotion: 'reduce',
  });
  const list = (await (await context.request.get('/api/identity/demo-accounts')).json()) as {
    accounts: { account: string; password: string }[];
  };
  const found = list.accounts.find((one) => one.account === account);
  const reply = await context.request.post('/api/identity/login', {
    data: { account, password: found?.password ?? '' },
  });
  expect(reply.ok(), await reply.text()).toBe(true);
  const page = await context.newPage();
  await page.goto(path);
  return { page, context };
}
async function look(page: Page, name: string): Promise<void> {
  for (const size of ['desktop', 'phone'] as const) {
    await page.setViewportSize(SIZES[size]);
    await picture(page, `${name}-${SIZES[size].width}`);
    expect(await overflow(page), `${name} ${size}`).toBe(0);
    expect(await axe(page), `${name} ${size}`).toEqual([]);
  }
  await page.setViewportSize(SIZES.desktop);
}
/** A page that does not refresh itself is opened again until it shows what the next round of judging brings. */
async function shows(page: Page, text: string | RegExp): Promise<void> {
  await expect
    .poll(async () => {
      await page.reload();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
      return page.getByText(text).count();
    })
    .toBeGreaterThan(0);
}
/** The score of the unit as its head reads it. */
async function scoreOf(): Promise<string> {
  await computeScores(house.services);
  const { page, context } = await open('head.ruijin', '/gov/supervision/scores');
  const sum = page.getByText(/^得分 = /).first();
  await sum.waitFor();
  await look(page, 'supervision-scores');
  const words = await sum.innerText();
  await context.close();
  return words;
}

it('a case at 80 % warns its handler, over its time is yellow, then red; the appeal with the stopped clock’s document is upheld, and the score is right', async () => {
  await setNow('2026-11-26T10:00:00');
  // The quarter before: one of three was late.
  for (const n of [1, 2, 3])
    await pass(`沪黄许〔2026〕9${n}号`, 'decide', at('2026-09-07T09:00'), n === 3 ? 260 : 40, 240);
  const late = await begin('沪黄许〔2026〕1号');
  const other = await begin('沪黄许〔2026〕2号');
  await setNow('2026-11-30T10:00:00');
  await finish('沪黄许〔2026〕2号', other);

  // Four fifths of ten working days: the handler is warned, on a page that is the handler's alone.
  await setNow('2026-12-09T00:00:20');
  const warned = await open('clerk.ruijin', '/gov/supervision/mine');
  await shows(warned.page, '提示');
  await look(warned.page, 'supervision-warned');
  await warned.context.close();

  // Over: yellow on the wall of the unit within a minute, which refreshes itself.
  await setNow('2026-12-11T00:00:20');
  const wall = await open('head.ruijin', '/gov/supervision');
  await wall.page.getByRole('row', { name: /黄牌/ }).first().waitFor();
  await look(wall.page, 'supervision-yellow');
  await wall.context.close();
  await setNow('2026-12-16T09:00:00');
  const red = await open('clerk.ruijin', '/gov/supervision/mine');
  await shows(red.page, '红牌');

  // Done while the cards stand: the score has them in it.
  await finish('沪黄许〔2026〕1号', late);
  // Half of two steps had a red card, and half came late: the time itself was the usual one.
  await expect.poll(scoreOf, { timeout: 60_000, interval: 2_000 }).toMatch(/ = 73\.1$/);

  const yellow = red.page.locator('.supervision-signals > li').filter({ hasText: '黄牌' }).first();
  await yellow.getByRole('button', { name: '申诉' }).click();
  await yellow.getByLabel('申诉理由').fill('11月30日至12月14日依法检验，时限应当停止计算，见停表文书。');
  await yellow.locator('input[type=file]').setInputFiles({
    name: '停表文书.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('检验通知书：11月30日至12月14日停止计算办理时限。\n'),
  });
  await yellow.getByText('已收到').waitFor();
  await look(red.page, 'supervision-appeal');
  await yellow.getByRole('button', { name: '提交申诉' }).click();
  await red.page.getByText('待决定').waitFor();
  await red.context.close();

  // Another person decides, with the document before them.
  const office = await open('auditor.li', '/data/supervision/appeals');
  await office.page.getByText('依法检验').waitFor();
  const paper = await office.context.request.get(
    (await office.page.getByRole('link', { name: '打开证明文书' }).getAttribute('href')) ?? '',
  );
  expect(await paper.text()).toContain('停止计算办理时限');
  await office.page.getByLabel('决定的理由').fill('停表文书真实有效，期间依法不计。');
  await look(office.page, 'supervision-decide');
  await office.page.getByRole('button', { name: '申诉成立，撤回信号' }).click();
  await office.page.getByText('没有待决定的申诉').waitFor();
  await office.context.close();

  const after = await open('clerk.ruijin', '/gov/supervision/mine');
  await shows(after.page, '已撤回：申诉成立');
  await after.page.getByText('查看或决定您的申诉').first().waitFor();
  await after.page.getByText('停表文书真实有效').waitFor();
  expect(await after.page.getByText('红牌').locator('visible=true').count()).toBeGreaterThan(0);
  await look(after.page, 'supervision-upheld');
  await after.context.close();

  // Nothing stands against the unit any more, and each part says so.
  await expect.poll(scoreOf, { timeout: 60_000, interval: 2_000 }).toMatch(/ = 100$/);
  for (const n of [1, 2, 3, 4]) {
    const caseNo = `沪黄许〔2026〕8${n}号`;
    const day = new Date(at('2026-12-07T09:00').getTime() + n * 86_400_000);
    const later = (hours: number) => new Date(day.getTime() + hours * 3_600_000);
    await pass(caseNo, 'accept', day, 2, 40);
    if (n === 1) await pass(caseNo, 'accept', later(20), 1, 40);
    await pass(caseNo, 'decide', later(26), 20, 240);
    await pass(caseNo, 'certify', later(75), 1, 240);
  }
  const map = await open('head.ruijin', '/gov/supervision/map?app=permit&item=outdoor-sign');
  await shows(map.page, '制证');
  await map.page.getByText('流程').first().waitFor();
  await look(map.page, 'supervision-map');
  await map.context.close();
  const cockpit = await open('duty.ops', '/ops/supervision');
  await cockpit.page.getByText('申诉成立率').waitFor();
  await look(cockpit.page, 'supervision-cockpit');
  await cockpit.context.close();
});
