import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { carryOut } from './case-act.ts';
import { actRoute, CaseParams } from './case-act-route.ts';
import type { KeptAnswers } from './case-answers.ts';
import { answersContext } from './case-applicant.ts';
import { CaseNotInState } from './case-errors.ts';
import { type FiledMaterial, subCases } from './case-row.ts';

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
  errors: [NotFound, CaseNotInState, InvalidInput],
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
    for (const row of rows) {
      const kept = JSON.parse(keyring.open(row.answers, answersContext(row.id))) as KeptAnswers;
      for (const [element, value] of Object.entries(body.answers)) {
        const asked = kept[element];
        if (asked !== undefined) kept[element] = { title: asked.title, value };
      }
      const materials = row.materials.filter(({ id }) => !body.materials.some((m) => m.no === row.no && m.id === id));
      const added = body.materials
        .filter(({ no, id }) => no === row.no && row.terms.materials.some((material) => material.id === id))
        .map(({ id, document }): FiledMaterial => ({ id, source: 'upload', document }));
      await db.run(sql`
        update service.sub_case set answers = ${keyring.seal(json(kept), answersContext(row.id))}, materials = ${json([...materials, ...added])}::text::jsonb where id = ${row.id}::uuid`);
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
