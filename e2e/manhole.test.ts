import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, openSettled, overflow, person, picture } from './browser.ts';

let citizens: Browser;
let officials: Browser;
beforeAll(async () => {
  [citizens, officials] = await Promise.all([openBrowser(), openBrowser()]);
});
afterAll(() => Promise.all([citizens?.close(), officials?.close()]));

/** A cover of the sample's register, at this place. */
const COVER = { code: '3101010101000039', lat: '31.21771', lon: '121.45902' };
const photo = { name: '现场.png', mimeType: 'image/png' };
const pixel = (end: string): Buffer =>
  Buffer.from(
    `iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==${end}`,
    'base64',
  );

async function look(page: Page, name: string): Promise<void> {
  await picture(page, name);
  expect(await overflow(page), name).toBe(0);
  expect(await axe(page), name).toEqual([]);
}

it('a missing cover is photographed without a network, located to its part and owner, barricaded, replaced, verified by another person and rated', async () => {
  const words = `路口窨井盖不见了，有个大洞（${Date.now() % 100_000} 号）`;
  const citizen = await person({ browser: citizens, account: 'citizen.wei', size: 'phone' });
  const { page } = citizen;
  await openSettled(page, '/citizen/reports');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.getByRole('link', { name: '上报问题' }).click();
  await page.getByRole('heading', { name: '拍一张照片' }).waitFor();
  await citizen.context.setOffline(true);
  await page.locator('input[type=file]').setInputFiles({ ...photo, buffer: pixel('') });
  await page.getByText('已留在手机里的照片 1 张').waitFor();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('直接填写经纬度', { exact: true }).click();
  await page.getByLabel('纬度', { exact: true }).fill(COVER.lat);
  await page.getByLabel('经度', { exact: true }).fill(COVER.lon);
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByLabel('发生了什么').fill(words);
  await page.getByRole('button', { name: '提交上报' }).click();
  await page.getByText('没有网络，已存在本机').waitFor();
  await look(page, 'manhole-kept-390');
  await citizen.context.setOffline(false);
  await page.getByRole('link', { name: '我的上报' }).first().click();
  await page.getByRole('link', { name: words }).click();
  await page
    .locator('main')
    .getByText(/AJ\d{14}/)
    .first()
    .waitFor();
  const no = /AJ\d{14}/.exec(await page.locator('main').innerText())?.[0] ?? '';

  // The other browser: centre, unit and supervisor, each with a session of their own.
  const centre = await person({ browser: officials, account: 'duty.ops' });
  const desk = centre.page;
  const act = async (at: Page, name: string) => at.getByRole('button', { name, exact: true }).first().click();
  await desk.goto(`/gov/incidents/${no}`);
  await act(desk, '受理');
  await desk.getByText('待立案').first().waitFor();
  // Its class came from the words, its part from the register: a person confirms both.
  await expect.poll(() => desk.locator('select[name=class]').inputValue()).toBe('P0101');
  await desk.getByRole('radio', { name: new RegExp(COVER.code) }).check();
  await look(desk, 'manhole-part-1440');
  await act(desk, '立案');
  await desk.getByText('待派遣').first().waitFor();
  await desk.getByRole('link', { name: COVER.code }).waitFor();
  await desk.locator('select[name=unit]').selectOption('construction-transport');
  await act(desk, '派遣');
  await desk.getByText('待接单').first().waitFor();

  const unit = await person({ browser: officials, account: 'data.transport' });
  const hands = unit.page;
  await hands.goto(`/gov/incidents/${no}`);
  await act(hands, '接单处置');
  await hands.getByText('处置中').first().waitFor();
  const say = async (button: string, text: string, end: string) => {
    const form = hands.locator('form').filter({ has: hands.getByRole('button', { name: button, exact: true }) });
    await form.getByLabel(/^说明/).fill(text);
    await form.locator('input[type=file]').setInputFiles({ ...photo, buffer: pixel(end) });
    await form.getByText('已添加 1 张').waitFor();
    await act(hands, button);
  };
  await say('登记已围护', '已设置围栏和警示灯', '');
  await hands.getByRole('button', { name: '反馈处置结果', exact: true }).waitFor();
  await say('反馈处置结果', '已换上新井盖，撤除围栏', '');
  await hands.getByText('待核查').first().waitFor();

  const walker = await person({ browser: officials, account: 'supervisor.ruijin', size: 'phone' });
  const field = walker.page;
  await openSettled(field, '/gov/field');
  await field.getByText('本页已存在本机').waitFor();
  await field.locator(`a[href="/gov/field/verify/${no}"]`).click();
  await field.getByRole('heading', { name: '现场核查' }).waitFor();
  await walker.context.setOffline(true);
  await field.locator('input[type=file]').setInputFiles({ ...photo, buffer: pixel('') });
  await field.getByRole('img', { name: '第 1 张照片' }).last().waitFor();
  await look(field, 'manhole-verify-390');
  await act(field, '核查通过');
  await field.getByRole('heading', { name: '城管通' }).waitFor();
  await walker.context.setOffline(false);

  await expect
    .poll(async () => (await centre.context.request.get(`/api/incident/cases/${no}`)).json())
    .toMatchObject({ state: 'verified' });
  await desk.reload();
  await act(desk, '结案');
  await desk.getByText('已结案').first().waitFor();

  await page.reload();
  await page.getByLabel('满意', { exact: true }).check();
  await page.getByRole('button', { name: '提交评价' }).click();
  await page.getByText('谢谢您的评价').waitFor();
  await look(page, 'manhole-rated-390');
  for (const { context } of [citizen, centre, unit, walker]) await context.close();
});
