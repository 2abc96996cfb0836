import { randomBytes } from 'node:crypto';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { unitNames } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { makeCertificate, type Name, readCertificate } from './certificate.ts';
import { pem, unpem } from './der.ts';
import { generateSm2, keyIdOf, type Sm2Pair } from './sm2.ts';
import type { KeyTimes } from './statement.ts';

/** Owner of the key that issues certificates and makes seals. */
export const HOUSE = 'house';
/** Keys are replaced well before they end. Ours, no law's. */
const YEARS = { house: 20, unit: 5 };

export type KeyRow = KeyTimes & {
  id: string;
  owner: string;
  title: string;
  publicKey: string;
  certificate: string;
  replacedAt: Date | null;
  revokedReason: string | null;
};
/** A key that signs now. */
export type SigningKey = KeyRow & { pair: Sm2Pair; der: Buffer };

export const KEY_COLUMNS = sql`id, owner, title, public_key as "publicKey", certificate, valid_from as "from", valid_until as "until", replaced_at as "replacedAt",
  revoked_at as "revokedAt", revoked_reason as "revokedReason"`;

/** What a private key's envelope is bound to. */
export const signKeyContext = (id: string): string => `document.sign_key:${id}`;

/** What keys are made with: names of units are read before the transaction begins. */
export type Signing = { services: Services; names: ReadonlyMap<string, Text> };

export async function openSigning(services: Services): Promise<Signing> {
  const names = await services.registry.provided(unitNames)[0]?.value.all(services);
  return { services, names: names ?? new Map<string, Text>() };
}

/** The key with which an owner signs now; made, with its certificate, where there is none. The caller is a transaction of this module. */
export async function currentKey(db: Db, signing: Signing, owner: string): Promise<SigningKey> {
  const found = await newest(db, signing, owner);
  if (found) return found;
  await db.run(sql`select pg_advisory_xact_lock(hashtext('document.sign_key'))`);
  return (await newest(db, signing, owner)) ?? addKey(db, signing, owner);
}

async function newest(db: Db, { services }: Signing, owner: string): Promise<SigningKey | undefined> {
  const found = await db.first<KeyRow & { private: string }>(sql`
    select ${KEY_COLUMNS}, private from document.sign_key
    where owner = ${owner} and replaced_at is null and revoked_at is null and valid_until > kernel.now()`);
  if (!found) return undefined;
  const privateKey = services.keyring.open(found.private, signKeyContext(found.id));
  return { ...found, pair: { publicKey: found.publicKey, privateKey }, der: unpem(found.certificate) };
}

/** Makes a new key for an owner, which signs from now on (更换密钥); what the former one signed stays provable. */
export async function addKey(db: Db, signing: Signing, owner: string): Promise<SigningKey> {
  const { services } = signing;
  await db.run(sql`select pg_advisory_xact_lock(hashtext('document.sign_key'))`);
  const pair = generateSm2();
  const id = keyIdOf(pair.publicKey);
  const title = titleOf(signing, owner);
  const now = services.clock.now();
  // Certificates count whole seconds.
  const from = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const until = new Date(from);
  until.setUTCFullYear(from.getUTCFullYear() + (owner === HOUSE ? YEARS.house : YEARS.unit));
  const subject: Name = { country: 'CN', organisation: titleOf(signing, HOUSE), common: title };
  const house = owner === HOUSE ? undefined : await currentKey(db, signing, HOUSE);
  const issuer = house ? { name: readCertificate(house.der).subject, key: house.pair } : { name: subject, key: pair };
  const der = makeCertificate({
    serial: BigInt(`0x${randomBytes(15).toString('hex')}`) + 1n,
    subject,
    publicKey: pair.publicKey,
    issuer,
    from,
    until: house && house.until < until ? house.until : until,
    issues: owner === HOUSE,
  });
  const certificate = pem('CERTIFICATE', der);
  await db.run(
    sql`update document.sign_key set replaced_at = ${now}::timestamptz where owner = ${owner} and replaced_at is null and revoked_at is null`,
  );
  const sealed = services.keyring.seal(pair.privateKey, signKeyContext(id));
  const times = readCertificate(der);
  await db.run(sql`insert into document.sign_key (id, owner, title, public_key, private, certificate, valid_from, valid_until)
    values (${id}, ${owner}, ${title}, ${pair.publicKey}, ${sealed}, ${certificate}, ${times.from}::timestamptz, ${times.until}::timestamptz)`);
  await db.emit({ type: 'document.key.added', subject: id });
  return {
    id,
    owner,
    title,
    publicKey: pair.publicKey,
    certificate,
    from: times.from,
    until: times.until,
    replacedAt: null,
    revokedAt: null,
    revokedReason: null,
    pair,
    der,
  };
}

/** A key by its id, also one that signs no more. */
export const findKey = (db: Db, id: string): Promise<KeyRow | undefined> =>
  db.first<KeyRow>(sql`select ${KEY_COLUMNS} from document.sign_key where id = ${id}`);

function titleOf({ names }: Signing, owner: string): string {
  return owner === HOUSE ? '城区平台签章根证书' : (names.get(owner)?.zh ?? owner);
}
