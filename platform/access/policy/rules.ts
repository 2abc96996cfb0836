import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { Forbidden, PurposeNotAllowed } from '#platform/kernel/errors.ts';
import type { Asked, Policy as PolicyPort } from '#platform/kernel/ports.ts';
import type { Registry } from '#platform/kernel/registry.ts';
import { sql } from '#platform/kernel/sql.ts';
import { postFaults } from '../duty/check-duty.ts';
import { caseFaults, runCases } from './cases.ts';
import { policyFaults } from './check-policies.ts';
import { createEngine, type Engine } from './engine.ts';
import { type Facts, factsOf } from './facts.ts';
import { type Fault, parsePolicies, type Policy } from './parse.ts';
import { declaredActions, type PolicyFiles, readPolicies } from './read-policies.ts';

/** Other processes see a change of rules within this time; the one that made it, at once. */
const FRESH_MS = 5_000;
/** Longest time that the transaction of a change of rules takes to commit, with a wide margin. */
const COMMIT_MS = 2_000;

type Purpose = { posts: readonly string[] };

/** The rules of one running installation: policies of the modules, district policies in force, purposes in force. */
export type Rules = {
  engine: Engine;
  files: PolicyFiles;
  /** Policies in force, by id. */
  policies: Map<string, Policy>;
  purposes: Map<string, Purpose>;
  /** When the reading began that is in force here; 0 = never. */
  checkedAt: number;
  /** The check that is under way. */
  checking: Promise<void> | undefined;
  /** Until then every request looks for itself, because a change by this process may just be committing. */
  changingUntil: number;
};

const houses = new WeakMap<Services, Rules>();
const system = systemActor({ name: 'rules' });

/** Everything that keeps the shipped policies from being put in force: text, vocabulary, contradictions, failing cases. */
export function shippedFaults(registry: Registry, root: string): { files: PolicyFiles; faults: readonly Fault[] } {
  const files = readPolicies(registry, root);
  const policies = files.files.flatMap((file) => file.policies);
  const actions = declaredActions(registry);
  const faults = [...files.faults];
  if (faults.length === 0) faults.push(...policyFaults({ policies, actions }), ...postFaults(policies));
  if (faults.length > 0) return { files, faults };
  const engine = createEngine(actions);
  engine.replace(policies);
  for (const file of files.files) {
    if (file.path.startsWith('manifest of ')) continue;
    faults.push(...caseFaults({ source: file.path, policies: file.policies, results: runCases(engine, file.cases) }));
  }
  return { files, faults };
}

/** The rules of this process. The first call reads the policy files and refuses to start with any that is not right. */
export function rulesOf(services: Services): Rules {
  let rules = houses.get(services);
  if (rules === undefined) {
    const { files, faults } = shippedFaults(services.registry, services.config.root);
    if (faults.length > 0)
      throw new Error(
        `权限策略有误，拒绝启动 / policies are not right, refusing to start:\n${faults.map((f) => `  ${f.source}${f.policy ? ` ${f.policy}` : ''}: ${f.message}`).join('\n')}`,
      );
    const policies = files.files.flatMap((file) => file.policies);
    const engine = createEngine(declaredActions(services.registry));
    engine.replace(policies);
    rules = {
      engine,
      files,
      policies: new Map(policies.map((p) => [p.id, p])),
      purposes: new Map(),
      checkedAt: 0,
      checking: undefined,
      changingUntil: 0,
    };
    houses.set(services, rules);
  }
  return rules;
}

/** Reads what is in force from the database and puts it in force here; answers at once while the last look is fresh. */
export function freshRules(services: Services): Promise<void> | undefined {
  const rules = rulesOf(services);
  // Real time, not the district's clock: a test that moves the clock must not make rules stale or fresh.
  const now = performance.now();
  const read = () =>
    services.database.tx({ module: 'access', actor: system, readOnly: true }, (db) => readRules(db, services));
  if (now < rules.changingUntil) return read();
  if (now - rules.checkedAt < FRESH_MS && rules.checkedAt > 0) return undefined;
  rules.checking ??= read().finally(() => {
    rules.checking = undefined;
  });
  return rules.checking;
}

/** Called by whoever changes rules, in its transaction: from now until it has surely committed, every request looks again. */
export function forgetRules(services: Services): void {
  const rules = rulesOf(services);
  rules.changingUntil = performance.now() + COMMIT_MS;
  rules.checkedAt = 0;
}

/** Reads the district policies and purposes that are in force now, and puts them in force here. */
export async function readRules(db: Db, services: Services): Promise<void> {
  const rules = rulesOf(services);
  const started = performance.now();
  const now = services.clock.now();
  const purposes = await db.rows<{ code: string; posts: string[] }>(
    sql`select code, posts from access.purpose where retired_at is null`,
  );
  const district = await districtInForce(db, now);
  // An older look that comes back late changes nothing.
  if (started < rules.checkedAt) return;
  rules.purposes = new Map(purposes.map(({ code, posts }) => [code, { posts }]));
  const policies = [...shippedPolicies(rules.files), ...district.flatMap(({ text }) => parseDistrict(text))];
  rules.policies = new Map(policies.map((p) => [p.id, p]));
  rules.engine.replace(policies);
  rules.checkedAt = started;
}

/** The newest approved version of each district policy, where it is in its time and not a withdrawal. */
export async function districtInForce(db: Db, now: Date): Promise<{ slug: string; version: number; text: string }[]> {
  return db.rows(sql`
    select slug, version, text from (
      select distinct on (slug) slug, version, text, valid_to from access.district_policy
      where state = 'approved' and valid_from <= ${now}::timestamptz order by slug, version desc) newest
    where text <> '' and (valid_to is null or valid_to > ${now}::timestamptz) order by slug`);
}

export function shippedPolicies(files: PolicyFiles): Policy[] {
  return files.files.flatMap((file) => file.policies);
}

/** Whether a purpose is in the register, in force and open to this post. */
export function purposeHeld(rules: Rules, purpose: string | undefined, post: string | undefined): boolean {
  if (purpose === undefined || post === undefined) return false;
  return rules.purposes.get(purpose)?.posts.includes(post) ?? false;
}

function factsFor(asked: Asked): Facts | undefined {
  const { actor, action, services, resource, zone } = asked;
  return factsOf({
    actor,
    action,
    resource,
    zone,
    purposeHeld: purposeHeld(rulesOf(services), actor.purpose, actor.post),
    now: services.clock.now(),
  });
}

/** The policies of a district text (at most one); faulty texts are never approved. */
export function parseDistrict(text: string): Policy[] {
  return parsePolicies({ text, source: 'district', module: 'access' }).policies;
}

export const cedarPolicy: PolicyPort = {
  ready: freshRules,
  may(asked) {
    const facts = factsFor(asked);
    return facts !== undefined && rulesOf(asked.services).engine.decide(facts).allowed;
  },
  refusal(asked) {
    const { actor, action, services } = asked;
    const facts = factsFor(asked);
    const rules = rulesOf(services);
    const reasons = facts === undefined ? [] : rules.engine.decide(facts).reasons;
    const holds = rules.engine
      .policiesOf(action)
      .some((p) => p.effect === 'permit' && p.posts.includes(actor.post ?? ''));
    // Who does not hold the action learns that, and nothing of its finer conditions.
    const forbidden = holds
      ? reasons.map((id) => rules.policies.get(id)).find((p) => p?.effect === 'forbid')
      : undefined;
    if (forbidden?.code === PurposeNotAllowed.code)
      return { problem: PurposeNotAllowed.with({ detail: forbidden.words, extra: { permission: action } }), reasons };
    return { problem: Forbidden.with({ detail: forbidden?.words, extra: { permission: action } }), reasons };
  },
  keep(db, { route, action, code, reasons, resource }) {
    db.last(sql`select access.keep_refusal(${route}, ${action}, ${code}, ${[...reasons]}::text[], ${resource?.kind ?? null}::text,
      ${resource?.level ?? null}::int, ${resource?.owner ?? null}::text)`);
  },
};

/** Posts that hold an action by some policy, whatever else the policy asks of them. */
export function postsHolding(policies: readonly Policy[], action: string): string[] {
  return [
    ...new Set(
      policies
        .filter((p) => p.effect === 'permit' && p.actions !== 'all' && p.actions.includes(action))
        .flatMap((p) => p.posts),
    ),
  ];
}
