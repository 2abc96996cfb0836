import { createHash } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { SM2_OPTIONS, sm2Holds } from '#platform/kernel/sm2-signature.ts';
import { sql } from '#platform/kernel/sql.ts';

export type ConsentKey = { id: string; sign(text: string): string };

export function consentKeyContext(id: string): string {
  return `access.consent_key:${id}`;
}

/** The platform's key for consents (授权签名密钥, SM2); made when there is none. Its private half rests as an envelope. */
export async function consentKey(db: Db, services: Services): Promise<ConsentKey> {
  await db.run(sql`select pg_advisory_xact_lock(hashtext('access.consent_key'))`);
  const found = await db.first<{ id: string; public_key: string; private: string }>(
    sql`select id, public_key, private from access.consent_key order by since desc, id desc limit 1`,
  );
  if (found)
    return keyOf(found.id, services.keyring.open(found.private, consentKeyContext(found.id)), found.public_key);
  const { privateKey, publicKey } = sm2.generateKeyPairHex();
  const id = createHash('sha256').update(publicKey).digest('hex').slice(0, 22);
  const sealed = services.keyring.seal(privateKey, consentKeyContext(id));
  await db.run(
    sql`insert into access.consent_key (id, public_key, private, since) values (${id}, ${publicKey}, ${sealed}, ${services.clock.now()}::timestamptz)`,
  );
  return keyOf(id, privateKey, publicKey);
}

function keyOf(id: string, privateKey: string, publicKey: string): ConsentKey {
  return { id, sign: (text) => sm2.doSignature(text, privateKey, { ...SM2_OPTIONS, publicKey }) };
}

export function consentSignatureHolds(text: string, signature: string, publicKey: string): boolean {
  return sm2Holds(Buffer.from(text), signature, publicKey);
}
