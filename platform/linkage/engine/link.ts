import { LIMITS, probabilityOf, weightOf } from '../model/bands.ts';
import type { Parameters } from '../model/parameters.ts';
import { compileRules, conditionOf, mustPart, ruleFor } from '../model/rules.ts';
import { blocksOf, eachPair } from './blocks.ts';
import { type Clusters, cluster } from './cluster.ts';
import { comparer } from './compare.ts';
import { edgeList, type Edges } from './edges.ts';
import type { Table } from './table.ts';
import { weigher } from './weigh.ts';
import type { PairLevels } from '../model/rules.ts';

/** A pair that a person must look at. */
export type Question = {
  readonly a: number;
  readonly b: number;
  readonly weight: number;
  readonly probability: number;
  /** Why: the weight lies in between, a rule asks for it, or the cluster of both was cut here. */
  readonly reason: string;
};

export type Linked = {
  readonly clusters: Clusters;
  readonly automatic: Edges;
  readonly questions: readonly Question[];
  /** Pairs that were compared. */
  readonly pairs: number;
};

export const UNCERTAIN = 'uncertain';
export const CUT = 'cut';

/** Scores the pairs of a table. `from`: records before it are known to each other already and are not compared again; nor are pairs that `skip` names. */
export function scorePairs(options: {
  table: Table;
  parameters: Parameters;
  from?: number;
  skip?: (a: number, b: number) => boolean;
}): {
  automatic: Edges;
  questions: Question[];
  pairs: number;
} {
  const { table, parameters, from = 0, skip } = options;
  const compare = comparer(table);
  const weigh = weigher(table, parameters);
  const rules = compileRules(table.space);
  const automatic = edgeList();
  const doubts = doubtsOf(table);
  const questions: Question[] = [];
  const least = weightOf(LIMITS.clerical);
  const sure = weightOf(LIMITS.automatic);
  let pairs = 0;
  eachPair(
    blocksOf(table, parameters.crowded),
    (a, b) => {
      if (skip?.(a, b)) return;
      pairs += 1;
      compare.compare(a, b);
      const weight = weigh.weight(a, b, compare.levels);
      const rule = ruleFor(rules, compare.levels);
      doubts.see(a, b, compare.levels);
      if (rule?.effect === 'alarm')
        questions.push({ a, b, weight, probability: probabilityOf(weight), reason: rule.id });
      if (weight < least || rule?.effect === 'apart' || rule?.effect === 'alarm') return;
      if (rule?.effect === 'review')
        questions.push({ a, b, weight, probability: probabilityOf(weight), reason: rule.id });
      else if (weight >= sure && doubts.mayBeSpoilt(compare.levels)) doubts.keep(a, b, weight);
      else if (weight >= sure) automatic.add(a, b, weight);
      else questions.push({ a, b, weight, probability: probabilityOf(weight), reason: UNCERTAIN });
    },
    from,
  );
  for (const { a, b, weight, reason } of doubts.kept())
    if (reason === undefined) automatic.add(a, b, weight);
    else questions.push({ a, b, weight, probability: probabilityOf(weight), reason });
  return { automatic: automatic.done(), questions, pairs };
}

/** Keeps the edges that a third record may spoil until all pairs were seen. */
function doubtsOf(table: Table) {
  const { doubt } = table.space;
  const never = (): boolean => false;
  const spoils = doubt ? conditionOf(table.space, doubt.spoils) : never;
  const either = doubt ? conditionOf(table.space, doubt.either) : never;
  const both = doubt ? conditionOf(table.space, doubt.both) : never;
  const EITHER = 2;
  const BOTH = 1;
  const marks = new Uint8Array(table.size);
  const edges: { a: number; b: number; weight: number }[] = [];
  return {
    see(a: number, b: number, levels: PairLevels): void {
      const mark = either(levels) ? EITHER | BOTH : both(levels) ? BOTH : 0;
      if (mark === 0) return;
      marks[a] = (marks[a] as number) | mark;
      marks[b] = (marks[b] as number) | mark;
    },
    mayBeSpoilt: spoils,
    keep: (a: number, b: number, weight: number) => void edges.push({ a, b, weight }),
    kept: () =>
      edges.map((edge) => {
        const [x, y] = [marks[edge.a] as number, marks[edge.b] as number];
        const spoilt = ((x | y) & EITHER) > 0 || (x & y & BOTH) > 0;
        return { ...edge, reason: spoilt ? doubt?.id : undefined };
      }),
  };
}

/** From records to clusters: score, join, cut. A question that the clusters have answered is not asked. */
export function link(table: Table, parameters: Parameters): Linked {
  const { automatic, questions, pairs } = scorePairs({ table, parameters });
  const compare = comparer(table);
  const rules = compileRules(table.space);
  const clusters = cluster({
    size: table.size,
    edges: automatic,
    mustPart: (a, b) => {
      compare.compare(a, b);
      return mustPart(rules, compare.levels);
    },
  });
  const open = questions.filter(({ a, b }) => clusters.of[a] !== clusters.of[b]);
  for (const { a, b, weight } of clusters.cut)
    open.push({ a, b, weight, probability: probabilityOf(weight), reason: CUT });
  return { clusters, automatic, questions: open, pairs };
}
