import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from '../actor-cache.ts';
import { HOLDS } from './held.ts';

/** Who holds what now (在岗人员). A person with two accounts is one person where both are linked to the same resident. */
export type Holder = { person: string; account: string; name: string; post: string; unit: string | null };

const actor = systemActor({ name: 'holders' });

/** Everyone who may sign in, with each kind of post that they hold; residents and agents of enterprises hold theirs without a unit. */
export async function listHolders(services: Services): Promise<Holder[]> {
  const now = services.clock.now();
  return services.database.tx({ module: 'identity', actor, readOnly: true }, (db) =>
    db.rows<Holder>(sql`
      select distinct coalesce(a.person_hash, a.account) as person, a.account, a.name, p.kind as post, p.unit
      from identity.assignment g join identity.account a using (account) join identity.post p on p.id = g.post join identity.unit u on u.code = p.unit
      where a.enabled and ${HOLDS(now)}
      union all select coalesce(a.person_hash, a.account), a.account, a.name, a.post, null from identity.account a where a.enabled and a.post is not null
      order by unit nulls last, account, post`),
  );
}

/**
 * Ends what somebody holds of one kind in one unit, at once. Demo accounts keep theirs, or an unattended sample district would
 * lock itself.
 */
export async function endHolding(options: {
  services: Services;
  holder: { account: string; post: string; unit: string };
}): Promise<void> {
  const { services, holder } = options;
  const now = services.clock.now();
  await services.database.tx({ module: 'identity', actor }, async (db) => {
    const ended =
      await db.run(sql`update identity.assignment g set valid_to = greatest(g.valid_from, ${now}::timestamptz)
      from identity.post p, identity.account a where p.id = g.post and a.account = g.account and not a.sample
        and g.account = ${holder.account} and p.kind = ${holder.post} and p.unit = ${holder.unit} and (g.valid_to is null or g.valid_to > ${now}::timestamptz)`);
    if (ended > 0) await db.emit({ type: 'identity.assignment.ended', subject: holder.account });
  });
  forgetSessions(services);
}
