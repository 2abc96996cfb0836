import type { Db } from '#platform/kernel/db.ts';
import type { Text } from '#platform/kernel/text.ts';
import { type Rule, ruleAt } from '#platform/rulebook/rule-at.ts';

/** What the type of opening follows from (开放类型的判定事实). */
export type OpeningFacts = {
  secret: boolean;
  commercial: boolean;
  personal: boolean;
  security: boolean;
  timely: boolean;
};
export type Decision = {
  opening: 'open' | 'conditional' | 'closed';
  reason: Text;
  /** 《…》第…条. */
  article: string;
  rule: string;
  version: number;
  /** No named person has compared the rule with its source yet. */
  unverified: boolean;
  facts: OpeningFacts;
};

/** The decision table of the day (DMN, hit policy first), read from the rulebook. */
export async function decideOpening(db: Db, facts: OpeningFacts): Promise<Decision> {
  return applyOpening(await ruleAt(db, 'open-data.decision'), facts);
}

export function applyOpening(
  rule: Pick<Rule, 'value' | 'source' | 'id' | 'version' | 'verified'>,
  facts: OpeningFacts,
): Decision {
  if (typeof rule.value !== 'object') throw new Error(`${rule.id} is no table`);
  const { columns, rows } = rule.value;
  const cell = (row: readonly unknown[], name: string) => String(row[columns.indexOf(name)] ?? '');
  const hit = rows.find((row) =>
    (Object.keys(facts) as (keyof OpeningFacts)[]).every((name) => {
      const wanted = cell(row, name);
      return wanted === '-' || (wanted === 'yes') === facts[name];
    }),
  );
  if (!hit) throw new Error(`${rule.id} has no row for ${JSON.stringify(facts)}`);
  return {
    opening: cell(hit, 'opening') as Decision['opening'],
    reason: { zh: cell(hit, 'reason-zh'), en: cell(hit, 'reason-en') },
    article: `《${rule.source.title}》${rule.source.article ?? ''}`,
    rule: rule.id,
    version: rule.version,
    unverified: rule.verified === undefined,
    facts,
  };
}
