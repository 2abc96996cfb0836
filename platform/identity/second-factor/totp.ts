import { Secret, TOTP } from 'otpauth';

/** Seconds of one step, digits and digest that every authenticator app knows (RFC 6238). */
const PERIOD_S = 30;
const SHAPE = { digits: 6, period: PERIOD_S, algorithm: 'SHA1' } as const;
/** Steps that a code may be early or late: clocks of telephones are not ours. */
const WINDOW = 1;

/** A new secret: 160 random bits in base 32, as apps take it. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address that a QR code of the enrolment holds (otpauth). */
export function enrolmentUri(options: { secret: string; account: string; issuer: string }): string {
  const { secret, account, issuer } = options;
  return new TOTP({ ...SHAPE, issuer, label: account, secret: Secret.fromBase32(secret) }).toString();
}

/** The code of a moment, for tests and examples. */
export function totpCode(secret: string, at: Date): string {
  return new TOTP({ ...SHAPE, secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });
}

/** The step that a code belongs to, if it is one of now, one step before or one after; the caller refuses steps seen before. */
export function stepOfCode(options: { secret: string; code: string; now: Date }): number | undefined {
  const { secret, code, now } = options;
  if (!/^\d{6}$/.test(code)) return undefined;
  const totp = new TOTP({ ...SHAPE, secret: Secret.fromBase32(secret) });
  const delta = totp.validate({ token: code, timestamp: now.getTime(), window: WINDOW });
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / PERIOD_S) + delta;
}

/** Two codes that follow each other: the app holds the secret and its clock is right. Gives the step of the second. */
export function stepOfPair(options: { secret: string; first: string; second: string; now: Date }): number | undefined {
  const { secret, first, second, now } = options;
  const step = stepOfCode({ secret, code: second, now });
  if (step === undefined) return undefined;
  return totpCode(secret, new Date((step - 1) * PERIOD_S * 1000)) === first ? step : undefined;
}
