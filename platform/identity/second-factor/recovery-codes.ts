import { randomInt } from 'node:crypto';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';

/** How many codes an account gets at a time. */
export const RECOVERY_CODES = 10;
/** Letters and digits that nobody confuses on paper (Crockford): 32, so ten of them are 50 random bits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A recovery code (恢复码): two groups of five. */
export function newRecoveryCode(): string {
  const letters = Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** The one form of what was typed: dashes, blanks and case do not matter, O is 0 and I or L is 1. Undefined if it is no such code. */
export function normaliseRecoveryCode(typed: string): string | undefined {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{10}$/.test(letters) ? letters : undefined;
}

/** What is stored of a code: 50 random bits under a key of the keyring, each account for itself. */
export function recoveryDigest(services: Services, account: string, code: string): string {
  return services.keyring.lookup('recovery-code', `${account}:${normaliseRecoveryCode(code)}`);
}

/** Replaces all codes of an account; the texts are returned once and kept nowhere. */
export async function replaceRecoveryCodes(options: {
  db: Db;
  services: Services;
  account: string;
}): Promise<string[]> {
  const { db, services, account } = options;
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  await db.run(sql`delete from identity.recovery_code where account = ${account}`);
  const digests = codes.map((code) => recoveryDigest(services, account, code));
  await db.run(sql`insert into identity.recovery_code (account, digest)
    select ${account}, digest from unnest(${digests}::text[]) as digest`);
  return codes;
}
