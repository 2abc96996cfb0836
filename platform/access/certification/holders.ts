import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { forgetSessions } from '#platform/identity/authenticate.ts';
import { sql } from '#platform/kernel/sql.ts';

/*
 * The one place where certification touches who holds what: today an account has one post in one unit. When assignments have
 * their own table, these two functions read and end assignments instead.
 */

export type Holder = { account: string; name: string; post: string; unit: string };
const actor = systemActor({ name: 'certification' });

/** Everyone who holds a post in a unit. Demo accounts of a sample district are certified like others. */
export async function holdersOfPosts(services: Services): Promise<Holder[]> {
  return services.database.tx({ module: 'identity', actor, readOnly: true }, (db) =>
    db.rows<Holder>(
      sql`select account, name, post, unit from identity.account where enabled and unit is not null order by unit, account`,
    ),
  );
}

/**
 * Takes the right away that nobody confirmed. Demo accounts keep theirs, or an unattended sample district would lock itself; their
 * entry lapses all the same.
 */
export async function endHolding(options: {
  services: Services;
  holder: Pick<Holder, 'account' | 'post' | 'unit'>;
}): Promise<void> {
  const { services, holder } = options;
  await services.database.tx({ module: 'identity', actor }, (db) =>
    db.run(sql`update identity.account set enabled = false
      where account = ${holder.account} and post = ${holder.post} and unit = ${holder.unit} and not sample`),
  );
  forgetSessions(services);
}
