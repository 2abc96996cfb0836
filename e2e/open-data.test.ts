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
const bays = (state: string) =>
  `bay,street,state\n${Array.from({ length: 112 }, (_, at) => `P${at},瑞金二路,${state}`).join('\n')}\n`;

it('a start-up wishes for kerb-side parking, others support it, the owner answers and opens it, a report mends it at the source', async () => {
  const set = `kerb-parking-${Date.now().toString(36)}`;
  const title = `路内停车泊位 ${set.slice(-5)}`;
  const startUp = await person({ browser, account: 'agent.siyuan' });
  await startUp.page.goto('/data/wishes');
  await startUp.page.getByText('提出需求', { exact: true }).click();
  const wish = startUp.page.getByRole('form', { name: '提出需求' });
  await wish.getByLabel('需要什么数据').fill(title);
  await wish.getByLabel(/用来做什么/).fill('想做找车位的应用，希望开放路内停车泊位的位置与状态。');
  await wish.getByLabel(/由谁答复/).selectOption('civil-affairs');
  await wish.getByRole('button', { name: '提交需求' }).click();
  await startUp.page.getByRole('heading', { name: title }).waitFor();

  const citizen = await person({ browser, account: 'citizen.wei', size: 'phone' });
  await citizen.page.goto('/data/wishes');
  await citizen.page.getByRole('button', { name: `支持 ${title}` }).click();
  await citizen.page.getByRole('button', { name: `已支持 ${title}` }).waitFor();
  await citizen.page.getByText('还剩 10 个工作日').first().waitFor();
  await inspect(citizen.page, 'open-wish-390');

  const officer = await person({ browser, account: 'data.civil' });
  const { page } = officer;
  await page.goto('/data/opening');
  await page.getByText('提出新的数据集').click();
  const propose = page.getByRole('form', { name: '提出新的数据集' });
  await propose.getByLabel(/标识（小写/).fill(set);
  await propose.getByLabel('目录资源').fill('geo.area');
  await propose.getByLabel('名称（中文）').fill(title);
  await propose.getByLabel('名称（英文）').fill('Kerb-side parking');
  await propose.getByLabel('说明（中文）').fill('路内停车泊位与状态');
  await propose.getByLabel('说明（英文）').fill('Parking bays and their state');
  await propose.getByRole('button', { name: '提出', exact: true }).click();
  const entry = page.getByRole('region', { name: '本单位的数据集' }).getByRole('listitem').filter({ hasText: title });
  await entry.getByText('判定开放类型').first().click();
  await entry.getByRole('button', { name: '判定开放类型' }).click();
  await entry.getByText(/第四十一条/).waitFor();
  const make = async (csv: string) => {
    await entry.getByText('生成新版本').first().click();
    await entry.getByLabel(/CSV 内容/).fill(csv);
    await entry.getByRole('button', { name: '生成新版本' }).click();
    await page.getByRole('region', { name: '等待批准的版本' }).getByText(title).first().waitFor();
  };
  await make(bays('错误'));
  await page.getByText('您制作的版本须由另一人批准').first().waitFor();
  await inspect(page, 'open-desk-1440');

  const second = await person({ browser, account: 'data.centre' });
  const publish = async () => {
    await second.page.goto('/data/opening');
    await second.page.getByRole('button', { name: `批准发布 ${title}` }).click();
    await second.page.getByRole('button', { name: `批准发布 ${title}` }).waitFor({ state: 'detached' });
  };
  await publish();
  await page.reload();
  const asked = page.getByRole('region', { name: '待答复的需求' }).getByRole('listitem').filter({ hasText: title });
  await asked.getByText('答复', { exact: true }).click();
  const answer = asked.getByRole('form');
  await answer.getByLabel('结果').selectOption('opened');
  await answer.getByLabel('已开放的数据集标识').fill(set);
  await answer.getByLabel('答复内容').fill('已经开放，欢迎使用。');
  await answer.getByRole('button', { name: '发出答复' }).click();
  await asked.waitFor({ state: 'detached' });

  const guest = await person({ browser });
  await guest.page.goto(`/data/open/${set}`);
  await guest.page.getByRole('heading', { name: title, level: 1 }).waitFor();
  await guest.page.getByRole('cell', { name: 'P0', exact: true }).waitFor();
  await inspect(guest.page, 'open-set-1440');
  const csv = await guest.context.request.get(`/open/${set}/latest.csv`);
  expect((await csv.text()).split('\r\n')[0]).toBe('bay,street,state');

  await startUp.page.goto('/data/reuses');
  await startUp.page.getByText('登记我的应用').click();
  const reuse = startUp.page.getByRole('form', { name: '登记我的应用' });
  await reuse.getByLabel('名称').fill(`好停车 ${set.slice(-5)}`);
  await reuse.getByLabel('做了什么').fill('在地图上找空车位的小程序。');
  await reuse.getByLabel('开发者署名').fill('思源科技');
  await reuse.getByLabel(/数据集标识/).fill(set);
  await reuse.getByRole('button', { name: '提交登记' }).click();
  await reuse.getByText('已提交，审核后展示').waitFor();

  await citizen.page.goto(`/data/open/${set}`);
  const report = citizen.page.getByRole('form', { name: '报告错误' });
  await report.getByLabel('哪里不对？').fill('112 个泊位的状态有误');
  await report.getByRole('button', { name: '提交意见' }).click();
  await citizen.page.getByText('处理中').waitFor();

  await page.reload();
  const shown = page.getByRole('form', { name: `好停车 ${set.slice(-5)}` });
  await shown.getByLabel('理由').fill('内容属实');
  await shown.getByRole('button', { name: '展示' }).click();
  await shown.waitFor({ state: 'detached' });
  await make(bays('可用'));
  await publish();
  await page.reload();
  const task = page.getByRole('region', { name: '纠错任务' }).getByRole('listitem').filter({ hasText: title });
  await task.getByText('办结').first().click();
  await task.getByLabel('答复内容').fill('112 个泊位已在源头更正');
  await task.getByRole('button', { name: '办结' }).click();
  await task.waitFor({ state: 'detached' });
  await citizen.page.reload();
  await citizen.page.getByText('已在第 2 版更正').waitFor();
  await citizen.page.getByText(`好停车 ${set.slice(-5)}`).waitFor();
  await inspect(citizen.page, 'open-set-fixed-390');
});
