import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { explain } from '../engine/explain.ts';
import type { Explanation } from '../model/explain.ts';
import type { LinkedSpace, Move } from './linked-space.ts';
import { resettle } from './resettle.ts';

export type Answer = 'same' | 'different' | 'unsure';

/** A pair in the queue (人工比对队列), as one reviewer may see it. */
export type OpenPair = { a: number; b: number; probability: number; reason: string; foundAt: Date };

/** Pairs that still need an answer, and that this reviewer has not answered; oldest first. Nothing of others' answers is told. */
export async function openPairs(options: {
  db: Db;
  linked: LinkedSpace;
  reviewer: string;
  limit?: number;
}): Promise<OpenPair[]> {
  const { db, linked, reviewer, limit = 50 } = options;
  const rows = await db.rows<OpenPair>(sql`
    select l.a, l.b, l.probability, l.reason, l.found_at as "foundAt" from linkage.link l
    where l.app = ${db.module} and l.space = ${linked.space.id} and l.reason is not null and l.verdict is null
      and not exists (select from linkage.answer x where x.app = l.app and x.space = l.space and x.a = l.a and x.b = l.b and x.reviewer = ${reviewer})
    order by l.found_at, l.a, l.b limit ${limit}::int`);
  return rows.map((row) => ({ ...row, a: Number(row.a), b: Number(row.b) }));
}

/** Why the engine is unsure about a pair, field by field. Undefined if a record is gone. */
export async function explainPair(options: {
  db: Db;
  linked: LinkedSpace;
  a: number;
  b: number;
}): Promise<Explanation | undefined> {
  const { db, linked, a, b } = options;
  const stated = await linked.statedOf(db, [a, b]);
  const [x, y] = [stated.get(a), stated.get(b)];
  if (!x || !y) return undefined;
  return explain({ space: linked.space, parameters: linked.parameters, a: x, b: y });
}

/** The answers to a pair: others' only to whoever has given their own. */
export async function answersTo(options: {
  db: Db;
  linked: LinkedSpace;
  reviewer: string;
  a: number;
  b: number;
}): Promise<{ reviewer: string; answer: Answer; note: string | null; at: Date }[]> {
  const { db, linked, reviewer, a, b } = options;
  return db.rows(sql`
    select x.reviewer, x.answer, x.note, x.at from linkage.answer x
    where x.app = ${db.module} and x.space = ${linked.space.id} and x.a = ${a}::bigint and x.b = ${b}::bigint
      and exists (select from linkage.answer own where own.app = x.app and own.space = x.space and own.a = x.a and own.b = x.b and own.reviewer = ${reviewer})
    order by x.at, x.reviewer`);
}

/** What became of an answer. */
export type Answered = { state: 'waiting' | 'decided' | 'closed'; moves: Move[] };

/**
 * Takes one person's answer. As many as the space asks for must say the same before it counts; unsure is nobody's vote. `closed`:
 * the pair is no longer open, or this person has answered.
 */
export async function answerPair(options: {
  db: Db;
  linked: LinkedSpace;
  a: number;
  b: number;
  reviewer: string;
  answer: Answer;
  note?: string;
}): Promise<Answered> {
  const { db, linked, a, b, reviewer, answer } = options;
  const open = await db.first(sql`
    select a from linkage.link where app = ${db.module} and space = ${linked.space.id} and a = ${a}::bigint and b = ${b}::bigint
      and reason is not null and verdict is null for update`);
  if (!open) return { state: 'closed', moves: [] };
  const stored = await db.run(sql`
    insert into linkage.answer (app, space, a, b, reviewer, answer, note)
    values (${db.module}, ${linked.space.id}, ${a}::bigint, ${b}::bigint, ${reviewer}, ${answer}, ${options.note ?? null})
    on conflict do nothing`);
  if (stored === 0) return { state: 'closed', moves: [] };
  const { votes } = await db.one<{ votes: number }>(sql`
    select count(*)::int as votes from linkage.answer
    where app = ${db.module} and space = ${linked.space.id} and a = ${a}::bigint and b = ${b}::bigint and answer = ${answer}`);
  if (answer === 'unsure' || votes < linked.reviewers) return { state: 'waiting', moves: [] };
  await db.run(sql`
    update linkage.link set verdict = ${answer}, decided_at = kernel.now()
    where app = ${db.module} and space = ${linked.space.id} and a = ${a}::bigint and b = ${b}::bigint`);
  const moves = await resettle({ db, linked, touched: [{ record: a }, { record: b }], by: reviewer });
  return { state: 'decided', moves };
}
