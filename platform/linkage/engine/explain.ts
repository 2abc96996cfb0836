import { probabilityOf } from '../model/bands.ts';
import { type Explanation, type Reason, sentenceOf } from '../model/explain.ts';
import { digestOf, type Parameters } from '../model/parameters.ts';
import { compileRules, ruleFor } from '../model/rules.ts';
import type { Space, Stated } from '../model/space.ts';
import { comparer } from './compare.ts';
import { readTable } from './table.ts';
import { groupsOf, learntOf, rareWeight, sumOf, weightsOf } from './weigh.ts';

/** Says of two records how their score comes about. The sum is the one that linking uses. */
export function explain(options: { space: Space; parameters: Parameters; a: Stated; b: Stated }): Explanation {
  const { space, parameters } = options;
  const table = readTable(space, [options.a, options.b]);
  const compare = comparer(table);
  compare.compare(0, 1);
  const weights = table.columns.map(({ attribute, forms }, k) => {
    const level = compare.levels[k] as number;
    if (level < 0) return 0;
    const learnt = learntOf(parameters, attribute);
    if (level > 0 || !attribute.rare) return weightsOf(learnt)[level] as number;
    return Math.min(...forms.map((form) => rareWeight(learnt, learnt.common[digestOf(form)] ?? learnt.rest)));
  });
  const counted: boolean[] = [];
  const weight = sumOf({ prior: parameters.prior, weights, groups: groupsOf(space.attributes), counted });
  const rule = ruleFor(compileRules(space), compare.levels);
  return {
    version: parameters.version,
    prior: parameters.prior,
    weight,
    probability: probabilityOf(weight),
    reasons: space.attributes.map((attribute, k): Reason => {
      const level = attribute.levels[compare.levels[k] as number];
      const own = weights[k] as number;
      return {
        attribute: attribute.name,
        level: level?.id,
        weight: own,
        counted: counted[k] ?? true,
        text: sentenceOf({ title: attribute.title, level: level?.title, weight: own, counted: counted[k] ?? true }),
      };
    }),
    rule: rule && { id: rule.id, title: rule.title, effect: rule.effect },
  };
}
