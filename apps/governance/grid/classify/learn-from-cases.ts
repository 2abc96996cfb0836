import { Type } from 'typebox';
import { systemActor } from '#platform/kernel/actor.ts';
import { type JobHandler, route, type Timer } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { modelInUse, storeModel } from './keep-model.ts';
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
    const { rows, least } = await tx(async (db) => ({
      least: (await amountAt(db, 'grid.classify.least-texts', now)).amount,
      rows: await db.rows<{ text: string; label: string }>(sql`
        select description as text, class as label from ${db.share('case')}
        where closed_at >= ${from}::timestamptz and state in ('closed', 'evaluated', 'archived') order by closed_at desc, no limit ${MOST}::int`),
    }));
    if (rows.length < least) {
      services.log.info({ cases: rows.length, least }, 'too few closed cases to learn classes from');
      return;
    }
    const learnt = learn(rows);
    if (!learnt) return;
    await tx(async (db) => {
      const version = await storeModel(db, {
        learnt,
        origin: 'cases',
        at: now,
        from: shanghaiDate(from),
        to: shanghaiDate(now),
      });
      await db.emit({ type: 'grid.text-model.learnt', subject: String(version) });
    });
  },
};

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

/** Models with what they were taught and how good they were (归类模型). */
export const listModels = route({
  method: 'GET',
  path: '/api/grid/text-models',
  summary: { zh: '文本归类模型', en: 'Models of text to class' },
  allow: 'grid.classify.keep',
  reply: Type.Object({
    inUse: Type.Union([Type.Integer(), Type.Null()]),
    models: Type.Array(
      Type.Object({
        version: Type.Integer(),
        origin: Type.String(),
        trainedAt: Type.String({ format: 'date-time' }),
        from: Type.Union([Type.String(), Type.Null()]),
        to: Type.Union([Type.String(), Type.Null()]),
        texts: Type.Integer(),
        heldOut: Type.Integer(),
        classes: Type.Integer(),
        top1: Type.Number(),
        top3: Type.Number(),
      }),
    ),
  }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db, clock }) => {
    const rows = await db.rows<{
      version: number;
      origin: string;
      trainedAt: Date;
      from: string | null;
      to: string | null;
      texts: number;
      heldOut: number;
      classes: number;
      top1: number;
      top3: number;
    }>(sql`
      select version, origin, trained_at as "trainedAt", window_from::text as "from", window_to::text as "to", texts, held_out as "heldOut", classes, top1, top3
      from grid.text_model order by version desc limit 100`);
    return {
      inUse: (await modelInUse(db, clock.now())) ?? null,
      models: rows.map((row) => ({ ...row, trainedAt: row.trainedAt.toISOString() })),
    };
  },
});

/** Has classes learnt now (立即学习). */
export const learnNow = route({
  method: 'POST',
  path: '/api/grid/text-models',
  summary: { zh: '从结案案件重新学习归类', en: 'Learn classes from closed cases' },
  allow: 'grid.classify.keep',
  reply: Type.Object({ job: Type.String() }),
  status: 202,
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db }) => ({ job: await db.enqueue({ name: 'learn-classes', payload: {} }) }),
});
