import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ID_NUMBER_LOOKUP, personResolver } from '#platform/identity/subjects.ts';
import { daysAfter } from './delegation-rules.ts';
import { delegationTerms } from './delegation-terms.ts';

type Party = { account: string; name: string; idNumber: string };

/** Puts a relative's consent that was given elsewhere on record, in force for the longest term but a day; once for the same two. For sample data. */
export async function putConsent(options: {
  services: Services;
  giver: Party;
  taker: Party;
  scopes: readonly string[];
  evidence: string;
}): Promise<string | undefined> {
  const { services, giver, taker, scopes, evidence } = options;
  const resolver = services.registry.provided(personResolver)[0]?.value;
  const pidOf = ({ idNumber }: Party) =>
    resolver?.personOf({ hash: services.keyring.lookup(ID_NUMBER_LOOKUP, idNumber), services });
  const from = await pidOf(giver);
  const to = await pidOf(taker);
  if (from === undefined || to === undefined) return undefined;
  const now = services.clock.now();
  const id = uuidv7();
  const made = await services.database.tx({ module: 'access', actor: systemActor({ name: 'sample' }) }, async (db) => {
    const { longest } = await delegationTerms(db, now);
    const until = daysAfter(now, longest.consent - 1);
    return db.run(sql`
      insert into access.delegation (id, basis, giver_person, giver_name, offered_by, to_account, to_label, taker_account, taker_person, taker_name, scopes,
        valid_from, valid_to, evidence, state, offered_at, answered_at)
      select ${id}::uuid, 'consent', ${from}::uuid, ${giver.name}, ${giver.account}, ${taker.account}, ${taker.name}, ${taker.account}, ${to}::uuid, ${taker.name},
        ${[...scopes]}::text[], ${now}::timestamptz, ${until}::timestamptz, ${evidence}, 'accepted', ${now}::timestamptz, ${now}::timestamptz
      where not exists (select from access.delegation where giver_person = ${from}::uuid and taker_account = ${taker.account})`);
  });
  return made > 0 ? id : undefined;
}
