import type { Rule } from '#platform/rulebook/rule-at.ts';

/** How long a set is kept (保存期限): never shorter than the legal minimum, whatever the maximum says. */
export type Keeping = { days: number; rule: Rule };

/** The rule that decides when a set expires: its maximum, or the minimum where that is longer. */
export function keepingOf({ least, most }: { least: Rule; most: Rule }): Keeping {
  const [shortest, longest] = [Number(least.value), Number(most.value)];
  return shortest > longest ? { days: shortest, rule: least } : { days: longest, rule: most };
}
