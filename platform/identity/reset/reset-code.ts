import { randomInt } from 'node:crypto';
import type { Services } from '#platform/kernel/app.ts';

/** Letters and digits that nobody confuses on paper (Crockford): 32, so eight of them are 40 random bits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const HALF = 8;

/** How long a code is good: a day for one that travels through two offices, half an hour for one that is used at the counter. */
export const VALID_MS = { administrators: 24 * 60 * 60_000, counter: 30 * 60_000 } as const;

/** One half of a reset code (重置码): two groups of four. */
export function newHalf(): string {
  const letters = Array.from({ length: HALF }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** Both halves of what was typed, in the one form; dashes, blanks and case do not matter. Undefined if it is no such code. */
export function halvesOf(typed: string): { first: string; second: string } | undefined {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{16}$/.test(letters)) return undefined;
  return { first: letters.slice(0, HALF), second: letters.slice(HALF) };
}

/** What is stored of a half: 40 random bits under a key of the keyring, each reset for itself. */
export function halfDigest(services: Services, options: { id: string; half: string; place: 1 | 2 }): string {
  const { id, half, place } = options;
  return services.keyring.lookup('reset-code', `${id}:${place}:${half.replace('-', '')}`);
}

export type ResetState = 'requested' | 'issued' | 'used' | 'cancelled' | 'expired';

export function stateOf(
  row: { used_at: Date | null; cancelled_at: Date | null; confirmed_at: Date | null; expires_at: Date },
  now: Date,
): ResetState {
  if (row.used_at) return 'used';
  if (row.cancelled_at) return 'cancelled';
  if (row.expires_at <= now) return 'expired';
  return row.confirmed_at ? 'issued' : 'requested';
}
