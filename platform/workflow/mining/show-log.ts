import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { ProcessParams } from '../studio/draft-record.ts';
import { lastVersion, readVersion } from '../studio/published-versions.ts';
import { byCase, readLog } from './read-log.ts';
import { fitnessOf, fits, replayCase } from './replay.ts';
import { stepTimes } from './step-times.ts';

/** What really happened with the cases of a version: waiting by step, and how far the drawing was followed (fitness). */
export const showLog = route({
  method: 'GET',
  path: '/api/workflow/processes/:id/log',
  summary: { zh: '流程运行情况', en: 'How a process runs' },
  allow: 'workflow.process.read',
  params: ProcessParams,
  query: Type.Object({
    /** Absent: the last. */
    version: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,5}$' })),
  }),
  reply: Type.Object({
    version: Type.Integer(),
    /** Cases that have ended, of the newest that were looked at. */
    cases: Type.Integer(),
    fitting: Type.Integer(),
    fitness: Type.Number(),
    steps: Type.Array(
      Type.Object({
        element: Type.String(),
        count: Type.Integer(),
        waitMean: Type.Number(),
        waitP90: Type.Number(),
      }),
    ),
  }),
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { id: 'shop-sign' } } },
  handler: async ({ db, params: { id }, query }) => {
    const of = query.version ? await readVersion(db, id, Number(query.version)) : await lastVersion(db, id);
    if (!of) throw NotFound.with();
    const steps = await readLog(db, { app: of.app, process: id, version: of.version });
    const replayed = byCase(steps)
      .filter(([first]) => first?.ended)
      .map((one) => replayCase(of.definition, one));
    return {
      version: of.version,
      cases: replayed.length,
      fitting: replayed.filter(fits).length,
      fitness: fitnessOf(replayed),
      steps: stepTimes(steps).map(({ element, count, waitMean, waitP90 }) => ({ element, count, waitMean, waitP90 })),
    };
  },
});
