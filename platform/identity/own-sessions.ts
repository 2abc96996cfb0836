import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { forgetSessions } from './authenticate.ts';
import { recordSignIn } from './record-sign-in.ts';
import { assertFreshProof } from './renew-proof.ts';
import { IDLE_MS, sessionIn } from './session.ts';

/** The caller's live sessions, the one that asks marked. */
export const listOwnSessions = route({
  method: 'GET',
  path: '/api/identity/sessions',
  summary: { zh: '我的登录会话', en: 'My sessions' },
  allow: 'signed-in',
  reply: Type.Object({
    sessions: Type.Array(
      Type.Object({
        id: Type.String(),
        device: Type.String(),
        createdAt: Type.String(),
        seenAt: Type.String(),
        current: Type.Boolean(),
      }),
    ),
  }),
  examples: { own: { as: 'street-clerk' } },
  prepare: async ({ headers, services }) => ({ token: sessionIn(headers.cookie, services.config) ?? '' }),
  handler: async ({ db, actor, clock, prepared }) => {
    const now = clock.now();
    const rows = await db.rows<{ id: string; device: string; created_at: Date; seen_at: Date; current: boolean }>(sql`
      select id, device, created_at, seen_at, token_hash = ${prepared.token} as current from identity.session
      where account = ${actor.account} and ended_at is null and expires_at > ${now}::timestamptz
        and seen_at > ${new Date(now.getTime() - IDLE_MS)}::timestamptz order by created_at desc`);
    return {
      sessions: rows.map((r) => ({
        id: r.id,
        device: r.device,
        createdAt: r.created_at.toISOString(),
        seenAt: r.seen_at.toISOString(),
        current: r.current,
      })),
    };
  },
});

/** Ends one of the caller's sessions by id, or with `others` all but the one that asks. */
export const endOwnSession = route({
  method: 'DELETE',
  path: '/api/identity/sessions/:id',
  summary: { zh: '结束我的登录会话', en: 'End one of my sessions' },
  allow: 'signed-in',
  assurance: 2,
  passwordOnly: true,
  params: Type.Object({ id: Type.String({ pattern: '^(others|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$' }) }),
  reply: Type.Object({ ended: Type.Integer() }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { id: 'others' } },
    foreign: { as: 'street-clerk', params: { id: '00000000-0000-7000-8000-000000000000' } },
  },
  prepare: async ({ actor, headers, services }) => {
    const token = sessionIn(headers.cookie, services.config) ?? '';
    await assertFreshProof({ services, actor, token });
    return { token };
  },
  handler: async ({ db, actor, clock, services, params: { id }, prepared }) => {
    const which = id === 'others' ? sql`token_hash <> ${prepared.token}` : sql`id = ${id}::uuid`;
    const ended = await db.rows<{ token_hash: string; device_hash: string | null }>(sql`
      update identity.session set ended_at = ${clock.now()}::timestamptz, ended_why = 'other-device'
      where account = ${actor.account} and ended_at is null and ${which} returning token_hash, device_hash`);
    if (id !== 'others' && ended.length === 0) throw NotFound.with();
    for (const { token_hash } of ended) forgetSessions(services, token_hash);
    // A device that was sent away is a stranger again, unless it is the one that asks.
    const devices = ended.flatMap(({ device_hash }) => device_hash ?? []);
    await db.run(sql`delete from identity.device where account = ${actor.account} and token_hash = any(${devices}::text[])
      and token_hash is distinct from (select device_hash from identity.session where token_hash = ${prepared.token})`);
    if (ended.length > 0) await recordSignIn({ db, clock, account: actor.account, outcome: 'session-ended' });
    return { ended: ended.length };
  },
});
