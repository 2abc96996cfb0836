import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { type FieldFault, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { FileGone } from '#platform/document/document-errors.ts';
import { carryOut } from './case-act.ts';
import { actRoute, CaseParams } from './case-act-route.ts';
import { answerState, type KeptAnswers, onRecord } from './case-answers.ts';
import { answersContext } from './case-applicant.ts';
import { CaseNotInState } from './case-errors.ts';
import { attachMaterials } from './case-material.ts';
import { type FiledMaterial, type SubRow, subCases } from './case-row.ts';

/** Takes an item back (撤回); the other items of the case go on. */
export const withdrawCase = actRoute({
  act: 'withdraw',
  own: true,
  allow: 'service.case.own',
  role: 'applicant',
  as: 'citizen',
  summary: { zh: '撤回申请', en: 'Withdraw an application' },
});

const Slug = Type.String({ pattern: '^[a-z][a-z0-9-]{0,60}$' });

/**
 * Answers the correction notice (补正): once for the whole case, since it was told once. Every item that waited goes back to its unit;
 * an answer reaches only the items that asked for it.
 */
export const answerCorrection = route({
  method: 'POST',
  path: '/api/service/own-cases/:code/correction',
  summary: { zh: '提交补正', en: 'Answer the correction notice' },
  allow: 'service.case.own',
  self: true,
  delegable: 'service-cases',
  params: CaseParams,
  body: Type.Object(
    {
      answers: Type.Record(Slug, Type.Union([Type.String({ maxLength: 4000 }), Type.Number(), Type.Boolean()])),
      materials: Type.Array(
        Type.Object(
          {
            no: Type.Integer({ minimum: 1 }),
            id: Slug,
            document: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 200 },
      ),
      note: Type.Optional(Type.String({ minLength: 2, maxLength: 1000 })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ items: Type.Array(Type.Integer()) }),
  errors: [NotFound, CaseNotInState, InvalidInput, FileGone],
  examples: {
    own: {
      as: 'citizen',
      params: { code: 'fixture:case-to-answer' },
      body: { answers: {}, materials: [], note: '已补齐签字页。' },
    },
    foreign: {
      as: 'citizen',
      params: { code: 'fixture:foreign-case' },
      body: { answers: {}, materials: [], note: '已补齐签字页。' },
    },
  },
  handler: async ({ db, actor, services, clock, params: { code }, body }) => {
    const all = await subCases(db, sql`c.code = ${code} order by s.no for update of s`);
    if (all.length === 0) throw NotFound.with();
    const rows = all.filter(({ state }) => state === 'correction');
    if (rows.length === 0) throw CaseNotInState.with();
    const { keyring } = services;
    const open = rows.map((row) => ({
      row,
      kept: JSON.parse(keyring.open(row.answers, answersContext(row.id))) as KeptAnswers,
    }));
    const faults = [...answerFaults(open, body.answers), ...materialFaults(rows, body.materials)];
    if (faults.length > 0) throw InvalidInput.with({ fields: faults });
    for (const { row, kept } of open) {
      for (const [element, value] of Object.entries(body.answers)) {
        const asked = kept[element];
        if (asked !== undefined && String(asked.value) !== String(value))
          kept[element] = {
            title: asked.title,
            value,
            state: answerState(asked) === 'disputed' ? 'disputed' : 'self-declared',
          };
      }
      // What was handed in first stays attached: the file of a case loses nothing.
      const added = body.materials
        .filter(({ no }) => no === row.no)
        .map(({ id, document }): FiledMaterial => ({ id, source: 'upload', document }));
      const materials = [...row.materials.filter(({ id }) => !added.some((each) => each.id === id)), ...added];
      await attachMaterials(db, { subCase: row.id, materials: added });
      await db.run(sql`
        update service.sub_case set answers = ${keyring.seal(json(kept), answersContext(row.id))}, materials = ${json(materials)}::text::jsonb where id = ${row.id}::uuid`);
      await carryOut({
        db,
        row,
        act: { act: 'answer' },
        hand: { roles: ['applicant'], account: actor.account },
        now: clock.now(),
        brought: { defects: null, text: body.note },
      });
    }
    return { items: rows.map(({ no }) => no) };
  },
});

/** A correction says what was asked, in the same kind of words, and does not overwrite what a source has verified. */
function answerFaults(
  open: readonly { kept: KeptAnswers }[],
  answers: Readonly<Record<string, string | number | boolean>>,
): FieldFault[] {
  return Object.entries(answers).flatMap(([element, value]): FieldFault[] => {
    const asked = open.flatMap(({ kept }) => kept[element] ?? []);
    if (asked.length === 0) return [notAsked(`/answers/${element}`)];
    const [first] = asked;
    if (typeof first?.value !== typeof value) return [notAsked(`/answers/${element}`)];
    const verified = asked.some((each) => answerState(each) === 'verified' && String(each.value) !== String(value));
    return verified ? [onRecord(element)] : [];
  });
}

function materialFaults(
  rows: readonly SubRow[],
  materials: readonly { no: number; id: string; document: string }[],
): FieldFault[] {
  return materials.flatMap(({ no, id }): FieldFault[] => {
    const row = rows.find((each) => each.no === no);
    return row?.terms.materials.some((material) => material.id === id) ? [] : [notAsked(`/materials/${no}/${id}`)];
  });
}

const notAsked = (pointer: string): FieldFault => ({
  pointer,
  rule: 'known',
  message: { zh: '没有要求补正这一项', en: 'is not what was asked for' },
});
