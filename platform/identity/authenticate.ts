import { anonymous, type Assurance, type Post, systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Authenticator } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { rememberActor, rememberedActor, type Signed } from './actor-cache.ts';
import { whoActs } from './acting.ts';
import { applyDueOrders } from './organisation/apply-orders.ts';
import { HELD_NOW, type Held } from './organisation/held.ts';
import { IDLE_MS, sessionIn } from './session.ts';
import { personResolver } from './subjects.ts';

export { forgetSessions } from './actor-cache.ts';

/** `seen_at` is written at most this often. */
const TOUCH_MS = 60_000;
const system = systemActor({ name: 'authenticate' });

/** Says who sends a request, from the session cookie; anyone without a live session is anonymous. */
export const sessionAuthenticator: Authenticator = {
  async authenticate({ cookie, trace, services }) {
    const token = sessionIn(cookie, services.config);
    if (token === undefined) return anonymous(trace);
    const remembered = rememberedActor(services, token);
    if (remembered) return { ...remembered, trace };
    const since = performance.now();
    const found = await readSession({ token, services });
    if (found === undefined) return anonymous(trace);
    rememberActor({ services, token, since, ...found });
    return { ...found.actor, trace };
  },
  async rightsOf({ account, services }) {
    await carryOutDue(services);
    const now = services.clock.now();
    const row = await services.database.tx({ module: 'identity', actor: system, readOnly: true }, (db) =>
      db.first<RightsRow & { person_hash: string | null; entity: string | null }>(sql`
        select a.post, a.area, a.person_hash, a.entity, null as chosen, ${HELD_NOW(now)} as held
        from identity.account a where a.account = ${account} and a.enabled`),
    );
    if (row === undefined) return undefined;
    return { ...rightsOf(row), person: await personOf(row.person_hash, services), entity: row.entity ?? undefined };
  },
};

/** A fault there must not keep anybody from signing in: the job tries again. */
export async function carryOutDue(services: Services): Promise<void> {
  await applyDueOrders(services).catch((error: unknown) =>
    services.log.error({ err: error instanceof Error ? error.message : String(error) }, 'orders not carried out'),
  );
}

/** The resident behind an account; opens a transaction of its own. */
export async function personOf(hash: string | null, services: Services): Promise<string | undefined> {
  const resolver = services.registry.provided(personResolver)[0]?.value;
  return hash !== null && resolver ? resolver.personOf({ hash, services }) : undefined;
}

export type RightsRow = { post: Post | null; area: string | null; chosen: string | null; held: Held[] };
type SessionRow = RightsRow & {
  account: string;
  name: string;
  person_hash: string | null;
  entity: string | null;
  seen_at: Date;
  assurance: Assurance;
  strongest: Assurance;
  acting_for: string | null;
  changes: Date | null;
  due: boolean;
};

/**
 * Rights follow the post (岗位定权): unit, area and reach are those of the assignment that holds now, never of the account. Where
 * an order has come due that nobody has carried out yet, that is done first: no right waits for a busy worker.
 */
async function readSession(options: {
  token: string;
  services: Services;
}): Promise<{ actor: Signed; changes: Date | undefined } | undefined> {
  const { services } = options;
  let row = await findSession(options);
  if (row?.due) {
    await carryOutDue(services);
    row = await findSession(options);
  }
  if (row === undefined) return undefined;
  // Outside the transaction: on the embedded database a second one inside the first would wait for ever.
  const person = await personOf(row.person_hash, services);
  const actor: Signed = {
    kind: 'person',
    account: row.account,
    name: row.name,
    ...rightsOf(row),
    person,
    entity: row.entity ?? undefined,
    assurance: row.assurance,
    strongest: row.strongest,
  };
  const changes = row.changes ?? undefined;
  if (row.acting_for === null) return { actor, changes };
  return { actor: await whoActs({ actor, delegation: row.acting_for, services }), changes };
}

/** What an account may be at this moment; nothing at all for an official who holds no post. */
export function rightsOf({
  post,
  area,
  chosen,
  held,
}: RightsRow): Pick<Signed, 'post' | 'unit' | 'area' | 'reach' | 'assignment' | 'caretaker'> {
  if (post !== null) return { post, area: area ?? undefined, reach: 'own' };
  const assignment = held.find(({ id }) => id === chosen) ?? held[0];
  if (assignment === undefined) return { reach: 'own' };
  return {
    post: assignment.kind,
    unit: assignment.unit,
    area: assignment.area ?? undefined,
    reach: assignment.reach,
    assignment: assignment.id,
    caretaker: assignment.acting,
  };
}

async function findSession({
  token,
  services,
}: {
  token: string;
  services: Services;
}): Promise<SessionRow | undefined> {
  const now = services.clock.now();
  const idleSince = new Date(now.getTime() - IDLE_MS);
  return services.database.tx({ module: 'identity', actor: system }, async (db) => {
    const found = await db.first<SessionRow>(sql`
      select a.account, a.name, a.post, a.area, a.person_hash, a.entity, s.seen_at, s.acting_for, s.assignment as chosen,
        case when s.assured_until > ${now}::timestamptz then s.assurance else 1 end as assurance, identity.strongest(a.account) as strongest,
        ${HELD_NOW(now)} as held,
        least(
          (select least(min(valid_from) filter (where valid_from > ${now}::timestamptz), min(valid_to) filter (where valid_to > ${now}::timestamptz))
            from identity.assignment where account = a.account),
          (select min(effective_at) from identity.transfer_order where state = 'approved' and effective_at > ${now}::timestamptz)) as changes,
        exists (select from identity.transfer_order where state = 'approved' and effective_at <= ${now}::timestamptz) as due
      from identity.session s join identity.account a using (account)
      where s.token_hash = ${token} and s.ended_at is null and a.enabled
        and s.expires_at > ${now}::timestamptz and s.seen_at > ${idleSince}::timestamptz`);
    if (found && now.getTime() - found.seen_at.getTime() > TOUCH_MS) {
      await db.run(sql`update identity.session set seen_at = ${now}::timestamptz where token_hash = ${token}`);
    }
    return found;
  });
}
