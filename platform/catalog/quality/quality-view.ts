import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { TextSchema } from '../item-detail.ts';
import type { Result } from './measure.ts';
import { type Dimension, DIMENSIONS, wordsOf } from './rules.ts';
import type { Freshness, Rates } from './score.ts';

const Maybe = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);
const DimensionSchema = Type.Unsafe<Dimension>(Type.Union(DIMENSIONS.map((each) => Type.Literal(each))));

export const RuleResultSchema = Type.Object({
  id: Type.String(),
  dimension: DimensionSchema,
  by: Type.String(),
  words: TextSchema,
  why: Maybe(Type.String()),
  checked: Type.Integer(),
  failed: Type.Integer(),
});

/** One resource as it was measured last: units and counts only. */
export const QualitySchema = Type.Object({
  resource: Type.String(),
  title: TextSchema,
  owner: Type.String(),
  level: Type.String(),
  updates: Type.String(),
  day: Type.String(),
  measuredAt: Type.String(),
  rows: Type.Integer(),
  sampled: Type.Boolean(),
  score: Maybe(Type.Number()),
  dimensions: Type.Array(
    Type.Object({ dimension: DimensionSchema, rate: Maybe(Type.Number()), weight: Type.Number() }),
  ),
  freshness: Type.Object({
    state: Type.String(),
    cycles: Maybe(Type.Number()),
    at: Maybe(Type.String()),
  }),
  /** Rules that not every row keeps to, the one with the most such rows first. */
  failing: Type.Array(RuleResultSchema),
});
export type QualityView = Static<typeof QualitySchema>;

type Row = Omit<QualityView, 'measuredAt' | 'dimensions' | 'failing'> & {
  measuredAt: Date;
  dimensions: Rates;
  results: Result[];
  fields: { name: string; title: Text }[] | null;
};

/** The last measurement of each resource with its rules in plain words. */
export async function readQuality(
  db: Db,
  options: { where: Sql; weights: Record<Dimension, number> },
): Promise<(QualityView & { rules: Static<typeof RuleResultSchema>[] })[]> {
  const titles = new Map(
    (await db.rows<{ id: string; title: Text }>(sql`select id, title from catalog.resource`)).map((r) => [
      r.id,
      r.title,
    ]),
  );
  const rows = await db.rows<Row>(sql`
    select distinct on (q.resource) q.resource, r.title, r.owner, r.level, r.updates, q.day::text as day, q.measured_at as "measuredAt", q.rows::float8 as rows, q.sampled,
      q.score::float8 as score, q.dimensions, q.results, q.freshness,
      (select jsonb_agg(jsonb_build_object('name', f.name, 'title', f.title)) from catalog.field f where f.resource = r.id) as fields
    from catalog.quality_run q join catalog.resource r on r.id = q.resource where ${options.where} order by q.resource, q.day desc`);
  return rows.map(({ results, fields, measuredAt, dimensions, ...row }) => {
    const named = {
      field: (name: string) => fields?.find((field) => field.name === name)?.title ?? { zh: name, en: name },
      resource: (id: string) => titles.get(id) ?? { zh: id, en: id },
    };
    const rules = results.map(({ id, dimension, by, check, what, why, checked, failed }) => ({
      id,
      dimension,
      by,
      words: check ? wordsOf(check, named) : (what ?? { zh: id, en: id }),
      why: why ?? null,
      checked,
      failed,
    }));
    return {
      ...row,
      measuredAt: measuredAt.toISOString(),
      dimensions: DIMENSIONS.map((dimension) => ({
        dimension,
        rate: dimensions[dimension] ?? null,
        weight: options.weights[dimension],
      })),
      failing: rules.filter(({ failed }) => failed > 0).sort((a, b) => b.failed - a.failed),
      rules,
    };
  });
}

export type { Freshness };
