import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { ImpactCounter } from '#platform/identity/organisation/impact.ts';

const system = systemActor({ name: 'delegation' });

/** How many delegations in force the accounts hold that an order is about: they go on, but who leaves a post may not help any more. */
export const heldByAccounts: ImpactCounter = {
  title: { zh: '有效委托', en: 'Delegations in force' },
  async countOf({ accounts, services }) {
    const now = services.clock.now();
    const { count } = await services.database.tx({ module: 'access', actor: system, readOnly: true }, (db) =>
      db.one<{ count: number }>(sql`select count(*)::int as count from access.delegation
        where taker_account = any(${[...accounts]}::text[]) and state = 'accepted' and valid_to > ${now}::timestamptz`),
    );
    return count;
  },
};
