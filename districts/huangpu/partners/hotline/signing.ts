/**
 * Signatures of the simulated city (HTTP Message Signatures, RFC 9421), written from docs/gateway.md alone and with another library than the gateway uses, so
 * that both sides read the page and not each other.
 */
import { createHash, randomBytes } from 'node:crypto';
import { sm2, sm3 } from 'sm-crypto-v2';

const TAG = 'smart-district-gateway-1';
/** SubjectPublicKeyInfo of an SM2 key, up to the point. */
const SPKI = '3059301306072a8648ce3d020106082a811ccf5501822d034200';
const SM2 = { der: true, hash: true, userId: '1234567812345678' } as const;
const NAMES = ['@method', '@target-uri', 'content-digest', 'gateway-service', 'gateway-purpose', 'gateway-case'];

export type CityKey = { privateKey: string; publicKey: string; keyId: string };

/** A key pair of SM2; the public key as PEM and its id as the page says. Of a secret it is always the same one (64 hex digits). */
export function makeKey(secret?: string): CityKey & { pem: string } {
  const { privateKey, publicKey } =
    secret === undefined
      ? sm2.generateKeyPairHex()
      : { privateKey: secret, publicKey: sm2.getPublicKeyFromPrivateKey(secret) };
  const der = Buffer.from(SPKI + publicKey, 'hex');
  return { privateKey, publicKey, keyId: keyIdOf(der), pem: pemOf(der) };
}

const keyIdOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex').slice(0, 32);
const pemOf = (der: Buffer): string =>
  `-----BEGIN PUBLIC KEY-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END PUBLIC KEY-----\n`;
const digestOf = (body: string | Uint8Array): string => `sm3=:${Buffer.from(sm3(body), 'hex').toString('base64')}:`;

/** Header fields of a signed POST. */
export function signed(options: {
  key: CityKey;
  url: string;
  body: string;
  service: string;
  purpose: string;
  caseNo: string;
  at: Date;
}): Record<string, string> {
  const { key, url, body, service, purpose, caseNo, at } = options;
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'content-digest': digestOf(body),
    'gateway-service': service,
    'gateway-purpose': purpose,
    'gateway-case': caseNo,
  };
  const created = Math.floor(at.getTime() / 1000);
  const parameters = `(${NAMES.map((name) => `"${name}"`).join(' ')});created=${created};expires=${created + 60};nonce="${randomBytes(18).toString('base64url')}";keyid="${key.keyId}";alg="sm2-sm3";tag="${TAG}"`;
  const base = baseOf({ method: 'POST', url, headers, names: NAMES, parameters });
  const signature = sm2.doSignature(base, key.privateKey, { ...SM2, publicKey: key.publicKey });
  return {
    ...headers,
    'signature-input': `sig=${parameters}`,
    signature: `sig=:${Buffer.from(signature, 'hex').toString('base64')}:`,
  };
}

/** Header fields of a signed answer (docs/gateway.md, 3): over its content, and over the signature of the request that it answers. */
export function signedAnswer(options: {
  key: CityKey;
  status: number;
  type: string;
  body: string | Uint8Array;
  request: Record<string, string | undefined>;
  message: string;
  at: Date;
}): Record<string, string> {
  const { key, status, type, body, request, message, at } = options;
  const headers: Record<string, string> = {
    'content-type': type,
    'content-digest': digestOf(body),
    'gateway-message': message,
  };
  const nonce = /;nonce="([^"]+)"/.exec(request['signature-input'] ?? '')?.[1] ?? 'none';
  const created = Math.floor(at.getTime() / 1000);
  const parameters = `(${ANSWER_NAMES.map((name) => `"${name}"`).join(' ')} "signature";req);created=${created};expires=${created + 60};nonce="${nonce}";keyid="${key.keyId}";alg="sm2-sm3";tag="${TAG}"`;
  const base = [
    `"@status": ${status}`,
    ...ANSWER_NAMES.slice(1).map((name) => `"${name}": ${headers[name] ?? ''}`),
    `"signature";req: ${request.signature ?? ''}`,
    `"@signature-params": ${parameters}`,
  ].join('\n');
  const signature = sm2.doSignature(base, key.privateKey, { ...SM2, publicKey: key.publicKey });
  return {
    ...headers,
    'signature-input': `sig=${parameters}`,
    signature: `sig=:${Buffer.from(signature, 'hex').toString('base64')}:`,
  };
}
const ANSWER_NAMES = ['@status', 'content-type', 'content-digest', 'gateway-message'];

function baseOf(of: {
  method: string;
  url: string;
  headers: Record<string, string | undefined>;
  names: readonly string[];
  parameters: string;
}): string {
  const { method, url, headers, names, parameters } = of;
  const special: Record<string, string> = { '@method': method, '@target-uri': url };
  return [
    ...names.map((name) => `"${name}": ${special[name] ?? headers[name] ?? ''}`),
    `"@signature-params": ${parameters}`,
  ].join('\n');
}

/** Why a message is not to be believed (验签); undefined where it is the platform's. `nodeKeys`: PEM, as `/gateway/v1/keys` shows them. */
export function faultOf(options: {
  nodeKeys: readonly string[];
  method: string;
  url: string;
  headers: Record<string, string | undefined>;
  body: string;
  now: Date;
}): string | undefined {
  const { nodeKeys, method, url, headers, body, now } = options;
  const [, parameters = ''] = /^[a-z]+=(.*)$/.exec(headers['signature-input'] ?? '') ?? [];
  const names = [...(/^\(([^)]*)\)/.exec(parameters)?.[1] ?? '').matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);
  const parameter = (name: string) => new RegExp(`;${name}="?([^";]+)"?`).exec(parameters)?.[1];
  for (const name of NAMES) if (!names.includes(name)) return `${name} is not covered`;
  if (parameter('tag') !== TAG || parameter('alg') !== 'sm2-sm3') return 'tag or algorithm';
  if (Number(parameter('expires')) * 1000 < now.getTime()) return 'expired';
  if (headers['content-digest'] !== digestOf(body)) return 'digest';
  const der = nodeKeys
    .map((pem) => Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64'))
    .find((each) => keyIdOf(each) === parameter('keyid'));
  if (!der) return 'key';
  const signature = /^[a-z]+=:(.+):$/.exec(headers.signature ?? '')?.[1] ?? '';
  const hex = Buffer.from(signature, 'base64').toString('hex');
  const base = baseOf({ method, url, headers, names, parameters });
  try {
    return sm2.doVerifySignature(base, hex, der.subarray(-65).toString('hex'), SM2) ? undefined : 'signature';
  } catch {
    return 'signature';
  }
}
