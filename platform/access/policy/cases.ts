import type { Post } from '#platform/kernel/actor.ts';
import type { Engine } from './engine.ts';
import type { Facts } from './facts.ts';
import type { Fault, Policy } from './parse.ts';

/** One test of the policies in words (策略用例): who, does what, under which circumstances → allowed or refused, and why. */
export type PolicyCase = {
  who: Post;
  does: string;
  /** Circumstances that differ from the ordinary ones: own unit, office hours, password only, nothing personal. */
  with?: Partial<Omit<Facts, 'action' | 'post' | 'now'>> & { at?: string };
  expect: 'allow' | 'deny';
  /** Id of the policy that decides; absent where none permits it. */
  by?: string;
  why: { zh: string; en: string };
};

export type CaseResult = PolicyCase & { passed: boolean; got: 'allow' | 'deny'; reasons: string[] };

/** A Monday morning. */
const ORDINARY = '2026-11-23T10:00:00+08:00';

export function factsOfCase(one: PolicyCase): Facts {
  const { at, ...more } = one.with ?? {};
  return {
    action: one.does,
    post: one.who,
    reach: 'own',
    assurance: 1,
    acting: false,
    kind: '-',
    level: 1,
    own: false,
    purposeHeld: false,
    ...more,
    now: new Date(at ?? ORDINARY),
  };
}

/** Runs cases against the policies of an engine, without its cache. */
export function runCases(engine: Engine, cases: readonly PolicyCase[]): CaseResult[] {
  return cases.map((one) => {
    const { allowed, reasons } = engine.evaluate(factsOfCase(one));
    const got = allowed ? 'allow' : 'deny';
    return {
      ...one,
      got,
      reasons: [...reasons],
      passed: got === one.expect && (one.by === undefined || reasons.includes(one.by)),
    };
  });
}

/** Cases that fail, and policies of a file that no case shows at work. */
export function caseFaults(options: {
  source: string;
  policies: readonly Policy[];
  results: readonly CaseResult[];
}): Fault[] {
  const { source, policies, results } = options;
  const failed = results
    .filter(({ passed }) => !passed)
    .map((one) => ({
      source,
      policy: one.by,
      message: `case “${one.why.en}” (${one.who} · ${one.does}): expected ${one.expect}${one.by ? ` by ${one.by}` : ''}, got ${one.got} [${one.reasons.join(', ')}]`,
    }));
  const shown = new Set(results.flatMap(({ reasons }) => reasons));
  const untested = policies
    .filter(({ id }) => !shown.has(id))
    .map(({ id }) => ({ source, policy: id, message: `no case shows ${id} at work` }));
  return [...failed, ...untested];
}
