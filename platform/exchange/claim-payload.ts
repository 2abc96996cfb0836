import type { Keyring } from '#platform/kernel/secret.ts';
import { maskCitizenId, maskText } from '#platform/kernel/mask.ts';
import { type CheckedRow, type ClaimValue, ID_KIND, type ImportTarget } from './target.ts';

export type ClaimRecord = { row: number; key: string; digest: string; payload: Record<string, ClaimValue> };

/**
 * What is stored of a checked row: identity numbers sealed with a look-up key, empty fields left out, the source's key and
 * the content as keyed digests (a plain hash of an identity number can be guessed).
 */
export function claimPayload(options: {
  row: CheckedRow & { key: string };
  dataset: string;
  target: ImportTarget;
  keyring: Keyring;
}): ClaimRecord {
  const { row, dataset, target, keyring } = options;
  const payload: Record<string, ClaimValue> = {};
  const content: string[] = [];
  for (const field of target.fields) {
    const value = row.values[field.name];
    if (value === undefined || value === null || value === '') continue;
    content.push(field.name, value);
    payload[field.name] =
      field.type === 'citizen-id'
        ? { h: keyring.lookup(ID_KIND, value), s: keyring.seal(value, `claim:${field.name}`), m: maskCitizenId(value) }
        : field.type === 'document-number'
          ? { h: keyring.lookup(field.name, value), s: keyring.seal(value, `claim:${field.name}`), m: maskText(value) }
          : value;
  }
  return {
    row: row.row,
    key: sourceKey({ key: row.key, dataset, keyring }),
    digest: keyring.lookup('claim-digest', content.join('')),
    payload,
  };
}

/** Key of a record at its source, as it is kept. */
export function sourceKey(options: { key: string; dataset: string; keyring: Keyring }): string {
  return options.keyring.lookup(`source-key:${options.dataset}`, options.key);
}
