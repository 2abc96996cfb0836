import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const inspect = async (page: Page, name: string) => {
  await picture(page, name);
  expect(await overflow(page), name).toBe(0);
  expect(await axe(page), name).toEqual([]);
};
const ITEM = 'population.household';

it('an administrator registers a system’s key, the system calls, both units see it, and after the revocation it is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-e2e-'));
  const [secret, open] = [join(folder, 'key.pem'), join(folder, 'pub.pem')];
  const client = (...args: string[]) =>
    execFileSync(process.execPath, ['tools/gateway-client.ts', ...args], {
      cwd: join(import.meta.dirname, '..'),
      encoding: 'utf8',
    });
  const keyId = client('keygen', 'sm2-sm3', secret, open).trim();
  const id = `market-${keyId.slice(0, 8)}`;

  const { page } = await person({ browser, account: 'admin.system' });
  await page.goto('/gov/admin/gateway');
  await page.getByRole('button', { name: '登记系统' }).click();
  const form = page.getByRole('form', { name: '登记系统' });
  await form.getByLabel('系统编号').fill(id);
  await form.getByRole('textbox', { name: '名称', exact: true }).fill('市场监管许可系统');
  await form.getByLabel('英文名称').fill('Licensing system');
  await form.getByLabel('负责单位').fill('market-supervision');
  await form.getByLabel('联系人和电话').fill('信息科 021-0000000');
  await form.getByRole('checkbox', { name: '姓名' }).check();
  await form
    .getByRole('group', { name: /人口信息核验/ })
    .getByLabel('用途代码')
    .fill('verify-application');
  await inspect(page, 'gateway-register-1440');
  await form.getByRole('button', { name: '保存' }).click();
  const entry = page.getByRole('listitem').filter({ hasText: id });
  await entry.getByRole('button', { name: '登记密钥' }).click();
  const keys = page.getByRole('form', { name: '登记密钥' });
  await keys.getByLabel('公钥或证书').fill(readFileSync(open, 'utf8'));
  await keys.getByLabel('有效期至').fill('2099-01-01');
  await keys.getByRole('button', { name: '保存' }).click();
  await entry.getByText(keyId).waitFor();

  const market = await person({ browser, account: 'data.market', size: 'phone' });
  const civil = await person({ browser, account: 'data.civil' });
  const post = (who: typeof market, path: string, data: object) =>
    who.context.request.post(path, { headers: { 'Idempotency-Key': crypto.randomUUID() }, data });
  const asked = await post(market, '/api/catalog/unit-grants', {
    resource: ITEM,
    fields: ['members', 'committeeCode'],
    purposes: ['verify-application'],
    reason: '核对经营场所的居住情况',
  });
  // Not anew where the test is run again.
  if (asked.status() === 201) {
    const { id: grant } = (await asked.json()) as { id: string };
    expect((await post(civil, `/api/catalog/grants/${grant}/approve`, { reason: '同意' })).status()).toBe(200);
  }

  const address = inject('address');
  const trusted = (await (await page.request.get('/gateway/v1/keys')).json()) as {
    keys: { algorithm: string; publicKey: string }[];
  };
  const node = join(folder, 'node.pem');
  writeFileSync(node, trusted.keys.find(({ algorithm }) => algorithm === 'sm2-sm3')?.publicKey ?? '');
  const call = () =>
    client(
      'get',
      `${address}/gateway/v1/items/${ITEM}?limit=5`,
      '--key',
      secret,
      '--node',
      node,
      '--service',
      'items.read',
      '--purpose',
      'verify-application',
      '--case',
      'BJ-2026-0007',
    );
  expect((JSON.parse(call()) as { rows: unknown[] }).rows).toHaveLength(5);

  await market.page.goto('/data/gateway');
  const own = market.page.getByRole('listitem').filter({ hasText: id });
  await own.getByRole('button', { name: '调用情况' }).click();
  await market.page
    .getByRole('region', { name: /调用情况/ })
    .getByText(ITEM)
    .first()
    .waitFor();
  await inspect(market.page, 'gateway-calls-390');
  await civil.page.goto('/data/grants');
  await civil.page.getByText('数据网关').first().waitFor();

  await page.reload();
  await entry.getByRole('button', { name: '立即吊销' }).click();
  const revoke = page.getByRole('form', { name: '立即吊销' });
  await revoke.getByLabel('吊销原因').fill('密钥疑似泄露');
  await revoke.getByRole('button', { name: '立即吊销' }).click();
  await entry.getByText('已吊销').first().waitFor();
  expect(call).toThrow(/GATEWAY_KEY_REVOKED|Command failed/);
  await page.reload();
  await page.getByText('GATEWAY_KEY_REVOKED').first().waitFor();
  await inspect(page, 'gateway-revoked-1440');
});
