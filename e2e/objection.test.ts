import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('a citizen objects to a look, the head of the unit answers, and the citizen sees the answer', async () => {
  const citizen = await person({ browser, account: 'citizen.wei', size: 'phone' });
  const self = (await (await citizen.context.request.get('/api/population/self')).json()) as { pid: string };
  const clerk = await person({ browser, account: 'clerk.ruijin' });
  const look = await clerk.context.request.get(`/api/population/persons/${self.pid}`, {
    headers: { 'x-purpose': 'community-care' },
  });
  expect(look.status()).toBe(200);
  await clerk.context.close();

  const { page } = citizen;
  await page.goto('/citizen/accesses');
  const entry = page.locator('.accesses > li').filter({ hasText: '顾思源' }).first();
  await entry.getByText('社区服务与走访').waitFor();
  await entry.getByText('法律依据：《中华人民共和国个人信息保护法》第十三条').waitFor();
  await entry.getByRole('button', { name: '提出异议' }).click();
  await entry.getByLabel('您认为哪里不对？').fill('我最近没有办事，为什么查看我的住址？');
  await picture(page, 'objection-form-390');
  expect(await axe(page)).toEqual([]);
  await entry.getByRole('button', { name: '提交异议' }).click();
  const mine = page.getByRole('region', { name: '我的异议' });
  await mine.getByText('还剩 10 个工作日').waitFor();
  await entry.getByText('已提出异议，等待答复').waitFor();
  await picture(page, 'objection-open-390');
  expect(await overflow(page)).toBe(0);

  const head = await person({ browser, account: 'head.ruijin' });
  await head.page.goto('/gov/objections');
  await head.page.getByLabel('办理个人行权请求').check();
  await head.page.getByRole('dialog').getByRole('button', { name: '按此用途查看' }).click();
  const detail = head.page.getByRole('region', { name: '魏薇婷 的异议' });
  await detail.getByText('我最近没有办事，为什么查看我的住址？').waitFor();
  await picture(head.page, 'objections-inbox-1440');
  expect(await overflow(head.page)).toBe(0);
  expect(await axe(head.page)).toEqual([]);
  await detail.getByLabel('查看属于工作需要').check();
  await detail.getByLabel('给本人的答复').fill('社区走访前核对了您家的住址，只看了住址和姓名。');
  await detail.getByRole('button', { name: '答复本人' }).click();
  await head.page.getByText('没有待答复的异议').waitFor();
  await head.context.close();

  await page.reload();
  await mine.getByText('答复：查看属于工作需要').waitFor();
  await mine.getByText('社区走访前核对了您家的住址，只看了住址和姓名。').waitFor();
  await picture(page, 'objection-answered-390');
  expect(await overflow(page)).toBe(0);
  expect(await axe(page)).toEqual([]);
  await citizen.context.close();
});
