import { Type } from 'typebox';
import { type Mount, route } from '#platform/kernel/app.ts';
import { NotFound, PurposeRequired } from '#platform/kernel/errors.ts';
import { fileView, FileView } from './file-view.ts';
import { readableFile, recordRead } from './read-rights.ts';
import { readContent } from './store/spool.ts';

/** What is known of a file (文件信息), for whoever may read it. */
export const showFile = route({
  method: 'GET',
  path: '/api/document/files/:id',
  summary: { zh: '文件信息', en: 'What is known of a file' },
  allow: 'signed-in',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: FileView,
  errors: [NotFound, PurposeRequired],
  examples: {
    own: { as: 'citizen', params: { id: 'fixture:document-file' } },
    foreign: { as: 'citizen', params: { id: 'fixture:foreign-document-file' } },
  },
  prepare: ({ services, actor, params }) => readableFile({ services, actor, id: params.id }),
  handler: async ({ db, services, prepared }) => {
    await recordRead({ services, db, route: 'GET /api/document/files/:id', file: prepared });
    return fileView(prepared);
  },
});

const CONTENT = '/api/document/files/:id/content';

/**
 * The content of a file (文件内容), always as a download: no browser may run it in our name, whatever it holds. Who may, and the record of it,
 * are as for `showFile`.
 */
export const fileContent: Mount = {
  path: CONTENT,
  summary: { zh: '下载文件', en: 'Download a file' },
  allow: 'signed-in',
  register(server, kernel) {
    server.get<{ Params: { id: string } }>(CONTENT, async (request, reply) => {
      const { services } = kernel;
      const actor = await kernel.tx(request, async (_db, who) => who);
      const purpose = request.headers['x-purpose'] ?? (request.query as { purpose?: string }).purpose;
      if (typeof purpose === 'string' && /^[a-z][a-z0-9.-]{1,60}$/.test(purpose)) actor.purpose = purpose;
      const file = await readableFile({ services, actor, id: request.params.id });
      // Committed before the first byte leaves.
      await services.database.tx({ module: 'document', actor }, (db) =>
        recordRead({ services, db, route: `GET ${CONTENT}`, file }),
      );
      return reply
        .type('application/octet-stream')
        .header('content-length', file.size)
        .header('content-disposition', dispositionOf(file.name))
        .header('content-security-policy', "sandbox; default-src 'none'; frame-ancestors 'none'")
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, no-store')
        .send(await readContent(services, { id: file.content, key: file.key }));
    });
  },
};

/** RFC 6266 with RFC 8187: a plain name for old clients, the real one encoded. */
export function dispositionOf(name: string): string {
  const plain = name.replaceAll(/[^\w.-]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
