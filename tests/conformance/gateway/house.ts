import type { AddressInfo } from 'node:net';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call } from '#platform/kernel/testing.ts';
import { listensOn } from '#platform/identity/oidc/issuer.ts';
import {
  type Algorithm,
  generateKey,
  keyIdOf,
  type PrivateKey,
  type PublicKey,
  readPrivateKey,
} from '#platform/exchange/gateway/algorithms.ts';
import { nodeKey } from '#platform/exchange/gateway/node-keys.ts';
import { answerFault, type GatewayAnswer, send, signRequest } from '#tools/gateway-client.ts';
import { openSeededHouse, type SeededHouse } from '../../fixture.ts';

/** Purpose of the register under which the tests ask. */
export const PURPOSE = 'verify-application';
export const FAR = '2099-01-01T00:00:00Z';

export type GatewayHouse = SeededHouse & {
  /** Where it listens, `http://127.0.0.1:port`. */
  origin: string;
  node: (algorithm: Algorithm) => Promise<PublicKey>;
};

/** The seeded installation, listening on a real socket. */
export async function openGatewayHouse(env: Record<string, string> = {}): Promise<GatewayHouse> {
  const house = await openSeededHouse({ env });
  await house.server.fastify.listen({ port: 0, host: '127.0.0.1' });
  const { port } = house.server.fastify.server.address() as AddressInfo;
  listensOn(house.services.config, port);
  return Object.assign(house, {
    origin: `http://127.0.0.1:${port}`,
    node: (algorithm: Algorithm) => nodeKey(house.services, algorithm),
  });
}

/** Registers a system of a unit through the routes of the administrator, with a key of each algorithm. */
export async function registerSystem(
  house: GatewayHouse,
  options: { id: string; unit: string; permits?: object[]; networks?: string[]; tlsFingerprints?: string[] },
): Promise<Record<Algorithm, PrivateKey>> {
  const cookie = house.cookies['system-administrator'];
  const { id, unit, permits = [], networks = [], tlsFingerprints = [] } = options;
  const body = { id, name: `系统 ${id}`, nameEn: id, unit, contact: '021-0000000', networks, tlsFingerprints, permits };
  const made = await call(house, { method: 'POST', url: '/api/gateway/systems', cookie, body });
  if (made.statusCode !== 201) throw new Error(made.body);
  return {
    'sm2-sm3': await addKey(house, id, 'sm2-sm3'),
    ed25519: await addKey(house, id, 'ed25519'),
    'ecdsa-p256-sha256': await addKey(house, id, 'ecdsa-p256-sha256'),
  };
}

export async function addKey(
  house: GatewayHouse,
  system: string,
  algorithm: Algorithm,
  validUntil = FAR,
): Promise<PrivateKey> {
  const pair = generateKey(algorithm);
  await putKey(house, system, pair.publicKey, validUntil);
  return readPrivateKey(pair.privateKey);
}

export async function putKey(house: GatewayHouse, system: string, key: string, validUntil = FAR): Promise<void> {
  const reply = await call(house, {
    method: 'POST',
    url: `/api/gateway/systems/${system}/keys`,
    cookie: house.cookies['system-administrator'],
    body: { key, validUntil },
  });
  if (reply.statusCode !== 201) throw new Error(reply.body);
}

/** A data officer of one unit asks, one of the owner approves: a grant for outside systems. */
export async function grantToUnit(
  house: GatewayHouse,
  options: {
    asker: string;
    owner: string;
    resource: string;
    fields: string[];
    purposes?: string[];
    rowFilter?: object[];
    validUntil?: string | null;
  },
): Promise<{ id: string; ref: string }> {
  const { asker, owner, resource, fields, purposes = [PURPOSE], rowFilter = [], validUntil = null } = options;
  const body = { resource, fields, purposes, rowFilter, validUntil, reason: '业务系统核对' };
  const asked = await call(house, { method: 'POST', url: '/api/catalog/unit-grants', cookie: asker, body });
  if (asked.statusCode !== 201) throw new Error(asked.body);
  const { id, ref } = asked.json() as { id: string; ref: string };
  const approved = await call(house, {
    method: 'POST',
    url: `/api/catalog/grants/${id}/approve`,
    cookie: owner,
    body: { reason: '同意' },
  });
  if (approved.statusCode !== 200) throw new Error(approved.body);
  return { id, ref };
}

/** Calls over the socket with the reference client and checks the answer's signature. */
export async function ask(
  house: GatewayHouse,
  options: {
    key: PrivateKey;
    path: string;
    body?: unknown;
    service: string;
    purpose?: string;
    caseNo?: string;
    origin?: string;
  },
): Promise<GatewayAnswer & { fault: string | undefined; json: Record<string, unknown>; message: string }> {
  const { key, path, body, service, purpose = PURPOSE, caseNo = 'BJ-2026-0001', origin = house.origin } = options;
  const request = signRequest({
    method: body === undefined ? 'GET' : 'POST',
    url: `${origin}${path}`,
    body: body === undefined ? undefined : JSON.stringify(body),
    service,
    purpose,
    caseNo,
    key,
  });
  const answer = await send(request);
  const fault = answerFault({ request, answer, node: await house.node(key.algorithm) });
  return {
    ...answer,
    fault,
    json: JSON.parse(answer.body.toString('utf8')) as Record<string, unknown>,
    message: answer.headers['gateway-message'] ?? '',
  };
}

/** What the log holds of a message. */
export async function logged(house: GatewayHouse, id: string): Promise<Record<string, unknown> | undefined> {
  return house.services.database.tx({ module: 'gateway', actor: systemActor({ name: 'test' }) }, (db) =>
    db.first(sql`select * from gateway.message where id = ${id}::uuid`),
  );
}

export async function inGateway<T extends Record<string, unknown>>(
  house: SeededHouse,
  query: ReturnType<typeof sql>,
): Promise<T[]> {
  return house.services.database.tx({ module: 'gateway', actor: systemActor({ name: 'test' }) }, (db) =>
    db.rows<T>(query),
  );
}

export { keyIdOf };
