import { Type } from 'typebox';
import { systemActor } from '#platform/kernel/actor.ts';
import { type JobHandler, route, type Timer } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { readClasses } from '#platform/case/classes.ts';
import { type ClassCorrection, classCorrections } from '#platform/case/hooks.ts';
import type { Labelled } from '#platform/search/classify/train-classifier.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { knowledgeOf } from './class-knowledge.ts';
import { currentModel, storeModel } from './keep-model.ts';
import { compareModels, learnAndJudge } from './learn.ts';
import { proposeClasses } from './propose.ts';

const DAY_MS = 86_400_000;
/** How often is learnt anew, and of how long. */
const EVERY_DAYS = 7;
const WINDOW_DAYS = 730;
const MOST = 100_000;

/**
 * Learns from the closed cases of the last two years (从结案案件学习), where there are enough by the rule, and compares with the model in use on the same cases. Reads them by
 * the grant of cases. The new version waits until a person takes it into use.
 */
export const learnJob: JobHandler = {
  name: 'learn-classes',
  attempts: 2,
  run: async ({ services, tx, payload }) => {
    const now = services.clock.now();
    const from = new Date(now.getTime() - WINDOW_DAYS * DAY_MS);
    const corrections =
      (await services.registry.provided(classCorrections)[0]?.value.since({ services, since: from, limit: MOST })) ??
      [];
    const { rows, least, current } = await tx(async (db) => ({
      least: (await amountAt(db, 'grid.classify.least-texts', now)).amount,
      current: await currentModel(services, db),
      rows: await db.rows<Labelled & { id: string }>(sql`
        select id, description as text, class as label from ${db.share('case')}
        where ${isToLearn(now)} order by closed_at desc, no limit ${MOST}::int`),
    }));
    if (rows.length < least) {
      services.log.info({ cases: rows.length, least }, 'too few closed cases to learn classes from');
      return;
    }
    const texts = textsToLearn(rows, corrections);
    const exam = texts.filter((each) => each.exam);
    const learnt = learnAndJudge({
      taught: texts.filter((each) => !each.exam),
      exam,
      help: { knowledge: knowledgeOf(await readClasses(services)) },
    });
    if (!learnt) return;
    const compared = current && compareModels({ before: current, after: learnt.model, exam });
    await tx(async (db) => {
      const version = await storeModel(db, {
        learnt,
        origin: 'cases',
        at: now,
        from: shanghaiDate(from),
        to: shanghaiDate(now),
        corrected: corrections.length,
        ...(payload['request'] && { request: payload['request'] }),
        ...(compared && { compared }),
      });
      await db.emit({ type: 'grid.text-model.learnt', subject: String(version) });
    });
  },
};

/** Which cases are learnt from: closed within two years. A condition on the share of cases. */
export function isToLearn(now: Date): Sql {
  const from = new Date(now.getTime() - WINDOW_DAYS * DAY_MS);
  return sql`closed_at >= ${from}::timestamptz and state in ('closed', 'evaluated', 'archived')`;
}

/** One case in so many is kept to judge on. */
const EXAM = 5;

/** Whether a case is one to judge on (检验案件): by its id alone, so that it is one for every version and none was taught it. */
export function isExam(id: string): boolean {
  let hash = 2_166_136_261;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return (hash >>> 0) % EXAM === 0;
}

/**
 * What is learnt from (学习样本): closed cases under the class that they ended with, and cases whose class a person put right even before they close: of those somebody
 * has looked at just this. `exam`: kept to judge on; what a person put right is always learnt.
 */
export function textsToLearn(
  closed: readonly (Labelled & { id: string })[],
  corrections: readonly ClassCorrection[],
): (Labelled & { exam: boolean })[] {
  const right = new Map(corrections.map((each) => [each.caseId, each]));
  const known = new Set(closed.map(({ id }) => id));
  return [
    ...closed.map(({ id, text, label }) => {
      const put = right.get(id);
      return put ? { text, label: put.class, exam: false } : { text, label, exam: isExam(id) };
    }),
    ...corrections
      .filter(({ caseId }) => !known.has(caseId))
      .map(({ text, class: label }) => ({ text, label, exam: false })),
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
    /** From which confidence no person is asked. */
    sureFrom: Type.Number(),
    version: Type.Union([Type.Integer(), Type.Null()]),
  }),
  examples: { own: { as: 'citizen', body: { text: '路口的井盖不见了' } } },
  prepare: ({ body, services }) => proposeClasses(services, body.text),
  handler: async ({ prepared }) => prepared,
});
