import { generateAuthenticationOptions } from '@simplewebauthn/server';
import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { assertLiving, HolderDeceased } from '../death.ts';
import { browserOf, openSession, raiseSession } from '../open-session.ts';
import { sessionIn } from '../session.ts';
import { PasskeyFailed, PasskeyUnavailable } from './errors.ts';
import { exampleAssertion } from './examples.ts';
import { AssertionAnswer, checkAssertion, keepChallenge, relyingParty } from './verify.ts';

const Answer = Type.Object({ answer: AssertionAnswer }, { additionalProperties: false });

/** A challenge for any passkey of this site; the browser asks which. Of someone signed in it is for them alone. */
export const passkeyChallenge = route({
  method: 'POST',
  path: '/api/identity/passkeys/challenge',
  summary: { zh: '通行密钥挑战', en: 'A challenge for a passkey' },
  allow: 'public',
  repeatable: true,
  reply: Type.Object({ options: Type.Unknown() }),
  errors: [PasskeyUnavailable],
  examples: { own: { as: 'anonymous' } },
  prepare: async ({ actor, headers, services }) => {
    const { id } = relyingParty(services, headers);
    const options = await generateAuthenticationOptions({ rpID: id, userVerification: 'required' });
    const account = actor.kind === 'person' ? actor.account : undefined;
    await keepChallenge({ services, challenge: options.challenge, purpose: 'assert', account });
    return { options };
  },
  handler: async ({ prepared }) => prepared,
});

/** Signs in by a passkey (通行密钥登录): the device has verified the person, so the session has level 2 for a while. */
export const passkeySignIn = route({
  method: 'POST',
  path: '/api/identity/login/passkey',
  summary: { zh: '通行密钥登录', en: 'Sign in by passkey' },
  allow: 'public',
  repeatable: true,
  bodyLimit: 64 * 1024,
  body: Type.Object(
    { answer: AssertionAnswer, forSystem: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ signedIn: Type.Boolean() }),
  errors: [PasskeyUnavailable, PasskeyFailed, HolderDeceased],
  examples: { own: () => ({ as: 'anonymous', body: { answer: exampleAssertion() } }) },
  prepare: async ({ actor, body, headers, services }) => {
    const account = await checkAssertion({
      services,
      headers,
      account: actor.kind === 'person' ? actor.account : undefined,
      answer: body.answer,
      actor,
    });
    await assertLiving({ services, account, actor });
    return { account, browser: browserOf(headers, services) };
  },
  handler: async ({ db, services, body: { forSystem }, prepared: { account, browser }, header }) => {
    const amr = ['hwk', 'mfa', 'user'] as const;
    await openSession({ db, services, account, assurance: 2, amr, forSystem, browser, header });
    return { signedIn: true };
  },
});

/** Raises the session by a passkey of the same account. */
export const passkeyStepUp = route({
  method: 'POST',
  path: '/api/identity/step-up/passkey',
  summary: { zh: '用通行密钥二次验证', en: 'Confirm by passkey that it is you' },
  allow: 'signed-in',
  aboutSession: true,
  repeatable: true,
  bodyLimit: 64 * 1024,
  body: Answer,
  reply: Type.Object({ assurance: Type.Integer(), until: Type.String() }),
  errors: [PasskeyUnavailable, PasskeyFailed],
  examples: { own: () => ({ as: 'security-auditor', body: { answer: exampleAssertion() } }) },
  prepare: async ({ actor, body, headers, services }) => {
    await checkAssertion({ services, headers, account: actor.account, answer: body.answer, actor });
    return { token: sessionIn(headers.cookie, services.config) ?? '' };
  },
  handler: async ({ db, actor, services, prepared: { token } }) => ({
    assurance: 2,
    until: (await raiseSession({ db, services, account: actor.account, token, amr: ['hwk', 'user'] })).toISOString(),
  }),
});
