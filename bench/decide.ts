/**
 * `decide`: a million mixed requests to the policy engine on one core, 5 % of the steps being changes: four in five a
 * change of assignment (a person moves to another post, unit or assurance), one in five a change of policy. Reference: the same requests asked of
 * Cedar, parsed before and without our cache, in the same run. Every one of the answers is compared with the plain rules from
 * which the policies were made, and a sample with the whole set of policies in Cedar. Usage: decide [steps] [actions]
 */
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import { POSTS } from '#platform/kernel/actor.ts';
import { policyFaults } from '#platform/access/policy/check-policies.ts';
import { ask, createEngine } from '#platform/access/policy/engine.ts';
import type { Facts } from '#platform/access/policy/facts.ts';
import { parsePolicies, type Policy } from '#platform/access/policy/parse.ts';
import { report } from './lib/figure.ts';

const [steps = 1_000_000, kinds = 120] = process.argv.slice(2).map(Number);
const CHANGE = 0.05;
const POLICY = 0.01;
const PEOPLE = 5_000;
const REFERENCE = 4_000;
const SAMPLE = 2_000;
const WANTED = 20_000;
const P99_MS = 5;

type Rule = { posts: string[]; assurance: number; purposes: string[]; own: boolean };
type Person = { post: (typeof POSTS)[number]; unit: string; assurance: number };
type Step =
  | { kind: 'ask'; person: number; action: number; purpose?: string; owner: string }
  | { kind: 'move'; person: number; to: Person }
  | { kind: 'policy'; action: number; rule: Rule };

/** The same sequence each time it is run (mulberry32). */
function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const PURPOSES = ['community-care', 'verify-application', 'data-quality', 'emergency'];
const UNITS = Array.from({ length: 89 }, (_, i) => `unit-${i}`);
const ACTIONS = Array.from({ length: kinds }, (_, i) => `bench.action-${i}`);
const someOf = <T>(next: () => number, list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;

function rule(next: () => number): Rule {
  return {
    posts: POSTS.filter(() => next() < 0.3)
      .concat(someOf(next, POSTS))
      .filter((p, i, all) => all.indexOf(p) === i),
    assurance: next() < 0.7 ? 1 : 2,
    purposes: next() < 0.5 ? [] : PURPOSES.filter(() => next() < 0.6),
    // One in ten looks at the unit that owns the data: these have many more keys.
    own: next() < 0.1,
  };
}
const someone = (next: () => number): Person => ({
  post: someOf(next, POSTS),
  unit: someOf(next, UNITS),
  assurance: next() < 0.6 ? 1 : 2,
});

function textOf(action: string, r: Rule): string {
  const more = [
    ...(r.assurance > 1 ? [`principal.assurance >= ${r.assurance}`] : []),
    ...(r.purposes.length > 0
      ? [`context has purpose && ${JSON.stringify(r.purposes)}.contains(context.purpose)`]
      : []),
    ...(r.own ? ['principal has unit && resource has owner && principal.unit == resource.owner'] : []),
  ];
  const posts = r.posts.map((post) => `Post::"${post}"`).join(', ');
  return `@id("${action}") @zh("-") @en("-") permit (principal, action == Action::"${action}", resource) when { ${[`principal in [${posts}]`, ...more].join(' && ')} };`;
}
const holds = (r: Rule, p: Person, purpose: string | undefined, owner: string): boolean =>
  r.posts.includes(p.post) &&
  p.assurance >= r.assurance &&
  (r.purposes.length === 0 || (purpose !== undefined && r.purposes.includes(purpose))) &&
  (!r.own || p.unit === owner);

const parse = (action: string, r: Rule): Policy => {
  const [policy] = parsePolicies({ text: textOf(action, r), source: 'bench', module: 'access' }).policies;
  if (!policy) throw new Error(`policy of ${action}`);
  return policy;
};
const NOW = new Date('2026-11-23T10:00:00+08:00');
const factsFor = (p: Person, action: string, purpose: string | undefined, owner: string): Facts => ({
  action,
  post: p.post,
  reach: 'own',
  assurance: p.assurance,
  unit: p.unit,
  acting: false,
  kind: 'bench.thing',
  level: 3,
  owner,
  own: false,
  purpose,
  purposeHeld: true,
  now: NOW,
});

/** The world at the start, and what happens to it: made twice from one seed, once to be timed and once to be judged. */
function world() {
  const next = random(17);
  const people = Array.from({ length: PEOPLE }, () => someone(next));
  const rules = ACTIONS.map(() => rule(next));
  const step = (): Step => {
    const dice = next();
    if (dice < CHANGE - POLICY) return { kind: 'move', person: Math.floor(next() * PEOPLE), to: someone(next) };
    if (dice < CHANGE) return { kind: 'policy', action: Math.floor(next() ** 2 * ACTIONS.length), rule: rule(next) };
    const purpose = next() < 0.7 ? someOf(next, PURPOSES) : undefined;
    // Some actions are asked for far more often than others.
    return {
      kind: 'ask',
      person: Math.floor(next() * PEOPLE),
      action: Math.floor(next() ** 2 * ACTIONS.length),
      purpose,
      owner: someOf(next, UNITS),
    };
  };
  return { people, rules, step };
}

const engine = createEngine(ACTIONS);
const first = world();
const policies = first.rules.map((r, i) => parse(ACTIONS[i] ?? '', r));
const faults = policyFaults({ policies, actions: ACTIONS });
if (faults.length > 0) throw new Error(JSON.stringify(faults[0]));
engine.replace(policies);

const answers = new Uint8Array(steps);
const took = new Float64Array(steps);
let asked = 0;
let moves = 0;
let changes = 0;
let changeMs = 0;
const started = performance.now();
const cpuBefore = process.cpuUsage();
for (let i = 0; i < steps; i += 1) {
  const s = first.step();
  if (s.kind === 'move') {
    first.people[s.person] = s.to;
    moves += 1;
    continue;
  }
  if (s.kind === 'policy') {
    const before = performance.now();
    policies[s.action] = parse(ACTIONS[s.action] ?? '', s.rule);
    engine.replace(policies);
    changeMs += performance.now() - before;
    changes += 1;
    continue;
  }
  const before = performance.now();
  const { allowed } = engine.decide(
    factsFor(first.people[s.person] as Person, ACTIONS[s.action] ?? '', s.purpose, s.owner),
  );
  took[asked] = performance.now() - before;
  answers[asked] = allowed ? 1 : 0;
  asked += 1;
}
const seconds = (performance.now() - started) / 1000;
const cpu = process.cpuUsage(cpuBefore);
const cpuSeconds = (cpu.user + cpu.system) / 1e6;
const sorted = took.subarray(0, asked).sort();
const p99 = sorted[Math.floor(asked * 0.99)] ?? 0;
const worst = sorted[asked - 1] ?? 0;
const { hits, misses } = engine.counts();

// The same world again, judged by the plain rules: no policy, no cache.
const again = world();
let at = 0;
let staleAllows = 0;
let wrongRefusals = 0;
let allows = 0;
const samples: { facts: Facts; allowed: boolean }[] = [];
for (let i = 0; i < steps; i += 1) {
  const s = again.step();
  if (s.kind === 'move') again.people[s.person] = s.to;
  else if (s.kind === 'policy') again.rules[s.action] = s.rule;
  else {
    const right = holds(again.rules[s.action] as Rule, again.people[s.person] as Person, s.purpose, s.owner);
    const given = answers[at] === 1;
    if (given) allows += 1;
    if (given && !right) staleAllows += 1;
    if (!given && right) wrongRefusals += 1;
    at += 1;
  }
}

// The reference: all policies in one set, parsed before; and the same answers from it. (At the end nothing changes any more.)
const whole = cedar.preparsePolicySet('bench-whole', {
  staticPolicies: Object.fromEntries(policies.map((p) => [p.id, p.text])),
});
if (whole.type === 'failure') throw new Error(whole.errors[0]?.message);
const tail = world();
while (samples.length < Math.max(REFERENCE, SAMPLE)) {
  const s = tail.step();
  if (s.kind !== 'ask') continue;
  const facts = factsFor(first.people[s.person] as Person, ACTIONS[s.action] ?? '', s.purpose, s.owner);
  samples.push({ facts, allowed: engine.decide(facts).allowed });
}
const differ = samples
  .slice(0, SAMPLE)
  .filter(({ facts, allowed }) => ask('bench-whole', facts).allowed !== allowed).length;
const processor = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const referenceStart = processor();
for (const { facts } of samples.slice(0, REFERENCE)) ask('bench-whole', facts);
const reference = REFERENCE / (processor() - referenceStart);
const single = processor();
for (const { facts } of samples.slice(0, REFERENCE)) engine.evaluate(facts);
const perAction = REFERENCE / (processor() - single);

// Per second of processor time, so that what else the machine does makes no difference; the clock's figure stands in the note.
const ours = steps / cpuSeconds;
report({
  name: 'decide',
  ours,
  reference,
  ratio: ours / reference,
  unit: 'steps/processor second',
  wanted: 1,
  note: `one core, by the clock ${(steps / seconds).toFixed(0)} steps/s (${seconds.toFixed(0)} s, of which ${cpuSeconds.toFixed(0)} s of processor); ${steps} steps: ${asked} decisions, ${moves} changes of assignment, ${changes} changes of policy (each read, parsed and put in force, ${(changeMs / changes).toFixed(2)} ms); ${kinds} actions, ${PEOPLE} people of ${POSTS.length} posts in ${UNITS.length} units; hit rate ${((hits / (hits + misses)) * 100).toFixed(1)} %; p99 ${p99.toFixed(3)} ms (limit ${P99_MS}), slowest ${worst.toFixed(1)} ms; ${allows} allowed; stale allows ${staleAllows}, wrong refusals ${wrongRefusals} of ${asked}; against Cedar with all policies ${differ} of ${SAMPLE} differ; reference = Cedar preparsed, all policies, no cache; Cedar preparsed one action at a time ${perAction.toFixed(0)}/s; limit ${WANTED}/s: ${ours >= WANTED && staleAllows + wrongRefusals + differ === 0 && p99 < P99_MS ? 'kept' : 'MISSED'}`,
});
if (staleAllows + wrongRefusals + differ > 0) process.exitCode = 1;
