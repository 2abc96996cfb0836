import { createHash } from 'node:crypto';
import { shortCertificateId } from '#platform/kernel/codes/certificate-id.ts';

/**
 * The code of a certificate (亮证码): a line of text that is signed by the issuing unit and fits a QR code, so that who reads it can check it
 * without a network (`web/read-code.ts` does, with the published lists). Parts are joined by `~`, which stands in no part:
 *
 *   EC1~C~<identifier without root>~<holder digest>~<first day>~<last day or 0>~<key>~<signature>     of the certificate itself
 *   EC1~P~<identifier without root>~<fields, base64url of JSON>~<from>~<until>~<key>~<signature>      of a presentation (亮证), for minutes
 *
 * Days are YYYYMMDD, moments seconds since 1970; the key is the beginning of its id; the signature is SM2 with SM3 over the text before
 * it, r and s as base64url.
 */
export const CODE_VERSION = 'EC1';
const KEY_DIGITS = 16;

/** Binds a code to its holder without naming them: who stands there says name and last digits, and the digest agrees or not. */
export function holderDigest(of: { identifier: string; name: string; code: string | null }): string {
  const tail = (of.code ?? '').slice(-4).toUpperCase();
  const text = [shortCertificateId(of.identifier), of.name.normalize('NFKC').replaceAll(/\s/g, ''), tail].join('\n');
  return createHash('sm3').update(text).digest('hex').slice(0, 32);
}

const dayDigits = (day: string | null): string => day?.replaceAll('-', '') ?? '0';

/** What is signed of a certificate. */
export function certificateText(of: {
  identifier: string;
  digest: string;
  from: string;
  until: string | null;
  key: string;
}): string {
  const { identifier, digest, from, until, key } = of;
  return [
    CODE_VERSION,
    'C',
    shortCertificateId(identifier),
    digest,
    dayDigits(from),
    dayDigits(until),
    key.slice(0, KEY_DIGITS),
  ].join('~');
}

/** What is signed of a presentation: the fields that the holder chose, and for how long they may be read. */
export function presentationText(of: {
  identifier: string;
  fields: Readonly<Record<string, string>>;
  from: Date;
  until: Date;
  key: string;
}): string {
  const { identifier, fields, from, until, key } = of;
  const shown = Buffer.from(JSON.stringify(fields), 'utf8').toString('base64url');
  const [begin, end] = [from, until].map((moment) => String(Math.floor(moment.getTime() / 1000)));
  return [CODE_VERSION, 'P', shortCertificateId(identifier), shown, begin, end, key.slice(0, KEY_DIGITS)].join('~');
}

/** The whole code: text and signature (hexadecimal). */
export const codeOf = (text: string, signature: string): string =>
  `${text}~${Buffer.from(signature, 'hex').toString('base64url')}`;
