import { type Assurance, systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Rights } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { carryOutDue, personOf, rightsOf, type RightsRow } from '../authenticate.ts';
import { HELD_NOW } from '../organisation/held.ts';
import type { CallingClient } from './calling-client.ts';
import { CONSENT_MS } from './consent.ts';

/** How a system names somebody: by the number that the person has there, or by the account of one of its own unit's people. */
export type Named = { sub: string } | { account: string };

/** Somebody whom a system may ask about, as they stand at this moment. */
export type AskedAbout = Rights & {
  account: string;
  /** Holds a post of a unit; residents and agents of enterprises do not. */
  official: boolean;
  /** Level of the sign-in, where the person's own token was brought. */
  assurance?: Assurance;
};

type Row = RightsRow & {
  account: string;
  sub: string | null;
  person_hash: string | null;
  entity: string | null;
  assurance: Assurance | null;
};

const system = systemActor({ name: 'clients' });

/**
 * Whom a system may ask about: with a person's token that person only; by its own token who signed in to it within half a year
 * and has not taken it back, and who holds a post in the unit that answers for it, then by that post alone. Everybody else is
 * not there, like an account that does not exist. The key of the answer is the name as it was given.
 */
export async function whoIsAskedAbout(asked: {
  client: CallingClient;
  named: readonly Named[];
  services: Services;
}): Promise<{ own?: AskedAbout; bySub: Map<string, AskedAbout>; byAccount: Map<string, AskedAbout> }> {
  const { client, services } = asked;
  const now = services.clock.now();
  const subs = asked.named.flatMap((one) => ('sub' in one ? [one.sub] : []));
  const accounts = asked.named.flatMap((one) => ('account' in one ? [one.account] : []));
  const own = client.person?.account ?? null;
  const since = new Date(now.getTime() - CONSENT_MS);
  await carryOutDue(services);
  const rows = await services.database.tx({ module: 'identity', actor: system, readOnly: true }, (db) =>
    db.rows<Row>(sql`
      with asked as (
        select ${own}::text as account where ${own}::text is not null
        union select account from identity.client_subject where ${own}::text is null and client = ${client.id} and seen_at > ${since}::timestamptz
          and (subject = any(${subs}::text[]) or ${client.subjectType} = 'public' and account = any(${subs}::text[]))
        union select account from unnest(${accounts}::text[]) as account where ${own}::text is null)
      select a.account, k.subject as sub, a.post, a.area, a.person_hash, a.entity, s.assignment as chosen, ${HELD_NOW(now)} as held,
        case when s.id is null then null when s.assured_until > ${now}::timestamptz then s.assurance else 1 end as assurance
      from asked q join identity.account a on a.account = q.account and a.enabled
      left join identity.client_subject k on k.account = a.account and k.client = ${client.id} and k.seen_at > ${since}::timestamptz
      left join identity.oidc_item i on i.model = 'Session' and i.uid_digest = ${client.person?.signOn ?? null}::text
      left join identity.session s on s.id = i.sign_on and s.account = a.account`),
  );
  const found: Awaited<ReturnType<typeof whoIsAskedAbout>> = { bySub: new Map(), byAccount: new Map() };
  for (const row of rows) {
    const person = await personOf(row.person_hash, services);
    const about = (held: RightsRow['held']): AskedAbout => ({
      ...rightsOf({ ...row, held }),
      account: row.account,
      official: row.post === null && held.length > 0,
      person,
      entity: row.entity ?? undefined,
      ...(row.assurance === null ? {} : { assurance: row.assurance }),
    });
    if (own !== null) found.own = about(row.held);
    const sub = client.subjectType === 'public' ? row.account : row.sub;
    if (row.sub !== null && sub !== null) found.bySub.set(sub, about(row.held));
    const there = row.held.filter(({ unit }) => unit === client.unit);
    if (row.post === null && there.length > 0) found.byAccount.set(row.account, about(there));
  }
  return found;
}
