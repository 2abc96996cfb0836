import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import type { Services } from '#platform/kernel/app.ts';
import { findClient } from './clients.ts';

const { Check, base } = interactionPolicy;

/** Levels of assurance (认证保证级别) as `acr` values. */
export const ACR_VALUES = ['1', '2', '3', '4'] as const;

/** The least level that a request asks for by `acr_values`; 1 when it asks for none. */
export function wantedLevel(acrValues: unknown): number {
  if (typeof acrValues !== 'string') return 1;
  const levels = acrValues
    .split(' ')
    .flatMap((value) => ((ACR_VALUES as readonly string[]).includes(value) ? [Number(value)] : []));
  return levels.length === 0 ? 1 : Math.min(...levels);
}

/** When the person is asked for something: to sign in, to prove more, to consent. */
export function prompts(services: Services) {
  const policy = base();
  policy.get('login')?.checks.add(
    new Check(
      'level_too_low',
      'the session is not as sure of the person as the request asks for',
      'unmet_authentication_requirements',
      (ctx) => Number(ctx.oidc.session?.acr ?? 0) < wantedLevel(ctx.oidc.params?.acr_values),
      (ctx) => ({ level: wantedLevel(ctx.oidc.params?.acr_values) }),
    ),
  );
  const consent = policy.get('consent')?.checks;
  // A request that is not allowed to ask is told so, but a system of the district's own task need not ask at all.
  consent?.remove('native_client_prompt');
  void services;
  return policy;
}

/** Whether a system may see what it asks for without a question: the platform's own, or a unit's for its statutory task. */
export async function needsNoConsent(services: Services, ctx: KoaContextWithOIDC): Promise<boolean> {
  const client = await findClient(services, ctx.oidc.client?.clientId ?? '');
  return client !== undefined && client.consent !== 'ask';
}
