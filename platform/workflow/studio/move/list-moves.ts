import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { ProcessParams, readDraft } from '../draft-record.ts';
import { MoveSchema, movesOf, moveView } from './move-record.ts';

/** Requests to move cases of a process, and what came of them. */
export const listMoves = route({
  method: 'GET',
  path: '/api/workflow/processes/:id/moves',
  summary: { zh: '在办件迁移记录', en: 'Moves of cases to other versions' },
  allow: 'workflow.process.read',
  params: ProcessParams,
  reply: Type.Object({ moves: Type.Array(MoveSchema) }),
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { id: 'moving-sign' } } },
  handler: async ({ db, actor, params: { id } }) => {
    await readDraft(db, id);
    return { moves: (await movesOf(db, id)).map((row) => moveView(row, actor.account)) };
  },
});
