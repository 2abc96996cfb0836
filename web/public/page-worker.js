/*
 * Worker of pages that open without a network (`web/offline/kept-pages.ts`): one file, registered for each scope. Pages and facts come from the network
 * while there is one and from what was kept when there is none; scripts never change under their name, so they come from the cache at once.
 * What people hand in never lies here: that is the outbox.
 */
const SHELL = 'kept-shell-1';
const FACTS = 'kept-facts-1';
const TILES = 'kept-tiles-1';
const WHO = '/api/identity/me';
const ACCOUNT = '/kept-account';
/** Longest wait for a line that is there and says nothing. */
const PATIENCE_MS = 4000;
const MOST_TILES = 600;
const scope = new URL(self.registration.scope).pathname;
/** Facts that a page in the field asks for; all else needs a network. */
const FACT =
  /^\/(?:api\/(?:incident\/(?:cases|classes|own-reports)|grid\/|identity\/(?:me|units)|document\/files\/)|ogc\/collections\/districts)/;

/** What is only worth knowing as it is now: without a line the page is told so at once, and never shown what was yesterday. */
const NOW = /^\/api\/incident\/(?:near|parts-near)$/;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (url.pathname.startsWith(scope)) event.respondWith(fresh(request, SHELL, scope));
  } else if (url.pathname.startsWith('/assets/') || url.pathname === '/mark.svg') event.respondWith(asset(request, url));
  else if (url.pathname === WHO) event.respondWith(who(request));
  else if (url.pathname.startsWith('/tiles/')) event.respondWith(fresh(request, TILES, url.pathname + url.search));
  else if (NOW.test(url.pathname)) event.respondWith(now(request));
  else if (FACT.test(url.pathname)) event.respondWith(fresh(request, FACTS, url.pathname + url.search));
});

async function asset(request, url) {
  const cache = await caches.open(SHELL);
  const kept = await cache.match(url.pathname);
  if (kept) return kept;
  const reply = await fetch(request);
  if (reply.ok) await keep(cache, url.pathname, reply.clone());
  return reply;
}

/** The network first; a gateway without a server behind it is no network either. */
async function fresh(request, name, key) {
  const cache = await caches.open(name);
  try {
    const reply = await within(fetch(request), PATIENCE_MS, () => cache.match(key));
    if (reply.ok && !reply.headers.has('x-kept')) await keep(cache, key, reply.clone());
    if (![502, 503, 504].includes(reply.status)) return reply;
    return (await kept(cache, key)) ?? reply;
  } catch {
    return (await kept(cache, key)) ?? Response.error();
  }
}

/** The network or a clean no, as the server itself would word it (RFC 9457). */
async function now(request) {
  try {
    return await within(fetch(request), PATIENCE_MS, () => Promise.resolve(true));
  } catch {
    const body = { code: 'OFFLINE', status: 503, title: '现在没有网络 / There is no network now', action: '有网络后再试。/ Try again once there is one.' };
    return new Response(JSON.stringify(body), { status: 503, headers: { 'content-type': 'application/problem+json; charset=utf-8', 'x-kept': '1' } });
  }
}

/** Who is signed in. Facts kept for one account are never shown to another, nor after the sign-out. */
async function who(request) {
  const reply = await fresh(request, SHELL, WHO);
  if (reply.ok && !reply.headers.has('x-kept')) {
    const { account } = await reply.clone().json();
    const cache = await caches.open(SHELL);
    const before = await cache.match(ACCOUNT);
    if (before && (await before.text()) !== String(account)) await caches.delete(FACTS);
    await keep(cache, ACCOUNT, new Response(String(account)));
  }
  return reply;
}

/** An answer that was kept says so. */
async function kept(cache, key) {
  const found = await cache.match(key);
  if (!found) return undefined;
  const headers = new Headers(found.headers);
  headers.set('x-kept', '1');
  return new Response(found.body, { status: found.status, headers });
}

/** A full disk keeps nobody from working while there is a network. */
async function keep(cache, key, reply) {
  try {
    await cache.put(key, reply);
    if (key.startsWith('/tiles/')) {
      const keys = await cache.keys();
      if (keys.length > MOST_TILES) await Promise.all(keys.slice(0, keys.length - MOST_TILES).map((old) => cache.delete(old)));
    }
  } catch {
    // Nothing was kept.
  }
}

/** Waits no longer than that where something was kept; where nothing was, the network is all there is. */
async function within(work, ms, spare) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(async () => (await spare()) && reject(new Error('late')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
