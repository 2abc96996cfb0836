import type { Config } from './config.ts';
import { overTls } from './cookies.ts';

/**
 * What a page may load: only from here, and no inline script runs. Style elements are allowed: the component library and the
 * map write theirs at run time, where no nonce can reach; a style cannot send data away, since images, fonts and connections
 * stay within `self`. The map's worker is a file of the build; charts draw on a canvas and need nothing. The one exception is named by
 * the operator: agents of the devices on a clerk's own machine (decision 017).
 */
export const pagePolicy = ({ deviceAgents }: Pick<Config, 'deviceAgents'>): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    ["connect-src 'self'", ...deviceAgents].join(' '),
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Answers that are no page of ours load nothing at all. */
const DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Powers of the browser that no page here uses. Passkeys, the clipboard and the position stay with our own pages: whoever reports a
 * problem is asked by the browser where it is. A photo is taken by the phone's own camera, which needs no power of the page.
 */
const PERMISSIONS = [
  'accelerometer=()',
  'camera=()',
  'display-capture=()',
  'geolocation=(self)',
  'gyroscope=()',
  'magnetometer=()',
  'microphone=()',
  'midi=()',
  'payment=()',
  'usb=()',
  'clipboard-write=(self)',
  'publickey-credentials-create=(self)',
  'publickey-credentials-get=(self)',
].join(', ');
const ONE_YEAR_S = 365 * 24 * 60 * 60;

/** Headers of every answer; a page has set its own Content-Security-Policy before. */
export function securityHeaders(config: Pick<Config, 'host' | 'publicOrigin'>): [string, string][] {
  const always: [string, string][] = [
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'same-origin'],
    ['content-security-policy', DATA_POLICY],
    ['permissions-policy', PERMISSIONS],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
  ];
  return overTls(config) && config.publicOrigin !== undefined
    ? [...always, ['strict-transport-security', `max-age=${ONE_YEAR_S}; includeSubDomains`]]
    : always;
}
