import { afterAll, beforeAll, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { indicator } from '#platform/indicator/app.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { economy } from './app.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({
    manifests: [identity, rulebook, calendar, access, audit, search, catalog, exchange, indicator, economy],
  });
}, 300_000);
afterAll(() => house?.close());

it('a house without the sample takes its first figures: series come to be by the rows that state them, areas by the district', async () => {
  const cookie = await signIn(house, 'data.statistics');
  const made = await call(house, {
    method: 'POST',
    url: '/api/economy/releases',
    cookie,
    body: {
      title: { zh: '2026年11月经济运行数据', en: 'Economic figures, November 2026' },
      period: '2026-11',
      embargoUntil: new Date(Date.now() + 86_400_000).toISOString(),
    },
  });
  expect(made.statusCode, made.body).toBe(201);
  const load = async (lines: readonly string[]) => {
    const query = new URLSearchParams({ release: made.json().id, fileName: 'a.csv' });
    const sent = await house.server.fastify.inject({
      method: 'POST',
      url: `/api/economy/loads?${query}`,
      headers: { cookie, 'content-type': 'application/octet-stream', 'idempotency-key': crypto.randomUUID() },
      payload: lines.join('\n'),
    });
    expect(sent.statusCode, sent.body).toBe(201);
    return sent.json();
  };
  const first = await load([
    '指标,地区,行业,2026年1-10月,2026年1-11月',
    'RETAIL,310101,合计,30.0,33.0',
    'RETAIL,310101,F,20.0,22.0',
    'RETAIL,310101,H,10.0,11.0',
    'RETAIL,999999,合计,1,2',
  ]);
  expect(first).toMatchObject({ state: 'loaded', values: 6 });
  const { series } = (await call(house, { url: '/api/economy/series?indicator=RETAIL' })).json();
  expect(series.map(({ id }: { id: string }) => id).sort()).toEqual([
    'M.RETAIL.310101.F._T.V.N.YTD',
    'M.RETAIL.310101.H._T.V.N.YTD',
    'M.RETAIL.310101._T._T.V.N.YTD',
  ]);
  // A breakdown may come with a later workbook; a part that does not add up is still stopped.
  expect((await load(['指标,行业,2026年1-11月', 'LOANS,合计,900'])).state).toBe('loaded');
}, 120_000);
