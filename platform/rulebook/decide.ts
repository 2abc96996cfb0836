import type { Db } from '#platform/kernel/db.ts';
import { domainError } from '#platform/kernel/errors.ts';
import { evaluateDecision, type Matched } from './dmn/evaluate-decision.ts';
import type { Model } from './dmn/model.ts';
import { readModel } from './dmn/read-model.ts';
import type { Json } from './dmn/to-json.ts';
import { type Rule, ruleAt } from './rule-at.ts';

/** A decision as it was taken: what came out, by which rows of which version of which rule. */
export type Decided = {
  value: Json;
  /** The rows that matched, by decision of the model; rows count from 1. */
  matched: Matched[];
  /** Id of the rulebook entry. */
  entry: string;
  version: number;
  /** The named person who compared it with its source; undefined = 待核: `assertVerified(decided)` before an adverse act. */
  verified: Rule['verified'];
  rule: Rule;
  /** Why something is null. */
  messages: string[];
};

export const RuleContradicts = domainError({
  code: 'RULE_CONTRADICTS',
  status: 409,
  title: { zh: '规则自相矛盾，不能据此决定', en: 'The rule contradicts itself, so nothing can be decided on it' },
  action: {
    zh: '列出的几行同时成立，而该决策表只允许一行；请由人工处理，并请规则的维护人修改。',
    en: 'The rows named match at once, which the table does not allow: let a person decide, and have the keeper of the rule mend it.',
  },
});

/**
 * Asks a decision of the rulebook (规则决策) as it applied on a day. In the caller's own transaction; what it says is deterministic, so that
 * a case can be decided again from the version that its record names.
 *
 * @throws RuleContradicts with the rows where rows that exclude each other match at once; an error where the book has no such decision.
 */
export async function decide(
  db: Db,
  options: { decision: string; on?: Date | string; input: Record<string, unknown> },
): Promise<Decided> {
  return decideBy(await ruleAt(db, options.decision, options.on), options.input);
}

/** Decides by a rule that was read before: for many inputs of one day. Pure; throws as `decide` does. */
export function decideBy(rule: Rule, input: Record<string, unknown>): Decided {
  if (!rule.decision) throw new Error(`${rule.id} is no decision`);
  const { value, matched, faults, messages } = evaluateDecision(modelOf(rule.digest, rule.decision.dmn), {
    decision: rule.decision.decision,
    input,
  });
  const contradiction = faults.find(({ code }) => code === 'rows-contradict');
  if (contradiction)
    throw RuleContradicts.with({
      detail: rule.title,
      extra: { rule: rule.id, version: rule.version, rows: contradiction.rows },
    });
  return { value, matched, entry: rule.id, version: rule.version, verified: rule.verified, rule, messages };
}

const MODELS_KEPT = 200;
const models = new Map<string, Model>();
/** The model of a version, read once; the ones that nobody asked for lately are forgotten. */
function modelOf(digest: string, xml: string): Model {
  const known = models.get(digest);
  const model = known ?? readModel(xml);
  models.delete(digest);
  models.set(digest, model);
  const [oldest] = models.keys();
  if (models.size > MODELS_KEPT && oldest !== undefined) models.delete(oldest);
  return model;
}
