import type { Lists } from './read-code.ts';

/** What this device keeps so that certificates can be checked without a network: the lists, and the page itself. */
const LISTS = 'certificate-lists';
export const CACHE = 'certificate-check-1';
const SCOPE = '/citizen/certificate-check';

export function keptLists(): Lists | undefined {
  try {
    const kept = localStorage.getItem(LISTS);
    return kept === null ? undefined : (JSON.parse(kept) as Lists);
  } catch {
    return undefined;
  }
}

export function keepLists(lists: Lists): void {
  try {
    localStorage.setItem(LISTS, JSON.stringify(lists));
  } catch {
    // A browser that keeps nothing checks with a network only.
  }
}

/**
 * Keeps this page for the next visit without a network: what it has loaded goes into a cache, and a worker for this address alone
 * (`web/public/certificate-check.js`) answers from it when the network does not.
 */
export async function keepPage(): Promise<void> {
  if (!('serviceWorker' in navigator) || !navigator.onLine) return;
  try {
    await navigator.serviceWorker.register('/certificate-check.js', { scope: SCOPE });
    const cache = await caches.open(CACHE);
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    const own = [...new Set(loaded)].filter((name) => name.startsWith(`${location.origin}/assets/`));
    await cache.addAll([SCOPE, ...own]);
  } catch {
    // The page works without it as long as it stays open.
  }
}
