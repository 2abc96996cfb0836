import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';

/** Applications for relief in two committees, so that their row security has something to hide. */
export async function fixtureRelief(house: TestHouse, committees: readonly string[]): Promise<void> {
  await house.services.database.tx({ module: 'community', actor: systemActor({ name: 'fixture' }) }, (db) =>
    db.run(sql`
      insert into community.relief (pid, committee_code, kind, answers, obtained, filed_by, filed_name)
      select gen_random_uuid(), c.code, '临时救助', '{}', '{}', 'fixture', '样例经办' from unnest(${[...committees]}::text[]) c(code), generate_series(1, 4)`),
  );
}
