import { sm2 } from 'sm-crypto-v2';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { SM2_OPTIONS, sm2Holds } from '#platform/kernel/sm2-signature.ts';
import { sql } from '#platform/kernel/sql.ts';
import { digestOf } from './digest.ts';

export type SealKey = { id: string; publicKey: string; sign(text: string): string };

/** What the private key's envelope is bound to. */
export function sealKeyContext(id: string): string {
  return `audit.seal_key:${id}`;
}

/** The key id is the digest of the public key, so that neither can be exchanged without the other. */
export function sealKeyId(publicKey: string): string {
  return digestOf(['seal-key', publicKey]).slice(0, 22);
}

/** The key that signs now (封存签名密钥); made when there is none. The caller holds the sealer's lock. */
export async function currentSealKey(db: Db, services: Services): Promise<SealKey> {
  const found = await db.first<{ id: string; public_key: string; private: string }>(
    sql`select id, public_key, private from audit.seal_key order by since desc, id desc limit 1`,
  );
  if (!found) return addSealKey(db, services);
  const secret = services.keyring.open(found.private, sealKeyContext(found.id));
  return keyOf(found.id, found.public_key, secret);
}

/** Adds a key, which signs from now on; earlier ones stay, because they prove earlier seals. */
export async function addSealKey(db: Db, services: Services): Promise<SealKey> {
  const { privateKey, publicKey } = sm2.generateKeyPairHex();
  const id = sealKeyId(publicKey);
  const sealed = services.keyring.seal(privateKey, sealKeyContext(id));
  await db.run(
    sql`insert into audit.seal_key (id, public_key, private, since) values (${id}, ${publicKey}, ${sealed}, ${new Date().toISOString()}::timestamptz)`,
  );
  return keyOf(id, publicKey, privateKey);
}

/** Whether a stored key is one that this installation made: only the holder of the key file can write such an envelope. */
export function isOwnKey(key: { id: string; public_key: string; private: string }, services: Services): boolean {
  if (sealKeyId(key.public_key) !== key.id) return false;
  try {
    const secret = services.keyring.open(key.private, sealKeyContext(key.id));
    return sm2.getPublicKeyFromPrivateKey(secret) === key.public_key;
  } catch {
    return false;
  }
}

/** Whether a signature is right (SM2 with SM3, DER, hexadecimal). */
export function signatureHolds(text: string, signature: string, publicKey: string): boolean {
  return sm2Holds(Buffer.from(text), signature, publicKey);
}

function keyOf(id: string, publicKey: string, privateKey: string): SealKey {
  return { id, publicKey, sign: (text) => sm2.doSignature(text, privateKey, { ...SM2_OPTIONS, publicKey }) };
}
