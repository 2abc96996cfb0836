import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';

/** Orders and assignments that the examples of routes name. */
export async function fixtureOrganisation(house: TestHouse): Promise<Record<string, unknown>> {
  return house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    const { post } = await db.one<{ post: string }>(
      sql`select id as post from identity.post where unit = 'street-310101023' and kind = 'street-clerk'`,
    );
    const add = async (): Promise<string> => {
      const id = uuidv7();
      const body = JSON.stringify({ kind: 'acting', account: 'data.market', post, until: '2099-01-01T00:00:00+08:00' });
      await db.run(sql`insert into identity.transfer_order (id, no, kind, body, reason, effective_at, review_units, concerns, drafted_by, drafted_holder, drafted_name, drafted_at)
        values (${id}::uuid, ${`fixture-${id}`}, 'acting', ${body}::text::jsonb, '样例', '2098-01-01T00:00:00+08:00', '{street-310101023}', '{data.market}',
          'staffing.qin', 'staffing.qin', '样例', kernel.now())`);
      return id;
    };
    const held = (account: string) =>
      db.one<{ id: string }>(sql`select id from identity.assignment where account = ${account} and valid_to is null`);
    const [source, token] = [uuidv7(), uuidv7()];
    await db.run(
      sql`insert into identity.scim_source (id, name, assigns, created_by, created_at) values (${source}::uuid, '样例来源', false, 'fixture', kernel.now())`,
    );
    await db.run(sql`insert into identity.scim_token (id, source, token_hash, created_by, created_at, expires_at)
      values (${token}::uuid, ${source}::uuid, 'fixture', 'fixture', kernel.now(), kernel.now() + interval '1 day')`);
    return {
      'scim-source': source,
      'scim-token': token,
      order: await add(),
      'order-to-withdraw': await add(),
      assignment: (await held('clerk.ruijin')).id,
      'foreign-assignment': (await held('clerk.bund')).id,
    };
  });
}
