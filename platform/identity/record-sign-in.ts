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
  | 'passkey-refused'
  | 'reset-requested'
  | 'reset-issued'
  | 'reset-cancelled'
  | 'reset-at-counter'
  | 'reset-used'
  | 'reset-used-all'
  | 'oldest-session-ended'
  | 'deceased';

/** Writes one row for the auditor and, where an account is known, an event. Neither holds what was typed. */
export async function recordSignIn(options: {
  db: Db;
  clock: Clock;
  account: string | undefined;
  outcome: SignInOutcome;
  device?: string;
  /** The browser is one that the account had not signed in from before. */
  newDevice?: boolean;
  at?: Date;
}): Promise<void> {
  const { db, account, outcome, device, newDevice = false, at = options.clock.now() } = options;
  await db.run(sql`insert into identity.sign_in (id, at, account, outcome, device, trace, new_device)
    values (${uuidv7()}::uuid, ${at}::timestamptz, ${account ?? null}::text, ${outcome}, ${device ?? null}::text, ${db.actor.trace},
      ${newDevice}::boolean)`);
  if (account !== undefined) await db.emit({ type: `identity.${outcome}`, subject: account });
}
