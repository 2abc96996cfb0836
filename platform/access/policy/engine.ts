import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import { ATTRIBUTES, type Attribute, type Facts } from './facts.ts';
import type { Atom } from './atoms.ts';
import type { Policy } from './parse.ts';

/** Answer to a request: allowed or not, and which policies said so. A refusal without reasons means that none permits it. */
export type Decision = { allowed: boolean; reasons: readonly string[] };

type ActionState = {
  /** Changes whenever a policy about this action does: names the parsed set, and what was decided under another is gone. */
  version: number;
  policies: readonly Policy[];
  /** What these policies look at; nothing else is asked of the facts. */
  attributes: readonly Attribute[];
  /** What makes a difference to them: the key of a decision. */
  atoms: readonly Atom[];
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
 * Decides by Cedar, and remembers. A decision is kept under the answers to what the policies of its action ask (`atoms.ts`),
 * never under the person: who changes post, unit or assurance simply asks with other facts, so that a change of assignment needs
 * no flush and cannot leave a stale right behind. A change of policy gives the actions it is about a new version.
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
    return ask(setName(facts.action), facts, state.attributes);
  };

  return {
    evaluate,
    counts: () => ({ ...count }),
    policiesOf: (action) => actions.get(action)?.policies ?? [],
    replace(policies) {
      const everywhere = policies.filter((p) => p.actions === 'all');
      const named = new Map<string, Policy[]>();
      for (const policy of policies) {
        for (const action of policy.actions === 'all' ? [] : policy.actions) {
          const mine = named.get(action);
          if (mine) mine.push(policy);
          else named.set(action, [policy]);
        }
      }
      for (const [action, state] of actions) {
        const mine = [...(named.get(action) ?? []), ...everywhere];
        if (same(mine, state.policies)) continue;
        actions.set(action, {
          version: state.version + 1,
          policies: mine,
          attributes: [...new Set(mine.flatMap((p) => p.attributes))],
          atoms: [...new Map(mine.flatMap((p) => p.atoms).map((one) => [one.id, one])).values()],
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
      for (const one of state.atoms) key += `${one.of(facts)}\u0000`;
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
  return { version: 0, policies: [], attributes: [], atoms: [], parsed: false, decisions: new Map() };
}

function same(a: readonly Policy[], b: readonly Policy[]): boolean {
  return a.length === b.length && a.every((policy, i) => policy.id === b[i]?.id && policy.text === b[i]?.text);
}

/** Asks a parsed set. A policy that cannot be evaluated refuses: Cedar would skip it, and a skipped forbid would let through. */
export function ask(set: string, facts: Facts, looked?: readonly Attribute[]): Decision {
  const answer = cedar.statefulIsAuthorized({ preparsedPolicySetId: set, ...requestOf(facts, looked) });
  if (answer.type === 'failure') return NONE;
  const { decision, diagnostics } = answer.response;
  if (diagnostics.errors.length > 0)
    return { allowed: false, reasons: diagnostics.errors.map(({ policyId }) => policyId) };
  return { allowed: decision === 'allow', reasons: diagnostics.reason };
}

const ALL = Object.keys(ATTRIBUTES) as Attribute[];

/** A request in Cedar's terms, with the attributes that somebody looks at. */
export function requestOf(
  facts: Facts,
  looked: readonly Attribute[] = ALL,
): Pick<cedar.StatefulAuthorizationCall, 'principal' | 'action' | 'resource' | 'context' | 'entities'> {
  const given = { principal: {}, resource: {}, context: {} } as Record<
    string,
    Record<string, string | number | boolean>
  >;
  for (const attribute of looked) {
    const value = ATTRIBUTES[attribute](facts);
    const dot = attribute.indexOf('.');
    if (value !== undefined) given[attribute.slice(0, dot)]![attribute.slice(dot + 1)] = value;
  }
  const principal = { type: 'Official', id: facts.post };
  const resource = { type: 'Item', id: facts.kind };
  return {
    principal,
    action: { type: 'Action', id: facts.action },
    resource,
    context: given.context ?? {},
    entities: [
      { uid: principal, attrs: given.principal ?? {}, parents: [{ type: 'Post', id: facts.post }] },
      { uid: resource, attrs: given.resource ?? {}, parents: [] },
    ],
  };
}
