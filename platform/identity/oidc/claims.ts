import type { Account } from 'oidc-provider';
import type { Services } from '#platform/kernel/app.ts';
import { POST_TITLES } from '../who-am-i.ts';
import { personResolver } from '../subjects.ts';
import { type AccountRow, readAccount } from './accounts.ts';
import { providerActor } from './adapter.ts';
import { currentUnit } from './request-unit.ts';

/** The account behind a token, with what may be said of it; undefined once it cannot sign in any more. */
export async function findAccount(services: Services, account: string): Promise<Account | undefined> {
  const unit = currentUnit();
  const row = unit?.accounts.has(account)
    ? unit.accounts.get(account)
    : await services.database.tx({ module: 'identity', actor: providerActor, readOnly: true }, (db) =>
        readAccount(db, account, services.clock.now()),
      );
  unit?.accounts.set(account, row);
  if (!row) return undefined;
  return { accountId: row.account, claims: (_use, scope) => claimsOf({ services, row, scopes: scope.split(' ') }) };
}

/** What the scopes of a system let it know of an account. */
export async function claimsOf(options: { services: Services; row: AccountRow; scopes: readonly string[] }) {
  const { services, row, scopes } = options;
  return {
    sub: row.account,
    ...(scopes.includes('profile') ? { name: row.name } : {}),
    ...(scopes.includes('post') && row.post !== null && row.unit !== null
      ? { post: POST_TITLES[row.post].zh, unit: row.unit, unit_name: row.unit_name, area: row.area }
      : {}),
    ...(scopes.includes('person') ? { person: await personOf(services, row) } : {}),
  };
}

async function personOf(services: Services, row: AccountRow): Promise<string | undefined> {
  const resolver = services.registry.provided(personResolver)[0]?.value;
  return row.person_hash && resolver ? resolver.personOf({ hash: row.person_hash, services }) : undefined;
}
