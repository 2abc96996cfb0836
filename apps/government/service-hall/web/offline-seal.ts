/**
 * Encrypted store of a window that is cut off (加密暂存): AES-256-GCM under a key from the PIN of the shift by PBKDF2-SHA-256. The key is
 * never kept; without the PIN nobody reads what lies in the browser, and what was changed there is not opened.
 */
const ITERATIONS = 600_000;
const VERSION = 1;

export type Sealed = { v: number; salt: string; iv: string; data: string };

const toText = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** Key of a PIN. OWASP's number of rounds for PBKDF2 with SHA-256 (2023). */
export async function keyOf(pin: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ITERATIONS },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

export const newSalt = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(16));

export async function seal(key: CryptoKey, salt: Uint8Array<ArrayBuffer>, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: salt },
    key,
    new TextEncoder().encode(JSON.stringify(value)),
  );
  return { v: VERSION, salt: toText(salt), iv: toText(iv), data: toText(new Uint8Array(data)) };
}

/** Opens what was sealed; undefined where the PIN is wrong or something was changed. */
export async function unseal<T>(
  pin: string,
  sealed: Sealed,
): Promise<{ value: T; key: CryptoKey; salt: Uint8Array<ArrayBuffer> } | undefined> {
  const salt = toBytes(sealed.salt);
  const key = await keyOf(pin, salt);
  try {
    const iv = toBytes(sealed.iv);
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: salt }, key, toBytes(sealed.data));
    return { value: JSON.parse(new TextDecoder().decode(text)) as T, key, salt };
  } catch {
    return undefined;
  }
}
