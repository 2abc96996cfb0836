import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { answersForBuildings } from './building-rules.ts';
import { endBuildings } from './succession.ts';

/** An officer of a unit that answers for buildings records that one was demolished (房屋灭失). Merges and splits come out of the conflict queue. */
export const endBuilding = route({
  method: 'POST',
  path: '/api/space/buildings/:code/demolition',
  summary: { zh: '登记房屋拆除', en: 'Record that a building was demolished' },
  allow: 'space.conflicts.decide',
  repeatable: true,
  params: Type.Object({ code: Type.String({ minLength: 1, maxLength: 40 }) }),
  body: Type.Object(
    { happenedOn: Type.String({ format: 'date' }), basis: Type.String({ minLength: 2, maxLength: 300 }) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ code: Type.String(), status: Type.String() }),
  errors: [NotFound],
  examples: {
    own: {
      as: 'data-officer',
      unit: 'housing',
      params: { code: 'fixture:old-building' },
      body: { happenedOn: '2026-11-20', basis: '样例：拆除许可（样）字第1号' },
    },
    foreign: {
      as: 'data-officer',
      params: { code: 'fixture:other-old-building' },
      body: { happenedOn: '2026-11-20', basis: '样例：拆除许可（样）字第1号' },
    },
  },
  handler: async ({ params, body, db, actor }) => {
    if (!answersForBuildings(actor)) throw NotFound.with();
    const [ended] = await endBuildings(db, {
      codes: [params.code],
      kind: 'demolished',
      successors: [],
      on: body.happenedOn,
      basis: body.basis,
    });
    if (ended === undefined) throw NotFound.with();
    return { code: ended, status: 'demolished' };
  },
});
