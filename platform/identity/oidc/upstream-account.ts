import { randomBytes } from 'node:crypto';
import { type Assurance, systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { browserOf, openSession } from '../open-session.ts';
import { hashPassword } from '../password.ts';
import { ID_NUMBER_LOOKUP, personResolver } from '../subjects.ts';
import type { Upstream } from './upstream-config.ts';

/** What the other provider says of a person. Its telephone number and the like are not even read. */
export type UpstreamPerson = {
  subject: string;
  idNumber: string | undefined;
  name: string | undefined;
  level: number;
};

/** Why a sign-in by the other provider did not lead to an account here; the page says it in words. */
export type UpstreamProblem =
  | 'upstream-down'
  | 'upstream-refused'
  | 'upstream-denied'
  | 'upstream-no-number'
  | 'upstream-other-person'
  | 'upstream-unknown'
  | 'upstream-disabled';

const actor = systemActor({ name: 'upstream' });

/**
 * Signs in whoever the other provider has named, by the verified identity number only (P11 logic 1): an account that is tied to
 * another number, or a number that another account of that provider came with, is refused. A resident who is known but has no
 * account gets one.
 */
export async function openUpstreamSession(options: {
  services: Services;
  upstream: Upstream;
  person: UpstreamPerson;
  headers: Record<string, string | undefined>;
  trace: string;
  header: (name: string, value: string) => void;
}): Promise<UpstreamProblem | undefined> {
  const { services, upstream, person, headers, header } = options;
  if (!person.idNumber) return 'upstream-no-number';
  const number = services.keyring.lookup(ID_NUMBER_LOOKUP, person.idNumber);
  const subject = services.keyring.lookup('upstream-subject', `${upstream.id}|${person.subject}`);
  const resolver = services.registry.provided(personResolver)[0]?.value;
  const resident = await resolver?.personOf({ hash: number, services });
  // Hashing takes its time and has no place in a transaction; nobody knows this password.
  const spare = await hashPassword(randomBytes(24).toString('base64url'));
  const level = Math.min(4, Math.max(1, person.level)) as Assurance;
  return services.database.tx({ module: 'identity', actor: { ...actor, trace: options.trace } }, async (db) => {
    await db.rows(sql`select pg_advisory_xact_lock(310112)`);
    const found = await accountFor({ db, source: upstream.id, subject, number });
    if (typeof found === 'string') return found;
    if (!found && resident === undefined) return 'upstream-unknown';
    const account = found?.account ?? (await addResident({ db, number, name: person.name, spare }));
    const now = services.clock.now();
    await db.run(sql`insert into identity.upstream_link (source, subject_digest, account, level, linked_at, seen_at)
      values (${upstream.id}, ${subject}, ${account}, ${level}::int, ${now}::timestamptz, ${now}::timestamptz)
      on conflict (source, subject_digest) do update set level = excluded.level, seen_at = excluded.seen_at`);
    const browser = browserOf(headers, services);
    await openSession({ db, services, account, assurance: level, amr: ['fed'], forSystem: true, browser, header });
    return undefined;
  });
}

type Found = { account: string; enabled: boolean; person_hash: string | null };

/** The account that this subject or this number belongs to; a problem where the two do not agree. */
async function accountFor(options: {
  db: Db;
  source: string;
  subject: string;
  number: string;
}): Promise<Found | UpstreamProblem | undefined> {
  const { db, source, subject, number } = options;
  const linked =
    await db.first<Found>(sql`select a.account, a.enabled, a.person_hash from identity.upstream_link l join identity.account a using (account)
    where l.source = ${source} and l.subject_digest = ${subject}`);
  if (linked && linked.person_hash !== number) return 'upstream-other-person';
  const byNumber = linked
    ? [linked]
    : await db.rows<Found>(sql`select account, enabled, person_hash from identity.account
        where person_hash = ${number} and post = 'citizen' order by created_at, account`);
  const [found] = byNumber;
  if (!found) return undefined;
  if (!found.enabled) return 'upstream-disabled';
  const other = await db.first(sql`select 1 as taken from identity.upstream_link
    where source = ${source} and account = ${found.account} and subject_digest <> ${subject}`);
  return other ? 'upstream-other-person' : found;
}

async function addResident(options: {
  db: Db;
  number: string;
  name: string | undefined;
  spare: string;
}): Promise<string> {
  const { db, number, name, spare } = options;
  const account = `resident.${randomBytes(6).toString('hex')}`;
  await db.run(sql`insert into identity.account (account, name, post, reach, password_hash, person_hash)
    values (${account}, ${(name ?? '居民').slice(0, 60)}, 'citizen', 'own', ${spare}, ${number})`);
  return account;
}
