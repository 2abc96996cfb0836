import type { Config } from '#platform/kernel/config.ts';
import { setCookie, tokenIn } from '#platform/kernel/cookies.ts';
import { ABSOLUTE_MS, tokenHash } from '../session.ts';

/** Digest of the token by which the provider knows the browser (登录凭证), if one of the right shape is there. */
export function signOnIn(cookie: string | undefined, config: Config): string | undefined {
  const token = tokenIn(cookie, 'sso', config);
  return token === undefined ? undefined : tokenHash(token);
}

/** The Set-Cookie header of that token, or the one that takes it back. */
export function signOnCookie(options: { token: string | undefined; config: Config }): string {
  const { token, config } = options;
  return setCookie({ name: 'sso', value: token ?? '', seconds: token === undefined ? 0 : ABSOLUTE_MS / 1000, config });
}
