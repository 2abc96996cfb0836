import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { Type } from 'typebox';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { recordSignIn } from '../record-sign-in.ts';
import { PasskeyFailed, PasskeyUnavailable } from './errors.ts';

/** A challenge must be answered within this time. */
export const CHALLENGE_MS = 5 * 60_000;
const system = systemActor({ name: 'passkey' });

/** EdDSA, ES256, RS256 (COSE): what devices hold today. */
export const ALGORITHMS = [-8, -7, -257];

export type RelyingParty = { id: string; origin: string };

/** The site that passkeys belong to: the public origin, or this machine by name. Browsers make none for a bare address. */
export function relyingParty(services: Services, headers: Record<string, string | undefined>): RelyingParty {
  const host = headers.host ?? '';
  const local = /^localhost(:\d+)?$/.test(host) ? `http://${host}` : undefined;
  const origin = services.config.publicOrigin ?? local;
  const url = origin === undefined ? undefined : URL.parse(origin);
  if (!url || isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0) throw PasskeyUnavailable.with();
  return { id: url.hostname, origin: url.origin };
}

const digestOf = (challenge: string): string => createHash('sha256').update(challenge).digest('base64url');

/** Remembers a challenge that is about to be handed out. */
export async function keepChallenge(options: {
  services: Services;
  challenge: string;
  purpose: 'register' | 'assert';
  account: string | undefined;
}): Promise<void> {
  const { services, challenge, purpose, account } = options;
  const expires = new Date(services.clock.now().getTime() + CHALLENGE_MS);
  await services.database.tx({ module: 'identity', actor: system }, (db) =>
    db.run(sql`insert into identity.challenge (digest, purpose, account, expires_at)
      values (${digestOf(challenge)}, ${purpose}, ${account ?? null}::text, ${expires}::timestamptz)`),
  );
}

/** Takes a challenge back: true once, for whom and for what it was made. */
async function takeChallenge(options: {
  services: Services;
  challenge: string;
  purpose: 'register' | 'assert';
  account: string | undefined;
}): Promise<boolean> {
  const { services, challenge, purpose, account } = options;
  const taken = await services.database.tx({ module: 'identity', actor: system }, (db) =>
    db.run(sql`delete from identity.challenge where digest = ${digestOf(challenge)} and purpose = ${purpose}
      and account is not distinct from ${account ?? null}::text and expires_at > ${services.clock.now()}::timestamptz`),
  );
  return taken === 1;
}

const B64 = Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength: 20_000 });
const ID = Type.String({ pattern: '^[A-Za-z0-9_-]{1,1400}$' });
const credential = <T extends Record<string, ReturnType<typeof Type.Optional> | typeof B64>>(response: T) =>
  Type.Object({
    id: ID,
    rawId: ID,
    type: Type.Literal('public-key'),
    response: Type.Object({ clientDataJSON: B64, ...response }),
  });
/** What a browser answers to a registration. */
export const RegistrationAnswer = credential({
  attestationObject: B64,
  transports: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 10 })),
});
/** What a browser answers to a challenge. */
export const AssertionAnswer = credential({ authenticatorData: B64, signature: B64, userHandle: Type.Optional(B64) });

export type NewPasskey = { id: string; publicKey: string; counter: number; transports: string[] };

/** Checks a new passkey: made here, for this challenge, with the person verified by the device. Throws PasskeyFailed. */
export async function checkRegistration(options: {
  services: Services;
  headers: Record<string, string | undefined>;
  account: string;
  answer: unknown;
}): Promise<NewPasskey> {
  const { services, headers, account } = options;
  const party = relyingParty(services, headers);
  const response = { clientExtensionResults: {}, ...(options.answer as object) } as RegistrationResponseJSON;
  const result = await verifyRegistrationResponse({
    response,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
    expectedChallenge: (challenge) => takeChallenge({ services, challenge, purpose: 'register', account }),
  }).catch((error: unknown) => failed(error));
  if (!result.verified) throw PasskeyFailed.with();
  const { id, publicKey, counter } = result.registrationInfo.credential;
  return {
    id,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    transports: response.response.transports ?? [],
  };
}

/**
 * Checks an answer to a challenge; gives the account of the passkey. `account` is who is signed in, for a step-up. One refusal
 * for whatever is wrong: an unknown passkey, a disabled account, a wrong signature, an old challenge.
 */
export async function checkAssertion(options: {
  services: Services;
  headers: Record<string, string | undefined>;
  account: string | undefined;
  answer: unknown;
  actor: Actor;
}): Promise<string> {
  const { services, headers, account, actor } = options;
  const party = relyingParty(services, headers);
  const response = { clientExtensionResults: {}, ...(options.answer as object) } as AuthenticationResponseJSON;
  const known = await services.database.tx({ module: 'identity', actor: system, readOnly: true }, (db) =>
    db.first<{ account: string; public_key: string; counter: string }>(sql`
      select p.account, p.public_key, p.counter::text from identity.passkey p join identity.account a using (account)
      where p.id = ${response.id} and a.enabled and (${account ?? null}::text is null or p.account = ${account ?? null}::text)`),
  );
  if (known === undefined) throw PasskeyFailed.with();
  const result = await verifyAuthenticationResponse({
    response,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: true,
    credential: {
      id: response.id,
      publicKey: new Uint8Array(Buffer.from(known.public_key, 'base64url')),
      counter: Number(known.counter),
    },
    expectedChallenge: (challenge) => takeChallenge({ services, challenge, purpose: 'assert', account }),
  }).catch((error: unknown) => error);
  const counter = newCounterOf(result);
  await services.database.tx({ module: 'identity', actor }, async (db) => {
    if (counter === undefined) {
      await recordSignIn({ db, clock: services.clock, account: known.account, outcome: 'passkey-refused' });
    } else {
      await db.run(sql`update identity.passkey set counter = ${counter}::bigint, used_at = ${services.clock.now()}::timestamptz
        where id = ${response.id}`);
    }
  });
  if (counter === undefined) throw PasskeyFailed.with();
  return known.account;
}

function newCounterOf(result: unknown): number | undefined {
  const checked = result as { verified?: boolean; authenticationInfo?: { newCounter: number } };
  return checked.verified === true ? checked.authenticationInfo?.newCounter : undefined;
}

/** The library throws a sentence for each thing that may be wrong; none of them is for the caller. */
function failed(_error: unknown): never {
  throw PasskeyFailed.with();
}
