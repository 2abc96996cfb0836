import { shanghaiDateTime } from '#platform/kernel/dates.ts';

/**
 * Identifier of a warning (预警信息标识, GB/T 35965.1-2018): `ZZZZZZDDDUUUXX_YYYYMMDDhhmmss_N`, 31 characters: division, department, unit and serial of the
 * issuer in 14, the second, and which one of that second. RangeError for what has no room.
 */
export function warningIdentifier(options: { issuer: string; at: Date; n: number }): string {
  const { issuer, at, n } = options;
  if (!/^\d{14}$/.test(issuer)) throw new RangeError(`not an issuer: ${issuer}`);
  if (!Number.isInteger(n) || n < 0 || n > 9) throw new RangeError('a second has room for ten warnings');
  const second = shanghaiDateTime(at).replaceAll(/\D/g, '').slice(0, 14);
  return `${issuer}_${second}_${n}`;
}
