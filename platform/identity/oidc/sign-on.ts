import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Config } from '#platform/kernel/config.ts';
import { setCookie, tokenIn } from '#platform/kernel/cookies.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ABSOLUTE_MS, IDLE_MS, tokenHash } from '../session.ts';

const signOnActor = systemActor({ name: 'sign-on' });

/** Digest of the token by which the provider knows the browser (登录凭证), if one of the right shape is there. */
export function signOnIn(cookie: string | undefined, config: Config): string | undefined {
  const token = tokenIn(cookie, 'sso', config);
  return token === undefined ? undefined : tokenHash(token);
}

/** The Set-Cookie header of that token, or the one that takes it back. */
export function signOnCookie(options: { token: string | undefined; config: Config }): string {
  const { token, config } = options;
  return setCookie({ name: 'sso', value: token ?? '', seconds: token === undefined ? 0 : ABSOLUTE_MS / 1000, config });
}

/** A live sign-in of this browser, as the provider needs it. */
export type SignOn = { id: string; account: string; level: number; amr: string[]; proved_at: Date };

/** The sign-in that the browser's cookie names, while it lives and its account may sign in. */
export async function readSignOn(services: Services, cookie: string | undefined): Promise<SignOn | undefined> {
  const hash = signOnIn(cookie, services.config);
  if (hash === undefined) return undefined;
  const now = services.clock.now();
  return services.database.tx({ module: 'identity', actor: signOnActor, readOnly: true }, (db) =>
    db.first<SignOn>(sql`select s.id, s.account, s.amr, s.created_at as proved_at,
        case when s.assured_until > ${now}::timestamptz then s.assurance else 1 end as level
      from identity.session s join identity.account a using (account)
      where s.sso_hash = ${hash} and s.ended_at is null and a.enabled and s.expires_at > ${now}::timestamptz
        and s.seen_at > ${new Date(now.getTime() - IDLE_MS)}::timestamptz`),
  );
}

/** A system was opened with it: the sign-in is in use. */
export async function touchSignOn(services: Services, id: string): Promise<void> {
  await services.database.tx({ module: 'identity', actor: signOnActor }, (db) =>
    db.run(sql`update identity.session set seen_at = ${services.clock.now()}::timestamptz where id = ${id}::uuid`),
  );
}
