import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { storeFile } from '#platform/document/store-file.ts';
import { signIn } from '#platform/identity/testing.ts';
import { appealClock } from '#apps/foundation/evaluation/appeal/record.ts';

/** Signals and an appeal that the examples of routes name: of the first street clerk, and of another. */
export async function fixtureEvaluation(house: TestHouse): Promise<Record<string, unknown>> {
  const { services } = house;
  const cookie = await signIn(house, 'clerk.ruijin');
  const clerk: Actor | undefined = await services.registry
    .provided(authenticator)[0]
    ?.value.authenticate({ cookie, trace: 'fixture', services });
  if (!clerk) throw new Error('no clerk');
  const content = Buffer.from('样例停表文书\n');
  const { id: file } = await storeFile({
    services,
    actor: clerk,
    kind: 'evaluation.appeal-document',
    name: '停表文书.txt',
    content,
  });
  return services.database.tx({ module: 'evaluation', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    await db.run(
      sql`insert into evaluation.feed (app, heard_at) values ('fixture', kernel.now()) on conflict do nothing`,
    );
    const signal = async (handler: string, unit: string): Promise<string> => {
      const id = uuidv7();
      await db.run(sql`
        insert into evaluation.run (app, run, case_no, item, step, unit, post, handler, state, started_at, due_at, level)
        values ('fixture', ${id}, ${id}, 'sample', 'decide', ${unit}, 'street-clerk', ${handler}, 'running', kernel.now() - interval '9 days', kernel.now() - interval '1 hour', 'yellow')`);
      await db.run(sql`
        insert into evaluation.signal (id, app, run, rule, rule_version, verified, level, case_no, item, step, unit, handler, holds_from, told_at, provisional, evidence, state)
        values (${id}::uuid, 'fixture', ${id}, 'service.supervision-level', 1, false, 'yellow', ${id}, 'sample', 'decide', ${unit}, ${handler}, kernel.now() - interval '1 hour', kernel.now(),
          false, '{}', 'standing')`);
      return id;
    };
    const appealed = await signal('clerk.ruijin', 'street-310101023');
    const appeal = uuidv7();
    const clock = await startClock(db, { kind: appealClock, subject: appeal, event: 'filed' });
    await db.run(sql`
      insert into evaluation.appeal (id, signal, ground, document, filed_by, filed_name, handler, filed_at, clock, state)
      values (${appeal}::uuid, ${appealed}::uuid, '样例申诉：已依法停表', ${uuidv7()}::uuid, 'clerk.ruijin', '顾思源', 'clerk.ruijin', kernel.now(), ${clock.id}::uuid, 'open')`);
    return {
      'evaluation-signal': await signal('clerk.ruijin', 'street-310101023'),
      'evaluation-foreign-signal': await signal('clerk.bund', 'street-310101013'),
      'evaluation-document': file,
      'evaluation-appeal': appeal,
    };
  });
}
