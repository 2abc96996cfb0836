/**
 * Secrets in data (ARCHITECTURE §2b 10): identity numbers and the like are stored as an AES-256-GCM envelope, and found by a
 * keyed look-up digest (HMAC-SM3). The keys stand in one file outside the data directory: who steals the data has nothing.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomFillSync,
  type KeyObject,
} from 'node:crypto';
import { readKeyFile, markOf, removeKeys, rotateKeyFile, type KeyFile } from '#platform/kernel/secret-file.ts';

/** An envelope: `s1.` and base64url of key id (4 bytes), nonce (12), ciphertext, tag (16). */
export type Sealed = `s1.${string}`;

/**
 * What a sealed value is bound to, e.g. `population.person.idNumber`: opening under another context fails, so a value cannot
 * be moved to another column. Put the row id in as well where rows must not be swapped.
 */
export type SealContext = string;

/** Why an envelope does not open. The message never holds the value. */
export type SecretFault = 'format' | 'unknown-key' | 'tampered';

export class SecretError extends Error {
  readonly fault: SecretFault;
  constructor(fault: SecretFault) {
    super(`sealed value refused: ${fault}`);
    this.fault = fault;
  }
}

export type Keyring = {
  /** Id of the key that seals now (8 hex digits). */
  readonly currentKeyId: string;
  /** Ids of all keys of the file, the current one included. */
  readonly keyIds: readonly string[];
  /** Encrypts a text. */
  seal(plain: string, context: SealContext): Sealed;
  /** Decrypts an envelope; throws `SecretError`. */
  open(sealed: string, context: SealContext): string;
  /** True if the value was sealed by an older key: seal it again when the row is written next. */
  isStale(sealed: string): boolean;
  /**
   * Look-up key of a value: base64url HMAC-SM3 (43 characters) under a key of its own for each kind, so that digests of
   * different kinds cannot be joined. Equal values have equal digests: the normalised form (NFKC, no blanks, upper case) is
   * hashed. It does not change when keys rotate.
   */
  lookup(kind: string, value: string): string;
};

const PREFIX = 's1.';
const NONCE = 12;
const TAG = 16;
const HEAD = 4 + NONCE;

/**
 * Opens the key file; makes it (mode 0600) if `create` is not false and it does not exist. Throws if the file is readable
 * by others, damaged, or inside `dataDir`. Pass `create: false` wherever data already exist: a new key would not open them.
 */
export function openKeyring(input: {
  readonly file: string;
  readonly dataDir?: string;
  readonly create?: boolean;
}): Keyring {
  return keyringOf(readKeyFile(input));
}

/** Adds a key and makes it the current one; older keys still open what they sealed. Returns the new ring. */
export function rotateKeyring(input: { readonly file: string; readonly dataDir?: string }): Keyring {
  return keyringOf(rotateKeyFile(input));
}

/** Takes keys out of the file that seal nothing any more; the current one stays. Returns the new ring. */
export function pruneKeyring(input: {
  readonly file: string;
  readonly dataDir?: string;
  readonly remove: readonly string[];
}): Keyring {
  return keyringOf(removeKeys(input));
}

/** First letters of every envelope of a key: 30 of the 32 bits of its id, which no two keys of a file share. */
export function keyMark(id: string): string {
  return `${PREFIX}${markOf(id)}`;
}

/** The form in which two spellings of a value are the same: NFKC, no white space, upper case. */
export function normaliseForLookup(value: string): string {
  return (PLAIN.test(value) ? value : value.normalize('NFKC').replace(/\s+/g, '')).toUpperCase();
}
const PLAIN = /^[!-~]*$/;

function keyringOf(file: KeyFile): Keyring {
  const keys = new Map<number, KeyObject>();
  for (const key of file.keys) keys.set(Number.parseInt(key.id, 16), derive(key.secret, 'seal'));
  const currentId = Number.parseInt(file.current, 16);
  const current = keys.get(currentId);
  if (current === undefined) throw new Error('key file: the current key is missing');
  const lookupKeys = new Map<string, KeyObject>();
  const nonces = Buffer.alloc(NONCE * 1024);
  let used = nonces.length;

  return {
    currentKeyId: file.current,
    keyIds: file.keys.map(({ id }) => id),
    seal(plain, context) {
      if (used === nonces.length) {
        randomFillSync(nonces);
        used = 0;
      }
      const body = Buffer.from(plain, 'utf8');
      const out = Buffer.allocUnsafe(HEAD + body.length + TAG);
      out.writeUInt32BE(currentId, 0);
      nonces.copy(out, 4, used, used + NONCE);
      used += NONCE;
      const cipher = createCipheriv('aes-256-gcm', current, out.subarray(4, HEAD));
      cipher.setAAD(Buffer.from(context, 'utf8'));
      cipher.update(body).copy(out, HEAD);
      cipher.final();
      cipher.getAuthTag().copy(out, HEAD + body.length);
      return `${PREFIX}${out.toString('base64url')}`;
    },
    open(sealed, context) {
      const bytes = envelope(sealed);
      const key = keys.get(bytes.readUInt32BE(0));
      if (key === undefined) throw new SecretError('unknown-key');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(4, HEAD), { authTagLength: TAG });
      decipher.setAAD(Buffer.from(context, 'utf8'));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG));
      const plain = decipher.update(bytes.subarray(HEAD, bytes.length - TAG));
      try {
        decipher.final();
      } catch {
        throw new SecretError('tampered');
      }
      return plain.toString('utf8');
    },
    isStale(sealed) {
      return envelope(sealed).readUInt32BE(0) !== currentId;
    },
    lookup(kind, value) {
      let key = lookupKeys.get(kind);
      if (key === undefined) {
        key = derive(file.lookup, `lookup:${kind}`);
        lookupKeys.set(kind, key);
      }
      return createHmac('sm3', key).update(normaliseForLookup(value), 'utf8').digest('base64url');
    },
  };
}

function envelope(sealed: string): Buffer {
  if (!sealed.startsWith(PREFIX)) throw new SecretError('format');
  const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url');
  // Re-encoding refuses the characters that Buffer skips in silence.
  if (bytes.length < HEAD + TAG || bytes.toString('base64url') !== sealed.slice(PREFIX.length))
    throw new SecretError('format');
  return bytes;
}

function derive(secret: string, use: string): KeyObject {
  const bytes = hkdfSync('sha256', Buffer.from(secret, 'base64url'), Buffer.alloc(0), `smart-district:${use}`, 32);
  return createSecretKey(Buffer.from(bytes));
}
