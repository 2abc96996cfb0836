import { useEffect, useState } from 'react';

const CACHE = 'hall-offline-1';
const PAGE = '/gov/offline-window';
const WHO = '/api/identity/me';

/**
 * Keeps this page for a visit without a network (断网可打开): what it has loaded goes into a cache, and a worker for this address alone
 * (`web/public/hall-worker.js`) answers from it when the network does not. True once everything is there.
 */
export function useKeptPage(): boolean {
  const [kept, setKept] = useState(false);
  useEffect(() => {
    // Without a network it is open already, so it was kept before.
    if (!('serviceWorker' in navigator) || !navigator.onLine) return;
    const keep = async () => {
      await navigator.serviceWorker.register('/hall-worker.js', { scope: PAGE });
      const cache = await caches.open(CACHE);
      const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
      const own = loaded.filter(
        ({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'),
      );
      await cache.addAll([PAGE, WHO, ...new Set(own.map(({ pathname }) => pathname))]);
      setKept(true);
    };
    // The page works without it as long as it stays open.
    keep().catch(() => setKept(false));
  }, []);
  return kept;
}
