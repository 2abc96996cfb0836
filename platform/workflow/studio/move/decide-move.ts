import { Type } from 'typebox';
import { type Services, route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { NotFound, ProblemError } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { ActRefused } from '../../errors.ts';
import { moveInstance } from '../../process/move-instance.ts';
import { holdDraft } from '../draft-record.ts';
import { MoveClosed, OwnMove } from '../studio-errors.ts';
import { decideMove, GONE, holdMove, MoveParams, type MoveRow, MoveSchema, moveView } from './move-record.ts';
import { planMove } from './plan.ts';

type Left = { instance: string; message: { zh: string; en: string } };

/**
 * Approves a request and moves its cases (批准迁移). Four eyes: another person of the unit than the one who asked. A case that has gone
 * on meanwhile to where it has no place, or has ended, stays as it is and is named; each that moves has its line in the log.
 */
export const approveMove = route({
  method: 'POST',
  path: '/api/workflow/processes/:id/moves/:move/approve',
  summary: { zh: '批准并执行迁移', en: 'Approve a move and carry it out' },
  allow: 'workflow.process.draft',
  params: MoveParams,
  body: Type.Object({}, { additionalProperties: false }),
  reply: MoveSchema,
  errors: [NotFound, OwnMove, MoveClosed],
  examples: {
    own: { as: 'data-officer', params: { id: 'moving-sign', move: 'fixture:move-to-approve' }, body: {} },
    foreign: { as: 'data-officer', params: { id: 'foreign-sign', move: 'fixture:move-to-approve' }, body: {} },
  },
  handler: async ({ db, actor, services, params: { id, move } }) => {
    await holdDraft(db, id);
    const row = await holdMove(db, { process: id, move });
    if (row.state !== 'asked') throw MoveClosed.with();
    if (row.askedBy === actor.account) throw OwnMove.with();
    const left = await moveAll(db, services, row);
    const moved = row.instances.length - left.length;
    await decideMove(db, move, sql`state = 'done', moved = ${moved}::int, left_behind = ${json(left)}::text::jsonb`);
    await db.emit({ type: 'workflow.instances.moved', subject: id, data: { process: id, move } });
    return moveView(await holdMove(db, { process: id, move }), actor.account);
  },
});

async function moveAll(db: Db, services: Services, row: MoveRow): Promise<Left[]> {
  const { app, process, fromVersion: from, toVersion: to, map, instances } = row;
  const plan = await planMove(db, { app, process, from, to, map, only: instances });
  const there = new Map(plan.instances.map((each) => [each.id, each]));
  const left: Left[] = [];
  for (const instance of instances) {
    const fault = there.has(instance) ? there.get(instance)?.faults[0]?.message : GONE;
    const refused = fault ?? (await moveOne(db, { services, instance, version: to, map }));
    if (refused) left.push({ instance, message: refused });
  }
  return left;
}

/** The words of a refusal; nothing was written then. */
async function moveOne(db: Db, options: Parameters<typeof moveInstance>[1]): Promise<Left['message'] | undefined> {
  try {
    await moveInstance(db, options);
    return undefined;
  } catch (error) {
    if (error instanceof ProblemError && error.spec.code === ActRefused.code) return error.detail ?? GONE;
    throw error;
  }
}

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
