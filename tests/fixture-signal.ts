import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { publishChecklist } from '#platform/inspection/checklist.ts';
import { rectifyClock } from '#platform/inspection/task-record.ts';
import { raiseAll } from '#platform/signal/alert/raise.ts';
import { readSettings } from '#platform/signal/alert/settings.ts';
import type { CapMessage } from '#platform/signal/cap/message.ts';

const OWN = 'street-310101023';
const FOREIGN = 'street-310101013';
const actor = systemActor({ name: 'fixture' });

/** Alerts, drafts of warnings and inspections that examples of routes name: of the first street, and of another. */
export async function fixtureSignal(house: TestHouse): Promise<Record<string, unknown>> {
  const { services } = house;
  const signal = await services.database.tx({ module: 'signal', actor }, async (db) => {
    const raise = async (unit: string, kind: string): Promise<string | undefined> => {
      const title = { zh: '样例预警', en: 'Sample alert' };
      const settings = await readSettings(db, services.clock.now());
      const [id] = await raiseAll(db, [{ kind, source: 'fixture', subject: kind, title, level: 3, unit }], settings);
      return id;
    };
    const draft = async (): Promise<string> => {
      const id = uuidv7();
      const message: CapMessage = {
        identifier: `draft-${id}`,
        sender: 'warning@sample.example',
        sent: '2026-11-26T20:00:00+08:00',
        status: 'Exercise',
        msgType: 'Alert',
        scope: 'Public',
        info: [{ category: ['Met'], event: '演练', urgency: 'Future', severity: 'Minor', certainty: 'Likely' }],
      };
      await db.run(sql`
        insert into signal.warning (id, identifier, message, status, msg_type, scope, level, origin, state, unit, expires_at, drafted_by, drafted_name, drafted_at)
        values (${id}::uuid, ${message.identifier}, ${JSON.stringify(message)}::text::jsonb, 'Exercise', 'Alert', 'Public', 4, 'own', 'submitted', 'operations-centre', '2099-01-01', 'fixture', '样例',
          kernel.now())`);
      return id;
    };
    return {
      'signal-alert': await raise(OWN, 'fixture-own'),
      'signal-closing': await raise(OWN, 'fixture-closing'),
      'signal-foreign-alert': await raise(FOREIGN, 'fixture-foreign'),
      'signal-warning': await draft(),
      'signal-returned': await draft(),
    };
  });
  const inspection = await services.database.tx({ module: 'inspection', actor }, async (db) => {
    const item = {
      id: 'exit',
      title: { zh: '安全出口畅通', en: 'Exits are free' },
      kind: 'check' as const,
      basis: '《消防法》第二十八条',
      required: true,
      photo: 'never' as const,
      severity: 'major' as const,
    };
    const title = { zh: '消防通道检查', en: 'Fire exits' };
    const version = await publishChecklist(db, { code: 'fixture.exits', title, items: [item] });
    const task = async (unit: string): Promise<string> => {
      const id = uuidv7();
      await db.run(sql`
        insert into inspection.task (id, number, checklist, version, target, target_name, unit, inspectors, due_on, state, made_by, made_at)
        values (${id}::uuid, ${id}, 'fixture.exits', ${version}::int, 'shop', '样例商铺', ${unit}, '{}', '2099-01-01', 'open', 'fixture', kernel.now())`);
      return id;
    };
    const record = async (of: string, state: 'counts' | 'conflict'): Promise<string> => {
      const id = uuidv7();
      await db.run(sql`
        insert into inspection.record (id, task, answers, digest, device_filled_at, device_sent_at, received_at, filled_at, skew_seconds, state, by_account, by_name)
        values (${id}::uuid, ${of}::uuid, '[]', ${id}, kernel.now(), kernel.now(), kernel.now(), kernel.now(), 0, ${state}, 'fixture', '样例')`);
      await db.run(sql`
        update inspection.task set record = case when ${state} = 'counts' then ${id}::uuid else record end, state = case when ${state} = 'counts' then 'done' else 'conflict' end where id = ${of}::uuid`);
      return id;
    };
    const order = async (unit: string): Promise<string> => {
      const id = uuidv7();
      const clock = await startClock(db, { kind: rectifyClock, subject: id, event: 'issued' });
      await db.run(sql`
        insert into inspection.rectification (id, number, task, unit, demand, basis, clock, state, issued_at, issued_by, issued_name)
        values (${id}::uuid, ${id}, ${await task(unit)}::uuid, ${unit}, '清理堆物', '样例', ${clock.id}::uuid, 'issued', kernel.now(), 'fixture', '样例')`);
      return id;
    };
    const found = await task(OWN);
    const finding = uuidv7();
    await db.run(sql`
      insert into inspection.finding (id, task, record, item, severity, note) values (${finding}::uuid, ${found}::uuid, ${await record(found, 'counts')}::uuid, 'exit', 'major', '堆物')`);
    const conflict = await task(OWN);
    await record(conflict, 'counts');
    return {
      'inspection-task': await task(OWN),
      'inspection-foreign-task': await task(FOREIGN),
      'inspection-found': found,
      'inspection-finding': finding,
      'inspection-conflict': conflict,
      'inspection-conflict-record': await record(conflict, 'conflict'),
      'inspection-order': await order(OWN),
      'inspection-foreign-order': await order(FOREIGN),
    };
  });
  return { ...signal, ...inspection };
}
