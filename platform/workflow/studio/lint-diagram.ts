import { createRequire } from 'node:module';
import { Linter } from 'bpmnlint';
import type { Finding } from './finding.ts';
import { LINT_TEXTS } from './lint-texts.ts';
import { type Element, nameOf } from './read-model.ts';

/** The package loads its rules by name with `require`, so we do. */
const load = createRequire(import.meta.url);
const config = load('bpmnlint/config/recommended.js') as { rules: Record<string, string> };
const linter = new Linter({
  config,
  resolver: { resolveRule: (_pkg, rule) => load(`bpmnlint/rules/${rule}.js`) },
});

/** What bpmnlint's recommended rules say of a diagram: whether people can read it as what it does. */
export async function lintDiagram(
  root: Element,
  elements: Readonly<Record<string, Element | undefined>>,
): Promise<Finding[]> {
  const reports = await linter.lint(root);
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
