import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { raiseSession } from '../open-session.ts';
import { renewToken } from '../renew-proof.ts';
import { sessionIn } from '../session.ts';
import { CodeLocked, CodeWrong } from './errors.ts';
import { exampleCode } from './examples.ts';
import { useCode } from './use-code.ts';

/** Raises the session to level 2 for a quarter of an hour (二次验证). */
export const stepUp = route({
  method: 'POST',
  path: '/api/identity/step-up',
  summary: { zh: '二次验证', en: 'Confirm that it is you' },
  allow: 'signed-in',
  aboutSession: true,
  repeatable: true,
  body: Type.Object({ code: Type.String({ minLength: 6, maxLength: 20 }) }, { additionalProperties: false }),
  reply: Type.Object({ assurance: Type.Integer(), until: Type.String() }),
  errors: [CodeWrong, CodeLocked],
  examples: { own: () => ({ as: 'security-auditor', body: { code: exampleCode() } }) },
  prepare: async ({ body, headers, actor, services }) => {
    await useCode({ services, account: actor.account, code: body.code, actor });
    return { token: sessionIn(headers.cookie, services.config) ?? '' };
  },
  handler: async ({ db, actor, services, prepared: { token }, header }) => {
    const until = await raiseSession({ db, services, account: actor.account, token });
    await renewToken({ db, services, token, header });
    return { assurance: 2, until: until.toISOString() };
  },
});
