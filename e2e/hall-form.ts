import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { scratch } from './browser.ts';

/** Slow machines: what happens behind a page has this long. */
export const SOON = { timeout: 60_000 };

/** Answers the guided questions of a form, one after the other, with the first of what each offers. */
export async function answerQuestions(page: Page): Promise<void> {
  const question = page.locator('.hall-questions fieldset');
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
    // Between two questions the form is read anew.
    await page.locator('.hall-send').waitFor();
  }
}

/** Everything that has to be filled in, with words that mean nothing; an own certificate where there is one. */
export async function fillIn(page: Page): Promise<void> {
  const group = page.locator('.hall-group > div');
  for (const field of await group.locator('.field').all()) {
    const select = field.locator('select');
    if (await select.count()) await select.selectOption({ index: 1 });
    else await field.locator('input').fill(await wordFor(field));
  }
  for (const choices of await group.locator('.hall-choices').all()) await choices.getByRole('radio').first().click();
  for (const offer of await page.locator('.hall-certificates').all()) await offer.getByRole('radio').first().check();
  const file = await paper('样例材料.txt');
  const uploads = page.locator('.hall-uploads input[type=file]');
  for (const input of await uploads.all()) await input.setInputFiles(file);
  await expect.poll(() => page.getByText(/已收到 样例材料/).count(), SOON).toBe(await uploads.count());
  await page.locator('#contact-name').fill('韩峰俊');
  await page.locator('#contact-phone').fill('13800000000');
  // Where an item can be decided at once on a commitment, it is signed.
  for (const commitment of await page.getByLabel(/我已知晓/).all()) await commitment.check();
}

async function wordFor(field: Locator): Promise<string> {
  const label = await field.locator('label').innerText();
  const input = field.locator('input');
  if ((await input.getAttribute('type')) === 'date') return '2027-01-15';
  if ((await input.getAttribute('inputmode')) === 'decimal') return '5';
  if (/信用代码/.test(label)) return '91310199MA0041E862';
  if (/电话|手机/.test(label)) return '13800000000';
  if (/证件号码|身份号码/.test(label)) return '310199198502011234';
  return '样例内容';
}

/** A small file to hand in. */
export async function paper(name: string): Promise<string> {
  const file = join(await scratch(), name);
  await writeFile(file, '样例材料，仅用于演示。\n');
  return file;
}
