import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, openBrowser, overflow, person, picture } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** The delegate's answer to a request of the page's own origin. */
const status = (page: Page, path: string) =>
  page.evaluate(async (url) => {
    const reply = await fetch(url);
    return { status: reply.status, code: ((await reply.json()) as { code?: string }).code };
  }, path);

describe('a daughter acts for her father of 84', () => {
  it('signs in once and books for him; reading his record is refused; he sees both while his page stays open, and ends it; she is refused', async () => {
    const father = await person({ browser, account: 'citizen.father', size: 'phone' });
    await father.page.goto('/citizen/delegations');
    await father.page.getByText('徐洁佳 可以替您办').waitFor();
    await father.page.getByText('还没有人替您办过事').waitFor();

    const daughter = await person({ browser, account: 'citizen.daughter' });
    await daughter.page.goto('/citizen/delegations');
    await daughter.page.getByRole('button', { name: '替 徐发炳 办理' }).click();
    await daughter.page.waitForURL(/\/citizen\/clinic$/);
    const banner = daughter.page.getByRole('region', { name: '代办' });
    await banner.getByText('您正在替 徐发炳 办理').waitFor();
    await daughter.page.getByRole('heading', { name: /为 徐发炳 预约就诊/ }).waitFor();
    await daughter.page.getByLabel('科室').selectOption('eyes');
    await daughter.page.getByRole('button', { name: '预约', exact: true }).click();
    await daughter.page.getByText('已约好：眼科').waitFor();
    await picture(daughter.page, 'acting-1440');
    expect(await overflow(daughter.page)).toBe(0);
    expect(await axe(daughter.page)).toEqual([]);
    // The father's page is open all the while: what was done appears by itself.
    const acts = father.page.getByRole('list', { name: '别人替我办了什么' });
    await acts.getByText('徐洁佳 替您办：预约就诊').waitFor();

    await daughter.page.goto('/citizen/me');
    await daughter.page.getByRole('alert').getByText('这件事不在委托范围内').waitFor();
    expect(await daughter.page.locator('main').innerText()).not.toContain('重庆南路');
    await picture(daughter.page, 'acting-refused-1440');
    await acts.getByText('徐洁佳 想办：查看本人数据').first().waitFor();
    await picture(father.page, 'delegations-acts-390');
    expect(await overflow(father.page)).toBe(0);
    expect(await axe(father.page)).toEqual([]);

    await father.page.getByRole('button', { name: '停止', exact: true }).click();
    await father.page.getByRole('button', { name: '确定停止' }).click();
    await father.page.getByText('现在没有人可以替您办事').waitFor();
    expect(await status(daughter.page, '/api/clinic/bookings')).toEqual({ status: 403, code: 'DELEGATION_ENDED' });
    await banner.getByText('徐发炳 的委托已经结束').waitFor();
    await picture(daughter.page, 'acting-ended-1440');
    await banner.getByRole('button', { name: '结束代办' }).click();
    await banner.waitFor({ state: 'detached' });
    expect((await status(daughter.page, '/api/clinic/bookings')).status).toBe(200);
    await father.context.close();
    await daughter.context.close();
  });

  it('the father asks again by name and phone, for booking and his record; she accepts and now sees it', async () => {
    const father = await person({ browser, account: 'citizen.father', size: 'phone', elder: true });
    await father.page.goto('/citizen/delegations/new');
    await father.page.getByRole('button', { name: '发出委托' }).waitFor();
    await father.page.getByLabel('对方的姓名').fill('徐洁佳');
    await father.page.getByLabel('对方的手机号码').fill('19900078052');
    await father.page.getByRole('button', { name: '发出委托' }).click();
    await father.page.getByRole('alert').getByText('请至少选一项').waitFor();
    await father.page.getByLabel('预约就诊').check();
    await father.page.getByLabel('查看个人登记信息').check();
    await picture(father.page, 'delegation-offer-390');
    expect(await overflow(father.page)).toBe(0);
    expect(await axe(father.page)).toEqual([]);
    await father.page.getByRole('button', { name: '发出委托' }).click();
    await father.page.getByText('已发出').waitFor();

    const daughter = await person({ browser, account: 'citizen.daughter' });
    await daughter.page.goto('/citizen');
    await daughter.page.getByRole('link', { name: '徐发炳 请您代办，等您答复' }).click();
    await daughter.page.getByRole('button', { name: '接受', exact: true }).click();
    await daughter.page.getByRole('button', { name: '替 徐发炳 办理' }).waitFor();
    await picture(daughter.page, 'delegations-1440');
    await daughter.page.getByRole('button', { name: '替 徐发炳 办理' }).click();
    await daughter.page.getByRole('region', { name: '代办' }).getByRole('link', { name: '查看个人登记信息' }).click();
    await daughter.page.getByText('重庆南路').first().waitFor();
    await father.page.goto('/citizen/delegations');
    await father.page.getByText('徐洁佳 替您办：查看本人数据').first().waitFor();
    await father.context.close();
    await daughter.context.close();
  });
});
