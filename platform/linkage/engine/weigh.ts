import { keyNumber, type Learnt, type Parameters } from '../model/parameters.ts';
import type { PairLevels } from '../model/rules.ts';
import type { Attribute } from '../model/space.ts';
import type { Table } from './table.ts';

/** Weights of one attribute: log2(m/u) by level. */
export function weightsOf(learnt: Learnt): Float64Array {
  return Float64Array.from(learnt.m, (m, level) => Math.log2(m / (learnt.u[level] as number)));
}

/** Weight of full agreement on a value that `share` of the records state. */
export function rareWeight(learnt: Learnt, share: number): number {
  return Math.log2((learnt.m[0] as number) / share);
}

export function learntOf(parameters: Parameters, attribute: Attribute): Learnt {
  const learnt = parameters.attributes[attribute.name];
  if (!learnt || learnt.m.length !== attribute.levels.length)
    throw new Error(`parameters ${parameters.version} do not fit attribute ${attribute.name}`);
  return learnt;
}

/**
 * Sums the weights of a pair: log2(λ/(1−λ)) + Σ log2(m/u). Of a group that agrees together only the strongest agreement counts;
 * disagreements always do. `counted` says of each attribute whether its weight was taken.
 */
export function sumOf(options: {
  prior: number;
  weights: ArrayLike<number>;
  groups: ArrayLike<number>;
  counted?: boolean[];
}): number {
  const { prior, weights, groups, counted } = options;
  let sum = Math.log2(prior / (1 - prior));
  for (let k = 0; k < weights.length; k += 1) {
    const weight = weights[k] as number;
    const group = groups[k] as number;
    let taken = true;
    if (group >= 0 && weight > 0)
      for (let j = 0; j < weights.length && taken; j += 1)
        if (j !== k && groups[j] === group) {
          const other = weights[j] as number;
          taken = other < weight || (other === weight && j > k);
        }
    if (taken) sum += weight;
    if (counted) counted[k] = taken;
  }
  return sum;
}

/** Group of each attribute as a number; −1 = none. */
export function groupsOf(attributes: readonly Attribute[]): Int8Array {
  const names = [...new Set(attributes.flatMap((a) => a.group ?? []))];
  return Int8Array.from(attributes, (a) => (a.group === undefined ? -1 : names.indexOf(a.group)));
}

/** Weight of full agreement on each of the values. */
function rareWeights(learnt: Learnt, forms: readonly string[]): Float64Array {
  const common = new Map(Object.entries(learnt.common).map(([digest, share]) => [Number.parseInt(digest, 36), share]));
  const weights = new Float64Array(forms.length);
  for (let i = 0; i < forms.length; i += 1)
    weights[i] = rareWeight(learnt, common.get(keyNumber(forms[i] as string)) ?? learnt.rest);
  return weights;
}

/** Gives pairs of a table their weight; `levels` are those of the pair. */
export type Weigher = { weight(a: number, b: number, levels: PairLevels): number };

export function weigher(table: Table, parameters: Parameters): Weigher {
  const groups = groupsOf(table.space.attributes);
  const weights = new Float64Array(table.columns.length);
  const columns = table.columns.map(({ attribute, ids, forms }) => {
    const learnt = learntOf(parameters, attribute);
    const rare = attribute.rare ? rareWeights(learnt, forms) : undefined;
    return { ids, byLevel: weightsOf(learnt), rare };
  });
  return {
    weight(a, b, levels) {
      for (let k = 0; k < columns.length; k += 1) {
        const { ids, byLevel, rare } = columns[k] as (typeof columns)[number];
        const level = levels[k] as number;
        if (level < 0) weights[k] = 0;
        else if (level === 0 && rare !== undefined)
          weights[k] = Math.min(rare[ids[a] as number] as number, rare[ids[b] as number] as number);
        else weights[k] = byLevel[level] as number;
      }
      return sumOf({ prior: parameters.prior, weights, groups });
    },
  };
}
