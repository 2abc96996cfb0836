import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '#platform/kernel/testing.ts';
import {
  ALGORITHMS,
  type Algorithm,
  readPrivateKey,
  signatureHolds,
  signWith,
} from '#platform/exchange/gateway/algorithms.ts';
import { type GatewayHouse, openGatewayHouse, PURPOSE, putKey, registerSystem } from './house.ts';

/*
 * Interworking with programs that are not ours: a client in Python that follows docs/gateway.md with its own cryptography, and the
 * openssl command for SM2 and for certificates.
 */
const run = promisify(execFile);
const PERMITS = [{ service: 'verify.person', purposes: [PURPOSE], fields: ['name'], perMinute: null, perDay: null }];
const BODY = '{"items":[{"ref":"甲","id":"310199199001010011","fields":{"name":"张三"}}]}';

let house: GatewayHouse;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  house = await openGatewayHouse();
  await registerSystem(house, { id: 'python-client', unit: 'market-supervision', permits: PERMITS });
}, 300_000);
afterAll(async () => {
  await house?.close();
  await rm(folder, { recursive: true, force: true });
});

const file = (name: string): string => join(folder, name);
const openssl = (...args: string[]) => run('openssl', args);
const GENERATE: Record<Algorithm, string[]> = {
  'sm2-sm3': ['genpkey', '-algorithm', 'SM2'],
  ed25519: ['genpkey', '-algorithm', 'ED25519'],
  'ecdsa-p256-sha256': ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
};

async function keyFiles(algorithm: Algorithm): Promise<{ secret: string; open: string; node: string }> {
  const [secret, open, node] = ['key', 'pub', 'node'].map((part) => file(`${algorithm}-${part}.pem`)) as [
    string,
    string,
    string,
  ];
  await openssl(...GENERATE[algorithm], '-out', secret);
  await openssl('pkey', '-in', secret, '-pubout', '-out', open);
  const key = await house.node(algorithm);
  writeFileSync(node, key.key.export({ type: 'spki', format: 'pem' }));
  return { secret, open, node };
}

const python = async (...args: string[]): Promise<Record<string, unknown>> =>
  JSON.parse((await run('python3', [join(import.meta.dirname, 'client.py'), ...args])).stdout) as Record<
    string,
    unknown
  >;
const pem = async (path: string): Promise<string> => (await import('node:fs/promises')).readFile(path, 'utf8');

describe.each(ALGORITHMS)('a stranger’s client with %s', (algorithm) => {
  it('calls, is answered, and finds the answer signed', async () => {
    const { secret, open, node } = await keyFiles(algorithm);
    await putKey(house, 'python-client', await pem(open));
    const url = `${house.origin}/gateway/v1/verify/person`;
    const right = await python('call', algorithm, secret, 'POST', url, BODY, 'verify.person', PURPOSE, 'BJ-1', node);
    expect(right).toMatchObject({ status: 200, fault: null, body: { items: [{ ref: '甲', answers: {} }] } });
    const wrong = await python('call', algorithm, secret, 'POST', url, BODY, 'items.read', PURPOSE, 'BJ-1', node);
    expect(wrong).toMatchObject({ status: 400, fault: null, body: { code: 'GATEWAY_SERVICE_MISMATCH' } });
  });

  it('agrees with openssl about signatures in both directions', async () => {
    const { secret, open } = await keyFiles(algorithm);
    const key = readPrivateKey(await pem(secret));
    const text = Buffer.from('签名基串 "@method": POST');
    writeFileSync(file('text'), text);
    writeFileSync(file('ours'), signWith(key, text));
    if (algorithm !== 'sm2-sm3') return expect(signatureHolds(key, text, signWith(key, text))).toBe(true);
    const sm2 = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'];
    await openssl(
      'pkeyutl',
      '-verify',
      '-pubin',
      '-inkey',
      open,
      ...sm2,
      '-in',
      file('text'),
      '-sigfile',
      file('ours'),
    );
    await openssl('pkeyutl', '-sign', '-inkey', secret, ...sm2, '-in', file('text'), '-out', file('theirs'));
    const theirs = await (await import('node:fs/promises')).readFile(file('theirs'));
    expect(signatureHolds(key, text, theirs)).toBe(true);
    // Another user id is another signature: nobody's default slips through.
    await openssl(
      'pkeyutl',
      '-sign',
      '-inkey',
      secret,
      '-rawin',
      '-digest',
      'sm3',
      '-pkeyopt',
      'distid:somebody',
      '-in',
      file('text'),
      '-out',
      file('other'),
    );
    expect(signatureHolds(key, text, await (await import('node:fs/promises')).readFile(file('other')))).toBe(false);
  });
});

describe('certificates by openssl', () => {
  const issue = async (
    name: string,
    algorithm: Algorithm,
    days: number,
  ): Promise<{ ca: string; leaf: string; secret: string }> => {
    const sm2 = algorithm === 'sm2-sm3';
    const [caKey, ca, secret, csr, leaf] = ['ca-key', 'ca', 'key', 'csr', 'leaf'].map((part) =>
      file(`issued-${name}-${part}.pem`),
    ) as [string, string, string, string, string];
    const digest = sm2 ? ['-sm3', '-sigopt', 'distid:1234567812345678'] : [];
    await openssl(...GENERATE[algorithm], '-out', caKey);
    await openssl(
      'req',
      '-x509',
      '-new',
      '-key',
      caKey,
      '-out',
      ca,
      '-days',
      '30',
      '-subj',
      `/CN=issuer ${name}`,
      ...digest,
    );
    await openssl(...GENERATE[algorithm], '-out', secret);
    await openssl('req', '-new', '-key', secret, '-out', csr, '-subj', `/CN=system ${name}`, ...digest);
    await openssl(
      'x509',
      '-req',
      '-in',
      csr,
      '-CA',
      ca,
      '-CAkey',
      caKey,
      '-CAcreateserial',
      '-out',
      leaf,
      '-days',
      String(days),
      ...(sm2 ? ['-sm3', '-sigopt', 'distid:1234567812345678', '-vfyopt', 'distid:1234567812345678'] : []),
    );
    return { ca, leaf, secret };
  };
  const add = async (certificate: string) =>
    call(house, {
      method: 'POST',
      url: '/api/gateway/systems/python-client/keys',
      cookie: house.cookies['system-administrator'],
      body: { key: certificate, validUntil: '2099-01-01T00:00:00Z' },
    });
  const register = async (certificate: string) =>
    call(house, {
      method: 'POST',
      url: '/api/gateway/authorities',
      cookie: house.cookies['system-administrator'],
      body: { name: '区政务证书中心', certificate },
    });

  it.each(['sm2-sm3', 'ecdsa-p256-sha256'] as const)(
    'of a registered issuer are taken with %s, of another are not, and end with their issuer',
    async (algorithm) => {
      const { ca, leaf, secret } = await issue(algorithm, algorithm, 10);
      const other = await issue(`${algorithm}-other`, algorithm, 10);
      const unknown = await add(await pem(leaf));
      expect(unknown.json()).toMatchObject({ code: 'INVALID_INPUT', fields: [{ pointer: '/key' }] });
      const issuer = await register(await pem(ca));
      expect(issuer.statusCode, issuer.body).toBe(201);
      expect((await register(await pem(leaf))).statusCode).toBe(400);
      expect((await add(await pem(other.leaf))).statusCode).toBe(400);
      const taken = await add(await pem(leaf));
      expect(taken.statusCode, taken.body).toBe(201);
      // Ten days of the certificate, not the year that was asked for.
      expect(Date.parse(taken.json().validUntil) - Date.now()).toBeLessThan(11 * 86_400_000);
      const node = (await keyFiles(algorithm)).node;
      const url = `${house.origin}/gateway/v1/verify/person`;
      const ask = () => python('call', algorithm, secret, 'POST', url, BODY, 'verify.person', PURPOSE, 'BJ-2', node);
      expect(await ask()).toMatchObject({ status: 200, fault: null });
      const out = await call(house, {
        method: 'POST',
        url: `/api/gateway/authorities/${issuer.json().id}/revoke`,
        cookie: house.cookies['security-administrator'],
        body: { reason: '机构证书更换' },
      });
      expect(out.statusCode, out.body).toBe(200);
      expect(await ask()).toMatchObject({ status: 401, fault: null, body: { code: 'GATEWAY_KEY_REVOKED' } });
    },
  );
});
