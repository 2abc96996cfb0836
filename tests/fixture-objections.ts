import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { objectionClock } from '#platform/audit/objection/record.ts';

/** Looks and objections that the examples of routes name: of the first citizen, and of another resident. */
export async function fixtureObjections(options: {
  house: TestHouse;
  own: string;
  foreign: string;
}): Promise<Record<string, unknown>> {
  const { services } = options.house;
  const unit = 'street-310101023';
  const look = async (person: string): Promise<string> => {
    const id = uuidv7();
    const actor = { ...systemActor({ name: 'fixture', unit, purpose: 'community-care' }), name: '样例工作人员' };
    await services.database.tx({ module: 'audit', actor }, (db) =>
      db.run(sql`select audit.record(${id}::uuid, now(), 'GET /api/population/persons/:pid', '{population.resident}', '{population.resident.name}', 'L3', 'read', null, null,
        'fixture', '{person}', ${[person]}::text[])`),
    );
    return id;
  };
  const objected = async (person: string, unitOf: string): Promise<string> => {
    const id = uuidv7();
    const entry = await look(person);
    await services.database.tx({ module: 'objection', actor: systemActor({ name: 'fixture' }) }, async (db) => {
      const clock = await startClock(db, { kind: objectionClock, subject: id, event: 'filed' });
      await db.run(sql`
        insert into objection.objection (id, access_id, objector_person, objector_name, filed_by, text, filed_at, looker_account, looker_name, looker_unit, looked_at,
          look_route, look_purpose, look_fields, addressee, clock, state)
        values (${id}::uuid, ${entry}::uuid, ${person}::uuid, '样例居民', 'fixture', '样例异议：为什么查看？', kernel.now(), 'fixture', '样例工作人员', ${unitOf}, now(),
          'GET /api/population/persons/:pid', 'community-care', '{population.resident.name}', 'unit', ${clock.id}::uuid, 'open')`);
    });
    return id;
  };
  return {
    'own-look': await look(options.own),
    'foreign-look': await look(options.foreign),
    objection: await objected(options.own, unit),
    'objection-to-withdraw': await objected(options.own, unit),
    'foreign-objection': await objected(options.foreign, 'street-310101013'),
  };
}
