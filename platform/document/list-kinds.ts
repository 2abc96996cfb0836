import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { COMMON_KINDS, fileKind } from './file-kinds.ts';

/** Kinds of files that can be uploaded (文件种类), with size and types: what a form says before anybody chooses a file. */
export const listKinds = route({
  method: 'GET',
  path: '/api/document/kinds',
  summary: { zh: '可以上传的文件种类', en: 'Kinds of files that can be uploaded' },
  allow: 'public',
  reply: Type.Object({
    kinds: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.Object({ zh: Type.String(), en: Type.String() }),
        maxBytes: Type.Integer(),
        media: Type.Array(Type.String()),
      }),
    ),
  }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ services }) => ({
    kinds: [...COMMON_KINDS, ...services.registry.provided(fileKind).map(({ value }) => value)].map(
      ({ id, title, maxBytes, media }) => ({ id, title: { zh: title.zh, en: title.en }, maxBytes, media: [...media] }),
    ),
  }),
});
