import { Type } from 'typebox';
import { listHolders } from '#platform/identity/organisation/holders.ts';
import { route } from '#platform/kernel/app.ts';
import { rulesOf } from '../policy/rules.ts';
import { Nullable, Words } from '../policy/shapes.ts';
import { actionTitle, postTitle } from '../policy/words.ts';
import { dutyRules, personConflicts, postConflicts } from './check-duty.ts';

const Finding = Type.Object({
  rule: Type.String(),
  words: Words,
  post: Nullable(Words),
  person: Nullable(Type.Object({ name: Type.String(), accounts: Type.Array(Type.String()), posts: Type.Array(Words) })),
  between: Type.Array(Words, { description: 'the two posts or actions that meet' }),
});

/** Conflicts of duties (职责冲突): over posts by the policies in force, and over persons by the posts that they hold. */
export const listConflicts = route({
  method: 'GET',
  path: '/api/access/duty-conflicts',
  summary: { zh: '职责冲突检查', en: 'Conflicts of duties' },
  allow: 'access.duty.read',
  reply: Type.Object({
    rules: Type.Array(Type.Object({ id: Type.String(), kind: Type.String(), words: Words })),
    findings: Type.Array(Finding),
    checked: Type.Object({ policies: Type.Integer(), assignments: Type.Integer() }),
  }),
  examples: { own: { as: 'security-administrator' } },
  prepare: ({ services }) => listHolders(services),
  handler: async ({ services, prepared: assignments }) => {
    const policies = [...rulesOf(services).policies.values()];
    const named = (id: string) => (services.registry.action(id) ? actionTitle(services, id) : postTitle(id));
    return {
      rules: dutyRules().map(({ id, kind, zh, en }) => ({ id, kind, words: { zh, en } })),
      findings: [...postConflicts(policies), ...personConflicts({ policies, assignments })].map((f) => ({
        rule: f.rule,
        words: f.words,
        post: f.post === undefined ? null : postTitle(f.post),
        person: f.person
          ? { name: f.person.name, accounts: f.person.accounts, posts: f.person.posts.map(postTitle) }
          : null,
        between: f.between.map(named),
      })),
      checked: { policies: policies.length, assignments: assignments.length },
    };
  },
});
