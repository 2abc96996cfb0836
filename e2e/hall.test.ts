import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, openSettled, overflow, person, picture, scratch, SIZES } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('opens a restaurant: five services of four departments, one form, one code', async () => {
  const { context, page } = await person({ browser, account: 'agent.siyuan' });
  await openSettled(page, '/business/services?q=kaicanyin');
  await page.goto('/business/services');
  await page.getByRole('link', { name: /开餐饮店/ }).click();
  const saving = await page.getByText(/分开办要填 \d+ 项/).innerText();
  const [separate = 0, joined = 0] = (saving.match(/\d+/g) ?? []).map(Number);
  expect(joined / separate).toBeLessThanOrEqual(0.4);
  await page.getByRole('link', { name: '开始申请 5 项' }).click();

  // What five services ask in the same words is asked once.
  const question = page.locator('.hall-questions fieldset');
  await question.first().waitFor();
  expect(await question.count()).toBe(1);
  for (let open = await question.count(); open > 0; open = await question.count()) {
    const asked = await question.first().locator('legend').innerText();
    await question.first().getByRole('radio').first().click();
    await expect
      .poll(() =>
        question
          .first()
          .locator('legend')
          .innerText({ timeout: 200 })
          .catch(() => ''),
      )
      .not.toBe(asked);
  }
  // Known values come with their source and are not asked.
  expect(await page.locator('.hall-known > div').count()).toBeGreaterThan(5);

  const send = page.getByRole('button', { name: '提交申请' });
  await send.click();
  await page.getByText(/有 \d+ 处需要改正/).waitFor();
  await fillIn(page);
  await page.reload();
  // What was typed is still there.
  await page.locator('#contact-phone').waitFor();
  expect(await page.locator('#contact-phone').inputValue()).toBe('13800000000');
  await page.setViewportSize(SIZES.phone);
  expect(await overflow(page)).toBe(0);
  expect(await axe(page)).toEqual([]);
  await picture(page, 'hall-apply-390');
  await page.setViewportSize(SIZES.desktop);
  await picture(page, 'hall-apply-1440');

  await send.click();
  const code = await page.locator('.hall-code').innerText({ timeout: 60_000 });
  expect(code).toMatch(/^\d{18}[0-9A-Z]$/);
  expect(await page.locator('.hall-filed .hall-items li').count()).toBe(5);
  await page.getByRole('link', { name: '查看进度' }).click();
  await page.getByText(code).first().waitFor();
  await page.getByText('申请已提交').waitFor();
  await context.close();
}, 240_000);

/** Everything that has to be filled in, with words that mean nothing. */
async function fillIn(page: Page): Promise<void> {
  const group = page.locator('.hall-group > div');
  for (const field of await group.locator('.field').all()) {
    const select = field.locator('select');
    if (await select.count()) await select.selectOption({ index: 1 });
    else await field.locator('input').fill(await wordFor(field));
  }
  for (const choices of await group.locator('.hall-choices').all()) await choices.getByRole('radio').first().click();
  const file = join(await scratch(), '样例材料.txt');
  await writeFile(file, '样例材料，仅用于演示。\n');
  const uploads = page.locator('.hall-uploads input[type=file]');
  for (const input of await uploads.all()) await input.setInputFiles(file);
  await expect.poll(() => page.getByText(/已收到 样例材料/).count()).toBe(await uploads.count());
  await page.locator('#contact-name').fill('韩峰俊');
  await page.locator('#contact-phone').fill('13800000000');
}

async function wordFor(field: Locator): Promise<string> {
  const label = await field.locator('label').innerText();
  const input = field.locator('input');
  if ((await input.getAttribute('type')) === 'date') return '2027-01-15';
  if ((await input.getAttribute('inputmode')) === 'decimal') return '5';
  if (/信用代码/.test(label)) return '91310199MA0041E862';
  if (/电话|手机/.test(label)) return '13800000000';
  if (/证件号码/.test(label)) return '310199199001011234';
  return '样例内容';
}
