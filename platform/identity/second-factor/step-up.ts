import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from '../authenticate.ts';
import { recordSignIn } from '../record-sign-in.ts';
import { sessionIn } from '../session.ts';
import { CodeLocked, CodeWrong } from './errors.ts';
import { exampleCode } from './examples.ts';
import { ASSURED_MS, useCode } from './use-code.ts';

/** Raises the session to level 2 for a quarter of an hour (二次验证). */
export const stepUp = route({
  method: 'POST',
  path: '/api/identity/step-up',
  summary: { zh: '二次验证', en: 'Confirm that it is you' },
  allow: 'signed-in',
  repeatable: true,
  body: Type.Object({ code: Type.String({ minLength: 6, maxLength: 20 }) }, { additionalProperties: false }),
  reply: Type.Object({ assurance: Type.Integer(), until: Type.String() }),
  errors: [CodeWrong, CodeLocked],
  examples: { own: () => ({ as: 'security-auditor', body: { code: exampleCode() } }) },
  prepare: async ({ body, headers, actor, services }) => {
    await useCode({ services, account: actor.account, code: body.code, actor });
    return { token: sessionIn(headers.cookie, services.config) ?? '' };
  },
  handler: async ({ db, actor, clock, services, prepared: { token } }) => {
    const until = new Date(clock.now().getTime() + ASSURED_MS);
    await db.run(sql`update identity.session set assurance = 2, assured_until = ${until}::timestamptz
      where token_hash = ${token} and account = ${actor.account}`);
    await recordSignIn({ db, clock, account: actor.account, outcome: 'stepped-up' });
    forgetSessions(services, token);
    return { assurance: 2, until: until.toISOString() };
  },
});
