import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';

const actor = systemActor({ name: 'sample', unit: 'operations-centre' });
const HOURS = 8;
const LEADERS = [
  { account: 'duty.ops', name: '蒋海峰' },
  { account: 'duty.night', name: '许长庚' },
];

/** Orders of the last days (样例指令): title, days ago, and of each unit after how many minutes it received. */
const ORDERS = [
  {
    title: '防汛排水设施巡查',
    daysAgo: 8,
    units: { emergency: 3, 'construction-transport': 4, 'urban-management': 2 },
  },
  { title: '外滩夜间客流疏导', daysAgo: 6, units: { 'traffic-police': 2, emergency: 5, 'urban-management': 3 } },
  { title: '清理行道树断枝', daysAgo: 4, units: { greening: 4, 'urban-management': 7 } },
  { title: '打浦桥下立交抽排', daysAgo: 2, units: { emergency: 2, 'construction-transport': 3, 'traffic-police': 4 } },
  { title: '夜间施工噪声核查', daysAgo: 0.2, units: { 'urban-management': 3, 'construction-transport': 9 } },
];
const MINUTE_MS = 60_000;

/** Closed, as people would have carried them out; nobody was told of them. */
async function loadOrders(db: Db, now: Date): Promise<void> {
  for (const [n, { title, daysAgo, units }] of ORDERS.entries()) {
    const [id, issued] = [uuidv7(), now.getTime() - daysAgo * 86_400_000];
    const at = (minutes: number) => new Date(issued + minutes * MINUTE_MS).toISOString();
    await db.run(sql`
      insert into ops.command_order (id, no, title, demand, urgent, state, feedback_minutes, due_at, drafted_by, drafted_name, drafted_at, issued_by, issued_name, issued_at, ended_at, sample)
      values (${id}::uuid, ${`ZL样例${n + 1}`}, ${title}, '立即到场处置，完成后反馈（样例）', true, 'closed', 30, ${at(120)}::timestamptz, ${actor.account}, '样例', ${at(-5)}::timestamptz,
        ${actor.account}, '样例', ${at(0)}::timestamptz, ${at(95)}::timestamptz, true)`);
    const lines = Object.entries(units).map(([unit, minutes]) => ({
      id: uuidv7(),
      unit,
      sent: at(0),
      due: at(5),
      received: at(minutes),
      reported: at(70),
      verified: at(90),
    }));
    await db.run(sql`
      insert into ops.order_line (id, ord, unit, state, sent_at, receive_due, received_at, received_by, received_name, reported_at, feedbacks, verified_at, verified_by, step)
      select w.id, ${id}::uuid, w.unit, 'verified', w.sent, w.due, w.received, 'system:sample-unit', '样例', w.reported, 1, w.verified, ${actor.account}, 1
      from jsonb_to_recordset(${JSON.stringify(lines)}::text::jsonb) as w(id uuid, unit text, sent timestamptz, due timestamptz, received timestamptz, reported timestamptz, verified timestamptz)`);
    for (const [what, minutes] of [
      ['issued', 0],
      ['closed', 95],
    ] as const)
      await db.run(sql`
        insert into ops.order_entry (id, ord, at, what, by_account, by_name) values (${uuidv7()}::uuid, ${id}::uuid, ${at(minutes)}::timestamptz, ${what}, ${actor.account}, '样例')`);
  }
}

/**
 * Roster of the operations centre (样例值班表): three shifts of eight hours a day for the week to come. Both desks stand on every shift, so that
 * whoever tries the sample finds its alerts there at any hour. Nothing is entered where a roster stands already.
 */
export async function loadOps(services: Services): Promise<void> {
  const now = services.clock.now();
  // Shifts begin at 00:00, 08:00 and 16:00 in Shanghai, which are 16:00, 00:00 and 08:00 UTC.
  const first = Math.floor(now.getTime() / (HOURS * 3_600_000)) * HOURS * 3_600_000;
  const shifts = Array.from({ length: 21 }, (_, i) => {
    const [leader, other] = i % 3 === 0 ? [LEADERS[1], LEADERS[0]] : LEADERS;
    const from = new Date(first + i * HOURS * 3_600_000);
    return {
      id: uuidv7(),
      from: from.toISOString(),
      to: new Date(from.getTime() + HOURS * 3_600_000).toISOString(),
      leader,
      other,
    };
  });
  const loaded = await services.database.tx({ module: 'ops', actor }, async (db) => {
    if (await db.first(sql`select from ops.shift limit 1`)) return false;
    for (const { id, from, to, leader, other } of shifts)
      await db.run(sql`
        insert into ops.shift (id, from_at, to_at, leader, leader_name, officers, sample)
        values (${id}::uuid, ${from}::timestamptz, ${to}::timestamptz, ${leader?.account ?? ''}, ${leader?.name ?? ''}, ${JSON.stringify([other])}::text::jsonb, true)`);
    const [current] = shifts;
    await db.run(sql`
      insert into ops.handover_item (id, text, made_in, made_at, made_name) values (${uuidv7()}::uuid, '跟进打浦桥下立交排水泵检修（样例）', ${current?.id ?? ''}::uuid, kernel.now(), '样例')`);
    await db.run(sql`
      insert into ops.shift_entry (id, shift, at, what, by_account, by_name, text)
      values (${uuidv7()}::uuid, ${current?.id ?? ''}::uuid, kernel.now(), 'note', ${actor.account}, '样例', '接班时全区平稳（样例）')`);
    return true;
  });
  if (!loaded) return;
  await services.database.tx({ module: 'ops', actor }, (db) => loadOrders(db, now));
}
