import { createHash, randomBytes } from 'node:crypto';
import type { Config } from '#platform/kernel/config.ts';
import { setCookie, tokenIn } from '#platform/kernel/cookies.ts';

/** A session ends after this long without a request, and this long after sign-in in any case. */
export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 60 * 60_000;

/** A new session token: 256 random bits, which only the browser keeps. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token. The token is random, so a plain digest cannot be reversed by guessing. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Digest of the session token in a Cookie header, if one of the right shape is there. */
export function sessionIn(cookie: string | undefined, config: Config): string | undefined {
  const token = tokenIn(cookie, 'sid', config);
  return token === undefined ? undefined : tokenHash(token);
}

/** The Set-Cookie header that hands a token over, or takes it back when there is none. */
export function sessionCookie(options: { token: string | undefined; config: Config }): string {
  const { token, config } = options;
  return setCookie({ name: 'sid', value: token ?? '', seconds: token === undefined ? 0 : ABSOLUTE_MS / 1000, config });
}

/** Browser and system of a User-Agent header in a few words, so that people recognise their own sessions. */
export function deviceOf(userAgent: string | undefined): string {
  if (!userAgent) return '—';
  const browser = /(Edg|MicroMessenger|Firefox|Chrome|Safari)\/[0-9]+/.exec(userAgent)?.[0] ?? '';
  const system = /Windows|Android|iPhone|iPad|Macintosh|HarmonyOS|Linux/.exec(userAgent)?.[0] ?? '';
  return [browser.replace('/', ' '), system].filter(Boolean).join(' · ') || '—';
}
