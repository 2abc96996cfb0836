/**
 * What is typed and not sent yet (草稿): kept for the tab under the account that typed it, so that on a shared desk nobody finds the
 * words of another; gone when the person signs out.
 */
const DRAFT = 'draft ';

export const draftKey = (account: string | null, ...about: string[]): string =>
  DRAFT + [account ?? '', ...about].join(' ');

export function dropDrafts(storage: Storage = sessionStorage): void {
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '');
  for (const key of keys) if (key.startsWith(DRAFT)) storage.removeItem(key);
}
