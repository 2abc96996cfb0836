import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
} from 'node:crypto';
import { ExternalSigningKey, type JWK } from 'oidc-provider';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';

export const SIGNING_ALGORITHMS = ['RS256', 'ES256'] as const;
type Algorithm = (typeof SIGNING_ALGORITHMS)[number];

/** A key signs for this long; then the next one does. */
const ACTIVE_MS = 90 * 24 * 60 * 60_000;
/** A key stands in the key set for this long before it signs, so that no process meets a signature that it does not know. */
const AHEAD_MS = 60_000;
/** And for this long after it has signed last: no token lives longer. */
const KEEP_MS = 24 * 60 * 60_000;

type KeyRow = { kid: string; alg: Algorithm; private: string; active_at: Date; retired_at: Date | null };

const actor = systemActor({ name: 'signing-keys' });

/** Signs at once: a signature with P-256 takes less time than to hand it to another thread and to be woken for its answer. */
class PromptKey extends ExternalSigningKey {
  readonly #secret: KeyObject;
  readonly #open: KeyObject;
  readonly #kid: string;

  constructor(secret: JsonWebKey, kid: string) {
    super();
    this.#secret = createPrivateKey({ key: secret, format: 'jwk' });
    this.#open = createPublicKey(this.#secret);
    this.#kid = kid;
  }

  override get kid(): string {
    return this.#kid;
  }

  override get alg(): 'ES256' {
    return 'ES256';
  }

  override keyObject(): KeyObject {
    return this.#open;
  }

  override sign(data: Uint8Array): Uint8Array {
    return sign('sha256', data, { key: this.#secret, dsaEncoding: 'ieee-p1363' });
  }
}

/** What the private part's envelope is bound to. */
export function signingKeyContext(kid: string): string {
  return `identity.signing_key:${kid}`;
}

/**
 * The keys of the provider (签名密钥), the one that signs first: then those that will sign, then those that have. Makes the first
 * ones of an installation.
 */
export async function signingKeys(services: Services): Promise<(JWK | ExternalSigningKey)[]> {
  const now = services.clock.now();
  const rows = await services.database.tx({ module: 'identity', actor }, async (db) => {
    const found = await readKeys(db, now);
    if (SIGNING_ALGORITHMS.every((alg) => found.some((row) => row.alg === alg))) return found;
    // Two processes that start at once: one makes the keys.
    await db.rows(sql`select pg_advisory_xact_lock(310111)`);
    for (const alg of SIGNING_ALGORITHMS) {
      if (!(await readKeys(db, now)).some((row) => row.alg === alg)) await addKey({ db, services, alg, activeAt: now });
    }
    return readKeys(db, now);
  });
  const rank = (row: KeyRow) => (row.retired_at !== null ? 2 : row.active_at > now ? 1 : 0);
  return rows
    .toSorted((a, b) => rank(a) - rank(b) || b.active_at.getTime() - a.active_at.getTime())
    .map((row) => {
      const { kid, alg } = row;
      const secret = JSON.parse(services.keyring.open(row.private, signingKeyContext(kid))) as JWK & JsonWebKey;
      return alg === 'ES256' ? new PromptKey(secret, kid) : { ...secret, kid, alg, use: 'sig' };
    });
}

function readKeys(db: Db, now: Date): Promise<KeyRow[]> {
  return db.rows<KeyRow>(sql`select kid, alg, private, active_at, retired_at from identity.signing_key
    where retired_at is null or retired_at > ${new Date(now.getTime() - KEEP_MS)}::timestamptz order by kid`);
}

async function addKey(options: { db: Db; services: Services; alg: Algorithm; activeAt: Date }): Promise<void> {
  const { db, services, alg, activeAt } = options;
  const pair =
    alg === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const open = pair.publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256')
    .update(pair.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url')
    .slice(0, 22);
  const secret = services.keyring.seal(
    JSON.stringify(pair.privateKey.export({ format: 'jwk' })),
    signingKeyContext(kid),
  );
  await db.run(sql`insert into identity.signing_key (kid, alg, public_jwk, private, created_at, active_at)
    values (${kid}, ${alg}, ${json(open)}::text::jsonb, ${secret}, ${services.clock.now()}::timestamptz, ${activeAt}::timestamptz)`);
}

/** Whether the set of keys is another than before; cheap. */
export async function keySetMark(services: Services): Promise<string> {
  const now = services.clock.now();
  const rows = await services.database.tx({ module: 'identity', actor, readOnly: true }, (db) => readKeys(db, now));
  return rows.map((row) => `${row.kid}${row.retired_at === null ? (row.active_at > now ? '+' : '*') : '-'}`).join();
}

/**
 * Replaces the keys (密钥轮换): a new one stands in the key set at once and signs a minute later, when the old one retires. With
 * `at once`, e.g. after a loss, it signs now.
 */
export async function rotateSigningKeys(services: Services, options: { atOnce?: boolean } = {}): Promise<void> {
  const now = services.clock.now();
  const activeAt = options.atOnce ? now : new Date(now.getTime() + AHEAD_MS);
  await services.database.tx({ module: 'identity', actor }, async (db) => {
    await db.rows(sql`select pg_advisory_xact_lock(310111)`);
    for (const alg of SIGNING_ALGORITHMS) await addKey({ db, services, alg, activeAt });
  });
  await tendSigningKeys(services);
}

/** The clock's part: keys that have signed long enough are followed by new ones; retired ones leave. */
export async function tendSigningKeys(services: Services): Promise<void> {
  const now = services.clock.now();
  const due = await services.database.tx({ module: 'identity', actor }, async (db) => {
    await db.run(sql`update identity.signing_key k set retired_at = ${now}::timestamptz where retired_at is null
      and exists (select 1 from identity.signing_key n where n.alg = k.alg and n.retired_at is null and n.active_at <= ${now}::timestamptz
        and (n.active_at, n.kid) > (k.active_at, k.kid))`);
    await db.run(
      sql`delete from identity.signing_key where retired_at < ${new Date(now.getTime() - KEEP_MS)}::timestamptz`,
    );
    const { newest } = await db.one<{ newest: Date | null }>(
      sql`select max(active_at) as newest from identity.signing_key where retired_at is null`,
    );
    return newest !== null && now.getTime() - newest.getTime() > ACTIVE_MS;
  });
  if (due) await rotateSigningKeys(services);
}
