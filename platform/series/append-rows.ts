import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';

/** A measured value (测值): of which sensor (测点), when, how much. */
export type Measured = { sensor: string; at: Date; value: number };

/** What became of rows: `repeated` were there already; `refused` belong to a closed partition or to the future. */
export type Appended = { written: number; repeated: number; refused: number };

/** A series as its module declares it (`seed`); keeping is named by rules of the book, in days. */
export type SeriesDeclaration = {
  id: string;
  title: Text;
  /** Days for more than some millions of rows a day, else months. */
  grain: 'day' | 'month';
  /** Series about persons do not belong here. */
  level: 'L1' | 'L2';
  rules?: Partial<{ rawLeast: string; rawMost: string; rolledMost: string; coldAfter: string }>;
};

/** Declares a series of the own module; repeatable. */
export async function declareSeries(db: Db, { id, title, grain, level, rules }: SeriesDeclaration): Promise<void> {
  await db.run(sql`
    select series.declare(${id}, ${json(title)}::text::jsonb, ${grain}, ${level}, ${rules?.rawLeast ?? 'series.raw-least'}, ${rules?.rawMost ?? 'series.raw-most'},
      ${rules?.rolledMost ?? 'series.rolled-most'}, ${rules?.coldAfter ?? 'series.cold-after'})`);
}

/** Writes rows of the own series, each once, with latest state and roll-ups in the same transaction. */
export function appendRows(db: Db, series: string, rows: readonly Measured[]): Promise<Appended> {
  return db.one<Appended>(sql`
    select written, repeated, refused from series.append(${series}, ${rows.map(({ sensor }) => sensor)}::text[], ${rows.map(({ at }) => at.toISOString())}::timestamptz[],
      ${rows.map(({ value }) => value)}::float8[])`);
}
