import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Services } from '#platform/kernel/app.ts';
import { applyChanges, UsedTwice } from './adapter.ts';
import { beginUnit, endUnit } from './request-unit.ts';

const TOKEN_PATH = '/oidc/token';

/**
 * The token endpoint writes once, in one transaction, before it answers. Whoever comes second with a code or a refresh token
 * gets `invalid_grant`, and the family is gone.
 */
export function gatherWrites(services: Services) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
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
