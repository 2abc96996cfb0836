import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { unitGrantName } from '#platform/catalog/request-for-unit.ts';
import { fingerprintOf, generateKey, keyIdOf, readPublicKey } from '#platform/exchange/gateway/algorithms.ts';
import { logMessages } from '#platform/exchange/gateway/message-log.ts';

/** A certificate that may issue others, made once for the examples: its key is nowhere. */
const ISSUER = `-----BEGIN CERTIFICATE-----
MIIBiTCCAS+gAwIBAgIURxnVHCdZeY9hgQiQREZUHGX7Qc8wCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwORXhhbXBsZSBpc3N1ZXIwIBcNMjYxMTI2MTEyMzM3WhgPMjEy
NjExMDIxMTIzMzdaMBkxFzAVBgNVBAMMDkV4YW1wbGUgaXNzdWVyMFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEeqhvdA7yGIaD0CUPa14+DVhLOJbBmGZ1SPg5X4oK
1uErpsfqBnglpFibbbTIgvmPbvznl36R9sXlLkYCeGa/IaNTMFEwHQYDVR0OBBYE
FAeWe12yh7ToVYA77FHTWTOwQr6HMB8GA1UdIwQYMBaAFAeWe12yh7ToVYA77FHT
WTOwQr6HMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAL3u9Br0
CEx/UR35gaeF6NsxZCvLrXhbk+0sKLJEhSLCAiArqTI4j83ILupp6IjkFYpzcKt+
uB1caMkcxN8t7kzhnw==
-----END CERTIFICATE-----
`;

/** What the examples of the gateway name: a system of the market authority with key and message, an issuer, and grants of two units. */
export async function fixtureGateway(house: TestHouse): Promise<Record<string, unknown>> {
  const { services } = house;
  const actor = systemActor({ name: 'fixture', unit: 'market-supervision' });
  const key = readPublicKey(generateKey('ed25519').publicKey);
  if (!key) throw new Error('a new key cannot be read');
  const id = keyIdOf(key);
  const old = readPublicKey(generateKey('ed25519').publicKey);
  if (!old) throw new Error('a new key cannot be read');
  const message = uuidv7();
  const authority = 'f'.repeat(64);
  await services.database.tx({ module: 'gateway', actor: { ...actor, trace: message } }, async (db) => {
    await db.run(sql`insert into gateway.system (id, name, name_en, unit, contact, created_at, created_by, changed_at)
      values ('fixture-system', '样例外部系统', 'Sample system', 'market-supervision', '021-0000000', now(), 'fixture', now())`);
    for (const one of [key, old])
      await db.run(sql`insert into gateway.system_key (id, system, algorithm, public_key, fingerprint, valid_from, valid_until, created_at, created_by)
        values (${keyIdOf(one)}, 'fixture-system', 'ed25519', ${one.key.export({ type: 'spki', format: 'pem' }).toString()}, ${fingerprintOf(one)}, now(), now() + interval '1 year', now(), 'fixture')`);
    await db.run(sql`insert into gateway.authority (id, name, certificate, valid_from, valid_until, created_at, created_by)
      values (${authority}, '样例签发机构', ${ISSUER}, now(), now() + interval '1 year', now(), 'fixture')`);
    await logMessages(db, services.registry.provided(auditTrail)[0]?.value, [
      {
        message: {
          id: message,
          at: new Date().toISOString(),
          system: 'fixture-system',
          unit: 'market-supervision',
          key: id,
          algorithm: 'ed25519',
          service: 'items.read',
          item: 'population.household',
          purpose: 'verify-application',
          caseNo: 'BJ-0',
          method: 'GET',
          target: 'https://example/gateway/v1/items/population.household',
          address: '127.0.0.1',
          nonce: 'fixture-fixture-fixture',
          requestDigest: null,
          requestSignature: null,
          requestBase: null,
          outcome: 'answered',
          code: null,
          status: 200,
          rows: 0,
          subjects: 0,
          answerKey: null,
          answerDigest: null,
          answerSignature: null,
          answerBase: null,
          tookMs: 1,
        },
        actor: { ...actor, trace: message },
        route: 'GET /gateway/v1/items/:item',
        fields: [],
        subjects: [],
      },
    ]);
  });
  const grant = (resource: string) =>
    services.database.tx({ module: 'catalog', actor }, (db) =>
      db.one<{ id: string }>(sql`
        insert into catalog.grant (taker, taker_schema, name, resource, wanted, wanted_purposes, purposes, why, for_unit, requested_unit)
        values ('gateway', 'gateway', ${unitGrantName('human-resources', resource)}, ${resource}, '{committeeCode}', '{verify-application}', '{verify-application}',
          '{"zh":"样例","en":"Sample"}', 'human-resources', 'human-resources') returning id`),
    );
  return {
    'gateway-system': 'fixture-system',
    'gateway-key': id,
    'gateway-key-old': keyIdOf(old),
    'gateway-message': message,
    'gateway-authority': authority,
    'gateway-issuer': ISSUER,
    'gateway-grant': (await grant('population.household')).id,
    'foreign-gateway-grant': (await grant('population.resident')).id,
  };
}
