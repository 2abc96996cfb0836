import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import { keepingOf } from './keeping.ts';

const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });
const Maybe = Type.Union([Type.String(), Type.Null()]);
const Count = Type.Union([Type.Number(), Type.Null()]);
const MOST = 400;

export const SeriesParams = Type.Object({
  id: Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 30 }),
});

type Dated = { from: Date; until: Date };
const iso = <T extends Dated>(row: T) => ({ ...row, from: row.from.toISOString(), until: row.until.toISOString() });

/** One series: its partitions by tier, legal holds, deletions with their proofs, and damage that was mended. No measured values. */
export const showSeries = route({
  method: 'GET',
  path: '/api/series/series/:id',
  summary: { zh: '时序数据的分区、保全与销毁证明', en: 'Partitions, holds and deletions of a series' },
  allow: 'series.read',
  params: SeriesParams,
  reply: Type.Object({
    id: Type.String(),
    title: TextSchema,
    grain: Type.String(),
    keepDays: Type.Integer(),
    keepRule: Type.String(),
    parts: Type.Array(
      Type.Object({
        name: Type.String(),
        state: Type.String(),
        from: Type.String(),
        until: Type.String(),
        rows: Count,
        bytes: Count,
        /** SM3 of all lines, of a partition that stands in files. */
        digest: Maybe,
        lastRead: Maybe,
        held: Type.Boolean(),
      }),
    ),
    holds: Type.Array(
      Type.Object({
        id: Type.String(),
        from: Type.String(),
        until: Type.String(),
        reason: Type.String(),
        heldBy: Type.String(),
        releasedBy: Maybe,
        releaseReason: Maybe,
      }),
    ),
    deletions: Type.Array(
      Type.Object({
        what: Type.String(),
        rows: Type.Number(),
        digest: Type.String(),
        rule: Type.String(),
        ruleVersion: Type.Integer(),
        at: Type.String(),
        done: Type.Boolean(),
      }),
    ),
    repairs: Type.Array(
      Type.Object({
        part: Type.String(),
        copy: Type.Integer(),
        digest: Type.String(),
        found: Type.String(),
        at: Type.String(),
      }),
    ),
  }),
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { id: 'street-flow' } } },
  handler: async ({ db, params: { id } }) => {
    const series = await db.first<{ id: string; title: Text; grain: string; least: string; most: string }>(
      sql`select id, title, grain, raw_least as least, raw_most as most from series.series where id = ${id}`,
    );
    if (!series) throw NotFound.with();
    const { title, grain, least, most } = series;
    const keeping = keepingOf({ least: await ruleAt(db, least), most: await ruleAt(db, most) });
    const parts = await db.rows<{
      name: string;
      state: string;
      from: Date;
      until: Date;
      rows: number | null;
      bytes: number | null;
      digest: string | null;
      lastRead: string | null;
      held: boolean;
    }>(sql`
      select name, state, from_at as "from", until_at as until, rows::float8 as rows, bytes::float8 as bytes, digest,
        (select max(on_day)::text from series.part_read r where r.series = p.series and r.name = p.name) as "lastRead", series.held(series, from_at, until_at) as held
      from series.part p where series = ${id} order by from_at desc limit ${MOST}::int`);
    const holds = await db.rows<{
      id: string;
      from: Date;
      until: Date;
      reason: string;
      heldBy: string;
      releasedBy: string | null;
      releaseReason: string | null;
    }>(sql`
      select id, from_at as "from", until_at as until, reason, held_by as "heldBy", released_by as "releasedBy", release_reason as "releaseReason"
      from series.hold where series = ${id} order by held_at desc limit ${MOST}::int`);
    const deletions = await db.rows<{
      what: string;
      rows: number;
      digest: string;
      rule: string;
      ruleVersion: number;
      at: Date;
      done: boolean;
    }>(sql`
      select what, rows::float8 as rows, digest, rule, rule_version as "ruleVersion", begun_at as at, done_at is not null as done
      from series.expiry where series = ${id} order by seq desc limit ${MOST}::int`);
    const repairs = await db.rows<{ part: string; copy: number; digest: string; found: string; at: Date }>(
      sql`select part, copy, digest, found, at from series.repair where series = ${id} order by seq desc limit ${MOST}::int`,
    );
    return {
      id,
      title,
      grain,
      keepDays: keeping.days,
      keepRule: keeping.rule.id,
      parts: parts.map(iso),
      holds: holds.map(iso),
      deletions: deletions.map((row) => ({ ...row, at: row.at.toISOString() })),
      repairs: repairs.map((row) => ({ ...row, at: row.at.toISOString() })),
    };
  },
});
