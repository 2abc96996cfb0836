import { sm2, sm3 } from 'sm-crypto-v2';

/** What offline checks go by, as it was published at `at` (`GET /api/service/certificates/lists`). */
export type Lists = {
  at: string;
  keys: { id: string; title: string; publicKey: string; from: string; until: string; revokedAt: string | null }[];
  ended: { identifier: string; state: string; at: string }[];
  types: Record<string, string>;
};

/**
 * What a code says and whether it holds. `forged`: no key of the list signed this text. `key`: the list does not know the key, it may be
 * too old. `late`: a presentation whose minutes are over. The other words are states of the certificate.
 */
export type Checked = {
  result:
    | 'holds'
    | 'unreadable'
    | 'forged'
    | 'key'
    | 'not-yet'
    | 'expired'
    | 'late'
    | 'suspended'
    | 'revoked'
    | 'rescinded'
    | 'cancelled'
    | 'replaced';
  kind?: 'certificate' | 'presentation';
  identifier?: string;
  title?: string;
  issuer?: string;
  from?: string;
  until?: string | null;
  /** Of a presentation. */
  fields?: Record<string, string>;
  holder?: 'agrees' | 'differs';
};

const ROOT = '1.2.156.3005.2';
/** Default user id of SM2 signatures (GM/T 0009-2012, 10). */
const USER = '1234567812345678';
const ENDED = ['suspended', 'revoked', 'rescinded', 'cancelled', 'replaced'] as const;

/** Takes a code out of what a camera reads: the code, or an address that carries it behind `#`. */
export function codeIn(text: string): string {
  const trimmed = text.trim();
  const at = trimmed.indexOf('#');
  return at < 0 ? trimmed : trimmed.slice(at + 1);
}

/** Checks a code (离线核验) with nothing but the lists: no network, nothing leaves the machine. How it is built is told in `certificate-code.ts`. */
export function checkCode(options: {
  code: string;
  lists: Lists;
  now: Date;
  holder?: { name: string; tail: string };
}): Checked {
  const { lists, now, holder } = options;
  const parts = codeIn(options.code).split('~');
  const [version, kind, short = '', about = '', begin = '', end = '', keyDigits = '', signature = ''] = parts;
  if (parts.length !== 8 || version !== 'EC1' || (kind !== 'C' && kind !== 'P') || !/^[0-9a-f]{16}$/.test(keyDigits))
    return { result: 'unreadable' };
  const key = lists.keys.find(({ id }) => id.startsWith(keyDigits));
  if (!key) return { result: 'key' };
  const text = new TextEncoder().encode(parts.slice(0, 7).join('~'));
  if (!signatureHolds(text, signature, key.publicKey)) return { result: 'forged' };
  const identifier = `${ROOT}.${short}`;
  const base = { identifier, title: lists.types[short.split('.')[0] ?? ''], issuer: key.title };
  const ended = lists.ended.find((each) => each.identifier === identifier);
  const state = ENDED.find((each) => each === ended?.state);
  // What a key signed after it was given up for lost may be anybody's.
  const lost = key.revokedAt !== null && now >= new Date(key.revokedAt);
  if (kind === 'P') {
    const [from, until] = [begin, end].map((seconds) => new Date(Number(seconds) * 1000));
    const fields = fieldsOf(about);
    if (!from || !until || !fields) return { result: 'unreadable' };
    const told = {
      ...base,
      kind: 'presentation' as const,
      from: from.toISOString(),
      until: until.toISOString(),
      fields,
    };
    if (lost) return { ...told, result: 'key' };
    return { ...told, result: state ?? (now > until ? 'late' : 'holds') };
  }
  const [from, until] = [dayOf(begin), dayOf(end)];
  const told = {
    ...base,
    kind: 'certificate' as const,
    from: from ?? '',
    until,
    ...(holder && { holder: digestOf(short, holder) === about ? ('agrees' as const) : ('differs' as const) }),
  };
  const today = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  if (lost) return { ...told, result: 'key' };
  if (state) return { ...told, result: state };
  if (from !== null && today < from) return { ...told, result: 'not-yet' };
  return { ...told, result: until !== null && today > until ? 'expired' : 'holds' };
}

function signatureHolds(text: Uint8Array, signature: string, publicKey: string): boolean {
  try {
    const hex = hexOf(bytesOf(signature));
    return hex.length === 128 && sm2.doVerifySignature(text, hex, publicKey, { hash: true, der: false, userId: USER });
  } catch {
    return false;
  }
}

/** As `holderDigest` of the server: identifier, name, last digits of the number. */
function digestOf(short: string, { name, tail }: { name: string; tail: string }): string {
  const text = [short, name.normalize('NFKC').replaceAll(/\s/g, ''), tail.trim().toUpperCase()].join('\n');
  return sm3(new TextEncoder().encode(text)).slice(0, 32);
}

function fieldsOf(encoded: string): Record<string, string> | undefined {
  try {
    const said: unknown = JSON.parse(new TextDecoder().decode(bytesOf(encoded)));
    if (typeof said !== 'object' || said === null) return undefined;
    return Object.fromEntries(Object.entries(said).map(([title, value]) => [title, String(value)]));
  } catch {
    return undefined;
  }
}

const dayOf = (digits: string): string | null =>
  /^\d{8}$/.test(digits) ? `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}` : null;
const bytesOf = (base64url: string): Uint8Array =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
