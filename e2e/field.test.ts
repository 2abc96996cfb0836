import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { axe, openBrowser, openInstalling, openSettled, overflow, person, picture, SIZES } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const REPORTS = 50;
/** 雁荡路, in the supervisor's street. */
const HERE = { longitude: 121.4655, latitude: 31.2195 };

/** A photo of some size, made by the browser itself, of another grey each time. */
const photoOf = (page: Page, grey: number): Promise<Buffer> =>
  page
    .evaluate(async (tone) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.fillStyle = `rgb(${tone},${255 - tone},90)`;
      context.fillRect(0, 0, 640, 480);
      context.fillStyle = 'white';
      context.fillText(`photo ${tone}`, 40, 40);
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.8));
      return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))];
    }, grey)
    .then((bytes) => Buffer.from(bytes));

async function supervisor(allowed: boolean): Promise<{ context: BrowserContext; page: Page }> {
  const made = await person({ browser, account: 'supervisor.ruijin', size: 'phone' });
  if (allowed) {
    await made.context.grantPermissions(['geolocation']);
    await made.context.setGeolocation({ ...HERE, accuracy: 12 });
  }
  return made;
}

const counts = async (context: BrowserContext, texts: RegExp): Promise<Map<string, number>> => {
  const found = new Map<string, number>();
  const { reports } = (await (await context.request.get('/api/incident/reported')).json()) as {
    reports: { text: string }[];
  };
  for (const { text } of reports) if (texts.test(text)) found.set(text, (found.get(text) ?? 0) + 1);
  return found;
};

it('fifty reports with photos made without a network arrive once each: every fifth answer lost, the page closed and opened, two tabs sending', async () => {
  const { context, page } = await supervisor(true);
  const mark = `离线${Date.now()}`;
  await openSettled(page, '/gov/field');
  await page.getByText('断网也能打开和上报').waitFor();
  const photo = await photoOf(page, 120);
  await context.setOffline(true);
  // Opened without a network, as a phone does that was switched on in a cellar.
  await page.goto('/gov/field/report');
  await page.getByRole('heading', { name: '上报问题' }).waitFor();
  await page.locator('input[type=file]').setInputFiles({ name: '现场.jpg', mimeType: 'image/jpeg', buffer: photo });
  await page.getByRole('img', { name: '第 1 张照片' }).waitFor();
  await page.getByRole('searchbox').fill('积水');
  await page.getByRole('button', { name: '道路积水' }).first().click();
  await page.getByText('已定位').waitFor();
  await page.getByLabel('补充说明').fill(`${mark} 0`);
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await page.getByText('已存入待发箱').waitFor();
  await picture(page, 'field-kept-390');
  // The other forty-nine in the same way, without the pressing.
  await page.goto('/gov/field');
  await page.getByText('待发 1 条').waitFor();
  await page.evaluate(
    async ({ from, to, name, bytes }) => {
      const open = indexedDB.open('district-outbox');
      const database = await new Promise<IDBDatabase>((done) => {
        open.onsuccess = () => done(open.result);
      });
      const store = database.transaction('record').objectStore('record').getAll();
      const [like] = await new Promise<Record<string, unknown>[]>((done) => {
        store.onsuccess = () => done(store.result as Record<string, unknown>[]);
      });
      const transaction = database.transaction(['record', 'files'], 'readwrite');
      for (let n = from; n < to; n += 1) {
        const { seq: _, ...rest } = like ?? {};
        const id = crypto.randomUUID();
        const body = { ...(rest['body'] as object), clientId: crypto.randomUUID(), text: `${name} ${n}` };
        const content = new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' });
        transaction
          .objectStore('record')
          .add({ ...rest, id, filesKey: crypto.randomUUID(), body, about: `${name} ${n}` });
        transaction.objectStore('files').put([{ name: 'x.jpg', content }], id);
      }
      await new Promise<void>((done) => {
        transaction.oncomplete = () => done();
      });
      database.close();
    },
    { from: 1, to: REPORTS, name: mark, bytes: [...photo] },
  );
  await page.reload();
  await page.getByText(`待发 ${REPORTS} 条`).waitFor();
  await picture(page, 'field-offline-390');
  expect(await axe(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  let answers = 0;
  let lost = 0;
  await context.route(/\/api\/(?:document\/photos|incident\/reports)/, async (route) => {
    const reply = await route.fetch();
    answers += 1;
    if (answers % 5 === 0) {
      lost += 1;
      await route.abort('connectionreset');
    } else await route.fulfill({ response: reply });
  });
  const second = await context.newPage();
  await second.goto('/gov/field');
  await context.setOffline(false);
  await page.getByRole('button', { name: '立即发送' }).click();
  await expect.poll(() => lost, { timeout: 60_000 }).toBeGreaterThan(2);
  await page.close();
  const third = await context.newPage();
  await third.goto('/gov/field');
  const pressed = async (): Promise<string> => {
    await third
      .getByRole('button', { name: '立即发送' })
      .click({ timeout: 500 })
      .catch(() => undefined);
    return (await third.locator('.outbox [role=status]').first().innerText()).trim();
  };
  await expect.poll(pressed, { timeout: 90_000, interval: 500 }).toBe('全部已送达');
  const found = await counts(context, new RegExp(`^${mark} `));
  expect(found.size).toBe(REPORTS);
  expect([...found.values()].every((n) => n === 1)).toBe(true);
  expect(lost).toBeGreaterThan(10);
  await context.close();
}, 240_000);

it('without leave to use camera or position a supervisor reports with words and a pin; what was begun outlives a reload with its photo; a photo that is none is refused in words', async () => {
  const { context, page } = await supervisor(false);
  await openSettled(page, '/gov/field/report');
  await page.getByText('没有得到定位许可').waitFor();
  await page.locator('input[type=file]').setInputFiles({
    name: 'IMG_1.HEIC',
    mimeType: 'image/heic',
    buffer: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'),
  });
  await page.getByText('是 HEIC 格式').waitFor();
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await page.getByText('请先标出位置').waitFor();
  await page.getByText('用经纬度填写位置').click();
  await page.getByLabel('纬度').fill(String(HERE.latitude));
  await page.getByLabel('经度').fill(String(HERE.longitude));
  await page.getByLabel('请写明情况').fill('雁荡路人行道塌陷');
  await page.getByText('位置已在地图上标出').waitFor();
  for (const size of ['desktop', 'phone'] as const) {
    await page.setViewportSize(SIZES[size]);
    await picture(page, `field-report-${SIZES[size].width}`);
    expect(await overflow(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
  }
  // Begun, with a photo, and the page is loaded anew: words, pin and photo are there again, and the day's page says so.
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '现场.jpg', mimeType: 'image/jpeg', buffer: await photoOf(page, 60) });
  const photo = page.getByRole('img', { name: '第 1 张照片' });
  await photo.waitFor();
  await page.reload();
  await page.getByText('已恢复未完成的上报（照片 1 张）').waitFor();
  await photo.waitFor();
  expect(await photo.evaluate((shown: HTMLImageElement) => shown.decode().then(() => shown.naturalWidth))).toBe(640);
  expect(await page.getByRole('textbox', { name: '补充说明' }).inputValue()).toBe('雁荡路人行道塌陷');
  await page.getByText('位置已在地图上标出').waitFor();
  await picture(page, 'field-restored-390');
  await page.getByRole('link', { name: '返回城管通' }).click();
  await page.getByText('未完成的上报').waitFor();
  await picture(page, 'field-unfinished-390');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: '继续填写' }).click();
  // The button for photos is the page's own, reached and pressed by keyboard; then the report goes with words and pin alone.
  await photo.waitFor();
  await page.getByText('位置已在地图上标出').waitFor();
  await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: '再拍一张' }).press('Enter')]);
  await page.getByRole('button', { name: '删除第 1 张' }).click();
  const sent = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().endsWith('/api/incident/reports'),
  );
  await page.getByRole('button', { name: '上报', exact: true }).click();
  await page.getByText('已存入待发箱').waitFor();
  await page.getByRole('link', { name: '返回城管通' }).click();
  await page.getByText('全部已送达').waitFor();
  expect((await sent).postDataJSON()).toMatchObject({ text: '雁荡路人行道塌陷', pinConfirmed: true });
  expect((await sent).postDataJSON()).not.toHaveProperty('files');
  expect(await page.getByText('未完成的上报').count()).toBe(0);
  await context.close();
});

it('is installable by the browser’s own account, and its first page is held by a worker without a network', async () => {
  const list = await fetch(`${inject('address')}/api/identity/demo-accounts`);
  const { accounts } = (await list.json()) as { accounts: { account: string; password: string }[] };
  // A window of its own: a private one can install nothing.
  const context = await openInstalling();
  const page = context.pages()[0] ?? (await context.newPage());
  const data = accounts.find(({ account }) => account === 'supervisor.ruijin');
  expect((await context.request.post('/api/identity/login', { data })).ok()).toBe(true);
  await openSettled(page, '/gov/field');
  await page.getByText('断网也能打开和上报').waitFor();
  const devtools = await context.newCDPSession(page);
  expect(await devtools.send('Page.getInstallabilityErrors')).toEqual({ installabilityErrors: [] });
  const { errors, data: manifest } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { start_url: start, scope, display } = JSON.parse(manifest ?? '{}') as Record<string, string>;
  expect({ start, scope, display }).toEqual({ start: '/gov/field', scope: '/gov/field', display: 'standalone' });
  await context.setOffline(true);
  await page.goto(start ?? '');
  await page.getByRole('heading', { name: '城管通' }).waitFor();
  await context.close();
});
