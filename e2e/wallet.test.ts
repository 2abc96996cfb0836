import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture, SIZES } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

type Listed = { certificates: { id: string; state: string; unit: string }[] };
const ask = <T>(page: Page, path: string): Promise<T> =>
  page.evaluate(async (url) => (await fetch(url)).json() as Promise<T>, path) as Promise<T>;

async function pictures(page: Page, name: string): Promise<void> {
  for (const size of ['phone', 'desktop'] as const) {
    await page.setViewportSize(SIZES[size]);
    await picture(page, `${name}-${SIZES[size].width}`);
    expect(await overflow(page), size).toBe(0);
    expect(await axe(page), size).toEqual([]);
  }
}

it('shows a certificate in the wallet, checks its code with the network switched off, and says so once it is revoked', async () => {
  const { page, context } = await person({ browser, account: 'citizen.wei' });
  await page.goto('/citizen/wallet');
  await page.locator('.card:not([data-ended=true])').first().waitFor();
  await pictures(page, 'wallet');
  const { certificates } = await ask<Listed>(page, '/api/service/own-certificates');
  const held = certificates.find(({ state, unit }) => state === 'in-force' && unit === 'civil-affairs');
  expect(held).toBeDefined();
  await page.goto(`/citizen/wallet/${held?.id}`);
  await page.locator('.wallet-qr svg.qr').first().waitFor();
  await page.locator('.wallet-face img').waitFor();
  await pictures(page, 'wallet-certificate');
  const { code } = await ask<{ code: string }>(page, `/api/service/own-certificates/${held?.id}`);
  await context.close();

  // Somebody else's telephone: opened once with a network, then without one.
  const checker = await person({ browser, size: 'phone' });
  await checker.page.goto('/citizen/certificate-check');
  await checker.page.getByText('刚刚更新').waitFor();
  await checker.page.waitForFunction(
    async () =>
      (await caches.has('certificate-check-1')) &&
      (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated' &&
      (await (await caches.open('certificate-check-1')).keys()).length > 1,
  );
  await checker.context.setOffline(true);
  await checker.page.goto(`/citizen/certificate-check#${code}`);
  await checker.page.reload();
  await checker.page.getByText('真实有效').waitFor();
  await checker.page.getByText('当前没有网络').waitFor();

  await picture(checker.page, 'certificate-check-offline-390');
  expect(await overflow(checker.page)).toBe(0);

  const head = await person({ browser, account: 'head.civil' });
  await head.page.goto('/gov/certificates');
  await head.page.locator('.case-list li').first().waitFor();
  await pictures(head.page, 'gov-certificates');
  await head.page.goto(`/gov/certificates/${held?.id}`);
  await head.page.getByLabel(/办理申请事项/).check();
  await head.page.getByRole('dialog').getByRole('button', { name: '按此用途查看' }).click();
  await head.page.getByLabel('吊销（处罚）').check();
  await head.page.getByLabel('法律依据').fill('《中华人民共和国行政处罚法》第九条');
  await head.page.getByLabel('理由').fill('样例：违反许可条件，情节严重。');
  await pictures(head.page, 'gov-certificate');
  await head.page.getByRole('button', { name: '吊销（处罚）' }).click();
  await head.page.getByText('已吊销').first().waitFor();
  await head.context.close();

  // Offline nobody can know yet; with a network it is said at once.
  await checker.context.setOffline(false);
  await checker.page.getByRole('button', { name: '核验', exact: true }).click();
  await checker.page.getByText('已吊销').or(checker.page.getByText('证照已被吊销')).first().waitFor();
  await checker.context.close();
});
