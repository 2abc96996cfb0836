import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';

/** Drafts of decisions that the examples of platform/rulebook publish and withdraw: one of somebody else, one of the first head of a unit. */
export async function fixtureRules({ services }: TestHouse): Promise<Record<string, unknown>> {
  await services.database.tx({ module: 'rulebook', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    for (const [rule, account, name] of [
      ['service.supervision-level', 'data.statistics', '沈知远'],
      ['service.elder-allowance', 'head.ruijin', '邵文远'],
    ] as const)
      await db.run(sql`
        insert into rulebook.draft (id, rule, base_version, value, valid_from, reason, author, author_name)
        select ${uuidv7()}::uuid, id, version, value, '2099-01-01', '样例', ${account}, ${name} from rulebook.entry where id = ${rule}
        order by version desc, valid_from desc limit 1`);
  });
  return {};
}
