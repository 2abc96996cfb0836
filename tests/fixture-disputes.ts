import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { answerClock, claimedContext, statedContext } from '#platform/basedata/dispute/record.ts';

/** Disputes that the examples of routes name: of the first street, one to answer by civil affairs, and of others. */
export async function fixtureDisputes(options: {
  house: TestHouse;
  own: string;
  foreign: string;
}): Promise<Record<string, unknown>> {
  const { house, own, foreign } = options;
  const { keyring } = house.services;
  const disputed = async (of: {
    person: string;
    attribute: string;
    by: string;
    unit: string;
    refused?: boolean;
  }): Promise<string> => {
    const id = uuidv7();
    await house.services.database.tx({ module: 'dispute', actor: systemActor({ name: 'fixture' }) }, async (db) => {
      const clock = await startClock(db, { kind: answerClock, subject: id, event: 'filed' });
      const stated = JSON.stringify({ label: '样例居民', values: [] });
      const answer = of.refused === true ? '登记无误。' : null;
      await db.run(sql`
        insert into dispute.dispute (id, app, subject_person, attribute, claimed, stated, reason, filed_by, filed_name, filed_unit, filed_at, unit, addressee, clock, state,
          answer, answered_by, answered_name, answered_unit, closed_at)
        values (${id}::uuid, 'population', ${of.person}::uuid, ${of.attribute}, ${keyring.seal('样例', claimedContext(id))}, ${keyring.seal(stated, statedContext(id))},
          '样例异议：登记有误。', 'fixture', '样例工作人员', ${of.by}, kernel.now(), ${of.unit}, 'unit', ${clock.id}::uuid, ${answer === null ? 'open' : 'refused'},
          ${answer}::text, ${answer && 'data.civil'}::text, ${answer && '样例答复人'}::text, ${answer && of.unit}::text, case when ${answer}::text is not null then kernel.now() end)`);
    });
    return id;
  };
  const street = 'street-310101023';
  return {
    'own-person': own,
    'foreign-person': foreign,
    dispute: await disputed({ person: own, attribute: 'relation', by: street, unit: 'civil-affairs' }),
    'dispute-to-withdraw': await disputed({ person: own, attribute: 'householdNo', by: street, unit: 'civil-affairs' }),
    'refused-dispute': await disputed({
      person: own,
      attribute: 'school',
      by: street,
      unit: 'civil-affairs',
      refused: true,
    }),
    'foreign-dispute': await disputed({
      person: foreign,
      attribute: 'relation',
      by: 'street-310101013',
      unit: 'health',
    }),
  };
}
