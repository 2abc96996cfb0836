import { createHash } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import { SM2_OPTIONS } from '#platform/kernel/sm2-signature.ts';
import { bits, element, integer, octets, oid, pem, sequence } from './der.ts';

export { sm2Holds } from '#platform/kernel/sm2-signature.ts';

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
  return Buffer.from(sm2.doSignature(content, key.privateKey, { ...SM2_OPTIONS, publicKey: key.publicKey }), 'hex');
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
