import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type Algorithm, generateKey, keyIdOf, type PrivateKey, readPrivateKey, readPublicKey } from './algorithms.ts';

/** What the private key's envelope is bound to. */
export function nodeKeyContext(id: string): string {
  return `gateway.node_key:${id}`;
}

/** Another process may have made a newer key; answers by the one before hold as well. */
const CACHE_MS = 10_000;
const NODE_KEYS_LOCK = 310_120;
const caches = new WeakMap<Services, Map<Algorithm, { until: number; key: Promise<PrivateKey> }>>();

export function forgetNodeKeys(services: Services): void {
  caches.get(services)?.clear();
}

/** The key that answers are signed with (节点签名密钥), one for each algorithm; made when there is none. */
export function nodeKey(services: Services, algorithm: Algorithm): Promise<PrivateKey> {
  let cache = caches.get(services);
  if (!cache) caches.set(services, (cache = new Map()));
  const known = cache.get(algorithm);
  if (known && known.until > Date.now()) return known.key;
  const key = services.database.tx({ module: 'gateway', actor: systemActor({ name: 'gateway' }) }, async (db) =>
    readPrivateKey((await newest(db, services, algorithm)) ?? (await makeOnce(db, services, algorithm))),
  );
  cache.set(algorithm, { until: Date.now() + CACHE_MS, key });
  key.catch(() => cache.delete(algorithm));
  return key;
}

async function newest(db: Db, services: Services, algorithm: Algorithm): Promise<string | undefined> {
  const row = await db.first<{ id: string; sealed: string }>(
    sql`select id, private as sealed from gateway.node_key where algorithm = ${algorithm} order by since desc, id limit 1`,
  );
  return row && services.keyring.open(row.sealed, nodeKeyContext(row.id));
}

async function makeOnce(db: Db, services: Services, algorithm: Algorithm): Promise<string> {
  await db.run(sql`select pg_advisory_xact_lock(${NODE_KEYS_LOCK}::bigint)`);
  return (await newest(db, services, algorithm)) ?? addNodeKey(db, services, algorithm);
}

/** Adds a key, which signs from now on. Returns its private part. */
export async function addNodeKey(db: Db, services: Services, algorithm: Algorithm): Promise<string> {
  const { publicKey, privateKey } = generateKey(algorithm);
  const read = readPublicKey(publicKey);
  if (!read) throw new Error(`a new key of ${algorithm} cannot be read`);
  const id = keyIdOf(read);
  await db.run(sql`insert into gateway.node_key (id, algorithm, public_key, private, since)
    values (${id}, ${algorithm}, ${publicKey}, ${services.keyring.seal(privateKey, nodeKeyContext(id))}, ${services.clock.now()}::timestamptz)`);
  return privateKey;
}
