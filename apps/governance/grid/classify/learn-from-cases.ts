import { Type } from 'typebox';
import { systemActor } from '#platform/kernel/actor.ts';
import { type JobHandler, route, type Timer } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readClasses } from '#platform/case/classes.ts';
import { type ClassCorrection, classCorrections } from '#platform/case/hooks.ts';
import type { Labelled } from '#platform/search/classify/train-classifier.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { knowledgeOf } from './class-knowledge.ts';
import { storeModel } from './keep-model.ts';
import { learn } from './learn.ts';
import { proposeClasses } from './propose.ts';

const DAY_MS = 86_400_000;
/** How often is learnt anew, and of how long. */
const EVERY_DAYS = 7;
const WINDOW_DAYS = 730;
const MOST = 100_000;

/** Learns from the closed cases of the last two years (从结案案件学习), where there are enough by the rule. Reads them by the grant of cases. */
export const learnJob: JobHandler = {
  name: 'learn-classes',
  attempts: 2,
  run: async ({ services, tx }) => {
    const now = services.clock.now();
    const from = new Date(now.getTime() - WINDOW_DAYS * DAY_MS);
    const corrections =
      (await services.registry.provided(classCorrections)[0]?.value.since({ services, since: from, limit: MOST })) ??
      [];
    const { rows, least } = await tx(async (db) => ({
      least: (await amountAt(db, 'grid.classify.least-texts', now)).amount,
      rows: await db.rows<Labelled & { id: string }>(sql`
        select id, description as text, class as label from ${db.share('case')}
        where closed_at >= ${from}::timestamptz and state in ('closed', 'evaluated', 'archived') order by closed_at desc, no limit ${MOST}::int`),
    }));
    const texts = textsToLearn(rows, corrections);
    if (texts.length < least) {
      services.log.info({ cases: texts.length, least }, 'too few closed cases to learn classes from');
      return;
    }
    const learnt = learn(texts, { knowledge: knowledgeOf(await readClasses(services)) });
    if (!learnt) return;
    await tx(async (db) => {
      const version = await storeModel(db, {
        learnt,
        origin: 'cases',
        at: now,
        from: shanghaiDate(from),
        to: shanghaiDate(now),
        corrected: corrections.length,
      });
      await db.emit({ type: 'grid.text-model.learnt', subject: String(version) });
    });
  },
};

/**
 * What is learnt from (学习样本): closed cases under the class that they ended with, and cases whose class a person put right even before they close: of those somebody
 * has looked at just this.
 */
export function textsToLearn(
  closed: readonly (Labelled & { id: string })[],
  corrections: readonly ClassCorrection[],
): Labelled[] {
  const right = new Map(corrections.map((each) => [each.caseId, each]));
  const known = new Set(closed.map(({ id }) => id));
  return [
    ...closed.map(({ id, text, label }) => ({ text, label: right.get(id)?.class ?? label })),
    ...corrections.filter(({ caseId }) => !known.has(caseId)).map(({ text, class: label }) => ({ text, label })),
  ];
}

/** Once a week. */
export const learnWeekly: Timer = {
  name: 'learn-classes',
  everyMs: DAY_MS / 4,
  run: async ({ services }) => {
    await services.database.tx({ module: 'grid', actor: systemActor({ name: 'classify' }) }, async (db) => {
      const now = services.clock.now();
      const since = new Date(now.getTime() - EVERY_DAYS * DAY_MS);
      const fresh = await db.first(
        sql`select 1 as fresh from grid.text_model where origin = 'cases' and trained_at > ${since}::timestamptz limit 1`,
      );
      if (!fresh) await db.enqueue({ name: 'learn-classes', payload: {}, key: 'learn-classes' });
    });
    services.wake();
  },
};

/** What words may mean (文本归类): up to three classes with how sure that is; below the limit a person chooses. */
export const proposeClass = route({
  method: 'POST',
  path: '/api/grid/classify',
  summary: { zh: '按描述推荐案件类别', en: 'Classes that words may mean' },
  allow: 'signed-in',
  repeatable: true,
  body: Type.Object({ text: Type.String({ minLength: 2, maxLength: 2000 }) }, { additionalProperties: false }),
  reply: Type.Object({
    proposals: Type.Array(Type.Object({ class: Type.String(), confidence: Type.Number() })),
    sure: Type.Boolean(),
    version: Type.Union([Type.Integer(), Type.Null()]),
  }),
  examples: { own: { as: 'citizen', body: { text: '路口的井盖不见了' } } },
  prepare: ({ body, services }) => proposeClasses(services, body.text),
  handler: async ({ prepared }) => prepared,
});
