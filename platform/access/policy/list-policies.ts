import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { runCases } from './cases.ts';
import { declaredActions } from './read-policies.ts';
import { rulesOf } from './rules.ts';
import { schemaText } from './schema.ts';
import { CaseResultShape, HolderShape, PolicyShape, Words } from './shapes.ts';
import { actionTitle, holdersOf, policyWords } from './words.ts';

/** The policies in force (策略), file by file, each with its words, its text, and its cases run now. */
export const listPolicies = route({
  method: 'GET',
  path: '/api/access/policies',
  summary: { zh: '现行权限策略与用例结果', en: 'Policies in force, with the results of their cases' },
  allow: 'access.policy.read',
  reply: Type.Object({
    files: Type.Array(
      Type.Object({
        path: Type.String(),
        module: Type.String(),
        moduleTitle: Words,
        policies: Type.Array(PolicyShape),
        cases: Type.Array(CaseResultShape),
      }),
    ),
    actions: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Words,
        holders: Type.Array(HolderShape),
        policies: Type.Array(Type.String()),
      }),
    ),
    vocabulary: Type.String({ description: 'Cedar schema' }),
    counts: Type.Object({ policies: Type.Integer(), cases: Type.Integer(), failed: Type.Integer() }),
  }),
  examples: { own: { as: 'security-administrator' } },
  handler: async ({ services }) => {
    const rules = rulesOf(services);
    const files = rules.files.files.map((file) => ({
      path: file.path,
      module: file.module,
      moduleTitle: services.registry.module(file.module).title,
      policies: file.policies.map(policyWords),
      cases: runCases(rules.engine, file.cases),
    }));
    const cases = files.flatMap((file) => file.cases);
    return {
      files,
      actions: declaredActions(services.registry).map((id) => ({
        id,
        title: actionTitle(services, id),
        holders: holdersOf(rules, id),
        policies: rules.engine.policiesOf(id).map((policy) => policy.id),
      })),
      vocabulary: schemaText(declaredActions(services.registry)),
      counts: {
        policies: rules.policies.size,
        cases: cases.length,
        failed: cases.filter(({ passed }) => !passed).length,
      },
    };
  },
});
