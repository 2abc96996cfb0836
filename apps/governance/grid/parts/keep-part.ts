import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { domainError, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { CodeParams } from './list-parts.ts';
import { findPart } from './part-row.ts';

export const NotYourPart = domainError({
  code: 'GRID_NOT_YOUR_PART',
  status: 403,
  title: { zh: '部件不归本单位', en: 'The part is not of your unit' },
  action: { zh: '请由权属单位、养护单位或城运中心办理。', en: 'Its owner, its keeper or the centre does this.' },
});
export const PartRemoved = domainError({
  code: 'GRID_PART_REMOVED',
  status: 409,
  title: { zh: '部件已拆除，不能再改', en: 'The part was removed and does not change any more' },
  action: { zh: '原处新装的，请以新代码登记。', en: 'Register what was put there since under a code of its own.' },
});

/** Says that a part is missing, in use again or removed (变更部件状态): its owner, its keeper, or the centre. Removed is for good. */
export const changePart = route({
  method: 'POST',
  path: '/api/grid/parts/:code/state',
  summary: { zh: '变更部件状态', en: 'Change the state of a part' },
  allow: 'grid.part.keep',
  params: CodeParams,
  body: Type.Object(
    {
      state: Type.Union([Type.Literal('in-use'), Type.Literal('missing'), Type.Literal('removed')]),
      reason: Type.String({ minLength: 2, maxLength: 500 }),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ state: Type.String() }),
  errors: [NotFound, NotYourPart, PartRemoved],
  examples: {
    own: {
      as: 'duty-officer',
      params: { code: 'fixture:grid-part' },
      body: { state: 'missing', reason: '巡查发现缺失' },
    },
  },
  handler: async ({ db, actor, clock, params: { code }, body: { state, reason } }) => {
    await db.first(sql`select 1 as held from grid.part where code = ${code} for update`);
    const row = await findPart(db, code);
    if (!row) throw NotFound.with();
    if (actor.post !== 'duty-officer' && actor.unit !== row.owner && actor.unit !== row.keeper)
      throw NotYourPart.with();
    if (row.state === 'removed') throw PartRemoved.with();
    if (row.state === state) return { state };
    const now = clock.now();
    await db.run(sql`update grid.part set state = ${state}, updated_at = ${now}::timestamptz where code = ${code}`);
    await db.run(sql`
      insert into grid.part_change (part, at, kind, by_name, by_unit, reason)
      values (${code}, ${now}::timestamptz, ${state}, ${actor.name}, ${actor.unit ?? null}::text, ${reason})`);
    await db.emit({ type: 'grid.part.changed', subject: code, data: { state } });
    return { state };
  },
});
