/* Worker of /citizen/certificate-check: the network first, what the page has kept when there is none. It looks at nothing of the API. */
const CACHE = 'certificate-check-1';
const PAGE = '/citizen/certificate-check';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const page = request.mode === 'navigate' && url.pathname === PAGE;
  if (request.method !== 'GET' || url.origin !== self.location.origin || !(page || url.pathname.startsWith('/assets/'))) return;
  event.respondWith(
    fetch(request).catch(async () => {
      const cache = await caches.open(CACHE);
      return (await cache.match(page ? PAGE : request)) ?? Response.error();
    }),
  );
});
