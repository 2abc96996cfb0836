import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { writeFaultyUpload } from '#districts/huangpu/generate/faulty-upload.ts';
import { openBrowser, person, picture, scratch } from './browser.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const COMMITTEE = '310101023002';
let browser: Browser;
let file: string;
let planted: number[];
let resident: { name: string; address: string };

beforeAll(async () => {
  browser = await openBrowser();
  const out = await scratch();
  writeFaultyUpload({ profile: 'small', out });
  file = join(out, 'civil-affairs-household-upload.csv');
  const truth = JSON.parse(await readFile(file.replace('.csv', '.truth.json'), 'utf8')) as {
    faults: { row: number }[];
  };
  planted = truth.faults.map((f) => f.row).sort((a, b) => a - b);
  const demo = JSON.parse(await readFile(join(root, '.cache/sample-small-310101/demo.json'), 'utf8'));
  resident = { name: demo.citizen.name, address: demo.moveTo.address };
});
afterAll(() => browser?.close());

async function givePurpose(page: Page): Promise<void> {
  await page.getByText('社区服务与走访').first().click();
  await page.getByRole('button', { name: '按此用途查看' }).click();
}

/** The one article of the grants page that gives the street desk the households. */
async function householdGrant(page: Page) {
  await page.goto('/data/grants');
  await page.getByRole('button', { name: /街道工作台 ← 家庭户/ }).click();
  const card = page.locator('#grant-community\\.household');
  await card.waitFor();
  return card;
}

async function byHand(): Promise<{ code: number; said: string }> {
  const args = [
    'tools/sql.ts',
    '--as',
    'community',
    '--purpose',
    'community-care',
    '--area',
    '310101023',
    'select count(*) as households from share.community__household',
  ];
  const env = {
    ...process.env,
    DATA_DIR: join(inject('folder'), 'data'),
    KEY_FILE: join(inject('folder'), 'keys', 'keyring.json'),
  };
  return run(process.execPath, args, { cwd: root, env }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      said: `${error.stdout}${error.stderr}`,
    }),
  );
}

describe('from a department file to the street desk and back', () => {
  it('the data officer uploads 5,000 rows: the report names exactly the 37 planted faults, the rest is loaded', async () => {
    const { context, page } = await person({ browser, account: 'data.civil' });
    await page.goto('/data/imports');
    await page.getByLabel('数据集').selectOption('civil-affairs-household');
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: '上传并导入' }).click();
    await page.waitForURL(/\/data\/imports\/[0-9a-f-]{36}$/);
    await page.locator('.dc-done').waitFor({ timeout: 120_000 });
    await picture(page, 'import-report-1440');
    const id = page.url().split('/').at(-1);
    const report = await (await context.request.get(`/api/exchange/imports/${id}`)).json();
    expect(report).toMatchObject({ state: 'loaded', rows: { read: 5000, faulty: 37, ok: 4963 } });
    const faults = await (await context.request.get(`/api/exchange/imports/${id}/faults?size=500`)).json();
    expect(faults.rows.map((r: { row: number }) => r.row)).toEqual(planted);
    await context.close();
  });

  it('the card shows the new address of the moved household with source and date, and where it is', async () => {
    const { context, page } = await person({ browser, account: 'clerk.ruijin' });
    const found = await (
      await context.request.get(`/api/population/persons?q=${encodeURIComponent(resident.name)}`, {
        headers: { 'x-purpose': 'community-care' },
      })
    ).json();
    const pid = found.persons.find((p: { address: string }) => p.address === resident.address)?.pid;
    expect(pid).toBeTruthy();
    await page.goto(`/gov/persons/${pid}`);
    await givePurpose(page);
    await page.getByText(resident.address).first().waitFor();
    await page.getByText('区民政局').first().waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toMatch(/2026\s*年\s*6\s*月\s*15\s*日/);
    await page.locator('.maplibregl-canvas').first().waitFor({ timeout: 60_000 });
    await picture(page, 'person-card-1440');
    await context.close();
  });

  it('the street clerk finds the resident in the desk; the clerk of another street sees nobody there', async () => {
    const { context, page } = await person({ browser, account: 'clerk.ruijin' });
    await page.goto(`/gov/community?committee=${COMMITTEE}`);
    await givePurpose(page);
    await page.getByLabel('姓名', { exact: true }).fill(resident.name);
    const row = page.getByRole('row', { name: new RegExp(resident.name) });
    await row.first().waitFor();
    await row.first().click();
    await page.waitForURL(/household=/);
    await picture(page, 'desk-1440');
    await context.close();
    const other = await person({ browser, account: 'clerk.bund' });
    const reply = await other.context.request.get(`/api/community/committees/${COMMITTEE}/residents`, {
      headers: { 'x-purpose': 'community-care' },
    });
    expect(reply.status()).toBe(404);
    await other.page.goto('/gov/community');
    await givePurpose(other.page);
    await other.page.getByRole('navigation', { name: '居委会' }).waitFor();
    expect(await other.page.locator('main').innerText()).not.toContain('瑞金二路');
    await other.context.close();
  });

  it('the resident sees that the clerk looked, why and when', async () => {
    const { context, page } = await person({ browser, account: 'citizen.wei', size: 'phone' });
    await page.goto('/citizen/accesses');
    await page.getByText('瑞金二路街道办事处的顾思源').first().waitFor();
    expect(await page.locator('main').innerText()).toContain('社区服务与走访');
    await picture(page, 'citizen-accesses-390');
    await context.close();
  });

  it('the officer withdraws the grant: the desk says since when and by whom, PostgreSQL refuses the same query by hand; granted again, it works', async () => {
    expect((await byHand()).code).toBe(0);
    const officer = await person({ browser, account: 'data.civil' });
    const clerk = await person({ browser, account: 'clerk.ruijin' });
    const card = await householdGrant(officer.page);
    await card.getByRole('button', { name: '撤回授权' }).click();
    await card.getByLabel('理由').fill('核查期间暂停共享');
    await card.getByRole('button', { name: '撤回授权' }).last().click();
    await card.getByText('已撤回，授权已失效。').waitFor();

    await clerk.page.goto(`/gov/community?committee=${COMMITTEE}`);
    await givePurpose(clerk.page);
    const refusal = clerk.page.getByRole('alert').first();
    await refusal.waitFor();
    await refusal.getByText('区民政局').first().waitFor();
    const said = await refusal.innerText();
    expect(said).toContain('周亦凡');
    expect(said).toContain('核查期间暂停共享');
    expect(said).toMatch(/\d{1,2}\s*月\s*\d{1,2}\s*日/);
    await picture(clerk.page, 'desk-withdrawn-1440');
    const refused = await byHand();
    expect(refused.code).toBe(1);
    expect(refused.said).toContain('permission denied for view community__household');

    const again = await householdGrant(officer.page);
    await again.getByRole('button', { name: '重新批准' }).click();
    await again.getByLabel('理由').fill('核查完毕，恢复共享');
    await again.getByRole('button', { name: '重新批准' }).last().click();
    await again.getByText('已批准，授权已生效。').waitFor();
    await clerk.page.reload();
    await givePurpose(clerk.page);
    await clerk.page.getByRole('row').nth(3).waitFor();
    expect((await byHand()).code).toBe(0);
    await officer.context.close();
    await clerk.context.close();
  });
});
