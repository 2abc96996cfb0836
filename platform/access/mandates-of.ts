import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { DELEGATION_COLUMNS, type DelegationRow } from './delegation-record.ts';
import { type DelegationState, stateOf } from './delegation-rules.ts';
import { personFacts } from './person-facts.ts';

/** What somebody was asked to do for another person (委托书), as a window has to know it of whoever stands there. */
export type Mandate = {
  id: string;
  giver: string;
  giverName: string;
  scopes: readonly string[];
  until: Date;
  /** `dead`: the giver has died, and the mandate with them (民法典 art. 173). */
  state: DelegationState | 'dead';
};

const system = systemActor({ name: 'delegation' });
/** What holds comes first: somebody who helps many (帮办员) has many that have ended. */
const MOST = 50;

/** Mandates that a resident has taken on, also those that have ended, so that a window can say why one does not hold. */
export async function mandatesOf(options: { services: Services; taker: string }): Promise<Mandate[]> {
  const { services, taker } = options;
  const rows = await services.database.tx({ module: 'access', actor: system, readOnly: true }, (db) =>
    db.rows<DelegationRow>(sql`
      select ${DELEGATION_COLUMNS} from access.delegation
      where taker_person = ${taker}::uuid and giver_person is not null and state in ('accepted', 'ended')
      order by state = 'ended' or valid_to <= ${services.clock.now()}::timestamptz, offered_at desc limit ${MOST}::int`),
  );
  const persons = [...new Set(rows.flatMap(({ giver_person }) => giver_person ?? []))];
  const facts = await services.registry.provided(personFacts)[0]?.value.factsOf({ persons, services });
  return rows.map((row): Mandate => {
    const giver = row.giver_person ?? '';
    const fact = facts?.get(giver);
    const state = fact && fact.deathDate !== null ? 'dead' : stateOf(row, services.clock.now());
    return { id: row.id, giver, giverName: row.giver_name, scopes: row.scopes, until: row.valid_to, state };
  });
}
