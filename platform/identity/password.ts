import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { TooManyRequests } from '#platform/kernel/errors.ts';

/** argon2id (the library's default), 19 MiB, two passes, one lane: OWASP Password Storage, first choice for that memory. */
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;
/** Verifications waiting or running at once; beyond it callers are refused instead of memory and threads being used up. */
const AT_ONCE = 64;

let running = 0;
let decoy: Promise<string> | undefined;

export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

/** Refuses before anything is counted while too many passwords are being checked. */
export function assertRoom(): void {
  if (running >= AT_ONCE) throw TooManyRequests.with();
}

/**
 * Whether the password is the one of the hash. Without a hash (unknown account) the same work is done against a decoy,
 * so that the time of the answer does not tell who has an account.
 */
export async function passwordMatches(options: { hash: string | undefined; password: string }): Promise<boolean> {
  assertRoom();
  running++;
  try {
    decoy ??= hashPassword(randomBytes(16).toString('base64url'));
    const matches = await verify(options.hash ?? (await decoy), options.password.normalize('NFKC'));
    return matches && options.hash !== undefined;
  } finally {
    running--;
  }
}
