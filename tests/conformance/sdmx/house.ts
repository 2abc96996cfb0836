import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { economy } from '#platform/basedata/economy/app.ts';
import { loadHistory } from '#platform/basedata/economy/store.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { identity } from '#platform/identity/app.ts';
import { indicator } from '#platform/indicator/app.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { economySample } from '#districts/huangpu/generate/economy.ts';

export const AREA = '310101';

/** A house with three indicators of the sample, which every test of the standard reads. */
export async function openSdmxHouse(): Promise<{ house: TestHouse; history: ReturnType<typeof economySample> }> {
  const house = await openHouse({
    manifests: [identity, rulebook, calendar, access, audit, search, catalog, exchange, indicator, economy],
  });
  const history = economySample({
    seed: 7,
    district: { code: AREA, title: { zh: '样例区', en: 'Sample district' } },
    streets: [{ code: '310101002', name: '甲街道' }],
    until: '2026-03',
    only: ['RETAIL', 'LOANS', 'CPI'],
  });
  await loadHistory({ services: house.services, history, badge: 'sample' });
  return { house, history };
}
