import type { Db } from '#platform/kernel/db.ts';
import type { Clock } from '#platform/kernel/clock.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';

export type SignInOutcome =
  | 'signed-in'
  | 'wrong-password'
  | 'unknown-account'
  | 'locked'
  | 'signed-out'
  | 'session-ended'
  | 'wrong-code'
  | 'stepped-up'
  | 'recovery-code-used'
  | 'recovery-codes-made'
  | 'second-factor-added'
  | 'second-factor-removed'
  | 'password-changed'
  | 'passkey-added'
  | 'passkey-removed'
  | 'passkey-refused';

/** Writes one row for the auditor and, where an account is known, an event. Neither holds what was typed. */
export async function recordSignIn(options: {
  db: Db;
  clock: Clock;
  account: string | undefined;
  outcome: SignInOutcome;
  device?: string;
}): Promise<void> {
  const { db, clock, account, outcome, device } = options;
  await db.run(sql`insert into identity.sign_in (id, at, account, outcome, device, trace)
    values (${uuidv7()}::uuid, ${clock.now()}::timestamptz, ${account ?? null}::text, ${outcome}, ${device ?? null}::text, ${db.actor.trace})`);
  if (account !== undefined) await db.emit({ type: `identity.${outcome}`, subject: account });
}
