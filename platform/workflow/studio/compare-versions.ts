import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { compareModels } from './compare-models.ts';
import { ProcessParams, readDraft } from './draft-record.ts';
import { readModel } from './read-model.ts';
import { readVersion } from './published-versions.ts';

const Version = Type.String({ pattern: '^[1-9][0-9]{0,5}$' });
const Value = Type.Union([Type.String(), Type.Null()]);

/** What was added, removed and changed between a version and a later one, or the draft. */
export const compareVersions = route({
  method: 'GET',
  path: '/api/workflow/processes/:id/compare',
  summary: { zh: '比较流程的两个版本', en: 'Compare two versions' },
  allow: 'workflow.process.read',
  params: ProcessParams,
  query: Type.Object({
    from: Version,
    /** Absent: the draft. */
    to: Type.Optional(Version),
  }),
  reply: Type.Object({
    differences: Type.Array(
      Type.Object({
        element: Type.String(),
        kind: Type.String(),
        name: Type.String(),
        change: Type.Union([Type.Literal('added'), Type.Literal('removed'), Type.Literal('changed')]),
        attributes: Type.Array(Type.Object({ attribute: Type.String(), before: Value, after: Value })),
      }),
    ),
  }),
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { id: 'shop-sign' }, query: { from: '1' } } },
  handler: async ({ db, params: { id }, query: { from, to } }) => {
    const { xml: before } = await readVersion(db, id, Number(from));
    const after = to === undefined ? (await readDraft(db, id)).xml : (await readVersion(db, id, Number(to))).xml;
    return { differences: compareModels(await readModel(before), await readModel(after)) };
  },
});
