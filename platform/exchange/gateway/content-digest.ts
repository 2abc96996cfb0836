import { createHash, timingSafeEqual } from 'node:crypto';
import { FieldSyntax, isInnerList, parseDictionary } from './structured-fields.ts';

/** Digests that count (RFC 9530, section 5), and SM3 of this house. Those that the registry calls insecure do not. */
export const DIGESTS = { 'sha-256': 'sha256', 'sha-512': 'sha512', sm3: 'sm3' } as const;
export type DigestName = keyof typeof DIGESTS;

/** The digests that a Content-Digest field claims, as far as they count; unknown algorithms are left aside (RFC 9530, 2). */
export function claimedDigests(field: string): Map<DigestName, Uint8Array> {
  const claims = new Map<DigestName, Uint8Array>();
  for (const [name, member] of parseDictionary(field)) {
    if (!(name in DIGESTS)) continue;
    if (isInnerList(member) || !(member.value instanceof Uint8Array))
      throw new FieldSyntax(`${name} is no byte sequence`);
    claims.set(name as DigestName, member.value);
  }
  return claims;
}

/** Whether each claimed digest is that of the content. */
export function digestsHold(claims: ReadonlyMap<DigestName, Uint8Array>, content: Uint8Array): boolean {
  if (claims.size === 0) return false;
  return [...claims].every(([name, claimed]) => {
    const found = createHash(DIGESTS[name]).update(content).digest();
    return found.length === claimed.length && timingSafeEqual(found, claimed);
  });
}

export function contentDigest(content: Uint8Array | string, name: DigestName = 'sha-256'): string {
  return `${name}=:${createHash(DIGESTS[name]).update(content).digest('base64')}:`;
}
