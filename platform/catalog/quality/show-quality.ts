import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { figuresAt } from './measure.ts';
import { QualitySchema, readQuality, RuleResultSchema } from './quality-view.ts';

/** Days of the trend. */
const DAYS = 90;

export const ItemParams = Type.Object({
  id: Type.String({ pattern: '^[a-z][a-z0-9-]*\\.[a-z0-9.-]+$', maxLength: 120 }),
});

/** The quality of one resource (质量面板): every rule in plain words with its counts, and the score by day. */
export const showQuality = route({
  method: 'GET',
  path: '/api/catalog/quality/:id',
  summary: { zh: '一项资源的数据质量', en: 'Quality of one resource' },
  allow: 'catalog.quality.read',
  params: ItemParams,
  reply: Type.Object({
    quality: Type.Union([QualitySchema, Type.Null()]),
    rules: Type.Array(RuleResultSchema),
    trend: Type.Array(Type.Object({ day: Type.String(), score: Type.Union([Type.Number(), Type.Null()]) })),
    minimum: Type.Number(),
    /** Whether the caller may add rules and have it measured: a data officer of the unit that answers for it. */
    mayKeep: Type.Boolean(),
  }),
  examples: { own: { as: 'data-officer', params: { id: 'population.household' } } },
  handler: async ({ db, params, actor, clock }) => {
    const found = await db.first<{ owner: string }>(sql`select owner from catalog.resource where id = ${params.id}`);
    if (!found) throw NotFound.with();
    const weights = await figuresAt(db, clock.now());
    const [measured] = await readQuality(db, { where: sql`q.resource = ${params.id}`, weights });
    const trend = await db.rows<{ day: string; score: number | null }>(sql`
      select day::text as day, score::float8 as score from catalog.quality_run where resource = ${params.id} order by day desc limit ${DAYS}::int`);
    const { rules = [], ...quality } = measured ?? {};
    return {
      quality: measured ? (quality as Omit<typeof measured, 'rules'>) : null,
      rules,
      trend: trend.reverse(),
      minimum: (await amountAt(db, 'catalog.quality.minimum')).amount,
      mayKeep: actor.post === 'data-officer' && actor.unit === found.owner,
    };
  },
});
