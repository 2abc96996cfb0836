import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import { ATTRIBUTES, type Attribute, type Facts } from './facts.ts';
import type { Policy } from './parse.ts';

/** Answer to a request: allowed or not, and which policies said so. A refusal without reasons means that none permits it. */
export type Decision = { allowed: boolean; reasons: readonly string[] };

type ActionState = {
  /** Changes whenever a policy about this action does: names the parsed set, and what was decided under another is gone. */
  version: number;
  policies: readonly Policy[];
  /** What these policies look at; nothing else is in the key of a decision. */
  attributes: readonly Attribute[];
  parsed: boolean;
  decisions: Map<string, Decision>;
};

export type Engine = {
  /** Puts a set of policies in force. Only actions that a changed policy is about lose what was decided. */
  replace(policies: readonly Policy[]): void;
  decide(facts: Facts): Decision;
  /** The same without cache, for checks. */
  evaluate(facts: Facts): Decision;
  policiesOf(action: string): readonly Policy[];
  counts(): { hits: number; misses: number; flushed: number };
};

const NONE: Decision = { allowed: false, reasons: [] };
/** Keys of one action; attributes are few, so this is reached by odd purposes only. */
const MOST_KEYS = 5_000;
let engines = 0;

/**
 * Decides by Cedar, and remembers. A decision is kept under the attributes that the policies of its action look at, never under
 * the person: who changes post, unit or assurance simply asks with other attributes, so that a change of assignment needs no
 * flush and cannot leave a stale right behind. A change of policy gives the actions it is about a new version.
 */
export function createEngine(declared: readonly string[]): Engine {
  const name = `engine-${(engines += 1)}`;
  const actions = new Map<string, ActionState>(declared.map((action) => [action, emptyState()]));
  const count = { hits: 0, misses: 0, flushed: 0 };
  const setName = (action: string): string => `${name}:${action}`;

  const evaluate = (facts: Facts): Decision => {
    const state = actions.get(facts.action);
    if (state === undefined || state.policies.length === 0) return NONE;
    if (!state.parsed) {
      const staticPolicies = Object.fromEntries(state.policies.map(({ id, text }) => [id, text]));
      const answer = cedar.preparsePolicySet(setName(facts.action), { staticPolicies });
      if (answer.type === 'failure') throw new Error(`policies of ${facts.action}: ${answer.errors[0]?.message}`);
      state.parsed = true;
    }
    return ask(setName(facts.action), facts);
  };

  return {
    evaluate,
    counts: () => ({ ...count }),
    policiesOf: (action) => actions.get(action)?.policies ?? [],
    replace(policies) {
      for (const [action, state] of actions) {
        const mine = policies.filter((p) => p.actions === 'all' || p.actions.includes(action));
        if (same(mine, state.policies)) continue;
        actions.set(action, {
          version: state.version + 1,
          policies: mine,
          attributes: [...new Set(mine.flatMap((p) => p.attributes))].sort(),
          parsed: false,
          decisions: new Map(),
        });
        count.flushed += 1;
      }
    },
    decide(facts) {
      const state = actions.get(facts.action);
      if (state === undefined) return NONE;
      let key = '';
      for (const attribute of state.attributes) key += `${ATTRIBUTES[attribute](facts)}\u0000`;
      const known = state.decisions.get(key);
      if (known !== undefined) {
        count.hits += 1;
        return known;
      }
      count.misses += 1;
      const made = evaluate(facts);
      if (state.decisions.size >= MOST_KEYS) state.decisions.clear();
      state.decisions.set(key, made);
      return made;
    },
  };
}

function emptyState(): ActionState {
  return { version: 0, policies: [], attributes: [], parsed: false, decisions: new Map() };
}

function same(a: readonly Policy[], b: readonly Policy[]): boolean {
  return a.length === b.length && a.every((policy, i) => policy.id === b[i]?.id && policy.text === b[i]?.text);
}

/** Asks a parsed set. A policy that cannot be evaluated refuses: Cedar would skip it, and a skipped forbid would let through. */
export function ask(set: string, facts: Facts): Decision {
  const answer = cedar.statefulIsAuthorized({ preparsedPolicySetId: set, ...requestOf(facts) });
  if (answer.type === 'failure') return NONE;
  const { decision, diagnostics } = answer.response;
  if (diagnostics.errors.length > 0)
    return { allowed: false, reasons: diagnostics.errors.map(({ policyId }) => policyId) };
  return { allowed: decision === 'allow', reasons: diagnostics.reason };
}

/** A request in Cedar's terms. */
export function requestOf(
  facts: Facts,
): Pick<cedar.StatefulAuthorizationCall, 'principal' | 'action' | 'resource' | 'context' | 'entities'> {
  const value = (attribute: Attribute) => ATTRIBUTES[attribute](facts);
  const attributes = (of: 'principal' | 'resource' | 'context'): Record<string, string | number | boolean> =>
    Object.fromEntries(
      (Object.keys(ATTRIBUTES) as Attribute[]).flatMap((attribute): [string, string | number | boolean][] => {
        const [head, name = ''] = attribute.split('.');
        const found = head === of ? value(attribute) : undefined;
        return found === undefined ? [] : [[name, found]];
      }),
    );
  const principal = { type: 'Official', id: facts.post };
  const resource = { type: 'Item', id: facts.kind };
  return {
    principal,
    action: { type: 'Action', id: facts.action },
    resource,
    context: attributes('context'),
    entities: [
      { uid: principal, attrs: attributes('principal'), parents: [{ type: 'Post', id: facts.post }] },
      { uid: resource, attrs: attributes('resource'), parents: [] },
    ],
  };
}
