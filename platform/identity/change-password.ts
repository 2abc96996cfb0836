import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { domainError, InvalidInput } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { countTry, forgetTries, ownCounter } from './attempts.ts';
import { forgetSessions } from './authenticate.ts';
import { passwordFault } from './check-password.ts';
import { hashPassword, passwordMatches } from './password.ts';
import { recordSignIn } from './record-sign-in.ts';
import { sessionIn } from './session.ts';
import { demoExample } from './demo-accounts.ts';

export const OldPasswordWrong = domainError({
  code: 'OLD_PASSWORD_WRONG',
  status: 422,
  title: { zh: '当前密码不正确', en: 'The present password is not right' },
  action: {
    zh: '请核对后再试；多次输错会暂时锁定。',
    en: 'Check it and try again; repeated mistakes lock this for a while.',
  },
});
export const PasswordLocked = domainError({
  code: 'PASSWORD_LOCKED',
  status: 429,
  title: { zh: '当前密码输错次数过多，暂时锁定', en: 'Too many wrong passwords; locked for a while' },
  action: { zh: '请稍后再试。', en: 'Try again later.' },
});

/** Changes one's own password (修改密码): asks for the present one, and ends every other session. */
export const changePassword = route({
  method: 'POST',
  path: '/api/identity/password',
  summary: { zh: '修改密码', en: 'Change my password' },
  allow: 'signed-in',
  assurance: 2,
  passwordOnly: true,
  repeatable: true,
  bodyLimit: 4096,
  body: Type.Object(
    {
      current: Type.String({ minLength: 1, maxLength: 200 }),
      next: Type.String({ minLength: 1, maxLength: 200 }),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ changed: Type.Boolean(), ended: Type.Integer() }),
  errors: [OldPasswordWrong, PasswordLocked],
  examples: {
    own: () => {
      const { account, password } = demoExample('security-auditor').body as { account: string; password: string };
      return { as: 'security-auditor', body: { current: password, next: `${account} 四只白鹭过江` } };
    },
  },
  prepare: async ({ body, headers, actor, services }) => {
    const counters = ownCounter(services, 'change-password', actor.account);
    const { lockedUntil } = await countTry({ services, counters });
    if (lockedUntil !== undefined) throw PasswordLocked.with({ extra: { lockedUntil: lockedUntil.toISOString() } });
    const { password_hash } = await services.database.tx({ module: 'identity', actor, readOnly: true }, (db) =>
      db.one<{ password_hash: string }>(
        sql`select password_hash from identity.account where account = ${actor.account}`,
      ),
    );
    if (!(await passwordMatches({ hash: password_hash, password: body.current }))) throw OldPasswordWrong.with();
    const fault =
      body.next.normalize('NFKC') === body.current.normalize('NFKC')
        ? { pointer: '/next', rule: 'same', message: { zh: '与当前密码相同', en: 'is the present password' } }
        : await passwordFault({ services, password: body.next, pointer: '/next', about: actor });
    if (fault) throw InvalidInput.with({ fields: [fault] });
    return {
      counters,
      hash: await hashPassword(body.next),
      token: sessionIn(headers.cookie, services.config) ?? '',
      was: password_hash,
    };
  },
  handler: async ({ db, actor, clock, services, prepared: { counters, hash, token, was } }) => {
    const { account } = actor;
    // Changed meanwhile by another request: the password that was asked for is not the present one any more.
    const changed = await db.run(
      sql`update identity.account set password_hash = ${hash} where account = ${account} and password_hash = ${was}`,
    );
    if (changed === 0) throw OldPasswordWrong.with();
    await forgetTries(db, counters);
    // Whoever knew the old password may be known on a device: only the ones of this session stay known.
    await db.run(sql`delete from identity.device d where account = ${account} and token_hash is distinct from
      (select device_hash from identity.session where token_hash = ${token})`);
    const ended = await db.rows<{ token_hash: string }>(sql`update identity.session
      set ended_at = ${clock.now()}::timestamptz, ended_why = 'password-changed'
      where account = ${account} and ended_at is null and token_hash <> ${token} returning token_hash`);
    for (const { token_hash } of ended) forgetSessions(services, token_hash);
    await recordSignIn({ db, clock, account, outcome: 'password-changed' });
    return { changed: true, ended: ended.length };
  },
});
