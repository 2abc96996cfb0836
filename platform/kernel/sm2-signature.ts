import { sm2 } from 'sm-crypto-v2';

/** Default user id of SM2 signatures (GM/T 0009-2012, 10). Node signs with an empty one, which nobody else does: it is not used here. */
export const SM2_OPTIONS = { hash: true, der: true, userId: '1234567812345678' } as const;

const SEQUENCE = 0x30;
const INTEGER = 0x02;

/**
 * Whether a signature (SM2 with SM3, DER SEQUENCE { r, s }, GM/T 0009-2012, 7.3) is right; one that cannot be read is wrong. The library
 * does not look at tags and lengths, so that another text of the same numbers would pass as another signature: only the one text that
 * DER (ITU-T X.690) has for them is taken. Hexadecimal in small letters where it is a text.
 */
export function sm2Holds(content: Uint8Array, signature: Uint8Array | string, publicKey: string): boolean {
  try {
    const bytes = typeof signature === 'string' ? Buffer.from(signature, 'hex') : Buffer.from(signature);
    if (typeof signature === 'string' && bytes.toString('hex') !== signature) return false;
    if (!isStrict(bytes)) return false;
    return sm2.doVerifySignature(content, bytes.toString('hex'), publicKey, SM2_OPTIONS);
  } catch {
    return false;
  }
}

/** A sequence of two positive integers, each in its shortest form, and nothing behind them. */
function isStrict(bytes: Buffer): boolean {
  // r and s have 33 bytes at most, so that every length fits into one byte.
  if (bytes[0] !== SEQUENCE || bytes[1] !== bytes.length - 2 || bytes.length > 2 + 2 * 35) return false;
  const second = afterInteger(bytes, 2);
  return second !== undefined && afterInteger(bytes, second) === bytes.length;
}

function afterInteger(bytes: Buffer, at: number): number | undefined {
  const length = bytes[at + 1] ?? 0;
  const [first = 0x80, next = 0] = bytes.subarray(at + 2, at + 4);
  if (bytes[at] !== INTEGER || length === 0 || length > 33 || at + 2 + length > bytes.length) return undefined;
  const negative = first >= 0x80;
  const padded = first === 0 && length > 1 && next < 0x80;
  return negative || padded ? undefined : at + 2 + length;
}
