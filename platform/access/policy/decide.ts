import { Type } from 'typebox';
import { POSTS } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import { factsOfCase, type PolicyCase } from './cases.ts';
import { purposeHeld, rulesOf } from './rules.ts';
import { CaseShape, PolicyShape } from './shapes.ts';
import { policyWords } from './words.ts';

const Question = Type.Object(
  {
    post: Type.Union(POSTS.map((post) => Type.Literal(post))),
    action: Type.String({ maxLength: 80 }),
    with: CaseShape.properties.with,
  },
  { additionalProperties: false },
);

/**
 * Answers many questions at once (批量判定): may a post do this under these circumstances, and by which policies. About posts and
 * attributes only; who a person is plays no part in it.
 */
export const decideBatch = route({
  method: 'POST',
  path: '/api/access/decide',
  summary: { zh: '批量判定权限', en: 'Decide many questions at once' },
  allow: 'access.decide',
  repeatable: true,
  body: Type.Object(
    { questions: Type.Array(Question, { minItems: 1, maxItems: 1000 }) },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    answers: Type.Array(Type.Object({ allowed: Type.Boolean(), reasons: Type.Array(Type.String()) })),
    policies: Type.Array(PolicyShape, { description: 'every policy that is a reason above' }),
  }),
  examples: {
    own: {
      as: 'security-administrator',
      body: {
        questions: [
          { post: 'street-clerk', action: 'population.person.read', with: { level: 3, purpose: 'audit-review' } },
        ],
      },
    },
  },
  handler: async ({ services, clock, body }) => {
    const rules = rulesOf(services);
    const answers = body.questions.map(({ post, action, with: more }) => {
      const { purpose } = more ?? {};
      const held = more?.purposeHeld ?? purposeHeld(rules, purpose, post);
      const circumstances = { ...more, purposeHeld: held, at: more?.at ?? clock.now().toISOString() };
      const asked: PolicyCase = {
        who: post,
        does: action,
        with: circumstances,
        expect: 'allow',
        why: { zh: '', en: '' },
      };
      const { allowed, reasons } = rules.engine.decide(factsOfCase(asked));
      return { allowed, reasons: [...reasons] };
    });
    const named = new Set(answers.flatMap(({ reasons }) => reasons));
    return { answers, policies: [...named].flatMap((id) => rules.policies.get(id) ?? []).map(policyWords) };
  },
});
