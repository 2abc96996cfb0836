import type { TestHouse } from '#platform/kernel/testing.ts';
import { carryOut } from '#platform/case/act.ts';
import { holdCase } from '#platform/case/case-row.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { followOrder } from '#apps/governance/grid/hotline/follow-case.ts';
import { findOrder, inHotline, queueTell } from '#apps/governance/grid/hotline/order-row.ts';
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
  const aside = async (no: string) => {
    await take(no, { kind: 'praise' });
    await inHotline(services, async (db) => {
      const order = await findOrder(db, no);
      if (!order) throw new Error(`no order ${no}`);
      const seq = await queueTell(db, order, { status: 'answered', at: services.clock.now(), text: '已答复来电人' });
      await db.run(
        sql`update grid.hotline_push set aside_at = kernel.now() where hotline_order = ${order.id}::uuid and seq = ${seq}::int`,
      );
    });
    return no;
  };
  return {
    'hotline-aside': await aside('FX-20260101-06'),
    'hotline-dropped': await aside('FX-20260101-07'),
    'hotline-to-extend': await toExtend(
      house,
      await take('FX-20260101-08', { lon: 121.4925, lat: 31.2053, class: 'E0301' }),
    ),
    'hotline-order': await take('FX-20260101-01', { lon: 121.468, lat: 31.2185, class: 'P0102', caller }),
    'hotline-to-contact': await take('FX-20260101-02', { lon: 121.468, lat: 31.2185, class: 'P0102', caller }),
    'hotline-to-answer': await take('FX-20260101-03', { kind: 'consultation', caller }),
    'hotline-to-place': await take('FX-20260101-04', { caller }),
    'hotline-to-return': await take('FX-20260101-05', { caller }),
  };
}

/** Brings the case of an order to where its unit asks for more time. */
async function toExtend({ services }: TestHouse, no: string): Promise<string> {
  const order = await inHotline(services, (db) => findOrder(db, no));
  const now = services.clock.now();
  await services.database.tx({ module: 'incident', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    const asked = {
      kind: 'extend',
      by: 'test-unit',
      name: '样例',
      reason: '等待定制件',
      document: '样例1号',
      stop: null,
    } as const;
    for (const [act, role] of [
      [{ act: 'accept' }, 'operator'],
      [{ act: 'establish' }, 'operator'],
      [{ act: 'dispatch', unit: 'greening', secure: false }, 'dispatcher'],
      [{ act: 'take' }, 'unit'],
      [{ act: 'ask-extend', most: 2 }, 'unit'],
    ] as const) {
      const row = await holdCase(db, order?.caseNo ?? '');
      if (!row) throw new Error(`no case of ${no}`);
      const brought = act.act === 'ask-extend' ? { asked: { ...asked, until: null } } : {};
      await carryOut({ db, row, act, hand: { roles: [role], account: 'test-unit' }, now, brought });
    }
  });
  await followOrder(services, order?.id ?? '');
  return no;
}
