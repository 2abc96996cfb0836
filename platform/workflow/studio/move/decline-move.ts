import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { holdDraft } from '../draft-record.ts';
import { MoveClosed } from '../studio-errors.ts';
import { decideMove, holdMove, MoveParams, MoveSchema, moveView } from './move-record.ts';

/** Turns a request down, or takes the own one back (不予批准、撤回): nothing was moved. */
export const declineMove = route({
  method: 'POST',
  path: '/api/workflow/processes/:id/moves/:move/decline',
  summary: { zh: '不批准或撤回迁移', en: 'Decline a move, or take it back' },
  allow: 'workflow.process.draft',
  params: MoveParams,
  body: Type.Object({}, { additionalProperties: false }),
  reply: MoveSchema,
  errors: [NotFound, MoveClosed],
  examples: {
    own: { as: 'data-officer', params: { id: 'moving-sign', move: 'fixture:move-to-decline' }, body: {} },
    foreign: { as: 'data-officer', params: { id: 'foreign-sign', move: 'fixture:move-to-decline' }, body: {} },
  },
  handler: async ({ db, actor, params: { id, move } }) => {
    await holdDraft(db, id);
    if ((await holdMove(db, { process: id, move })).state !== 'asked') throw MoveClosed.with();
    await decideMove(db, move, sql`state = 'declined'`);
    return moveView(await holdMove(db, { process: id, move }), actor.account);
  },
});
