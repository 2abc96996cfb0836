import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { type Delegations, delegationScope } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { DELEGATION_COLUMNS, type DelegationRow } from './delegation-record.ts';
import { stateOf } from './delegation-rules.ts';
import { personFacts } from './person-facts.ts';

const system = systemActor({ name: 'delegation' });

/** Tells identity for whom an account may act: asked at sign-in checks, so what is ended here ends there within its cache. */
export const heldDelegations: Delegations = {
  async behalfOf({ delegation, account, services }) {
    const row = await services.database.tx({ module: 'access', actor: system, readOnly: true }, (db) =>
      db.first<DelegationRow>(
        sql`select ${DELEGATION_COLUMNS} from access.delegation where id = ${delegation}::uuid and taker_account = ${account}`,
      ),
    );
    if (!row) return undefined;
    const active = stateOf(row, services.clock.now()) === 'active' && (await giverLives(row, services));
    const kind = row.giver_person === null ? 'entity' : 'person';
    const declared = services.registry.provided(delegationScope).map(({ value }) => value);
    return {
      delegation: row.id,
      name: row.giver_name,
      person: row.giver_person ?? undefined,
      entity: row.giver_entity ?? undefined,
      // What a module has taken back, or never let this kind of giver give, is not given.
      scopes: row.scopes.filter((id) => declared.some((s) => s.id === id && s.givers.includes(kind))),
      until: row.valid_to,
      ended: !active,
    };
  },
};

/** A delegation ends with the death of either (民法典 art. 173): it must not wait for the timer. */
async function giverLives(row: DelegationRow, services: Services): Promise<boolean> {
  const port = services.registry.provided(personFacts)[0]?.value;
  if (row.giver_person === null || port === undefined) return true;
  const fact = (await port.factsOf({ persons: [row.giver_person], services })).get(row.giver_person);
  return fact !== undefined && fact.deathDate === null;
}
