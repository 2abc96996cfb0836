import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { BreakGlassSchema, findBreakGlass, shownBreakGlass } from './break-glass-record.ts';

/** Break-glass that concerns the caller: asked by them or their unit, about data that their unit owns; all for the reviewer. */
export const listBreakGlass = route({
  method: 'GET',
  path: '/api/access/break-glass',
  summary: { zh: '紧急调阅记录', en: 'Break-glass on record' },
  allow: 'access.break-glass.read',
  reply: Type.Object({ entries: Type.Array(BreakGlassSchema) }),
  examples: { own: { as: 'security-administrator' } },
  handler: async ({ db, clock }) => {
    const now = clock.now();
    return { entries: (await findBreakGlass({ db })).map((row) => shownBreakGlass(db, row, now)) };
  },
});
