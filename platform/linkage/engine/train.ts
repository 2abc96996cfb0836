import { type Estimate, estimate, type Pattern } from '../model/expectation.ts';
import { digestOf, type Learnt, type Parameters, withVersion } from '../model/parameters.ts';
import { sequence } from '#platform/kernel/random.ts';
import { type Blocks, blocksOf, crowdedKeys, eachPair } from './blocks.ts';
import { type Comparer, comparer } from './compare.ts';
import type { Column, Table } from './table.ts';

/** Random pairs from which u is counted. */
export const RANDOM_PAIRS = 1_000_000;
/** Pairs of a pass from which m is learnt, at most: more change the third digit. */
const TRAINING_PAIRS = 2_000_000;
/** A value is common, and has a frequency of its own, from this many records on, and from so many times the mean of its attribute. */
const COMMON = { records: 5, timesMean: 4 };
const SEED = 19_990_401;

/** Learns the parameters of a space from records alone: nobody says which of them are one. */
export function train(table: Table, options: { randomPairs?: number } = {}): Parameters {
  const { space } = table;
  const compare = comparer(table);
  const crowded = crowdedKeys(table);
  const blocks = blocksOf(table, crowded);
  const randomPairs = options.randomPairs ?? RANDOM_PAIRS;
  const u = countRandom({ table, compare, pairs: randomPairs });
  const passes = space.training.map((name) => learnPass({ table, blocks, compare, name, u }));
  const m = space.attributes.map((attribute, k) =>
    meanOf(
      passes.flatMap(({ estimate: e }) => (e.m[k] ? [e.m[k]] : [])),
      attribute.levels.length,
    ),
  );
  return withVersion({
    space: space.id,
    prior: priorOf({ table, passes, m }),
    attributes: Object.fromEntries(
      table.columns.map((column, k): [string, Learnt] => [
        column.attribute.name,
        { m: m[k] as number[], u: u[k] as number[], ...frequencies(column, table.size) },
      ]),
    ),
    crowded,
    trained: {
      records: table.size,
      randomPairs,
      passes: passes.map(({ name, pairs, estimate: { rounds, change, share } }) => ({
        pass: name,
        pairs,
        rounds,
        change,
        share,
      })),
    },
  });
}

/**
 * u of each attribute. How often two records agree in full is counted exactly from the frequencies (Σ f²: a million random pairs
 * would meet an equal telephone number six times); how the others are spread over the lower levels, from random pairs.
 */
function countRandom(options: { table: Table; compare: Comparer; pairs: number }): number[][] {
  const { table, compare, pairs } = options;
  const next = sequence(SEED);
  const seen = table.columns.map(({ attribute }) => attribute.levels.map(() => 0.5));
  if (table.size > 1)
    for (let n = 0; n < pairs; n += 1) {
      const a = Math.floor(next() * table.size);
      const b = Math.floor(next() * table.size);
      if (a === b) continue;
      compare.compare(a, b);
      for (let k = 0; k < seen.length; k += 1) {
        const level = compare.levels[k] as number;
        const counts = seen[k] as number[];
        if (level >= 0) counts[level] = (counts[level] as number) + 1;
      }
    }
  return table.columns.map(({ counts }, k) => {
    let stated = 0;
    for (const count of counts) stated += count;
    let equal = 0;
    for (const count of counts) equal += count * (count - 1);
    const same = (equal + 0.5) / (stated * Math.max(1, stated - 1) + 1);
    const [, ...lower] = seen[k] as number[];
    const rest = lower.reduce((a, b) => a + b, 0);
    return [same, ...lower.map((count) => ((1 - same) * count) / rest)];
  });
}

type PassEstimate = { name: string; pairs: number; estimate: Estimate };

/** m from the pairs of one pass. Attributes of the pass, and those that agree together with them, are held fixed. */
function learnPass(options: {
  table: Table;
  blocks: readonly Blocks[];
  compare: Comparer;
  name: string;
  u: readonly number[][];
}): PassEstimate {
  const { table, compare, name, u } = options;
  const own = options.blocks.filter((b) => b.pass.name === name);
  const fixed = new Set(own.flatMap(({ pass }) => pass.keys.map(([attribute]) => attribute)));
  const groups = new Set(table.columns.flatMap(({ attribute: a }) => (fixed.has(a.name) && a.group ? [a.group] : [])));
  const learn = table.columns.map(
    ({ attribute: a }) => !fixed.has(a.name) && !(a.group !== undefined && groups.has(a.group)),
  );
  const stride: number[] = [];
  let span = 1;
  for (const { attribute } of table.columns) {
    stride.push(span);
    span *= attribute.levels.length + 1;
  }
  const counted = new Uint32Array(span);
  const step = Math.max(1, Math.ceil(pairsIn(own) / TRAINING_PAIRS));
  let pairs = 0;
  eachPair(own, (a, b) => {
    pairs += 1;
    if (pairs % step !== 0) return;
    compare.compare(a, b);
    let code = 0;
    for (let k = 0; k < stride.length; k += 1) code += ((compare.levels[k] as number) + 1) * (stride[k] as number);
    counted[code] = (counted[code] as number) + 1;
  });
  const patterns: Pattern[] = [];
  counted.forEach((count, code) => {
    if (count === 0) return;
    const levels = table.columns.map(
      ({ attribute }, k) => (Math.floor(code / (stride[k] as number)) % (attribute.levels.length + 1)) - 1,
    );
    patterns.push({ levels, pairs: count });
  });
  return { name, pairs, estimate: estimate({ patterns, u, learn }) };
}

function pairsIn(blocks: readonly Blocks[]): number {
  let pairs = 0;
  for (const { start } of blocks)
    for (let b = 0; b + 1 < start.length; b += 1) {
      const size = (start[b + 1] as number) - (start[b] as number);
      pairs += (size * (size - 1)) / 2;
    }
  return pairs;
}

/** An attribute that both passes held fixed is taken to agree nine times in ten. */
function meanOf(estimates: readonly (readonly number[])[], levels: number): number[] {
  if (estimates.length === 0) return Array.from({ length: levels }, (_, l) => (l === 0 ? 0.9 : 0.1 / (levels - 1)));
  return Array.from(
    { length: levels },
    (_, l) => estimates.reduce((sum, m) => sum + (m[l] as number), 0) / estimates.length,
  );
}

/**
 * λ from the first pass: the matches that it holds, over the share of all matches that it can hold (both state its attributes and
 * agree on them), over all pairs.
 */
function priorOf(options: { table: Table; passes: readonly PassEstimate[]; m: readonly number[][] }): number {
  const { table, passes, m } = options;
  const [first] = passes;
  const all = (table.size * (table.size - 1)) / 2;
  if (!first || all < 1) return 0.5;
  const pass = table.space.passes.find((p) => p.name === first.name);
  let reach = 1;
  for (const [name] of pass?.keys ?? []) {
    const k = table.columns.findIndex(({ attribute }) => attribute.name === name);
    let stated = 0;
    for (const id of (table.columns[k] as Column).ids) if (id >= 0) stated += 1;
    reach *= (stated / table.size) ** 2 * ((m[k] as number[])[0] as number);
  }
  const matches = (first.pairs * first.estimate.share) / Math.max(reach, 0.05);
  return Math.min(0.5, Math.max(1, matches) / all);
}

function frequencies(column: Column, size: number): Pick<Learnt, 'common' | 'rest'> {
  const common: Record<string, number> = {};
  if (!column.attribute.rare || size === 0) return { common, rest: 0 };
  let sum = 0;
  let squares = 0;
  const stated = column.counts.reduce((a, b) => a + b, 0);
  const least = Math.max(COMMON.records, (COMMON.timesMean * stated) / Math.max(1, column.counts.length));
  column.counts.forEach((count, value) => {
    const share = count / stated;
    if (count >= least) common[digestOf(column.forms[value] as string)] = share;
    else {
      sum += share;
      squares += share * share;
    }
  });
  return { common, rest: sum > 0 ? squares / sum : 1 / Math.max(1, stated) };
}
