import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';

/** Points, a voucher, draws, adoptions and pauses of the first citizen and of another. */
export async function fixtureParticipation(options: {
  house: TestHouse;
  person: string;
  other: string;
  own: string;
  foreign: string;
}): Promise<Record<string, unknown>> {
  const { house, person, other, own, foreign } = options;
  const now = house.services.clock.now();
  const day = shanghaiDate(now);
  const ids = {
    'grid-draw-open': uuidv7(),
    'grid-draw-due': uuidv7(),
    'grid-adoption-own': uuidv7(),
    'grid-adoption-to-decide': uuidv7(),
    'grid-adoption-other': uuidv7(),
    'grid-adoption-foreign': uuidv7(),
    'grid-adoption-over': uuidv7(),
    'grid-reversal-own': uuidv7(),
    'grid-reversal-other': uuidv7(),
    'grid-reversal-objected': uuidv7(),
    'grid-pause-own': uuidv7(),
    'grid-pause-other': uuidv7(),
    'grid-pause-appealed': uuidv7(),
  };
  const hour = 3_600_000;
  await house.services.database.tx({ module: 'grid', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    for (let n = 0; n < 10; n += 1)
      await db.run(sql`
        insert into grid.points (id, person, kind, amount, cause, day, at)
        values (${uuidv7()}::uuid, ${person}::uuid, 'report', 10, ${`fixture:${n}`}, ${day}::date, ${now}::timestamptz)`);
    await db.run(sql`
      insert into grid.voucher (id, title, cost, stock, valid_to) values ('fixture', '{"zh":"样例券","en":"Sample"}', 5, 100, '2099-12-31')`);
    for (const [id, closes] of [
      [ids['grid-draw-open'], hour],
      [ids['grid-draw-due'], -hour],
    ] as const)
      await db.run(sql`
        insert into grid.draw (id, title, cost, winners, seed, opened_at, opened_by, closes_at)
        values (${id}::uuid, '{"zh":"样例抽奖","en":"Sample draw"}', 2, 1, ${'0'.repeat(64)}, ${new Date(now.getTime() - 2 * hour)}::timestamptz, 'fixture',
          ${new Date(now.getTime() + closes)}::timestamptz)`);
    for (const [id, who, committee] of [
      [ids['grid-adoption-own'], person, own],
      [ids['grid-adoption-to-decide'], other, own],
      [ids['grid-adoption-other'], other, own],
      [ids['grid-adoption-foreign'], other, foreign],
    ] as const)
      await db.run(sql`
        insert into grid.adoption (id, person, lon, lat, street, wish, state, asked_at)
        values (${id}::uuid, ${who}::uuid, 121.468, 31.2185, ${committee.slice(0, 9)}, '照看路口花箱', 'asked', ${now}::timestamptz)`);
    await db.run(sql`
      insert into grid.adoption (id, person, lon, lat, street, wish, state, asked_at, decided_at, until, ended_at, ended_by)
      values (${ids['grid-adoption-over']}::uuid, ${person}::uuid, 121.468, 31.2185, ${own.slice(0, 9)}, '照看路口花箱', 'ended', ${now}::timestamptz, ${now}::timestamptz, '2020-01-01',
        ${now}::timestamptz, 'term')`);
    for (const [id, who] of [
      [ids['grid-reversal-own'], person],
      [ids['grid-reversal-other'], other],
      [ids['grid-reversal-objected'], other],
    ] as const) {
      const line = uuidv7();
      await db.run(sql`
        insert into grid.points (id, person, kind, amount, cause, day, at)
        values (${line}::uuid, ${who}::uuid, 'report', 5, ${`fixture:${line}`}, '2020-01-01', ${now}::timestamptz)`);
      await db.run(sql`
        insert into grid.points (id, person, kind, amount, cause, day, at, of_line, note)
        values (${id}::uuid, ${who}::uuid, 'reversal', -5, ${`reversal:${line}`}, '2020-01-01', ${now}::timestamptz, ${line}::uuid, '现场没有这个问题')`);
    }
    await db.run(sql`
      insert into grid.points_objection (reversal, person, text, asked_at)
      values (${ids['grid-reversal-objected']}::uuid, ${other}::uuid, '当时确实看到了', ${now}::timestamptz)`);
    for (const [id, who, appeal] of [
      [ids['grid-pause-own'], person, null],
      [ids['grid-pause-other'], other, null],
      [ids['grid-pause-appealed'], other, '当时确实看到了'],
    ] as const)
      await db.run(sql`
        insert into grid.pause (id, person, report, reason, until, decided_by, decided_unit, decided_at, appeal)
        values (${id}::uuid, ${who}::uuid, ${uuidv7()}::uuid, '现场核实没有上报的问题', '2020-01-01', 'fixture', 'operations-centre', ${now}::timestamptz, ${appeal}::text)`);
  });
  return { ...ids, 'grid-voucher': 'fixture' };
}
