import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
const id = `e2e-${Date.now().toString(36)}`;

it('an officer draws a process without a mouse, the check finds the dead end, and once it is mended it is simulated', async () => {
  const { page, context } = await person({ browser, account: 'data.civil' });
  await page.goto('/gov/processes');
  await page.getByRole('button', { name: '新建流程' }).click();
  await page.getByLabel('名称').fill('街头表演许可');
  await page.getByLabel('编号（英文）').fill(id);
  await page.getByRole('button', { name: '新建流程' }).click();
  await page.waitForURL(`**/gov/processes/${id}`);
  await page.locator('.djs-container svg').first().waitFor();
  // The mark of bpmn.io stays visible, as its licence asks.
  expect(await page.locator('.bjs-powered-by').isVisible()).toBe(true);
  const steps = page.getByLabel('步骤', { exact: true });
  await steps.selectOption({ label: '办理' });
  // A second step that leads nowhere.
  await page.getByRole('group', { name: '接下来' }).getByRole('button', { name: '人工任务' }).click();
  const name = page.getByRole('region', { name: '属性' }).getByLabel('名称');
  await name.fill('制证');
  await name.press('Enter');
  await page.getByLabel('部门数据专员').check();
  await page.getByRole('tab', { name: '检查' }).click();
  const dead = page.getByRole('button', { name: /制证.*死路/ });
  await dead.waitFor();
  await inspect(page, 'process-dead-end-1440');

  // Choosing the finding selects its element; it is led to the end.
  await dead.click();
  await page.getByRole('tab', { name: '属性' }).click();
  await page.getByLabel('连到已有步骤').selectOption({ label: '办结' });
  await page.getByRole('tab', { name: '检查' }).click();
  // 办理 now leads to both 制证 and the end, without a gateway: the line straight to the end goes.
  await page.getByRole('button', { name: /办理.*网关/ }).click();
  await page.getByRole('tab', { name: '属性' }).click();
  await page.getByRole('button', { name: '连线：到“办结”' }).click();
  await page.getByRole('button', { name: '删除', exact: true }).click();
  await page.getByRole('tab', { name: '检查' }).click();
  await page.getByText('没有发现问题').waitFor();
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByText('有未保存的修改').waitFor({ state: 'detached' });

  await page.getByRole('tab', { name: '仿真' }).click();
  await page.getByRole('button', { name: '开始仿真' }).click();
  await page.getByText('走完 200 / 200 件').waitFor();
  await inspect(page, 'process-simulated-1440');
  expect(await page.getByRole('button', { name: '发布' }).isDisabled()).toBe(true);
  await context.close();
});

it('another person of the unit publishes it, and sees the version', async () => {
  const { page, context } = await person({ browser, account: 'head.civil' });
  await page.goto(`/gov/processes/${id}`);
  await page.getByRole('button', { name: '发布' }).click();
  await page.getByText('第 1 版').first().waitFor();
  await page.getByRole('tab', { name: '版本' }).click();
  await page.getByLabel('与哪一版比较').selectOption('1');
  await page.getByText('两版的内容一样').waitFor();
  await inspect(page, 'process-published-1440');
  await context.close();
});

it('a task appears in the inbox of the next post without reloading, and is done there', async () => {
  const officer = await person({ browser, account: 'data.civil' });
  const head = await person({ browser, account: 'head.civil' });
  await head.page.goto('/gov/inbox?process=single-permit');
  await head.page.getByRole('heading', { name: '待办', exact: true }).waitFor();
  await officer.page.goto('/gov/inbox?process=single-permit');
  await officer.page.getByRole('link', { name: /审查/ }).first().click();
  const key = (await officer.page.locator('.task .facts code').textContent()) ?? '';
  await officer.page.getByLabel('办理意见').fill('材料齐全');
  await officer.page.getByRole('button', { name: '符合', exact: true }).click();
  await head.page.getByRole('link', { name: new RegExp(`决定.*${key}`) }).waitFor();
  await officer.page.getByText('已办理：符合').waitFor();
  await inspect(officer.page, 'inbox-done-1440');
  await head.page.getByRole('link', { name: new RegExp(`决定.*${key}`) }).click();
  await head.page.getByRole('button', { name: '准予' }).waitFor();
  await inspect(head.page, 'inbox-task-1440');
  await officer.context.close();
  await head.context.close();
});

it('cases under way are moved to a new version: asked for by one, approved by another', async () => {
  const officer = await person({ browser, account: 'data.civil' });
  const head = await person({ browser, account: 'head.civil' });
  const path = '/api/workflow/processes/single-permit';
  const { xml, revision } = await (await officer.context.request.get(path)).json();
  // The step of the decision is drawn again under another id; its cases wait there under the old one.
  const next = (xml as string).replaceAll('"decide"', '"settle"');
  const saved = await officer.context.request.put(path, { data: { xml: next, revision } });
  expect(saved.ok(), await saved.text()).toBe(true);
  const headers = { 'idempotency-key': crypto.randomUUID() };
  const published = await head.context.request.post(`${path}/publish`, {
    data: { revision: (await saved.json()).revision },
    headers,
  });
  expect(published.ok(), await published.text()).toBe(true);
  await officer.page.goto('/gov/processes/single-permit/moves');
  await officer.page.getByLabel('全选能迁移的').check();
  await officer.page.getByLabel('为什么要迁移').fill('决定环节重新绘制');
  await inspect(officer.page, 'process-moves-1440');
  await officer.page.getByRole('button', { name: '申请迁移' }).click();
  await officer.page.getByText('您申请的，由另一位同事批准').waitFor();
  await head.page.goto('/gov/processes/single-permit/moves');
  await head.page.getByRole('button', { name: '批准并迁移' }).click();
  await head.page.getByText(/迁移 \d+ 件/).waitFor();
  await inspect(head.page, 'process-moved-1440');
  await officer.context.close();
  await head.context.close();
});
