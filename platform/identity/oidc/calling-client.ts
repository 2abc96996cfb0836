import type { Services } from '#platform/kernel/app.ts';
import { findClient } from './clients.ts';
import { digestOf } from './items.ts';
import { providerOf } from './provider.ts';

/** A system (接入应用) that calls with an access token of its own, or with that of a person who signed in to it. */
export type CallingClient = {
  id: string;
  name: string;
  /** Unit of the district that answers for it. */
  unit: string | null;
  subjectType: 'pairwise' | 'public';
  /** The person whose token it is, with the digest of the sign-in that it came from. */
  person?: { account: string; signOn: string | undefined };
};

/** Longer ones are no tokens of this provider. */
const BEARER = /^Bearer ([\w-]{20,200})$/i;

/**
 * Says which system calls, by its bearer token (RFC 6750), and whether the token carries a scope that the register still gives
 * it. One answer for none, unknown, expired, revoked and out of use.
 */
export async function callingClient(call: {
  authorization: string | undefined;
  scope: string;
  services: Services;
}): Promise<{ client: CallingClient; scoped: boolean } | undefined> {
  const { authorization, scope, services } = call;
  const value = BEARER.exec(authorization ?? '')?.[1];
  if (value === undefined) return undefined;
  const provider = await providerOf(services);
  const ofPerson = await provider.AccessToken.find(value);
  const token = ofPerson ?? (await provider.ClientCredentials.find(value));
  const client = token?.clientId === undefined ? undefined : await findClient(services, token.clientId);
  if (!token || !client) return undefined;
  const signOn = ofPerson?.sessionUid === undefined ? undefined : digestOf(ofPerson.sessionUid);
  return {
    client: {
      id: client.id,
      name: client.name,
      unit: client.unit,
      subjectType: client.subject_type,
      ...(ofPerson ? { person: { account: ofPerson.accountId, signOn } } : {}),
    },
    scoped: token.scopes.has(scope) && client.scopes.includes(scope),
  };
}
