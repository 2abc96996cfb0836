import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { holdDraft, ProcessParams } from '../draft-record.ts';
import { ElementMap, SaidSchema, VersionNumber } from './move-record.ts';
import { planMove } from './plan.ts';

const Named = Type.Object({ element: Type.String(), name: Type.String() });

/** What moving the cases under way on a version to another would do: which, where each step goes, what is lost, what cannot move. */
export const planMoveRoute = route({
  method: 'POST',
  path: '/api/workflow/processes/:id/moves/plan',
  summary: { zh: '预览在办件迁移', en: 'What moving cases to another version would do' },
  allow: 'workflow.process.draft',
  repeatable: true,
  params: ProcessParams,
  body: Type.Object(
    { from: VersionNumber, to: VersionNumber, map: Type.Optional(ElementMap) },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    /** Of these at most 200 are told. */
    all: Type.Integer(),
    map: ElementMap,
    places: Type.Array(
      Type.Object({
        element: Type.String(),
        name: Type.String(),
        instances: Type.Integer(),
        target: Type.Union([Type.String(), Type.Null()]),
        choices: Type.Array(Named),
      }),
    ),
    /** Steps that cases can no longer be returned to. */
    gone: Type.Array(Named),
    instances: Type.Array(
      Type.Object({
        id: Type.String(),
        unit: Type.Union([Type.String(), Type.Null()]),
        startedAt: Type.String(),
        at: Type.Array(Type.String()),
        faults: Type.Array(SaidSchema),
        lost: Type.Array(SaidSchema),
      }),
    ),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'data-officer', params: { id: 'moving-sign' }, body: { from: 1, to: 2 } },
    foreign: { as: 'data-officer', params: { id: 'foreign-sign' }, body: { from: 1, to: 2 } },
  },
  handler: async ({ db, params: { id }, body: { from, to, map = {} } }) => {
    const { app } = await holdDraft(db, id);
    const { instances, ...plan } = await planMove(db, { app, process: id, from, to, map });
    return { ...plan, instances: instances.map((each) => ({ ...each, startedAt: each.startedAt.toISOString() })) };
  },
});
