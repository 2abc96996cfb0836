import type { Db } from '#platform/kernel/db.ts';
import { amountsAt, ruleAt } from '#platform/rulebook/rule-at.ts';
import { ahpWeights, type Weights } from './ahp.ts';
import type { Scale } from './vital-index.ts';
import type { Range } from './vital-quality.ts';

/** What the rulebook says of vitals today (体征规则): scales with weights by AHP, intervals of sources, ranges by unit, and two limits. */
export type VitalRules = {
  scales: ReadonlyMap<string, Scale>;
  weights: Weights;
  minutes: ReadonlyMap<string, number>;
  ranges: ReadonlyMap<string, Range>;
  /** A rate of fewer than so many says so (小样本). */
  least: number;
  skewMinutes: number;
};

async function rowsOf(db: Db, id: string, now: Date): Promise<Record<string, string | number | boolean>[]> {
  const { value } = await ruleAt(db, id, now);
  if (typeof value !== 'object') throw new Error(`${id} is no table`);
  return value.rows.map((row) => Object.fromEntries(value.columns.map((column, at) => [column, row[at] ?? ''])));
}

export async function readVitalRules(db: Db, now: Date): Promise<VitalRules> {
  const limits = (await rowsOf(db, 'ops.vitals', now)).map((row) => ({
    id: String(row['vital']),
    limit: Number(row['limit']),
    target: Number(row['target']),
  }));
  const comparisons = (await rowsOf(db, 'ops.vital-comparisons', now)).map((row) => ({
    a: String(row['a']),
    b: String(row['b']),
    times: Number(row['times']),
  }));
  const weights = ahpWeights(
    limits.map(({ id }) => id),
    comparisons,
  );
  const intervals = await rowsOf(db, 'ops.vital-sources', now);
  const ranges = await rowsOf(db, 'ops.vital-ranges', now);
  const { least, skewMinutes } = await amountsAt(
    db,
    {
      least: { id: 'ops.vital.few', unit: 'event' },
      skewMinutes: { id: 'ops.vital.skew', unit: 'minute' },
    },
    now,
  );
  return {
    scales: new Map(
      limits.map(({ id, limit, target }) => [id, { limit, target, weight: weights.weights.get(id) ?? 0 }]),
    ),
    weights,
    minutes: new Map(intervals.map((row) => [String(row['source']), Number(row['minutes'])])),
    ranges: new Map(ranges.map((row) => [String(row['unit']), { min: Number(row['min']), max: Number(row['max']) }])),
    least,
    skewMinutes,
  };
}
