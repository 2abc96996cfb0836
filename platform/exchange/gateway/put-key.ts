import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { fingerprintOf, generateKey, keyIdOf, type PublicKey, readPublicKey } from './algorithms.ts';
import { type Certificate, issuedBy, readCertificate } from './certificate.ts';
import { MANAGE } from './put-system.ts';
import { KeyEnded, KeyTaken } from './register-errors.ts';
import { forgetKeys } from './system-keys.ts';
import { SystemParams } from './system-record.ts';

const Pem = Type.String({ minLength: 60, maxLength: 8_000 });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T[\\d:.]+(Z|[+-]\\d{2}:\\d{2})$' });
const Reason = Type.Object({ reason: Type.String({ minLength: 2, maxLength: 300 }) }, { additionalProperties: false });
const KeyReply = Type.Object({
  id: Type.String(),
  algorithm: Type.String(),
  fingerprint: Type.String(),
  validFrom: Type.String(),
  validUntil: Type.String(),
});

const wrong = (pointer: string, zh: string, en: string) =>
  InvalidInput.with({ fields: [{ pointer, rule: 'key', message: { zh, en } }] });

/**
 * Registers a key of a system (登记密钥): a plain public key with an end, or a certificate of a registered issuer, whose dates then hold
 * as well. Compare the fingerprint with the one that the other side reads out before trusting it.
 */
export const addKey = route({
  method: 'POST',
  path: '/api/gateway/systems/:id/keys',
  summary: { zh: '登记外部系统的密钥', en: 'Register a key of an outside system' },
  allow: MANAGE,
  assurance: 2,
  params: SystemParams,
  body: Type.Object({ key: Pem, validUntil: Day }, { additionalProperties: false }),
  reply: KeyReply,
  status: 201,
  errors: [NotFound, InvalidInput, KeyTaken],
  examples: {
    own: () => ({
      as: 'system-administrator',
      params: { id: 'fixture:gateway-system' },
      body: { key: generateKey('ed25519').publicKey, validUntil: '2099-01-01T00:00:00Z' },
    }),
    foreign: () => ({
      as: 'system-administrator',
      params: { id: 'nobody-knows' },
      body: { key: generateKey('ed25519').publicKey, validUntil: '2099-01-01T00:00:00Z' },
    }),
  },
  handler: async ({ db, services, params: { id: system }, body, clock, actor }) => {
    if (!(await db.first(sql`select 1 as found from gateway.system where id = ${system} for share`)))
      throw NotFound.with();
    const now = clock.now();
    const certificate = /BEGIN CERTIFICATE/.test(body.key) ? readCertificate(body.key) : undefined;
    const key = certificate?.key ?? readPublicKey(body.key);
    if (!key)
      throw wrong(
        '/key',
        '不是 SM2、Ed25519 或 P-256 的公钥或证书（PEM）',
        'is no public key or certificate of SM2, Ed25519 or P-256 (PEM)',
      );
    const issuer = certificate && (await issuerOf(db, certificate));
    if (certificate && !issuer)
      throw wrong('/key', '证书不是已登记的签发机构签发的', 'the certificate is of no registered issuer');
    const until = new Date(Math.min(Date.parse(body.validUntil), certificate?.validUntil.getTime() ?? Infinity));
    const from = new Date(Math.max(now.getTime(), certificate?.validFrom.getTime() ?? 0));
    if (!(until > from)) throw wrong('/validUntil', '有效期已过或早于开始', 'is over, or before its begin');
    const id = keyIdOf(key);
    const made = await db.run(sql`
      insert into gateway.system_key (id, system, algorithm, public_key, fingerprint, certificate, authority, valid_from, valid_until, created_at, created_by)
      values (${id}, ${system}, ${key.algorithm}, ${pemOf(key)}, ${fingerprintOf(key)}, ${certificate?.pem ?? null}::text, ${issuer?.id ?? null}::text,
        ${from}::timestamptz, ${until}::timestamptz, ${now}::timestamptz, ${actor.account}) on conflict do nothing`);
    if (made === 0) throw KeyTaken.with();
    await db.emit({ type: 'gateway.key.registered', subject: id, data: { system } });
    forgetKeys(services);
    const { algorithm } = key;
    return {
      id,
      algorithm,
      fingerprint: fingerprintOf(key),
      validFrom: from.toISOString(),
      validUntil: until.toISOString(),
    };
  },
});

function pemOf(key: PublicKey): string {
  return key.key.export({ type: 'spki', format: 'pem' }).toString();
}

/** The registered issuer that has signed a certificate and is itself in force. */
async function issuerOf(db: Db, certificate: Certificate): Promise<Certificate | undefined> {
  const rows = await db.rows<{ pem: string }>(
    sql`select certificate as pem from gateway.authority where revoked_at is null order by created_at desc`,
  );
  return rows
    .map(({ pem }) => readCertificate(pem))
    .find((issuer) => issuer !== undefined && issuedBy(certificate.pem, issuer));
}

/** Revokes a key (吊销): it holds nowhere any more from this commit on, because each message asks. It never comes back. */
export const revokeKey = route({
  method: 'POST',
  path: '/api/gateway/keys/:id/revoke',
  summary: { zh: '吊销外部系统的密钥', en: 'Revoke a key of an outside system' },
  allow: 'gateway.key.revoke',
  params: Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{32}$' }) }),
  body: Reason,
  reply: Type.Object({ id: Type.String() }),
  errors: [NotFound, KeyEnded],
  examples: {
    own: { as: 'security-administrator', params: { id: 'fixture:gateway-key' }, body: { reason: '密钥疑似泄露' } },
    foreign: { as: 'security-administrator', params: { id: '0'.repeat(32) }, body: { reason: '密钥疑似泄露' } },
  },
  handler: async ({ db, services, params: { id }, body, clock, actor }) => {
    const held = await db.first<{ revoked: boolean }>(
      sql`select revoked_at is not null as revoked from gateway.system_key where id = ${id} for update`,
    );
    if (!held) throw NotFound.with();
    if (held.revoked) throw KeyEnded.with();
    await db.run(
      sql`update gateway.system_key set revoked_at = ${clock.now()}::timestamptz, revoked_by = ${actor.account}, revoked_reason = ${body.reason} where id = ${id}`,
    );
    await db.emit({ type: 'gateway.key.revoked', subject: id });
    forgetKeys(services);
    return { id };
  },
});

/** Registers an issuer (签发机构) whose certificates systems may bring. */
export const addAuthority = route({
  method: 'POST',
  path: '/api/gateway/authorities',
  summary: { zh: '登记证书签发机构', en: 'Register an issuer of certificates' },
  allow: MANAGE,
  assurance: 2,
  body: Type.Object(
    { name: Type.String({ minLength: 2, maxLength: 80 }), certificate: Pem },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String() }),
  status: 201,
  errors: [InvalidInput],
  examples: {
    own: { as: 'system-administrator', body: { name: '区政务证书中心', certificate: 'fixture:gateway-issuer' } },
  },
  handler: async ({ db, body, clock, actor }) => {
    const read = readCertificate(body.certificate);
    if (!read?.issues)
      throw wrong(
        '/certificate',
        '不是 SM2、Ed25519 或 P-256 的签发证书（PEM）',
        'is no issuing certificate of SM2, Ed25519 or P-256 (PEM)',
      );
    await db.run(sql`insert into gateway.authority (id, name, certificate, valid_from, valid_until, created_at, created_by)
      values (${read.id}, ${body.name}, ${read.pem}, ${read.validFrom}::timestamptz, ${read.validUntil}::timestamptz, ${clock.now()}::timestamptz, ${actor.account})
      on conflict (id) do update set name = excluded.name`);
    return { id: read.id };
  },
});

/** Takes an issuer out: all keys by its certificates end with it. */
export const revokeAuthority = route({
  method: 'POST',
  path: '/api/gateway/authorities/:id/revoke',
  summary: { zh: '停用证书签发机构', en: 'Take an issuer of certificates out' },
  allow: 'gateway.key.revoke',
  params: Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
  body: Reason,
  reply: Type.Object({ id: Type.String() }),
  errors: [NotFound, KeyEnded],
  examples: {
    own: {
      as: 'security-administrator',
      params: { id: 'fixture:gateway-authority' },
      body: { reason: '机构证书更换' },
    },
    foreign: { as: 'security-administrator', params: { id: '0'.repeat(64) }, body: { reason: '机构证书更换' } },
  },
  handler: async ({ db, services, params: { id }, body, clock, actor }) => {
    const held = await db.first<{ revoked: boolean }>(
      sql`select revoked_at is not null as revoked from gateway.authority where id = ${id} for update`,
    );
    if (!held) throw NotFound.with();
    if (held.revoked) throw KeyEnded.with();
    await db.run(
      sql`update gateway.authority set revoked_at = ${clock.now()}::timestamptz, revoked_by = ${actor.account}, revoked_reason = ${body.reason} where id = ${id}`,
    );
    await db.emit({ type: 'gateway.authority.revoked', subject: id });
    forgetKeys(services);
    return { id };
  },
});
