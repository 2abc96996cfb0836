import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountAt, ruleAt } from '#platform/rulebook/rule-at.ts';
import { isStale } from '../portal/read-dataset.ts';

export type Counts = {
  unit: string;
  sets: number;
  fresh: number;
  reuses: number;
  reported: number;
  settled: number;
  asked: number;
  inTime: number;
};
export type Weights = Record<'reuse' | 'quality' | 'response' | 'breadth', { weight: number; full: number }>;
export type Score = { unit: string; total: number; parts: Record<keyof Weights, number> };

/**
 * Score of a unit (开放评价): re-uses of its sets, their quality (published in time, errors settled), answers in time, and how many it has opened.
 * Units only; no person has a score. What a unit was never asked for counts as answered.
 */
export function scoreOf(counts: Counts, weights: Weights): Score {
  const { sets, fresh, reuses, reported, settled, asked, inTime } = counts;
  const share = (part: number, of: number): number => (of === 0 ? 1 : part / of);
  const values = {
    reuse: Math.min(1, reuses / weights.reuse.full),
    quality: sets === 0 ? 0 : (share(fresh, sets) + share(settled, reported)) / 2,
    response: share(inTime, asked),
    breadth: Math.min(1, sets / weights.breadth.full),
  };
  const parts = Object.fromEntries(
    (Object.keys(values) as (keyof Weights)[]).map((name) => [
      name,
      Math.round(10 * weights[name].weight * values[name]) / 10,
    ]),
  ) as Score['parts'];
  return {
    unit: counts.unit,
    total: Math.round(10 * Object.values(parts).reduce((sum, part) => sum + part, 0)) / 10,
    parts,
  };
}

export async function weightsOf(db: Db): Promise<Weights> {
  const { value } = await ruleAt(db, 'open-data.score');
  if (typeof value !== 'object') throw new Error('open-data.score is no table');
  return Object.fromEntries(
    value.rows.map(([part, weight, full]) => [String(part), { weight: Number(weight), full: Number(full) }]),
  ) as Weights;
}

export async function countsOf(db: Db): Promise<Counts[]> {
  const { amount } = await amountAt(db, 'open-data.stale');
  const sets = await db.rows<{ owner: string; cycle: string; published: Date; now: Date }>(sql`
    select d.owner, d.cycle, v.published_at as published, kernel.now() as now from open_data.dataset d join open_data.version v on v.id = d.current where d.state = 'open'`);
  const wishes = await db.rows<{ owner: string; asked: number; inTime: number }>(sql`
    select owner, count(*) filter (where replied_at is not null or escalated_at is not null)::int as asked,
      count(*) filter (where replied_at is not null and escalated_at is null)::int as "inTime" from open_data.wish where state <> 'held' and hidden_at is null group by owner`);
  const feedback = await db.rows<{ owner: string; reported: number; settled: number }>(sql`
    select owner, count(*)::int as reported, count(*) filter (where state in ('fixed', 'declined'))::int as settled from open_data.feedback where state in ('open', 'fixed', 'declined') and hidden_at is null group by owner`);
  const reuses = await db.rows<{ owner: string; reuses: number }>(sql`
    select d.owner, count(distinct r.id)::int as reuses from open_data.reuse r join open_data.dataset d on d.id = any(r.datasets) where r.state = 'listed' and r.hidden_at is null group by d.owner`);
  const units = new Set([...sets, ...wishes].map(({ owner }) => owner));
  return [...units].map((unit) => {
    const own = sets.filter(({ owner }) => owner === unit);
    const of = <T extends { owner: string }>(list: T[]): T | undefined => list.find(({ owner }) => owner === unit);
    return {
      unit,
      sets: own.length,
      fresh: own.filter(({ cycle, published, now }) => !isStale(cycle, published, now, amount)).length,
      reuses: of(reuses)?.reuses ?? 0,
      reported: of(feedback)?.reported ?? 0,
      settled: of(feedback)?.settled ?? 0,
      asked: of(wishes)?.asked ?? 0,
      inTime: of(wishes)?.inTime ?? 0,
    };
  });
}

const Part = Type.Number();
/** Scores of units, the highest first, with the counts that they are made of. */
export const listScores = route({
  method: 'GET',
  path: '/api/open-data/scores',
  summary: { zh: '单位开放评价', en: 'Scores of units' },
  allow: 'public',
  reply: Type.Object({
    weights: Type.Record(Type.String(), Type.Object({ weight: Type.Number(), full: Type.Number() })),
    scores: Type.Array(
      Type.Object({
        unit: Type.String(),
        total: Type.Number(),
        parts: Type.Object({ reuse: Part, quality: Part, response: Part, breadth: Part }),
        counts: Type.Object({
          sets: Type.Integer(),
          fresh: Type.Integer(),
          reuses: Type.Integer(),
          reported: Type.Integer(),
          settled: Type.Integer(),
          asked: Type.Integer(),
          inTime: Type.Integer(),
        }),
      }),
    ),
  }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db }) => {
    const weights = await weightsOf(db);
    const scores = (await countsOf(db)).map(({ unit, ...counts }) => ({
      ...scoreOf({ unit, ...counts }, weights),
      counts,
    }));
    return { weights, scores: scores.sort((a, b) => b.total - a.total || (a.unit < b.unit ? -1 : 1)) };
  },
});
