import { type Config, isLoopback } from './config.ts';

type Place = Pick<Config, 'host' | 'publicOrigin'>;

/** True wherever others can listen: cookies then travel over TLS only. */
export function overTls(config: Place): boolean {
  if (config.publicOrigin !== undefined) return config.publicOrigin.startsWith('https:');
  return !isLoopback(config.host);
}

/**
 * Name of a cookie. Over TLS it carries `__Host-`: browsers take such a cookie from this very host only, so that no page of a
 * neighbouring host can plant its own.
 */
export function cookieName(name: string, config: Place): string {
  return overTls(config) ? `__Host-${name}` : name;
}

/** A Set-Cookie header that scripts and other sites cannot use. */
export function setCookie(options: { name: string; value: string; seconds: number; config: Place }): string {
  const { name, value, seconds, config } = options;
  const secure = overTls(config) ? '; Secure' : '';
  return `${cookieName(name, config)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`;
}

/** The value of a cookie of 43 base64url characters (256 bits), if one of that shape is there. */
export function tokenIn(header: string | undefined, name: string, config: Place): string | undefined {
  const wanted = cookieName(name, config);
  for (const part of (header ?? '').split(';')) {
    const [found, value = ''] = part.trim().split('=', 2);
    if (found === wanted && /^[A-Za-z0-9_-]{43}$/.test(value)) return value;
  }
  return undefined;
}
