import type { Services } from '#platform/kernel/app.ts';
import { type CaseResult, caseFaults, type PolicyCase, runCases } from '../policy/cases.ts';
import { policyFaults } from '../policy/check-policies.ts';
import { createEngine } from '../policy/engine.ts';
import { type Fault, parsePolicies, type Policy } from '../policy/parse.ts';
import { declaredActions } from '../policy/read-policies.ts';
import { rulesOf } from '../policy/rules.ts';
import { postFaults } from '../duty/check-duty.ts';

export type Trial = {
  faults: Fault[];
  results: CaseResult[];
  /** Shipped cases whose outcome would change: what the policy takes or gives beyond its own cases. */
  changes: CaseResult[];
  policy: Policy | undefined;
};

/** Actions by which policies themselves are changed: no district policy may touch them, or the door could be locked behind it. */
const GUARDED = /^access\.policy\./;

/** Tries a district policy with everything else that is in force; without faults it may be approved. An empty text withdraws. */
export function tryDistrictPolicy(options: {
  services: Services;
  slug: string;
  text: string;
  cases: readonly PolicyCase[];
}): Trial {
  const { services, slug, text, cases } = options;
  const rules = rulesOf(services);
  const actions = declaredActions(services.registry);
  const id = `district.${slug}`;
  const others = [...rules.policies.values()].filter((policy) => policy.id !== id);
  const source = 'district';
  const { policies, faults } =
    text.trim() === '' ? { policies: [], faults: [] } : parsePolicies({ text, source, module: 'access' });
  const [policy] = policies;
  const none: Trial = { faults, results: [], changes: [], policy };
  if (faults.length > 0) return none;
  if (text.trim() !== '' && (policies.length !== 1 || policy?.id !== id))
    return { ...none, faults: [{ source, message: `write exactly one policy, and call it @id("${id}")` }] };
  if (policy && (policy.actions === 'all' || policy.actions.some((action) => GUARDED.test(action))))
    return {
      ...none,
      faults: [
        { source, policy: id, message: 'a district policy names its actions, and none by which policies are changed' },
      ],
    };
  const all = [...others, ...policies];
  const found = [...policyFaults({ policies: all, actions }), ...postFaults(all)];
  if (found.length > 0) return { ...none, faults: found };
  const engine = createEngine(actions);
  engine.replace(all);
  const known = cases.filter((one) => actions.includes(one.does));
  const results = runCases(engine, known);
  const unknown = cases
    .filter((one) => !actions.includes(one.does))
    .map(
      (one): Fault => ({ source, policy: id, message: `a case asks about ${one.does}, which no manifest declares` }),
    );
  return {
    faults: [...unknown, ...caseFaults({ source, policies, results })],
    results,
    changes: runCases(
      engine,
      rules.files.files.flatMap((file) => file.cases),
    ).filter(({ passed }) => !passed),
    policy,
  };
}
