import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault, Policy } from '../policy/parse.ts';

/** A rule on duties that stay apart (职责分离); `duty-rules.json` holds them in words. */
export type DutyRule = { id: string; zh: string; en: string } & (
  | { kind: 'posts-apart'; posts: string[] }
  | { kind: 'never'; posts: string[]; actions: string[] }
  | { kind: 'actions-apart'; a: string[]; b: string[]; same?: 'prefix' }
  | { kind: 'steps'; first: string; second: string }
);

/** Who holds which post; a person may hold several, by one account or many. */
export type Assignment = { person: string; name: string; account: string; post: string; unit: string | null };

export type DutyFinding = {
  rule: string;
  words: { zh: string; en: string };
  /** The post that holds both, or the person who does. */
  post?: string;
  person?: { name: string; accounts: string[]; posts: string[]; units: (string | null)[] };
  /** The two that meet. */
  between: [string, string];
};

let read: DutyRule[] | undefined;

export function dutyRules(): readonly DutyRule[] {
  read ??= (JSON.parse(readFileSync(join(import.meta.dirname, 'duty-rules.json'), 'utf8')) as { rules: DutyRule[] })
    .rules;
  return read;
}

const matches = (pattern: string, action: string): boolean => {
  if (pattern.startsWith('*')) return action.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return action.startsWith(pattern.slice(0, -1));
  return pattern === action;
};
const head = (action: string): string => action.slice(0, action.lastIndexOf('.'));

/** Pairs of actions in `held` that a rule keeps apart. */
function meeting(rule: DutyRule & { kind: 'actions-apart' }, held: ReadonlySet<string>): [string, string][] {
  const pick = (patterns: readonly string[]) => [...held].filter((action) => patterns.some((p) => matches(p, action)));
  return pick(rule.a).flatMap((a) =>
    pick(rule.b).flatMap((b): [string, string][] =>
      a !== b && (rule.same !== 'prefix' || head(a) === head(b)) ? [[a, b]] : [],
    ),
  );
}

/** Actions of each post, by the permits of a set of policies. */
export function actionsOfPosts(policies: readonly Policy[]): Map<string, Set<string>> {
  const held = new Map<string, Set<string>>();
  for (const { effect, actions, posts } of policies) {
    if (effect !== 'permit' || actions === 'all') continue;
    for (const post of posts) {
      const mine = held.get(post) ?? new Set();
      for (const action of actions) mine.add(action);
      held.set(post, mine);
    }
  }
  return held;
}

/** Conflicts of posts by what the policies give them: these make a set of policies unfit. */
export function postConflicts(policies: readonly Policy[], rules: readonly DutyRule[] = dutyRules()): DutyFinding[] {
  const held = actionsOfPosts(policies);
  return rules.flatMap((rule) => {
    const words = { zh: rule.zh, en: rule.en };
    if (rule.kind === 'never')
      return rule.posts.flatMap((post) =>
        [...(held.get(post) ?? [])]
          .filter((action) => rule.actions.some((pattern) => matches(pattern, action)))
          .map((action): DutyFinding => ({ rule: rule.id, words, post, between: [post, action] })),
      );
    if (rule.kind === 'actions-apart')
      return [...held].flatMap(([post, actions]) =>
        meeting(rule, actions).map((between): DutyFinding => ({ rule: rule.id, words, post, between })),
      );
    return [];
  });
}

/** Conflicts of persons by all the posts that they hold. */
export function personConflicts(options: {
  policies: readonly Policy[];
  assignments: readonly Assignment[];
  rules?: readonly DutyRule[];
}): DutyFinding[] {
  const { policies, assignments, rules = dutyRules() } = options;
  const held = actionsOfPosts(policies);
  const people = Map.groupBy(assignments, ({ person }) => person);
  return [...people.values()].flatMap((mine) => {
    const posts = [...new Set(mine.map(({ post }) => post))];
    if (posts.length < 2) return [];
    const person = {
      name: mine[0]?.name ?? '',
      accounts: [...new Set(mine.map(({ account }) => account))],
      posts,
      units: [...new Set(mine.map(({ unit }) => unit))],
    };
    const all = new Set(posts.flatMap((post) => [...(held.get(post) ?? [])]));
    return rules.flatMap((rule): DutyFinding[] => {
      const words = { zh: rule.zh, en: rule.en };
      if (rule.kind === 'posts-apart') {
        const both = rule.posts.filter((post) => posts.includes(post));
        return both.slice(1).map((post) => ({ rule: rule.id, words, person, between: [both[0] ?? '', post] }));
      }
      if (rule.kind !== 'actions-apart') return [];
      // What one post alone holds is a conflict of the post, told there.
      const alone = posts.flatMap((post) => meeting(rule, held.get(post) ?? new Set()).map(String));
      return meeting(rule, all)
        .filter((pair) => !alone.includes(String(pair)))
        .map((between) => ({ rule: rule.id, words, person, between }));
    });
  });
}

/** Conflicts of posts as faults of a set of policies. */
export function postFaults(policies: readonly Policy[]): Fault[] {
  return postConflicts(policies).map(({ rule, words, post, between }) => ({
    source: 'duty-rules.json',
    policy: rule,
    message: `${words.en} ${post}: ${between.join(' and ')}`,
  }));
}
