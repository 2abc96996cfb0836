import type { Mount } from '#platform/kernel/app.ts';

/** Published names of the interface (GX2), and the operations that answer them. */
const NAMES = ['signals', 'rules', 'scores'] as const;

/**
 * The interface as its users know it (`/api/supervision/…`). The operations live below the name of their module, where validation, rights and the
 * contract are: the published name leads there, with its query, for good (RFC 9110, 15.4.9).
 */
export const supervisionApi: Mount = {
  path: '/api/supervision',
  summary: { zh: '电子监察接口', en: 'Interface of supervision' },
  allow: 'evaluation.wall.read',
  register(server) {
    for (const name of NAMES)
      server.get(`/api/supervision/${name}`, (request, reply) => {
        const query = request.url.indexOf('?');
        return reply.redirect(`/api/evaluation/${name}${query < 0 ? '' : request.url.slice(query)}`, 308);
      });
  },
};
