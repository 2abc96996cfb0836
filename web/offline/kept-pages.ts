import { useEffect, useState } from 'react';

const SHELL = 'kept-shell-1';
const FACTS = 'kept-facts-1';
const WHO = '/api/identity/me';

/**
 * Keeps the pages below `scope` for a day without a network (断网可打开): loads what they need (`load` imports the pages that were not open yet), puts it into
 * the cache and lets a worker for that scope (`web/public/page-worker.js`) answer from it. `facts` are addresses that the pages ask for. True once all is there.
 */
export function useKeptPages(options: {
  scope: string;
  load: () => Promise<unknown>;
  facts: readonly string[];
}): boolean {
  const [kept, setKept] = useState(false);
  const { scope, load, facts } = options;
  const listed = facts.join(' ');
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    // Without a network it is open already, so it was kept before.
    if (!navigator.onLine) return setKept(true);
    const keep = async () => {
      await navigator.serviceWorker.register('/page-worker.js', { scope });
      await load();
      const own = performance
        .getEntriesByType('resource')
        .map(({ name }) => new URL(name))
        .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'))
        .map(({ pathname }) => pathname);
      const shell = await caches.open(SHELL);
      await Promise.all([scope, WHO, '/mark.svg', ...new Set(own)].map((path) => shell.add(path)));
      const store = await caches.open(FACTS);
      // A fact that nobody has (no route of today, say) is no reason to keep nothing.
      await Promise.all(listed.split(' ').map((path) => addFact(store, path).catch(() => undefined)));
      setKept(true);
    };
    // The page works without it as long as it stays open.
    keep().catch(() => setKept(false));
  }, [scope, load, listed]);
  return kept;
}

async function addFact(store: Cache, path: string): Promise<void> {
  const reply = await fetch(path, { credentials: 'same-origin' });
  if (reply.ok) await store.put(path, reply);
  // Read to its end: an answer that nobody reads keeps its line open.
  else await reply.text();
}
