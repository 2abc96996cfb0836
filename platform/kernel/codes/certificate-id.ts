/**
 * Identifier of an electronic certificate (电子证照标识, GB/T 36904-2018): root of the certificates' OID, code of the type, code of the
 * issuer, serial number, version and a check character ISO/IEC 7064 MOD 37,36 over what stands between root and check, dots left out.
 * Structure and check were compared with identifiers that ministries have published (`certificate-id.test.ts`).
 */
import { isMod3736, mod3736Check } from './mod-37-36.ts';

/** Root code (电子证照根代码) in the tree of object identifiers. */
export const CERTIFICATE_ROOT = '1.2.156.3005.2';

export type CertificateId = {
  /** Code of the type (证照类型代码): credit code of who defines the type, then three characters. */
  readonly type: string;
  /** Code of the issuer (证照颁发机构代码): its credit code; six digits of a region in older ones. */
  readonly issuer: string;
  /** Serial number (流水号). */
  readonly serial: string;
  /** Version (版本号), from 1. */
  readonly version: number;
};
export type CertificateIdFault = 'parts' | 'root' | 'charset' | 'version' | 'check';
export type CertificateIdResult =
  | { readonly ok: true; readonly value: CertificateId & { readonly identifier: string } }
  | { readonly ok: false; readonly reason: CertificateIdFault };

const PART = /^[0-9A-Z]{1,32}$/;
const VERSION = /^[0-9]{3}$/;

/** Composes an identifier. RangeError for a part that has other characters than digits and capital letters. */
export function composeCertificateId({ type, issuer, serial, version }: CertificateId): string {
  for (const part of [type, issuer, serial])
    if (!PART.test(part)) throw new RangeError(`no part of an identifier: ${part}`);
  if (!Number.isInteger(version) || version < 1 || version > 999) throw new RangeError(`no version: ${version}`);
  const parts = [type, issuer, serial, String(version).padStart(3, '0')];
  return [CERTIFICATE_ROOT, ...parts, mod3736Check(parts.join(''))].join('.');
}

/** Reads an identifier as people type it: blanks, full width and small letters are no fault; the root may be left out. */
export function parseCertificateId(input: string): CertificateIdResult {
  const text = input.normalize('NFKC').replaceAll(/\s+/g, '').toUpperCase();
  const whole = text.split('.').length === 5 ? `${CERTIFICATE_ROOT}.${text}` : text;
  const parts = whole.split('.');
  if (parts.length !== 10) return { ok: false, reason: 'parts' };
  if (!whole.startsWith(`${CERTIFICATE_ROOT}.`)) return { ok: false, reason: 'root' };
  const [type = '', issuer = '', serial = '', version = '', check = ''] = parts.slice(5);
  if (![type, issuer, serial].every((part) => PART.test(part)) || !/^[0-9A-Z]$/.test(check))
    return { ok: false, reason: 'charset' };
  if (!VERSION.test(version) || version === '000') return { ok: false, reason: 'version' };
  if (!isMod3736([type, issuer, serial, version, check].join(''))) return { ok: false, reason: 'check' };
  return { ok: true, value: { identifier: whole, type, issuer, serial, version: Number(version) } };
}

/** The identifier without its root, as it stands in codes where room is dear. */
export const shortCertificateId = (identifier: string): string => identifier.slice(CERTIFICATE_ROOT.length + 1);
