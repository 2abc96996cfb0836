import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from './authenticate.ts';
import { signOnCookie } from './oidc/sign-on.ts';
import { recordSignIn } from './record-sign-in.ts';
import { sessionCookie, sessionIn } from './session.ts';

/** Ends the session of the cookie (退出). Without one it answers the same, so that signing out twice is no error. */
export const signOut = route({
  method: 'POST',
  path: '/api/identity/logout',
  summary: { zh: '退出登录', en: 'Sign out' },
  allow: 'public',
  repeatable: true,
  aboutSession: true,
  reply: Type.Object({ signedIn: Type.Boolean() }),
  examples: { own: { as: 'anonymous' } },
  prepare: async ({ headers, services }) => ({ token: sessionIn(headers.cookie, services.config) }),
  handler: async ({ db, clock, services, prepared: { token }, header }) => {
    if (token !== undefined) {
      const ended = await db.first<{ account: string }>(
        sql`update identity.session set ended_at = ${clock.now()}::timestamptz, ended_why = 'logout' where token_hash = ${token} and ended_at is null returning account`,
      );
      if (ended) await recordSignIn({ db, clock, account: ended.account, outcome: 'signed-out' });
      forgetSessions(services, token);
    }
    header('set-cookie', sessionCookie({ token: undefined, config: services.config }));
    header('set-cookie', signOnCookie({ token: undefined, config: services.config }));
    return { signedIn: false };
  },
});
