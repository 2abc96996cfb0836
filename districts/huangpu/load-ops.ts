import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';

const actor = systemActor({ name: 'sample', unit: 'operations-centre' });
const HOURS = 8;
const LEADERS = [
  { account: 'duty.ops', name: '蒋海峰' },
  { account: 'duty.night', name: '许长庚' },
];

/**
 * Roster of the operations centre (样例值班表): three shifts of eight hours a day for the week to come. In the roster that alerts are
 * told by, the first desk is on duty round the clock, so that whoever tries the sample finds its alerts there at any hour. Nothing is entered where a roster stands already.
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
      duty: [uuidv7(), uuidv7()],
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
  await services.database.tx({ module: 'signal', actor }, async (db) => {
    for (const { duty, from, to } of shifts)
      await db.run(sql`
        insert into signal.duty (id, unit, role, account, from_at, to_at, entered_by, entered_at) values
          (${duty[0] ?? ''}::uuid, 'operations-centre', 'shift-leader', ${LEADERS[1]?.account ?? ''}, ${from}::timestamptz, ${to}::timestamptz, ${actor.account}, kernel.now()),
          (${duty[1] ?? ''}::uuid, 'operations-centre', 'duty-officer', ${LEADERS[0]?.account ?? ''}, ${from}::timestamptz, ${to}::timestamptz, ${actor.account}, kernel.now())`);
  });
}
