import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { holdDraft, ProcessParams } from '../draft-record.ts';
import { MoveFaulty } from '../studio-errors.ts';
import { ElementMap, GONE, holdMove, MOST_MOVED, MoveSchema, moveView, VersionNumber } from './move-record.ts';
import { planMove } from './plan.ts';

const EXAMPLE = { from: 1, to: 2, map: {}, instances: ['fixture:moving-instance'], reason: '新版本改了办理岗位' };

/** Asks for cases to be moved to another version (申请迁移). Nothing moves before somebody else of the unit has approved it. */
export const askMove = route({
  method: 'POST',
  path: '/api/workflow/processes/:id/moves',
  summary: { zh: '申请迁移在办件', en: 'Ask for cases to be moved to another version' },
  allow: 'workflow.process.draft',
  params: ProcessParams,
  body: Type.Object(
    {
      from: VersionNumber,
      to: VersionNumber,
      map: ElementMap,
      instances: Type.Array(Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }), {
        minItems: 1,
        maxItems: MOST_MOVED,
        uniqueItems: true,
      }),
      reason: Type.String({ minLength: 4, maxLength: 300 }),
    },
    { additionalProperties: false },
  ),
  reply: MoveSchema,
  status: 201,
  errors: [NotFound, MoveFaulty],
  examples: {
    own: { as: 'data-officer', params: { id: 'moving-sign' }, body: EXAMPLE },
    foreign: { as: 'data-officer', params: { id: 'foreign-sign' }, body: EXAMPLE },
  },
  handler: async ({ db, actor, params: { id }, body: { from, to, map, instances, reason } }) => {
    const { app } = await holdDraft(db, id);
    const plan = await planMove(db, { app, process: id, from, to, map, only: instances });
    const found = new Map(plan.instances.map((each) => [each.id, each]));
    const refused = instances.flatMap((instance) => {
      const standing = found.get(instance);
      const faults = standing ? standing.faults : [{ element: '', name: '', message: GONE }];
      return from === to || faults.length > 0 ? [{ instance, faults }] : [];
    });
    if (refused.length > 0) throw MoveFaulty.with({ extra: { refused } });
    const { id: move } = await db.one<{ id: string }>(sql`
      insert into workflow.move (app, process, from_version, to_version, map, instances, reason, asked_by, asked_by_name)
      values (${app}, ${id}, ${from}::int, ${to}::int, ${json(plan.map)}::text::jsonb, ${instances}::uuid[], ${reason}, ${actor.account}, ${actor.name})
      returning id`);
    return moveView(await holdMove(db, { process: id, move }), actor.account);
  },
});
