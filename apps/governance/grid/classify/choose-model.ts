import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { domainError, InvalidInput } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { modelInUse } from './keep-model.ts';
import { closedByClass, sumOf } from './keep-models.ts';

const KEEP = { allow: 'grid.classify.keep' } as const;

export const OwnModel = domainError({
  code: 'GRID_OWN_MODEL',
  status: 409,
  title: {
    zh: '您发起学习的模型，由另一位人员启用',
    en: 'A model that you had learnt is taken into use by another person',
  },
  action: {
    zh: '请另一位值班人员查看检验结果后启用。',
    en: 'Ask another duty officer to look at its results and take it into use.',
  },
});
export const WeakModel = domainError({
  code: 'GRID_WEAK_MODEL',
  status: 409,
  title: { zh: '这个模型没有达到启用的下限', en: 'The model is not as good as one must be' },
  action: { zh: '继续使用现在的模型，案件多了再学习。', en: 'Keep the present one, and learn again with more cases.' },
});
export const TooFewCases = domainError({
  code: 'GRID_TOO_FEW_CASES',
  status: 409,
  title: { zh: '结案案件还不够，不能学习', en: 'Too few closed cases to learn from' },
  action: { zh: '结案案件达到规则规定的件数后再学习。', en: 'Learn once there are as many as the rule says.' },
});

/**
 * Takes a model into use (启用), or goes back to a former one or to the sample's (退回): by a person, with a reason, kept for good. One that never was in use must be good
 * enough by the rule, and is taken into use by another person than had it learnt; going back needs nobody else.
 */
export const chooseModel = route({
  ...KEEP,
  method: 'POST',
  path: '/api/grid/text-model-choices',
  summary: { zh: '启用、退回归类模型', en: 'Choose the model that is used' },
  body: Type.Object(
    {
      version: Type.Union([Type.Integer({ minimum: 1, maximum: 2_147_483_647 }), Type.Null()]),
      reason: Type.String({ minLength: 4, maxLength: 500 }),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ inUse: Type.Union([Type.Integer(), Type.Null()]) }),
  errors: [InvalidInput, OwnModel, WeakModel],
  examples: { own: { as: 'duty-officer', body: { version: null, reason: '退回样例模型' } } },
  handler: async ({ db, actor, clock, body: { version, reason } }) => {
    const now = clock.now();
    if (version !== null) {
      const model = await db.first<{ origin: string; top3: number; own: boolean; used: boolean }>(sql`
        select m.origin, m.top3, coalesce(r.asked_by = ${actor.account}, false) as own,
          exists (select 1 from grid.text_model_choice c where c.version = m.version) as used
        from grid.text_model m left join grid.text_model_request r on r.id = m.request where m.version = ${version}::int`);
      if (!model)
        throw InvalidInput.with({
          fields: [
            { pointer: '/version', rule: 'known', message: { zh: '没有这个版本', en: 'is no version that there is' } },
          ],
        });
      if (model.origin === 'cases' && !model.used) {
        if (model.own) throw OwnModel.with();
        const { amount: least } = await amountAt(db, 'grid.classify.least-top3', now);
        if (model.top3 < least) throw WeakModel.with({ extra: { least, top3: model.top3 } });
      }
    }
    await db.run(sql`
      insert into grid.text_model_choice (id, version, reason, chosen_by, chosen_name, chosen_at)
      values (${uuidv7()}::uuid, ${version}::int, ${reason}, ${actor.account}, ${actor.name}, ${now}::timestamptz)`);
    return { inUse: (await modelInUse(db)) ?? null };
  },
});

/** Has classes learnt now (立即学习), where there are enough cases; the result is a new version that waits for another person. */
export const learnNow = route({
  ...KEEP,
  method: 'POST',
  path: '/api/grid/text-models',
  summary: { zh: '从结案案件重新学习归类', en: 'Learn classes from closed cases' },
  reply: Type.Object({ job: Type.String() }),
  status: 202,
  errors: [TooFewCases],
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db, actor, clock }) => {
    const now = clock.now();
    const { amount: least } = await amountAt(db, 'grid.classify.least-texts', now);
    const closed = sumOf(await closedByClass(db, now));
    if (closed < least)
      throw TooFewCases.with({
        detail: { zh: `现有 ${closed} 件，需要 ${least} 件`, en: `${closed} of ${least} there` },
        extra: { closed, least },
      });
    const request = uuidv7();
    await db.run(sql`
      insert into grid.text_model_request (id, asked_by, asked_name, asked_at) values (${request}::uuid, ${actor.account}, ${actor.name}, ${now}::timestamptz)`);
    return { job: await db.enqueue({ name: 'learn-classes', payload: { request } }) };
  },
});
