import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { findSame, SameFieldSchema } from './find-same.ts';

/** Says while a name is being typed whether another unit shares the answer already. */
export const checkField = route({
  method: 'GET',
  path: '/api/catalog/form-check',
  summary: { zh: '查重：这项数据是否已有来源', en: 'Whether a field asks for what is shared already' },
  allow: 'catalog.form.read',
  query: Type.Object({
    title: Type.String({ minLength: 1, maxLength: 120 }),
    element: Type.Optional(Type.String({ maxLength: 80 })),
  }),
  reply: Type.Object({ same: Type.Array(SameFieldSchema) }),
  examples: { own: { as: 'data-officer', query: { title: '家庭住址' } } },
  handler: async ({ db, query }) => ({ same: await findSame(db, query) }),
});
