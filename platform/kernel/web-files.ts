import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from './config.ts';
import { pagePolicy } from './headers.ts';

/** Paths that belong to the single-page application; everything else unknown is a 404. */
const PAGES = ['/', '/login', '/login/reset', '/_parts', '/gov', '/citizen', '/business', '/ops', '/data'];
const WORKERS = ['certificate-check.js', 'hall-worker.js', 'page-worker.js'];
const MANIFESTS = ['kiosk.webmanifest', 'field.webmanifest', 'citizen.webmanifest'];
const ICONS = ['icon-192.png', 'icon-512.png', 'icon-maskable-192.png', 'icon-maskable-512.png'];
const ENTRANCE_PAGES = ['/gov/*', '/citizen/*', '/business/*', '/ops/*', '/data/*'];

const BUILDING = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<title>智慧城区</title><p>页面正在生成，请稍候。</p><p lang="en">The pages are being built; this one reloads by itself.</p></html>`;

/**
 * Serves the built web application: hashed assets for ever, the page itself never from a cache. The folder may still be
 * empty when the server starts to listen.
 */
export async function serveWeb(
  server: FastifyInstance,
  options: { dist: string; config: Pick<Config, 'deviceAgents'> },
): Promise<void> {
  const { dist } = options;
  const policy = pagePolicy(options.config);
  await server.register(fastifyStatic, { root: dist, serve: false, preCompressed: true });
  server.get('/assets/*', { config: { rateLimit: false } }, (request, reply) =>
    // A worker lives under the policy of its own file, and the map's worker fetches tiles.
    reply
      .header('content-security-policy', policy)
      .sendFile(`assets/${(request.params as { '*': string })['*']}`, { immutable: true, maxAge: '1y' }),
  );
  for (const picture of ['mark.svg', ...ICONS])
    server.get(`/${picture}`, { config: { rateLimit: false } }, (_request, reply) =>
      reply.sendFile(picture, { maxAge: '1d' }),
    );
  // Workers of pages that work without a network; a worker's path is its scope's, so they stand at the root.
  for (const worker of WORKERS)
    server.get(`/${worker}`, { config: { rateLimit: false } }, (_request, reply) =>
      reply.header('content-security-policy', policy).sendFile(worker, { cacheControl: false, maxAge: 0 }),
    );
  // A kiosk, and the pages of people in the field, are installed by them.
  for (const manifest of MANIFESTS)
    server.get(`/${manifest}`, { config: { rateLimit: false } }, (_request, reply) =>
      reply.type('application/manifest+json').sendFile(manifest, { maxAge: '1d' }),
    );
  for (const path of [...PAGES, ...ENTRANCE_PAGES]) {
    server.get(path, { config: { rateLimit: false } }, (_request, reply) => sendPage(reply, { dist, policy }));
  }
}

function sendPage(reply: FastifyReply, { dist, policy }: { dist: string; policy: string }): FastifyReply {
  reply.header('content-security-policy', policy);
  if (existsSync(join(dist, 'index.html')))
    return reply.sendFile('index.html', { cacheControl: false, immutable: false, maxAge: 0 });
  return reply.code(503).header('retry-after', '2').type('text/html; charset=utf-8').send(BUILDING);
}
