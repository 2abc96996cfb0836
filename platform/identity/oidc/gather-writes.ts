import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Services } from '#platform/kernel/app.ts';
import { applyChanges, UsedTwice } from './adapter.ts';
import { endSignOn } from './end-sign-on.ts';
import { beginUnit, endUnit } from './request-unit.ts';

const TOKEN_PATH = '/oidc/token';
const LOGOUT_PATH = '/oidc/session/end/confirm';

/**
 * The token endpoint writes once, in one transaction, before it answers. Whoever comes second with a code or a refresh token
 * gets `invalid_grant`, and the family is gone.
 */
export function gatherWrites(services: Services) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    if (ctx.path === LOGOUT_PATH) return endAtProvider({ services, ctx, next });
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
async function endAtProvider(options: {
  services: Services;
  ctx: KoaContextWithOIDC;
  next: () => Promise<void>;
}): Promise<void> {
  const { services, ctx, next } = options;
  await next();
  if (ctx.oidc?.params?.logout === undefined || ctx.status !== 303) return;
  await endSignOn(services, ctx.req.headers.cookie);
}
