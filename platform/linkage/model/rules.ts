import { MISSING, type Rule, type Space } from './space.ts';

/** Levels of a pair by position of the attribute; −1 = missing on a side. */
export type PairLevels = Int8Array;

type Mask = { at: number; levels: number };
type Compiled = { rule: Rule; when: Mask[]; unless: Mask[] | undefined };

/** Rules as bits: level l is bit l + 1, missing is bit 0. */
export type RuleSet = { readonly compiled: readonly Compiled[] };

/** A condition as bits. */
function masksOf(space: Space, condition: Rule['when']): Mask[] {
  return Object.entries(condition).map(([name, ids]) => {
    const at = space.attributes.findIndex((a) => a.name === name);
    const levels = space.attributes[at]?.levels ?? [];
    let bits = 0;
    for (const id of ids) bits |= 1 << (id === MISSING ? 0 : levels.findIndex((l) => l.id === id) + 1);
    return { at, levels: bits };
  });
}

/** Tests of a condition, for conditions that are no rule of a pair. */
export function conditionOf(space: Space, condition: Rule['when']): (levels: PairLevels) => boolean {
  const masks = masksOf(space, condition);
  return (levels) => holds(masks, levels);
}

export function compileRules(space: Space): RuleSet {
  return {
    compiled: space.rules.map((rule) => ({
      rule,
      when: masksOf(space, rule.when),
      unless: rule.unless ? masksOf(space, rule.unless) : undefined,
    })),
  };
}

const holds = (masks: readonly Mask[], levels: PairLevels): boolean => {
  for (const mask of masks) if (((mask.levels >> ((levels[mask.at] ?? -1) + 1)) & 1) === 0) return false;
  return true;
};

/** The strictest rule that a pair meets: apart before review before alarm. */
export function ruleFor(set: RuleSet, levels: PairLevels): Rule | undefined {
  let found: Rule | undefined;
  for (const { rule, when, unless } of set.compiled) {
    if (!holds(when, levels) || (unless !== undefined && holds(unless, levels))) continue;
    if (rule.effect === 'apart') return rule;
    if (found === undefined || (found.effect === 'alarm' && rule.effect === 'review')) found = rule;
  }
  return found;
}

/** True if the pair may not stand in one cluster. */
export function mustPart(set: RuleSet, levels: PairLevels): boolean {
  for (const { rule, when, unless } of set.compiled)
    if (rule.cuts === true && holds(when, levels) && !(unless !== undefined && holds(unless, levels))) return true;
  return false;
}
