import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import { type Part, quarterBefore, quarterOf } from './score-rules.ts';

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

const PartSchema = Type.Object({
  part: Type.String(),
  weight: Type.Number(),
  share: Type.Number(),
  n: Type.Integer(),
  own: Nullable(Type.Number()),
  all: Nullable(Type.Number()),
  value: Nullable(Type.Number()),
});

/** Scores of a quarter beside those of the one before (绩效), with their parts and the numbers behind them. Units and posts of five or more. */
export const listScores = route({
  method: 'GET',
  path: '/api/evaluation/scores',
  summary: { zh: '单位绩效', en: 'Scores of units' },
  allow: 'evaluation.wall.read',
  query: Type.Object(
    { quarter: Type.Optional(Type.String({ pattern: '^\\d{4}-Q[1-4]$' })) },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    quarter: Type.String(),
    before: Type.String(),
    verified: Type.Boolean({ description: '权重已核实 / the weights were compared with their source' }),
    scores: Type.Array(
      Type.Object({
        subject: Type.String(),
        unit: Type.String(),
        post: Type.String(),
        cases: Type.Integer(),
        value: Type.Number(),
        grade: Type.String(),
        before: Nullable(Type.Number()),
        parts: Type.Array(PartSchema),
        partsBefore: Nullable(Type.Array(PartSchema)),
      }),
    ),
  }),
  examples: { own: { as: 'unit-head' } },
  handler: async ({ db, clock, query }) => {
    const now = clock.now();
    const asked = query.quarter;
    const quarter = quarterOf(
      asked ? `${asked.slice(0, 4)}-${String(Number(asked.slice(6)) * 3).padStart(2, '0')}-01` : shanghaiDate(now),
    );
    const before = quarterBefore(quarter.from);
    const scores = await db.rows<{
      subject: string;
      unit: string;
      post: string;
      cases: number;
      value: number;
      grade: string;
      before: number | null;
      parts: Part[];
      partsBefore: Part[] | null;
    }>(sql`
      select s.subject, s.unit, s.post, s.cases, s.value::float8 as value, s.grade, b.value::float8 as before, s.parts, b.parts as "partsBefore"
      from evaluation.score s left join evaluation.score b on b.quarter = ${before.name} and b.subject = s.subject and b.unit = s.unit and b.post = s.post
      where s.quarter = ${quarter.name} order by s.unit, s.subject desc, s.post`);
    const weights = await ruleAt(db, 'evaluation.score.weights', now);
    return { quarter: quarter.name, before: before.name, verified: weights.verified !== undefined, scores };
  },
});
