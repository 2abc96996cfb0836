import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';

/** Has the registers compared again now; loads do it by themselves. */
export const startReconcile = route({
  method: 'POST',
  path: '/api/legal-entity/reconcile',
  summary: { zh: '重新比对三方户管', en: 'Compare the registers again' },
  allow: 'legal-entity.reconcile.run',
  status: 202,
  reply: Type.Object({ queued: Type.Boolean() }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db }) => {
    await db.enqueue({ name: 'reconcile', payload: {}, key: 'reconcile' });
    return { queued: true };
  },
});
