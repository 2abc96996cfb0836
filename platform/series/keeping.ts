import type { Rule } from '#platform/rulebook/rule-at.ts';

/** How long a set is kept (保存期限): never shorter than the legal minimum, whatever the maximum says. */
export type Keeping = { days: number; rule: Rule };

/** The rule that decides when a set expires: its maximum, or the minimum where that is longer. */
export function keepingOf({ least, most }: { least: Rule; most: Rule }): Keeping {
  const [shortest, longest] = [daysOf(least), daysOf(most)];
  return shortest > longest ? { days: shortest, rule: least } : { days: longest, rule: most };
}

/** Days that a rule of keeping asks for; of months the longest ones, so that nothing is deleted too early. */
export function daysOf(rule: Pick<Rule, 'id' | 'value' | 'unit'>): number {
  const amount = Number(rule.value);
  if (!Number.isFinite(amount)) throw new Error(`${rule.id} is no period`);
  switch (rule.unit) {
    case 'day':
      return amount;
    case 'month':
      return amount * 31;
    case 'year':
      return amount * 366;
    default:
      throw new Error(`${rule.id} is counted in ${rule.unit}: series are kept for days, months or years`);
  }
}
