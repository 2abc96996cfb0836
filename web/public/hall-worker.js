/* Worker of /gov/offline-window: the network first, what the page has kept when there is none. What was taken in never lies here: the page seals it itself. */
const CACHE = 'hall-offline-1';
const PAGE = '/gov/offline-window';
/** Who is signed in: the page has to know whose sealed store it opens. */
const WHO = '/api/identity/me';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const page = request.mode === 'navigate' && url.pathname === PAGE;
  const mine = page || url.pathname === WHO || url.pathname.startsWith('/assets/');
  if (request.method !== 'GET' || url.origin !== self.location.origin || !mine) return;
  event.respondWith(
    fetch(request).catch(async () => {
      const cache = await caches.open(CACHE);
      return (await cache.match(page ? PAGE : url.pathname)) ?? Response.error();
    }),
  );
});
