import type { TestHouse } from '#platform/kernel/testing.ts';
import { takeOrder } from '#apps/governance/grid/hotline/take-order.ts';

/** Orders of the hotline, one before every act that the examples name. */
export async function fixtureHotline(house: TestHouse): Promise<Record<string, unknown>> {
  const { services } = house;
  const receivedAt = new Date(services.clock.now().getTime() - 300_000).toISOString();
  const take = async (no: string, more: object) => {
    const order = { no, kind: 'help', title: '样例工单', content: '样例路口路灯不亮', receivedAt, confidential: false };
    await takeOrder.take({ services, system: 'fixture', body: { ...order, ...more } });
    return no;
  };
  const caller = { name: '陈样例', phone: '13800000001' };
  return {
    'hotline-order': await take('FX-20260101-01', { lon: 121.468, lat: 31.2185, class: 'P0102', caller }),
    'hotline-to-contact': await take('FX-20260101-02', { lon: 121.468, lat: 31.2185, class: 'P0102', caller }),
    'hotline-to-answer': await take('FX-20260101-03', { kind: 'consultation', caller }),
    'hotline-to-place': await take('FX-20260101-04', { caller }),
    'hotline-to-return': await take('FX-20260101-05', { caller }),
  };
}
