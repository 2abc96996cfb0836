import { createHash } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import { bits, decode, element, integer, integerOf, octets, oid, pem, sequence, TAG } from './der.ts';

/** Default user id of SM2 signatures (GM/T 0009-2012, 10). Node signs with an empty one, which nobody else does: it is not used here. */
const OPTIONS = { hash: true, der: true, userId: '1234567812345678' } as const;

/** SM2 with SM3 (1.2.156.10197.1.501), and what an SM2 public key is called in its encoding (GM/T 0010, RFC 5480). */
export const SM2_WITH_SM3 = '1.2.156.10197.1.501';
const EC_PUBLIC_KEY = '1.2.840.10045.2.1';
const SM2_CURVE = '1.2.156.10197.1.301';

/** Hexadecimal: the public one as uncompressed point (04…), the private one as 32 bytes. */
export type Sm2Pair = { publicKey: string; privateKey: string };

export function generateSm2(): Sm2Pair {
  const { publicKey, privateKey } = sm2.generateKeyPairHex();
  return { publicKey: publicKey.toLowerCase(), privateKey: privateKey.padStart(64, '0') };
}

/** Signs bytes: SM3 with the user id's Z, signature as DER SEQUENCE { r, s } (GM/T 0009-2012, 7.3). */
export function signSm2(content: Uint8Array, key: Sm2Pair): Buffer {
  return Buffer.from(sm2.doSignature(content, key.privateKey, { ...OPTIONS, publicKey: key.publicKey }), 'hex');
}

/** Whether a signature is right; one that cannot be read is wrong. The library does not look at tags and lengths, so they are checked first. */
export function sm2Holds(content: Uint8Array, signature: Uint8Array, publicKey: string): boolean {
  try {
    const { tag, children } = decode(signature);
    if (tag !== TAG.sequence || children.length !== 2) return false;
    if (!sequence(...children.map((each) => integer(integerOf(each)))).equals(signature)) return false;
    return sm2.doVerifySignature(content, Buffer.from(signature).toString('hex'), publicKey, OPTIONS);
  } catch {
    return false;
  }
}

/** SubjectPublicKeyInfo. */
export function spkiOf(publicKey: string): Buffer {
  return sequence(sequence(oid(EC_PUBLIC_KEY), oid(SM2_CURVE)), bits(Buffer.from(publicKey, 'hex')));
}

export const isSm2Spki = (algorithm: Uint8Array): boolean =>
  sequence(oid(EC_PUBLIC_KEY), oid(SM2_CURVE)).equals(algorithm);

/** The key for other programs: PKCS #8, PEM. */
export function privatePem(key: Sm2Pair): string {
  const inner = sequence(
    integer(1),
    octets(Buffer.from(key.privateKey, 'hex')),
    element(0xa1, bits(Buffer.from(key.publicKey, 'hex'))),
  );
  return pem('PRIVATE KEY', sequence(integer(0), sequence(oid(EC_PUBLIC_KEY), oid(SM2_CURVE)), octets(inner)));
}

export const publicPem = (publicKey: string): string => pem('PUBLIC KEY', spkiOf(publicKey));

/** Id of a key: the first 32 hexadecimal digits of SM3 over its SubjectPublicKeyInfo, which anybody can compute. */
export function keyIdOf(publicKey: string): string {
  return createHash('sm3').update(spkiOf(publicKey)).digest('hex').slice(0, 32);
}
