import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, openBrowser, openSettled, overflow, person, picture, SIZES } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** Screens of the online hall: who looks, and whether what stands there is the hall's own words only. */
const SCREENS: { name: string; path: string; account?: string; own?: boolean }[] = [
  { name: 'services', path: '/citizen/services', account: 'citizen.wei', own: true },
  { name: 'search', path: '/citizen/services?q=zhufang', account: 'citizen.wei' },
  { name: 'bundle', path: '/citizen/bundles/elder', own: true },
  { name: 'cases', path: '/citizen/cases', account: 'citizen.wei' },
  { name: 'wallet', path: '/citizen/wallet', account: 'citizen.wei' },
  { name: 'case-query', path: '/citizen/case-query', own: true },
  { name: 'certificate-check', path: '/citizen/certificate-check', own: true },
  { name: 'pay', path: '/citizen/pay', account: 'citizen.wei' },
  { name: 'items', path: '/gov/items', account: 'data.market' },
  { name: 'bundles', path: '/gov/bundles', account: 'data.market' },
  { name: 'bundle-edit', path: '/gov/bundles/restaurant', account: 'data.market' },
  { name: 'blockers', path: '/gov/blockers', account: 'data.market' },
  { name: 'figures', path: '/gov/service-figures', account: 'data.market' },
  { name: 'ratings', path: '/gov/ratings', account: 'data.centre' },
];

describe('for elders (关怀版)', () => {
  it.each(SCREENS.filter(({ path }) => path.startsWith('/citizen')))(
    '$name has large words and hangs nowhere out',
    async (screen) => {
      const { context, page } = await person({ browser, account: screen.account });
      await page.addInitScript(() => localStorage.setItem('district.elder', 'on'));
      await openSettled(page, screen.path);
      expect(await page.evaluate(() => document.documentElement.dataset['elder'])).toBe('on');
      await look(page, `elder-${screen.name}`);
      await context.close();
    },
  );
});

describe('in English', () => {
  it.each(SCREENS)('$name is whole', async (screen) => {
    const { context, page } = await person({ browser, account: screen.account });
    await openSettled(page, screen.path);
    await page.getByRole('button', { name: 'English', exact: true }).first().click();
    await page.waitForFunction(() => document.documentElement.lang.startsWith('en'));
    await look(page, `english-${screen.name}`);
    const words = await page.locator('main').innerText();
    // Names and addresses are data; the hall's own words have none of them.
    if (screen.own) expect(words).not.toMatch(/[\u4e00-\u9fff]/);
    // A text that is missing shows its key.
    expect(words).not.toMatch(/\b[a-z]+(\.[a-zA-Z]+){2,}\b/);
    await context.close();
  });
});

async function look(page: Page, name: string): Promise<void> {
  for (const size of ['desktop', 'phone'] as const) {
    await page.setViewportSize(SIZES[size]);
    await picture(page, `${name}-${SIZES[size].width}`);
    expect(await overflow(page), `${name} ${size}`).toBe(0);
    expect(await axe(page), `${name} ${size}`).toEqual([]);
  }
}
