import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { explain } from '../engine/explain.ts';
import type { LinkedSpace } from './linked-space.ts';

/** A person asks about two records (人工提出比对): the reason that stands in the queue. */
export const ASKED = 'asked';

/**
 * Puts a pair that the engine never proposed into the queue. It is decided like any other: as many people as the space asks for, none
 * of whom sees the others' answers first. False where the pair is decided already or a record is gone.
 */
export async function askPair(options: { db: Db; linked: LinkedSpace; a: number; b: number }): Promise<boolean> {
  const { db, linked } = options;
  const { space, parameters } = linked;
  const [a, b] = [Math.min(options.a, options.b), Math.max(options.a, options.b)];
  const stated = await linked.statedOf(db, [a, b]);
  const [x, y] = [stated.get(a), stated.get(b)];
  if (a === b || !x || !y) return false;
  const { probability } = explain({ space, parameters, a: x, b: y });
  const sure = Math.min(1 - 1e-9, Math.max(1e-9, probability));
  const put = await db.run(sql`
    insert into linkage.link as l (app, space, a, b, weight, probability, version, band, reason)
    values (${db.module}, ${space.id}, ${a}::bigint, ${b}::bigint, ${Math.log2(sure / (1 - sure))}::float8, ${probability}::float8, ${parameters.version}, 'clerical', ${ASKED})
    on conflict (app, space, a, b) do update set reason = coalesce(l.reason, excluded.reason) where l.verdict is null`);
  return put > 0;
}
