import type { Db } from '#platform/kernel/db.ts';
import { amountsAt, ruleAt } from '#platform/rulebook/rule-at.ts';
import type { Rules } from './correlate.ts';

/** Measures of correlation (关联规则) as they are today. */
export async function readRules(db: Db, now: Date): Promise<Rules & { many: number }> {
  const amounts = await amountsAt(
    db,
    {
      metres: { id: 'ops.incident.metres', unit: 'metre' },
      minutes: { id: 'ops.incident.minutes', unit: 'minute' },
      least: { id: 'ops.incident.least', unit: 'event' },
      many: { id: 'ops.incident.many', unit: 'event' },
    },
    now,
  );
  const { value } = await ruleAt(db, 'ops.incident.families', now);
  if (typeof value !== 'object') throw new Error('ops.incident.families is no table');
  const [of, family] = [value.columns.indexOf('class'), value.columns.indexOf('family')];
  const families = new Map<string, string[]>();
  for (const row of value.rows) {
    const name = String(row[of]);
    families.set(name, [...(families.get(name) ?? []), String(row[family])]);
  }
  return { ...amounts, families };
}
