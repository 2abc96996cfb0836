import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from '../authenticate.ts';
import { recordSignIn } from '../record-sign-in.ts';
import { applyChanges, providerActor, UsedTwice } from './adapter.ts';
import { beginUnit, endUnit } from './request-unit.ts';
import { signOnIn } from './sign-on.ts';

const TOKEN_PATH = '/oidc/token';
const LOGOUT_PATH = '/oidc/session/end/confirm';

/**
 * The token endpoint writes once, in one transaction, before it answers. Whoever comes second with a code or a refresh token
 * gets `invalid_grant`, and the family is gone.
 */
export function gatherWrites(services: Services) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    if (ctx.path === LOGOUT_PATH) return endSignOn({ services, ctx, next });
    if (ctx.path !== TOKEN_PATH) return next();
    const unit = beginUnit(ctx.req);
    try {
      await next();
      await applyChanges(services, unit.changes);
    } catch (error) {
      if (!(error instanceof UsedTwice)) throw error;
      ctx.status = 400;
      ctx.body = { error: 'invalid_grant', error_description: 'grant request is invalid' };
    } finally {
      endUnit(ctx.req);
    }
  };
}

/** Who signs out at the provider signs out of the web as well: both are the same sign-in. */
async function endSignOn(options: {
  services: Services;
  ctx: KoaContextWithOIDC;
  next: () => Promise<void>;
}): Promise<void> {
  const { services, ctx, next } = options;
  await next();
  if (ctx.oidc?.params?.logout === undefined || ctx.status !== 303) return;
  const signOn = signOnIn(ctx.req.headers.cookie, services.config);
  if (signOn === undefined) return;
  const now = services.clock.now();
  const ended = await services.database.tx({ module: 'identity', actor: providerActor }, async (db) => {
    const row = await db.first<{ account: string; token_hash: string }>(sql`update identity.session
      set ended_at = ${now}::timestamptz, ended_why = 'provider-logout' where sso_hash = ${signOn} and ended_at is null returning account, token_hash`);
    if (row) await recordSignIn({ db, clock: services.clock, account: row.account, outcome: 'signed-out' });
    return row;
  });
  if (ended) forgetSessions(services, ended.token_hash);
  services.wake();
}
