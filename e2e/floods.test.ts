import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, openSettled, overflow, person, picture, SIZES } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

it('a desk looks at a heap of held reports, takes some in and refuses the rest, on a desktop and on a telephone', async () => {
  const { context, page } = await person({ browser, account: 'clerk.ruijin' });
  await openSettled(page, '/gov/incidents?view=held');
  await page.getByText('这里不显示是谁上报的').waitFor();
  await page.getByRole('button', { name: '看这一批' }).first().click();
  const boxes = page.locator('.grid-heap-list input[type=checkbox]');
  await boxes.first().waitFor();
  const all = await boxes.count();
  for (const size of ['desktop', 'phone'] as const) {
    await page.setViewportSize(SIZES[size]);
    expect(await overflow(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    await picture(page, `held-${size}`);
  }
  await boxes.first().check();
  await page.getByRole('button', { name: '转入受理（已选）' }).click();
  await page.getByText(`已办 1 件，本批还有 ${all - 1} 件`).waitFor();
  await page.getByText('不予受理', { exact: true }).click();
  await page.getByLabel('给上报人的说明').fill('同一问题已经受理，请勿重复上报');
  await page.getByRole('button', { name: '整批不予受理' }).click();
  await page.getByText(`已办 ${all - 1} 件，本批还有 0 件`).waitFor();
  await context.close();
});

it('a photo taken without a network goes to the known case that its sender follows', async () => {
  const place = { lon: 121.4605, lat: 31.2172 };
  const clerk = await person({ browser, account: 'clerk.ruijin' });
  const made = await clerk.context.request.post('/api/incident/reports', {
    headers: { 'idempotency-key': crypto.randomUUID() },
    data: {
      clientId: crypto.randomUUID(),
      class: 'P0201',
      text: '路面有坑，骑车容易摔倒',
      ...place,
      source: 'hotline',
    },
  });
  const { no } = (await made.json()) as { no: string };
  const { context, page } = await person({ browser, account: 'citizen.daughter', size: 'phone' });
  await openSettled(page, '/citizen/reports/new');
  await page.getByRole('heading', { name: '拍一张照片' }).waitFor();
  await context.setOffline(true);
  await page.getByText('拍照或选择照片').waitFor();
  await page.locator('input[type=file]').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: PHOTO });
  await page.getByText('已留在手机里的照片 1 张').waitFor();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('直接填写经纬度', { exact: true }).click();
  await page.getByLabel('纬度', { exact: true }).fill(String(place.lat));
  await page.getByLabel('经度', { exact: true }).fill(String(place.lon));
  await context.setOffline(false);
  await page.getByRole('button', { name: '下一步' }).click();
  const entry = page.getByRole('listitem').filter({ hasText: '相距 0 米' });
  await entry.getByRole('button', { name: '就是这件，我要关注' }).first().click();
  await expect
    .poll(async () => {
      const shown = (await (await clerk.context.request.get(`/api/incident/cases/${no}`)).json()) as {
        reports: number;
        photos: unknown[];
      };
      return [shown.reports, shown.photos.length];
    })
    .toEqual([2, 1]);
  await Promise.all([context.close(), clerk.context.close()]);
});
