import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/**
 * Signature algorithms of the gateway (签名算法): SM2 with SM3 of this house, and two of the registry of RFC 9421 for systems
 * without SM2.
 */
export const ALGORITHMS = ['sm2-sm3', 'ed25519', 'ecdsa-p256-sha256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** Default user id of SM2 signatures (GM/T 0009-2012, 10). */
const USER_ID = '1234567812345678';
/** a, b, Gx, Gy of the curve (GB/T 32918.5-2017, A.2). */
const CURVE = Buffer.from(
  'FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93' +
    '32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0',
  'hex',
);
/** Begin of every SubjectPublicKeyInfo of SM2 with an uncompressed point (ecPublicKey on the curve 1.2.156.10197.1.301). */
const SM2_SPKI = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex');
const P256_SPKI = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');
const POINT = 65;

/** A public key that may sign messages. `z` is what SM2 hashes before the message: the digest of user id, curve and key. */
export type PublicKey = { algorithm: Algorithm; key: KeyObject; der: Buffer; z?: Buffer };
export type PrivateKey = PublicKey & { secret: KeyObject };

/** Reads a public key (PEM of SubjectPublicKeyInfo). Undefined for what is none, or of a kind that the gateway does not take. */
export function readPublicKey(pem: string): PublicKey | undefined {
  let key: KeyObject;
  try {
    if (/PRIVATE KEY/.test(pem)) return undefined;
    key = createPublicKey(pem);
  } catch {
    return undefined;
  }
  const der = key.export({ type: 'spki', format: 'der' });
  if (key.asymmetricKeyType === 'ed25519') return { algorithm: 'ed25519', key, der };
  if (der.length !== P256_SPKI.length + POINT) return undefined;
  if (der.subarray(0, P256_SPKI.length).equals(P256_SPKI)) return { algorithm: 'ecdsa-p256-sha256', key, der };
  if (!der.subarray(0, SM2_SPKI.length).equals(SM2_SPKI)) return undefined;
  // Only a key that was read from its encoding is one of SM2 for OpenSSL; a generated one would sign ECDSA on that curve.
  return { algorithm: 'sm2-sm3', key: fromDer(der), der, z: userDigest(der) };
}

function fromDer(der: Buffer): KeyObject {
  return createPublicKey({ key: der, type: 'spki', format: 'der' });
}

/** Reads a private key (PKCS #8, PEM); the algorithm follows from it. */
export function readPrivateKey(pem: string): PrivateKey {
  const secret = createPrivateKey(pem);
  const open = readPublicKey(createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString());
  if (!open) throw new Error('no private key of SM2, Ed25519 or P-256');
  return { ...open, secret };
}

/** Makes a key pair, PEM. */
export function generateKey(algorithm: Algorithm): { publicKey: string; privateKey: string } {
  const pair =
    algorithm === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: algorithm === 'sm2-sm3' ? 'SM2' : 'P-256' });
  return {
    publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Z of GB/T 32918.2-2016, 5.5: SM3 over length and text of the user id, the curve and the key. */
function userDigest(der: Buffer): Buffer {
  const id = Buffer.from(USER_ID);
  const bits = Buffer.from([(id.length * 8) >> 8, (id.length * 8) & 0xff]);
  return createHash('sm3').update(bits).update(id).update(CURVE).update(der.subarray(-64)).digest();
}

/** Signs: SM2 as DER (GM/T 0009-2012, 7.3), the others as RFC 9421, 3.3 has them. */
export function signWith(key: PrivateKey, text: Uint8Array): Buffer {
  switch (key.algorithm) {
    case 'sm2-sm3':
      // The stream signs the digest as it is, so Z goes in front: the one-shot `sign` would hash an empty user id.
      return createSign('sm3')
        .update(key.z ?? '')
        .update(text)
        .sign(key.secret);
    case 'ed25519':
      return sign(null, text, key.secret);
    case 'ecdsa-p256-sha256':
      return sign('sha256', text, { key: key.secret, dsaEncoding: 'ieee-p1363' });
  }
}

/** Whether a signature is right; one that cannot be read is wrong. */
export function signatureHolds(key: PublicKey, text: Uint8Array, signature: Uint8Array): boolean {
  try {
    switch (key.algorithm) {
      case 'sm2-sm3':
        return createVerify('sm3')
          .update(key.z ?? '')
          .update(text)
          .verify(key.key, signature);
      case 'ed25519':
        return verify(null, text, key.key, signature);
      case 'ecdsa-p256-sha256':
        return verify('sha256', text, { key: key.key, dsaEncoding: 'ieee-p1363' }, signature);
    }
  } catch {
    return false;
  }
}

/** Id of a key (keyid): the first 32 hexadecimal digits of SHA-256 over its SubjectPublicKeyInfo, which anybody can compute. */
export function keyIdOf(key: Pick<PublicKey, 'der'>): string {
  return createHash('sha256').update(key.der).digest('hex').slice(0, 32);
}

/** Fingerprint that people compare (指纹): SM3 over the same bytes, in pairs. */
export function fingerprintOf(key: Pick<PublicKey, 'der'>): string {
  return (createHash('sm3').update(key.der).digest('hex').match(/../g) ?? []).join(':');
}
