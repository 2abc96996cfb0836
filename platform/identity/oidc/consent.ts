import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { providerActor } from './adapter.ts';
import { needsNoConsent } from './prompts.ts';

/** A remembered consent is asked again after this long. */
export const CONSENT_MS = 180 * 24 * 60 * 60_000;

/**
 * What this system has already been allowed to see: by the grant of this session, by a remembered consent of the person, or
 * because it needs none. Each session has a grant of its own, so that a stolen token ends one family and not all.
 */
export async function existingGrant(services: Services, ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { client, session, provider, account } = ctx.oidc;
  if (!client || !account) return undefined;
  const known = ctx.oidc.result?.consent?.grantId ?? session?.grantIdFor(client.clientId);
  const grant = known === undefined ? undefined : await provider.Grant.find(known);
  const wanted = [...ctx.oidc.requestParamOIDCScopes];
  const missing = wanted.filter((scope) => !grant?.getOIDCScopeEncountered().split(' ').includes(scope));
  if (grant && missing.length === 0) return grant;
  const allowed = (await needsNoConsent(services, ctx))
    ? wanted
    : await rememberedScopes({ services, account: account.accountId, client: client.clientId });
  if (!wanted.every((scope) => allowed.includes(scope))) return grant;
  const made = grant ?? new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
  made.addOIDCScope(wanted.join(' '));
  await made.save();
  return made;
}

async function rememberedScopes(options: { services: Services; account: string; client: string }): Promise<string[]> {
  const { services, account, client } = options;
  const found = await services.database.tx({ module: 'identity', actor: providerActor, readOnly: true }, (db) =>
    db.first<{ scopes: string[] }>(sql`select scopes from identity.consent
      where account = ${account} and client = ${client} and expires_at > ${services.clock.now()}::timestamptz`),
  );
  return found?.scopes ?? [];
}
