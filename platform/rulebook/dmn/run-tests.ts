import { evaluateDecision } from './evaluate-decision.ts';
import type { Model } from './model.ts';
import type { Json } from './to-json.ts';

export type CaseResult = { name: string; passed: boolean; value: Json; messages: string[] };
type Cases = {
  decision: string;
  tests: readonly { name: string; input: Record<string, unknown>; expected?: unknown }[];
};

/** Runs the test cases of a decision. A contradiction among rows fails a case whatever it expects. */
export function runTests(model: Model, { decision, tests }: Cases): CaseResult[] {
  return tests.map(({ name, input, expected }) => {
    const { value, faults, messages } = evaluateDecision(model, { decision, input });
    return { name, passed: faults.length === 0 && sameJson(value, expected ?? null), value, messages };
  });
}

/** Equal JSON, whatever the order of keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), b as Record<string, unknown>];
  return (
    left.length === Object.keys(b).length && left.every(([key, value]) => key in right && sameJson(value, right[key]))
  );
}
