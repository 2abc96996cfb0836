import { createRequire } from 'node:module';
import { Linter } from 'bpmnlint';
import type { Finding } from './finding.ts';
import { LINT_TEXTS } from './lint-texts.ts';
import { type Model, nameOf } from './read-model.ts';

/** The package loads its rules by name with `require`, so we do. */
const load = createRequire(import.meta.url);
const config = load('bpmnlint/config/recommended.js') as { rules: Record<string, string> };
const resolver = { resolveRule: (_pkg: string, rule: string) => load(`bpmnlint/rules/${rule}.js`) as unknown };

/** What bpmnlint's recommended rules say of a diagram: whether people can read it as what it does. */
export async function lintDiagram({ root, elements }: Model): Promise<Finding[]> {
  // A linter of its own for each file: rules remember what they have seen.
  const reports = await new Linter({ config, resolver }).lint(root);
  return Object.entries(reports).flatMap(([rule, found]) =>
    found.map(({ id, message, category }): Finding => {
      const element = id === undefined ? undefined : elements[id];
      return {
        element: id ?? null,
        name: element ? nameOf(element) : null,
        rule,
        severity: category === 'warn' ? 'warning' : 'error',
        message: LINT_TEXTS[rule] ?? { zh: message, en: message },
      };
    }),
  );
}
