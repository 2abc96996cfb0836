import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { actRoute, CaseCodeText, Words } from './case-act-route.ts';
import { CaseNotInState, CaseWaits, REFUSALS, SecondCorrection } from './case-errors.ts';
import { tellCase } from './case-event.ts';
import { holdSubCase, subStateOf } from './case-row.ts';
import { take } from './case-state.ts';

const RECEIVE = { allow: 'service.case.receive', role: 'intake', as: 'data-officer' } as const;

/** Accepts (受理): the time for the decision begins. */
export const acceptCase = actRoute({
  ...RECEIVE,
  act: 'accept',
  summary: { zh: '受理办件', en: 'Accept a case' },
  brought: () => ({ defects: null }),
});

/** Does not accept (不予受理): in writing, with the reason and what the applicant can do about it (行政许可法 art. 32 II). */
export const refuseToAccept = actRoute({
  ...RECEIVE,
  act: 'not-accept',
  summary: { zh: '不予受理', en: 'Not accept a case' },
  body: Type.Object({ reason: Words, remedy: Words }, { additionalProperties: false }),
  example: {
    reason: '申请事项不属于本机关职权范围。',
    remedy: '可向有权机关申请；不服的，可在六十日内申请行政复议。',
  },
  brought: ({ reason, remedy }) => ({ reason, remedy, text: reason }),
});

/** Somebody who was granted something on a commitment is heard before it is revoked (陈述申辩). */
export const hearApplicant = actRoute({
  ...RECEIVE,
  act: 'hear',
  summary: { zh: '登记陈述申辩', en: 'Record what the applicant says' },
  body: Type.Object({ statement: Words }, { additionalProperties: false }),
  example: { statement: '申请人称设备已于上周到位，提交了照片。' },
  brought: ({ statement }) => ({ text: statement }),
});

const DefectBody = Type.Object(
  {
    /** Everything that is missing, at once. */
    defects: Type.Array(
      Type.Object(
        { what: Type.String({ minLength: 2, maxLength: 200 }), how: Type.String({ minLength: 4, maxLength: 500 }) },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 40 },
    ),
  },
  { additionalProperties: false },
);

/**
 * Notes what an item misses (补正内容). The notice is one for the whole case: it goes out once every unit has looked, or before the time
 * to tell defects ends. A second one is refused unless the head has allowed it.
 */
export const noteDefects = route({
  method: 'POST',
  path: '/api/service/cases/:code/items/:no/defects',
  summary: { zh: '提出补正内容', en: 'Note what an item misses' },
  allow: RECEIVE.allow,
  params: Type.Object({ code: CaseCodeText, no: Type.Integer({ minimum: 1, maximum: 99 }) }),
  body: DefectBody,
  reply: Type.Object({
    /** Units that still have to look before the one notice goes out. */
    waitsFor: Type.Array(Type.String()),
  }),
  errors: [NotFound, CaseNotInState, CaseWaits, SecondCorrection],
  examples: {
    own: {
      as: 'data-officer',
      params: { code: 'fixture:case-to-correct', no: '1' },
      body: { defects: [{ what: '租赁合同', how: '请补充出租方签字的那一页。' }] },
    },
    foreign: {
      as: 'data-officer',
      params: { code: 'fixture:foreign-case', no: '1' },
      body: { defects: [{ what: '租赁合同', how: '请补充出租方签字的那一页。' }] },
    },
  },
  handler: async ({ db, actor, clock, params, body: { defects } }) => {
    const row = await holdSubCase(db, params);
    if (!row) throw NotFound.with();
    const tried = take(subStateOf(row), { act: 'correct' }, { roles: ['intake'], account: actor.account });
    if (!tried.ok) throw REFUSALS[tried.why].with();
    const receivers = [...new Set([...row.receivers, actor.account])];
    await db.run(sql`
      update service.sub_case set defects = ${json(defects)}::text::jsonb, receivers = ${receivers}::text[] where id = ${row.id}::uuid`);
    tellCase(db, { caseId: row.caseId, sub: row, at: clock.now(), kind: 'defects', shown: false });
    const parts = await db.rows<{ no: number; unit: string; state: string; waits: boolean; looked: boolean }>(
      sql`select no, unit, state, waits, looked from service.case_parts(${row.caseId}::uuid)`,
    );
    const open = parts.filter(({ state, waits, looked }) => state === 'submitted' && !waits && !looked);
    return { waitsFor: [...new Set(open.map(({ unit }) => unit))] };
  },
});
