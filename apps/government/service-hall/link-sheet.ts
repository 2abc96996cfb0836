import { createHash } from 'node:crypto';

/** A field of a copy sheet (转录单): what a person types over into the vertical system. */
export type SheetField = { element: string; value: string };

/** How people write the same: full width, blanks around and between Latin words are no difference; case is. */
export function asTyped(value: string): string {
  return value.normalize('NFKC').trim().replace(/\s+/g, ' ');
}

/** What is bound together by a digest: one field of one entry. */
export const fieldText = ({ element, value }: SheetField): string => `${element}=${asTyped(value)}`;

/**
 * Checksum of a sheet (核对码): eight characters that the vertical system's print-out or a second clerk can be held against at a glance.
 * It depends on no order. 40 bits: it finds mistakes, it proves nothing against somebody who means it.
 */
export function sheetChecksum(fields: readonly SheetField[]): string {
  const text = fields.map(fieldText).toSorted().join('\n');
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const bytes = createHash('sha256').update(text).digest();
  let bits = 0n;
  for (const byte of bytes.subarray(0, 5)) bits = (bits << 8n) | BigInt(byte);
  const letters = Array.from({ length: 8 }, (_, at) => alphabet[Number((bits >> BigInt(35 - at * 5)) & 31n)]).join('');
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
