import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { DelegationEnded } from '#platform/kernel/acting.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { delegations } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from './authenticate.ts';
import { sessionIn } from './session.ts';

const NOBODY = '00000000-0000-7000-8000-000000000000';

/** Begins to act for somebody (替谁办) in this session, under a delegation that the caller holds. */
export const beginActing = route({
  method: 'PUT',
  path: '/api/identity/acting',
  summary: { zh: '开始替别人办理', en: 'Begin to act for somebody' },
  allow: 'signed-in',
  aboutSession: true,
  body: Type.Object({ delegation: Type.String({ format: 'uuid' }) }, { additionalProperties: false }),
  reply: Type.Object({ name: Type.String(), scopes: Type.Array(Type.String()) }),
  errors: [NotFound, DelegationEnded],
  examples: {
    own: { as: 'citizen', body: { delegation: 'fixture:delegation' } },
    foreign: { as: 'citizen', body: { delegation: NOBODY } },
  },
  prepare: async ({ headers, body, actor, services }) => {
    const port = services.registry.provided(delegations)[0]?.value;
    const found = await port?.behalfOf({ delegation: body.delegation, account: actor.account, services });
    if (!found) throw NotFound.with();
    if (found.ended) throw DelegationEnded.with();
    return { found, token: sessionIn(headers.cookie, services.config) ?? '' };
  },
  handler: async ({ db, actor, services, prepared: { found, token } }) => {
    await db.run(
      sql`update identity.session set acting_for = ${found.delegation}::uuid where token_hash = ${token} and account = ${actor.account} and ended_at is null`,
    );
    forgetSessions(services, token);
    return { name: found.name, scopes: [...found.scopes] };
  },
});

/** Ends acting for somebody (结束代办): from now on the session is about the caller again. */
export const endActing = route({
  method: 'DELETE',
  path: '/api/identity/acting',
  summary: { zh: '结束代办', en: 'End acting for somebody' },
  allow: 'signed-in',
  aboutSession: true,
  reply: Type.Object({ acting: Type.Boolean() }),
  examples: { own: { as: 'citizen' } },
  prepare: async ({ headers, services }) => ({ token: sessionIn(headers.cookie, services.config) ?? '' }),
  handler: async ({ db, actor, services, prepared: { token } }) => {
    await db.run(
      sql`update identity.session set acting_for = null where token_hash = ${token} and account = ${actor.account}`,
    );
    forgetSessions(services, token);
    return { acting: false };
  },
});
