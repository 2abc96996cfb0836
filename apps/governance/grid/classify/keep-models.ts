import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { classCorrections } from '#platform/case/hooks.ts';
import { readClasses } from '#platform/case/classes.ts';
import { amountAt, amountsAt } from '#platform/rulebook/rule-at.ts';
import { modelInUse } from './keep-model.ts';
import { isToLearn } from './learn-from-cases.ts';
import type { ClassScore, Compared, Confusion } from './learn.ts';

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
  /** How far its confidence is from the truth (ECE). */
  calibration: Maybe(Type.Number()),
  /** Who had it learnt; null where the week or the sample did. */
  askedBy: Maybe(Type.String()),
  /** Whether that is who asks now: another person takes it into use. */
  own: Type.Boolean(),
  /** Whether it was in use before, so that going back to it needs nobody else. */
  used: Type.Boolean(),
  /** Whether the model then in use did better or worse on the same cases. */
  compared: Maybe(
    Type.Object({
      version: Type.Integer(),
      top1: Type.Number(),
      top3: Type.Number(),
      calibration: Type.Number(),
      gained: Type.Integer(),
      lost: Type.Integer(),
    }),
  ),
});
type ModelRow = Omit<Static<typeof Model>, 'trainedAt'> & { trainedAt: Date };
const columns = (
  account: string,
) => sql`m.version, m.origin, m.trained_at as "trainedAt", m.window_from::text as "from", m.window_to::text as "to", m.texts, m.corrected,
  m.held_out as "heldOut", m.classes, m.top1, m.top3, m.calibration, r.asked_name as "askedBy", coalesce(r.asked_by = ${account}, false) as own,
  exists (select 1 from grid.text_model_choice c where c.version = m.version) as used, m.compared`;
const FROM = sql`from grid.text_model m left join grid.text_model_request r on r.id = m.request`;

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
    /** Closed cases of each class in force, the fewest first, and how many it needs to be learnt by its cases. */
    classes: Type.Array(Type.Object({ class: Type.String(), closed: Type.Integer() })),
    leastClass: Type.Integer(),
    leastTop3: Type.Number(),
    sure: Type.Number(),
    models: Type.Array(Model),
  }),
  examples: { own: { as: 'duty-officer' } },
  prepare: async ({ services }) => (await readClasses(services)).map(({ code }) => code),
  handler: async ({ db, actor, clock, prepared: codes }) => {
    const now = clock.now();
    const amount = async (id: string) => (await amountAt(db, id, now)).amount;
    const rows = await db.rows<ModelRow>(
      sql`select ${columns(actor.account)} ${FROM} order by m.version desc limit 100`,
    );
    const chosen = await db.first<{ version: number | null; reason: string; name: string; at: Date }>(
      sql`select version, reason, chosen_name as name, chosen_at as at from grid.text_model_choice order by chosen_at desc, id desc limit 1`,
    );
    const counts = await closedByClass(db, now);
    return {
      inUse: (await modelInUse(db)) ?? null,
      chosen: chosen ? { ...chosen, at: chosen.at.toISOString() } : null,
      closed: sumOf(counts),
      least: await amount('grid.classify.least-texts'),
      classes: codes
        .map((code) => ({ class: code, closed: counts.get(code) ?? 0 }))
        .sort((one, other) => one.closed - other.closed || (one.class < other.class ? -1 : 1)),
      leastClass: await amount('grid.classify.least-class'),
      leastTop3: await amount('grid.classify.least-top3'),
      sure: await amount('grid.classify.sure'),
      models: rows.map((row) => ({ ...row, trainedAt: row.trainedAt.toISOString() })),
    };
  },
});

/** Closed cases there are to learn from, by class (`grid` reads them by its grant). */
export async function closedByClass(db: Db, now: Date): Promise<Map<string, number>> {
  const rows = await db.rows<{ class: string; closed: number }>(
    sql`select class, count(*)::int as closed from ${db.share('case')} where ${isToLearn(now)} group by class`,
  );
  return new Map(rows.map(({ class: code, closed }) => [code, closed]));
}

/** All of them together. */
export const sumOf = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, each) => sum + each, 0);

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
    comparedByClass: Type.Array(
      Type.Object({ class: Type.String(), texts: Type.Integer(), before: Type.Integer(), after: Type.Integer() }),
    ),
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
  handler: async ({ db, actor, clock, params: { version }, prepared: urgent }) => {
    const found = await db.first<
      ModelRow & { byClass: ClassScore[] | null; confusions: Confusion[] | null; compared: Compared | null }
    >(
      sql`select ${columns(actor.account)}, m.by_class as "byClass", m.confusions ${FROM} where m.version = ${version}::int`,
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
      comparedByClass: found.compared?.byClass ?? [],
      weights,
      byClass: [...(found.byClass ?? [])].sort((one, other) => one.top3 / one.texts - other.top3 / other.texts),
      confusions: (found.confusions ?? [])
        .map((each) => ({ ...each, cost: costOf(each, terms), urgent: urgent.has(each.right) }))
        .sort((one, other) => other.cost - one.cost)
        .slice(0, MOST_SHOWN),
    };
  },
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
