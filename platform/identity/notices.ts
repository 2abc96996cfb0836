import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { sessionIn } from './session.ts';

const MOST = 5;

/**
 * What this session should know of its account (账号提醒): sign-ins from a new device since it began, until they were marked as
 * seen. The session that came from the new device is not told of itself.
 */
export const listNotices = route({
  method: 'GET',
  path: '/api/identity/notices',
  summary: { zh: '账号提醒', en: 'Notices about my account' },
  allow: 'signed-in',
  aboutSession: true,
  reply: Type.Object({
    newDevices: Type.Array(Type.Object({ at: Type.String(), device: Type.Union([Type.String(), Type.Null()]) })),
  }),
  examples: { own: { as: 'street-clerk' } },
  prepare: async ({ headers, services }) => ({ token: sessionIn(headers.cookie, services.config) ?? '' }),
  handler: async ({ db, actor, prepared: { token } }) => {
    const rows = await db.rows<{ at: Date; device: string | null }>(sql`
      select i.at, i.device from identity.session s join identity.sign_in i
        on i.account = s.account and i.new_device and i.at > coalesce(s.told_at, s.created_at)
      where s.token_hash = ${token} and s.account = ${actor.account} order by i.at desc limit ${MOST}::int`);
    return { newDevices: rows.map(({ at, device }) => ({ at: at.toISOString(), device })) };
  },
});

/** Marks them as seen, in this session. */
export const dismissNotices = route({
  method: 'PUT',
  path: '/api/identity/notices/seen',
  summary: { zh: '知道了', en: 'Mark notices as seen' },
  allow: 'signed-in',
  aboutSession: true,
  reply: Type.Object({ seen: Type.Boolean() }),
  examples: { own: { as: 'street-clerk' } },
  prepare: async ({ headers, services }) => ({ token: sessionIn(headers.cookie, services.config) ?? '' }),
  handler: async ({ db, actor, clock, prepared: { token } }) => {
    await db.run(sql`update identity.session set told_at = ${clock.now()}::timestamptz
      where token_hash = ${token} and account = ${actor.account}`);
    return { seen: true };
  },
});
