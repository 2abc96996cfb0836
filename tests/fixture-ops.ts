import { systemActor } from '#platform/kernel/actor.ts';
import { addDays, shanghaiDate } from '#platform/kernel/dates.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { listHolders } from '#platform/identity/organisation/holders.ts';

const actor = systemActor({ name: 'fixture' });
/** State of the order and of its line before every act that the examples name. */
const BEFORE: Readonly<Record<string, readonly [string, string]>> = {
  issue: ['draft', 'drafted'],
  close: ['issued', 'verified'],
  cancel: ['issued', 'sent'],
  receive: ['issued', 'sent'],
  execute: ['issued', 'received'],
  feedback: ['issued', 'executing'],
  report: ['issued', 'executing'],
  verify: ['issued', 'reported'],
  return: ['issued', 'reported'],
};

/** Orders, incidents, options, exercises and a shift that examples of routes name; one order is of another unit. */
export async function fixtureOps({ services }: TestHouse): Promise<Record<string, unknown>> {
  const officer = (await listHolders(services)).find(({ post }) => post === 'duty-officer')?.account;
  return services.database.tx({ module: 'ops', actor }, async (db) => {
    const values: Record<string, unknown> = {};
    const order = async (unit: string, [state, line]: readonly [string, string]): Promise<string> => {
      const id = uuidv7();
      const received = ['received', 'executing', 'reported', 'verified'].includes(line);
      await db.run(sql`
        insert into ops.command_order (id, no, title, demand, urgent, state, feedback_minutes, due_at, drafted_by, drafted_name, drafted_at, issued_by, issued_name, issued_at)
        values (${id}::uuid, ${`fixture ${id}`}, '样例指令', '样例要求', true, ${state}, 30, kernel.now() + interval '2 hours', 'fixture', '样例', kernel.now(),
          'fixture', '样例', case when ${state}::text <> 'draft' then kernel.now() end)`);
      await db.run(sql`
        insert into ops.order_line (id, ord, unit, state, received_at, received_by)
        values (${uuidv7()}::uuid, ${id}::uuid, ${unit}, ${line}, case when ${received}::boolean then kernel.now() end, case when ${received}::boolean then 'fixture' end)`);
      return id;
    };
    for (const [act, before] of Object.entries(BEFORE))
      values[`ops-order-to-${act}`] = await order('emergency', before);
    values['ops-foreign-order'] = await order('greening', ['issued', 'sent']);
    const members: string[] = [];
    const incident = async (): Promise<string> => {
      const id = uuidv7();
      await db.run(sql`
        insert into ops.incident (id, key, no, family, title, level, state, lon, lat, first_at, last_at, made_at)
        values (${id}::uuid, ${id}, ${`fixture ${id}`}, 'flood', '{"zh":"样例","en":"Sample"}', 3, 'open', 121.47, 31.22, kernel.now(), kernel.now(), kernel.now())`);
      for (let i = 0; i < 2; i += 1) {
        const member = uuidv7();
        members.push(member);
        await db.run(sql`
          insert into ops.member (id, source, ref, class, title, level, lon, lat, at, incident)
          values (${member}::uuid, 'case', ${`fixture ${member}`}, 'water-logging', '{"zh":"样例","en":"Sample"}', 3, 121.47, 31.22, kernel.now(), ${id}::uuid)`);
      }
      return id;
    };
    values['ops-incident-to-split'] = await incident();
    values['ops-member-to-split'] = members[0];
    values['ops-incident'] = await incident();
    for (const name of ['merge', 'hypothesis', 'close']) values[`ops-incident-to-${name}`] = await incident();
    const [set, option] = [uuidv7(), uuidv7()];
    await db.run(sql`
      insert into ops.option_set (id, incident, question, criteria, state, made_at, made_by, made_name)
      values (${set}::uuid, ${values['ops-incident'] as string}::uuid, '样例问题怎么办',
        '[{"id":"time","title":{"zh":"时间","en":"Time"},"weight":1,"direction":"cost","unit":{"zh":"分钟","en":"min"}}]', 'open', kernel.now(), 'fixture', '样例')`);
    await db.run(sql`
      insert into ops.option (id, option_set, position, title, demand, units, facts)
      values (${option}::uuid, ${set}::uuid, 0, '样例方案', '样例要求', '{emergency}', '{"time":{"value":10,"evidence":"样例"}}'),
        (${uuidv7()}::uuid, ${set}::uuid, 1, '另一方案', '样例要求', '{emergency}', '{"time":{"value":20,"evidence":"样例"}}')`);
    Object.assign(values, { 'ops-options': set, 'ops-option': option });
    for (const [act, state] of [
      ['pause', 'running'],
      ['resume', 'paused'],
      ['stop', 'running'],
    ] as const) {
      const id = uuidv7();
      values[`ops-exercise-to-${act}`] = id;
      // A scenario with a name of its own, far from its first step: nothing comes of it meanwhile.
      await db.run(sql`
        insert into ops.exercise (id, scenario, speed, state, as_of, started_at, started_by, started_name)
        values (${id}::uuid, ${{ pause: 'cyber-outage', resume: 'food-poisoning', stop: 'crowd' }[act]}, 1, ${state}, kernel.now() + interval '1 day', kernel.now(), 'fixture', '样例')`);
    }
    const [shift, next, item] = [uuidv7(), uuidv7(), uuidv7()];
    await db.run(sql`
      insert into ops.shift (id, from_at, to_at, leader, leader_name, given_by, given_at) values
        (${shift}::uuid, kernel.now() - interval '450 minutes', kernel.now() + interval '30 minutes', 'duty.ops', '样例', 'fixture', kernel.now()),
        (${next}::uuid, kernel.now() + interval '30 minutes', kernel.now() + interval '510 minutes', 'duty.night', '样例', null, null)`);
    await db.run(sql`
      insert into ops.handover_item (id, text, made_in, made_at, made_name) values (${item}::uuid, '样例事项', ${shift}::uuid, kernel.now(), '样例')`);
    values['ops-handover-item'] = item;
    values['ops-roster-day'] = addDays(shanghaiDate(services.clock.now()), 10);
    values['ops-officer'] = officer;
    return values;
  });
}
