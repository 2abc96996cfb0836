import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { Fault, Policy } from './parse.ts';
import { sentence } from './parse.ts';
import { schemaText } from './schema.ts';

/** What is wrong with a set of policies: against the vocabulary, and against each other. Empty = it may be put in force. */
export function policyFaults(options: { policies: readonly Policy[]; actions: readonly string[] }): Fault[] {
  const { policies, actions } = options;
  const faults: Fault[] = [];
  const byId = new Map<string, Policy>();
  for (const policy of policies) {
    const twin = byId.get(policy.id);
    if (twin)
      faults.push({ source: policy.source, policy: policy.id, message: `this id is already in ${twin.source}` });
    byId.set(policy.id, policy);
  }
  const answer = cedar.validate({
    schema: schemaText(actions),
    policies: { staticPolicies: Object.fromEntries([...byId].map(([id, { text }]) => [id, text])) },
  });
  if (answer.type === 'failure')
    return [...faults, ...answer.errors.map((error) => ({ source: 'schema', message: sentence(error) }))];
  for (const { policyId, error } of [...answer.validationErrors, ...answer.validationWarnings])
    faults.push({
      source: byId.get(policyId)?.source ?? '',
      policy: policyId,
      message: sentence(error).replace(/^for policy `[^`]*`[:,] /, ''),
    });
  if (faults.length > 0) return faults;
  return [...foreign(policies), ...contradictions(policies), ...orphans(policies, actions)];
}

/** A module decides about its own actions; only `access` may speak for all. */
function foreign(policies: readonly Policy[]): Fault[] {
  return policies.flatMap(({ id, module, actions, source }) => {
    if (module === 'access') return [];
    const others = actions === 'all' ? ['*'] : actions.filter((action) => !action.startsWith(`${module}.`));
    return others.map((action) => ({
      source,
      policy: id,
      message: `a policy of ${module} cannot speak about ${action === '*' ? 'every action' : action}`,
    }));
  });
}

const about = (policy: Policy, action: string): boolean => policy.actions === 'all' || policy.actions.includes(action);

/** A permit that an unconditional forbid takes back, and two permits that give the same post the same action. */
function contradictions(policies: readonly Policy[]): Fault[] {
  const faults: Fault[] = [];
  const permits = policies.filter(({ effect }) => effect === 'permit');
  for (const forbid of policies.filter((p) => p.effect === 'forbid' && p.unconditional)) {
    for (const permit of permits) {
      const both = permit.actions === 'all' ? [] : permit.actions.filter((action) => about(forbid, action));
      for (const action of both)
        faults.push({
          source: permit.source,
          policy: permit.id,
          message: `permits ${action}, which ${forbid.id} (${forbid.source}) forbids to everyone`,
        });
    }
  }
  const given = new Map<string, Policy>();
  for (const permit of permits) {
    for (const action of permit.actions === 'all' ? [] : permit.actions) {
      for (const post of permit.posts) {
        const key = `${action} ${post}`;
        const earlier = given.get(key);
        if (earlier)
          faults.push({
            source: permit.source,
            policy: permit.id,
            message: `gives ${post} the action ${action}, which ${earlier.id} (${earlier.source}) gives already`,
          });
        given.set(key, permit);
      }
    }
  }
  return faults;
}

/** An action that no policy permits to anybody is a mistake, not a rule. */
function orphans(policies: readonly Policy[], actions: readonly string[]): Fault[] {
  return actions
    .filter((action) => !policies.some((policy) => policy.effect === 'permit' && about(policy, action)))
    .map((action) => ({ source: 'manifests', message: `no policy permits ${action} to any post` }));
}
