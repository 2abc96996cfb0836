import type { Db } from '#platform/kernel/db.ts';
import type { Text } from '#platform/kernel/text.ts';
import { findRule, type Rule, type RuleTable } from '#platform/rulebook/rule-at.ts';
import { AGES, type Rates } from './project.ts';

export type Assumption = { id: string; title: Text; note: Text | null; source: string; verified: boolean };

/** The rates in force, and what they rest on: assumptions that are shown beside every number made from them. */
export async function ratesAt(db: Db): Promise<{ rates: Rates; assumptions: Assumption[] }> {
  const rules = new Map<string, Rule>();
  for (const name of ['fertility', 'boys', 'mortality', 'migration', 'uncertainty']) {
    const rule = await findRule(db, `population.projection.${name}`);
    if (!rule) throw new Error(`the rulebook has no population.projection.${name}`);
    rules.set(name, rule);
  }
  const table = (name: string): RuleTable['rows'] => (rules.get(name)?.value as RuleTable | undefined)?.rows ?? [];
  const byAge = (name: string): number[] => {
    const ages = new Array<number>(AGES).fill(0);
    for (const [from, to, rate] of table(name)) ages.fill(Number(rate), Number(from), Number(to) + 1);
    return ages;
  };
  const dying = (sex: string): number[] => {
    const [, infant, at40, growth, floor] = table('mortality').find(([of]) => of === sex) ?? [];
    // Gompertz from forty on and back; below it a floor, since hardly anybody dies young.
    return Array.from({ length: AGES }, (_, age) =>
      age === 0
        ? Number(infant)
        : Math.min(1, Math.max(Number(floor), Number(at40) * Math.exp(Number(growth) * (age - 40)))),
    );
  };
  const [fertility, mortality, migration, events, inside] = (table('uncertainty')[0] ?? []).map(Number);
  return {
    rates: {
      fertility: byAge('fertility'),
      mortality: { male: dying('1'), female: dying('2') },
      migration: byAge('migration'),
      boys: Number(rules.get('boys')?.value),
      uncertainty: {
        fertility: fertility ?? 0,
        mortality: mortality ?? 0,
        migration: migration ?? 0,
        events: events ?? 0,
        inside: inside ?? 0,
      },
    },
    assumptions: [...rules.values()].map(({ id, title, note, source, verified }) => ({
      id,
      title,
      note,
      source: source.title,
      verified: verified !== undefined,
    })),
  };
}
