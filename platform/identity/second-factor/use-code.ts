import { systemActor, type Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { countTry, forgetTries, ownCounter } from '../attempts.ts';
import { recordSignIn } from '../record-sign-in.ts';
import { CodeLocked, CodeWrong } from './errors.ts';
import { normaliseRecoveryCode, recoveryDigest } from './recovery-codes.ts';
import { stepOfCode } from './totp.ts';

export const totpContext = (account: string): string => `identity.totp:${account}`;
const system = systemActor({ name: 'second-factor' });

/** Whether the account holds anything beyond its password: an authenticator or a passkey. */
export async function hasSecondFactor(services: Services, account: string): Promise<boolean> {
  const { strongest } = await services.database.tx({ module: 'identity', actor: system, readOnly: true }, (db) =>
    db.one<{ strongest: number }>(sql`select identity.strongest(${account}) as strongest`),
  );
  return strongest >= 2;
}

/**
 * Takes a code of the authenticator or a recovery code, once. The try is counted before the code is looked at and forgotten
 * when it is right. Throws CodeWrong or CodeLocked.
 */
export async function useCode(options: {
  services: Services;
  account: string;
  code: string;
  actor: Actor;
}): Promise<'totp' | 'recovery'> {
  const { services, account, code, actor } = options;
  const counters = ownCounter(services, 'second-factor', account);
  const { lockedUntil } = await countTry({ services, counters });
  if (lockedUntil !== undefined) throw CodeLocked.with({ extra: { lockedUntil: lockedUntil.toISOString() } });
  const used = await services.database.tx({ module: 'identity', actor }, async (db) => {
    const kind =
      (await takeTotp({ db, services, account, code })) ?? (await takeRecovery({ db, services, account, code }));
    if (kind !== undefined) await forgetTries(db, counters);
    if (kind !== 'totp') {
      const outcome = kind === 'recovery' ? 'recovery-code-used' : 'wrong-code';
      await recordSignIn({ db, clock: services.clock, account, outcome });
    }
    return kind;
  });
  if (used === undefined) throw CodeWrong.with();
  return used;
}

type Taking = { db: Db; services: Services; account: string; code: string };

async function takeTotp({ db, services, account, code }: Taking): Promise<'totp' | undefined> {
  const row = await db.first<{ secret: string }>(
    sql`select secret from identity.totp where account = ${account} and secret is not null`,
  );
  if (row === undefined) return undefined;
  const secret = services.keyring.open(row.secret, totpContext(account));
  const step = stepOfCode({ secret, code: code.replace(/\s/g, ''), now: services.clock.now() });
  if (step === undefined) return undefined;
  // Two requests with one code: the row lock lets the second see the first one's step.
  const taken = await db.run(
    sql`update identity.totp set last_step = ${step}::bigint where account = ${account} and last_step < ${step}::bigint`,
  );
  return taken === 1 ? 'totp' : undefined;
}

async function takeRecovery({ db, services, account, code }: Taking): Promise<'recovery' | undefined> {
  if (normaliseRecoveryCode(code) === undefined) return undefined;
  const taken = await db.run(sql`update identity.recovery_code set used_at = ${services.clock.now()}::timestamptz
    where account = ${account} and digest = ${recoveryDigest(services, account, code)} and used_at is null`);
  return taken === 1 ? 'recovery' : undefined;
}
