import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { classCorrections } from '#platform/case/hooks.ts';
import { readClasses } from '#platform/case/classes.ts';
import { amountAt, amountsAt } from '#platform/rulebook/rule-at.ts';
import { modelInUse } from './keep-model.ts';
import type { ClassScore, Confusion } from './learn.ts';

const KEEP = { allow: 'grid.classify.keep' } as const;
const Maybe = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const DAY_MS = 86_400_000;
/** How far back corrections are shown. */
const CORRECTION_DAYS = 90;
const MOST_SHOWN = 60;

const Model = Type.Object({
  version: Type.Integer(),
  origin: Type.String(),
  trainedAt: Type.String({ format: 'date-time' }),
  from: Maybe(Type.String()),
  to: Maybe(Type.String()),
  texts: Type.Integer(),
  corrected: Maybe(Type.Integer()),
  heldOut: Type.Integer(),
  classes: Type.Integer(),
  top1: Type.Number(),
  top3: Type.Number(),
});
type ModelRow = Omit<Static<typeof Model>, 'trainedAt'> & { trainedAt: Date };
const COLUMNS = sql`version, origin, trained_at as "trainedAt", window_from::text as "from", window_to::text as "to", texts, corrected, held_out as "heldOut", classes, top1, top3`;

/** Models with what they were taught and how good they were, which is in use and who said so (归类模型). */
export const listModels = route({
  ...KEEP,
  method: 'GET',
  path: '/api/grid/text-models',
  summary: { zh: '文本归类模型', en: 'Models of text to class' },
  reply: Type.Object({
    inUse: Maybe(Type.Integer()),
    /** Who chose it last; null where the rule does. */
    chosen: Maybe(
      Type.Object({ version: Maybe(Type.Integer()), reason: Type.String(), name: Type.String(), at: Type.String() }),
    ),
    /** Closed cases that there are to learn from, how many it needs, and the least share among the first three of a model that is used. */
    closed: Type.Integer(),
    least: Type.Integer(),
    leastTop3: Type.Number(),
    sure: Type.Number(),
    models: Type.Array(Model),
  }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db, clock }) => {
    const now = clock.now();
    const amount = async (id: string) => (await amountAt(db, id, now)).amount;
    const rows = await db.rows<ModelRow>(sql`select ${COLUMNS} from grid.text_model order by version desc limit 100`);
    const chosen = await db.first<{ version: number | null; reason: string; name: string; at: Date }>(
      sql`select version, reason, chosen_name as name, chosen_at as at from grid.text_model_choice order by chosen_at desc, id desc limit 1`,
    );
    const { closed } = await db.one<{ closed: number }>(
      sql`select count(*)::int as closed from ${db.share('case')} where state in ('closed', 'evaluated', 'archived')`,
    );
    return {
      inUse: (await modelInUse(db, now)) ?? null,
      chosen: chosen ? { ...chosen, at: chosen.at.toISOString() } : null,
      closed,
      least: await amount('grid.classify.least-texts'),
      leastTop3: await amount('grid.classify.least-top3'),
      sure: await amount('grid.classify.sure'),
      models: rows.map((row) => ({ ...row, trainedAt: row.trainedAt.toISOString() })),
    };
  },
});

/** What a confusion costs (混淆代价): its texts, times the weight of the rulebook for the two classes. Pure. */
export function costOf(
  { right, said, texts }: Confusion,
  terms: { other: number; urgent: number; isUrgent: (code: string) => boolean },
): number {
  const weight = terms.isUrgent(right) ? terms.urgent : right.slice(0, 3) === said.slice(0, 3) ? 1 : terms.other;
  return texts * weight;
}

/** One model by class (分类别命中率), and what it takes for what, the costliest first. */
export const showModel = route({
  ...KEEP,
  method: 'GET',
  path: '/api/grid/text-models/:version',
  summary: { zh: '一个归类模型', en: 'One model' },
  params: Type.Object({ version: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }),
  reply: Type.Object({
    ...Model.properties,
    weights: Type.Object({ other: Type.Number(), urgent: Type.Number() }),
    byClass: Type.Array(
      Type.Object({ class: Type.String(), texts: Type.Integer(), top1: Type.Integer(), top3: Type.Integer() }),
    ),
    confusions: Type.Array(
      Type.Object({
        right: Type.String(),
        said: Type.String(),
        texts: Type.Integer(),
        cost: Type.Number(),
        urgent: Type.Boolean(),
      }),
    ),
  }),
  errors: [NotFound],
  examples: { own: { as: 'duty-officer', params: { version: 'fixture:grid-text-model' } } },
  prepare: async ({ services }) =>
    new Set((await readClasses(services)).filter(({ secureRule }) => secureRule !== null).map(({ code }) => code)),
  handler: async ({ db, clock, params: { version }, prepared: urgent }) => {
    const found = await db.first<ModelRow & { byClass: ClassScore[] | null; confusions: Confusion[] | null }>(
      sql`select ${COLUMNS}, by_class as "byClass", confusions from grid.text_model where version = ${version}::int`,
    );
    if (!found) throw NotFound.with();
    const weights = await amountsAt(
      db,
      {
        other: { id: 'grid.classify.cost-other', unit: 'weight' },
        urgent: { id: 'grid.classify.cost-urgent', unit: 'weight' },
      },
      clock.now(),
    );
    const terms = { ...weights, isUrgent: (code: string) => urgent.has(code) };
    return {
      ...found,
      trainedAt: found.trainedAt.toISOString(),
      weights,
      byClass: [...(found.byClass ?? [])].sort((one, other) => one.top3 / one.texts - other.top3 / other.texts),
      confusions: (found.confusions ?? [])
        .map((each) => ({ ...each, cost: costOf(each, terms), urgent: urgent.has(each.right) }))
        .sort((one, other) => other.cost - one.cost)
        .slice(0, MOST_SHOWN),
    };
  },
});

/** Says which model is used (启用或退回模型): a former one, or the rule again. By a person, with a reason, kept for good. */
export const chooseModel = route({
  ...KEEP,
  method: 'POST',
  path: '/api/grid/text-model-choices',
  summary: { zh: '启用、退回归类模型', en: 'Choose the model that is used' },
  body: Type.Object(
    { version: Maybe(Type.Integer({ minimum: 1 })), reason: Type.String({ minLength: 4, maxLength: 500 }) },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ inUse: Maybe(Type.Integer()) }),
  errors: [InvalidInput],
  examples: { own: { as: 'duty-officer', body: { version: null, reason: '恢复按规则启用' } } },
  handler: async ({ db, actor, clock, body }) => {
    const now = clock.now();
    if (
      body.version !== null &&
      !(await db.first(sql`select 1 as there from grid.text_model where version = ${body.version}::int`))
    )
      throw InvalidInput.with({
        fields: [
          { pointer: '/version', rule: 'known', message: { zh: '没有这个版本', en: 'is no version that there is' } },
        ],
      });
    await db.run(sql`
      insert into grid.text_model_choice (id, version, reason, chosen_by, chosen_name, chosen_at)
      values (${uuidv7()}::uuid, ${body.version}::int, ${body.reason}, ${actor.account}, ${actor.name}, ${now}::timestamptz)`);
    return { inUse: (await modelInUse(db, now)) ?? null };
  },
});

/** Has classes learnt now (立即学习), where there are enough cases; the result is a new version. */
export const learnNow = route({
  ...KEEP,
  method: 'POST',
  path: '/api/grid/text-models',
  summary: { zh: '从结案案件重新学习归类', en: 'Learn classes from closed cases' },
  reply: Type.Object({ job: Type.String() }),
  status: 202,
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db }) => ({ job: await db.enqueue({ name: 'learn-classes', payload: {} }) }),
});

/** What people put right lately (近期人工改类): they are learnt the next time. */
export const listCorrections = route({
  ...KEEP,
  method: 'GET',
  path: '/api/grid/class-corrections',
  summary: { zh: '近期人工改类', en: 'Classes put right lately' },
  reply: Type.Object({
    days: Type.Integer(),
    corrections: Type.Array(
      Type.Object({
        no: Type.String(),
        before: Type.String(),
        class: Type.String(),
        at: Type.String({ format: 'date-time' }),
        text: Type.String(),
      }),
    ),
  }),
  examples: { own: { as: 'duty-officer' } },
  prepare: async ({ services }) => {
    const since = new Date(services.clock.now().getTime() - CORRECTION_DAYS * DAY_MS);
    return (
      (await services.registry.provided(classCorrections)[0]?.value.since({ services, since, limit: MOST_SHOWN })) ?? []
    );
  },
  handler: async ({ prepared }) => ({
    days: CORRECTION_DAYS,
    corrections: prepared.map(({ no, before, class: after, at, text }) => ({
      no,
      before,
      class: after,
      at: at.toISOString(),
      text,
    })),
  }),
});
