import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from '../authenticate.ts';
import { recordSignIn } from '../record-sign-in.ts';
import { signOnIn } from './sign-on.ts';

/** Ends the sign-in of this browser by the wish of a system (统一退出); the systems that were opened with it are told by jobs. */
export async function endSignOn(services: Services, cookie: string | undefined): Promise<void> {
  const signOn = signOnIn(cookie, services.config);
  if (signOn === undefined) return;
  const now = services.clock.now();
  const actor = systemActor({ name: 'sign-on' });
  const ended = await services.database.tx({ module: 'identity', actor }, async (db) => {
    const row = await db.first<{ account: string; token_hash: string }>(sql`update identity.session
      set ended_at = ${now}::timestamptz, ended_why = 'provider-logout' where sso_hash = ${signOn} and ended_at is null returning account, token_hash`);
    if (row) await recordSignIn({ db, clock: services.clock, account: row.account, outcome: 'signed-out' });
    return row;
  });
  if (ended) forgetSessions(services, ended.token_hash);
  services.wake();
}
