import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { call } from '#platform/kernel/testing.ts';
import type { PrivateKey } from '#platform/exchange/gateway/algorithms.ts';
import { listenerPort } from '#platform/exchange/gateway/listener.ts';
import { answerFault, type ClientTls, send, signRequest } from '#tools/gateway-client.ts';
import { type GatewayHouse, logged, openGatewayHouse, PURPOSE, registerSystem } from './house.ts';
import { exchange, headerOf } from './raw-socket.ts';

/*
 * The gateway's own listener with mutual TLS, by real connections: certificates of openssl, bound to systems by their fingerprint.
 */
const run = promisify(execFile);
const PERMITS = [{ service: 'verify.person', purposes: [PURPOSE], fields: ['name'], perMinute: null, perDay: null }];
const BODY = '{"items":[{"id":"310199199001010011","fields":{"name":"张三"}}]}';

let house: GatewayHouse;
let folder: string;
let key: PrivateKey;
let other: PrivateKey;
let unbound: PrivateKey;
const file = (name: string): string => join(folder, name);
const text = (name: string): string => readFileSync(file(name), 'utf8');

async function issue(name: string, ca: string): Promise<void> {
  await run('openssl', [
    'req',
    '-new',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    file(`${name}.key`),
    '-out',
    file(`${name}.csr`),
    '-subj',
    `/CN=${name}`,
    '-addext',
    'subjectAltName=IP:127.0.0.1',
  ]);
  await run('openssl', [
    'x509',
    '-req',
    '-in',
    file(`${name}.csr`),
    '-CA',
    file(`${ca}.pem`),
    '-CAkey',
    file(`${ca}.key`),
    '-CAcreateserial',
    '-copy_extensions',
    'copy',
    '-days',
    '10',
    '-out',
    file(`${name}.pem`),
  ]);
}
async function authority(name: string): Promise<void> {
  await run('openssl', [
    'req',
    '-x509',
    '-new',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    file(`${name}.key`),
    '-out',
    file(`${name}.pem`),
    '-days',
    '10',
    '-subj',
    `/CN=${name}`,
  ]);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-tls-'));
  await authority('ca');
  await authority('stranger');
  await issue('server', 'ca');
  await issue('client', 'ca');
  await issue('second', 'ca');
  await issue('outside', 'stranger');
  house = await openGatewayHouse({
    GATEWAY_PORT: '0',
    GATEWAY_TLS_CERT: file('server.pem'),
    GATEWAY_TLS_KEY: file('server.key'),
    GATEWAY_TLS_CA: file('ca.pem'),
  });
  const fingerprint = createHash('sha256')
    .update(new X509Certificate(text('client.pem')).raw)
    .digest('hex');
  const system = async (id: string, tlsFingerprints: string[]) =>
    (await registerSystem(house, { id, unit: 'market-supervision', permits: PERMITS, tlsFingerprints }))['sm2-sm3'];
  key = await system('tls-client', [fingerprint]);
  other = await system('tls-other', ['b'.repeat(64)]);
  unbound = await system('tls-unbound', []);
}, 300_000);
afterAll(async () => {
  await house?.close();
  await rm(folder, { recursive: true, force: true });
});

const origin = (): string => `https://127.0.0.1:${listenerPort(house.services.config)}`;
const tlsOf = (name: string): ClientTls => ({
  cert: text(`${name}.pem`),
  key: text(`${name}.key`),
  ca: text('ca.pem'),
});
const request = (signer: PrivateKey, at: string) =>
  signRequest({
    method: 'POST',
    url: `${at}/gateway/v1/verify/person`,
    body: BODY,
    service: 'verify.person',
    purpose: PURPOSE,
    caseNo: 'BJ-3',
    key: signer,
  });

it('answers a system by its own certificate', async () => {
  const sent = request(key, origin());
  const answer = await send(sent, tlsOf('client'));
  expect(answer.status, answer.body.toString()).toBe(200);
  expect(answerFault({ request: sent, answer, node: await house.node('sm2-sm3') })).toBeUndefined();
});

it.each([
  ['the certificate of another system', () => key, 'second'],
  ['a key of another system behind one’s own certificate', () => other, 'client'],
  ['a system that has registered no certificate', () => unbound, 'client'],
] as const)('refuses %s', async (_what, signer, certificate) => {
  const answer = await send(request(signer(), origin()), tlsOf(certificate));
  expect(JSON.parse(answer.body.toString())).toMatchObject({ status: 403, code: 'GATEWAY_CLIENT_CERTIFICATE' });
  expect(await logged(house, answer.headers['gateway-message'] ?? '')).toMatchObject({
    code: 'GATEWAY_CLIENT_CERTIFICATE',
  });
});

it('refuses a bound system that comes in by the open address', async () => {
  const answer = await send(request(key, house.origin));
  expect(JSON.parse(answer.body.toString())).toMatchObject({ code: 'GATEWAY_CLIENT_CERTIFICATE' });
  expect((await send(request(unbound, house.origin))).status).toBe(200);
});

it('refuses a message that was signed for the other address', async () => {
  const answer = await send(
    { ...request(key, house.origin), url: `${origin()}/gateway/v1/verify/person` },
    tlsOf('client'),
  );
  expect(JSON.parse(answer.body.toString())).toMatchObject({ code: 'GATEWAY_SIGNATURE_INVALID' });
});

it.each([
  ['no certificate', undefined],
  ['a certificate of an issuer that is not registered', 'outside'],
])('does not even shake hands with %s', async (_what, name) => {
  const { ca } = tlsOf('client');
  const tls = name === undefined ? ({ ca } as ClientTls) : { ...tlsOf(name), ca };
  await expect(send(request(key, origin()), tls)).rejects.toThrow(/alert|ECONNRESET|EPIPE|socket hang up|handshake/i);
});

it('shows nothing but the gateway', async () => {
  const sent = { method: 'GET', url: `${origin()}/api/identity/units`, headers: {}, body: '', nonce: '' };
  expect((await send(sent, tlsOf('client'))).status).toBe(404);
});

it('speaks no plain text', async () => {
  const answer = await exchange(
    `http://127.0.0.1:${listenerPort(house.services.config)}`,
    Buffer.from('GET /gateway/v1/keys HTTP/1.1\r\nHost: x\r\n\r\n'),
  );
  expect(answer === undefined || headerOf(answer, 'signature') === '').toBe(true);
});

it('lets go of who opens a connection and says nothing', async () => {
  const port = listenerPort(house.services.config) ?? 0;
  const began = Date.now();
  await new Promise<void>((resolve) =>
    connect(port, '127.0.0.1')
      .on('close', () => resolve())
      .on('error', () => undefined)
      .resume(),
  );
  expect(Date.now() - began).toBeGreaterThan(500);
}, 30_000);

it('says who answers, signed', async () => {
  const keys = await call(house, { url: '/gateway/v1/keys' });
  expect(keys.json().keys.map(({ algorithm }: { algorithm: string }) => algorithm)).toEqual([
    'sm2-sm3',
    'ed25519',
    'ecdsa-p256-sha256',
  ]);
  expect(keys.headers.signature).toMatch(/^sig=:/);
});
