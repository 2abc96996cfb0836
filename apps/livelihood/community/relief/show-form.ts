import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { ObtainedSchema, reliefFormOf } from './relief-form.ts';

const MaybeText = Type.Union([Type.String(), Type.Null()]);
const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });

/** The application form for one resident: what has to be asked, and what is there already. */
export const showReliefForm = route({
  method: 'GET',
  path: '/api/community/relief/form',
  summary: { zh: '救助申请表：要问的与已有的', en: 'Relief form: what to ask, and what is there already' },
  allow: 'community.relief.file',
  query: Type.Object({ pid: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({
    fields: Type.Array(
      Type.Object({
        name: Type.String(),
        title: TextSchema,
        type: Type.String(),
        choices: Type.Union([Type.Array(Type.String()), Type.Null()]),
        required: Type.Boolean(),
        asked: Type.Boolean(),
        /** Where it comes from; also said where the source holds nothing and people have to be asked. */
        source: Type.Union([
          Type.Object({ resource: Type.String(), field: Type.String(), owner: MaybeText }),
          Type.Null(),
        ]),
      }),
    ),
    obtained: ObtainedSchema,
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', query: { pid: 'fixture:own-resident' }, purpose: 'verify-application' },
    foreign: { as: 'street-clerk', query: { pid: 'fixture:foreign-resident' }, purpose: 'verify-application' },
  },
  handler: async ({ db, query: { pid } }) => {
    const { fields, asked, obtained } = await reliefFormOf(db, pid);
    return {
      fields: fields.map(({ name, title, type, choices, required, resource, field, owner, live }) => ({
        name,
        title,
        type,
        choices,
        required,
        asked: asked.has(name),
        source: live && resource && field ? { resource, field, owner } : null,
      })),
      obtained,
    };
  },
});
