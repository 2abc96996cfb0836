import { createHash, createPublicKey, sign, type KeyObject } from 'node:crypto';

/**
 * An authenticator in software, as a browser's answers show it (WebAuthn Level 2, ES256, attestation "none"): for tests and for
 * the examples of the matrix. What a person uses is a device; this proves that each of its statements is checked.
 */
export type SoftwareKey = { privateKey: KeyObject; id: string; counter: number };
type Site = { origin: string; rpId: string; challenge: string };
type Flags = { present?: boolean; verified?: boolean };

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
const b64 = (data: Buffer | string): string => Buffer.from(data).toString('base64url');

export function softwareKey(privateKey: KeyObject): SoftwareKey {
  const { x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { privateKey, id: b64(sha256(`${x}.${y}`)), counter: 0 };
}

export function register(key: SoftwareKey, site: Site & Flags) {
  const { x, y } = createPublicKey(key.privateKey).export({ format: 'jwk' });
  const id = Buffer.from(key.id, 'base64url');
  // CBOR map {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}.
  const cose = Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32]),
    Buffer.from(x as string, 'base64url'),
    Buffer.from([0x22, 0x58, 32]),
    Buffer.from(y as string, 'base64url'),
  ]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(id.length);
  const data = Buffer.concat([head(key, site, 0x40), Buffer.alloc(16), length, id, cose]);
  // CBOR map {"fmt": "none", "attStmt": {}, "authData": bytes}.
  const size = Buffer.from([0x59, data.length >> 8, data.length & 255]);
  const attestation = Buffer.concat([
    Buffer.from([0xa3, 0x63]),
    Buffer.from('fmt'),
    Buffer.from([0x64]),
    Buffer.from('none'),
    Buffer.from([0x67]),
    Buffer.from('attStmt'),
    Buffer.from([0xa0, 0x68]),
    Buffer.from('authData'),
    size,
    data,
  ]);
  return answer(key, { clientDataJSON: clientData('webauthn.create', site), attestationObject: b64(attestation) });
}

export function assert(key: SoftwareKey, site: Site & Flags) {
  key.counter += 1;
  const data = head(key, site, 0);
  const clientDataJSON = clientData('webauthn.get', site);
  const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
  return answer(key, {
    clientDataJSON,
    authenticatorData: b64(data),
    signature: b64(sign('sha256', signed, key.privateKey)),
  });
}

function head(key: SoftwareKey, { rpId, present = true, verified = true }: Site & Flags, more: number): Buffer {
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(key.counter);
  const flags = (present ? 0x01 : 0) | (verified ? 0x04 : 0) | more;
  return Buffer.concat([sha256(rpId), Buffer.from([flags]), counter]);
}

function clientData(type: string, { origin, challenge }: Site): string {
  return b64(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

function answer<T extends object>(key: SoftwareKey, response: T) {
  return { id: key.id, rawId: key.id, type: 'public-key' as const, response };
}
