import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { allProcesses } from './published-versions.ts';

/** The processes of the district by name. */
export const listProcesses = route({
  method: 'GET',
  path: '/api/workflow/processes',
  summary: { zh: '流程清单', en: 'Processes' },
  allow: 'workflow.process.read',
  reply: Type.Object({
    processes: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        unit: Type.String(),
        version: Type.Union([Type.Integer(), Type.Null()]),
        retired: Type.Boolean(),
        running: Type.Integer(),
        /** The draft is not what the last version is. */
        changed: Type.Boolean(),
        changedAt: Type.String(),
        changedByName: Type.String(),
      }),
    ),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db }) => ({ processes: await allProcesses(db) }),
});
