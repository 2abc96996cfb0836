/**
 * `decide-table`: decisions a second by a table of 40 rows and three inputs (a number, a word, a yes or no) as the rulebook asks it, in
 * exact decimal numbers and with the rows that matched. Reference: the same cells tested by bare feelin (MIT, the FEEL of bpmn.io), which
 * has no tables, in the same run. The answers of both are compared. Usage: decide-table [decisions]
 */
import { evaluate, unaryTest } from 'feelin';
import { evaluateDecision } from '#platform/rulebook/dmn/evaluate-decision.ts';
import type { DecisionTable, Model } from '#platform/rulebook/dmn/model.ts';
import { report } from './lib/figure.ts';

const [decisions = 20_000] = process.argv.slice(2).map(Number);
const REFERENCE = Math.max(50, Math.floor(decisions / 100));
const WORDS = ['"low"', '"high"'];

const table: DecisionTable = {
  hitPolicy: 'UNIQUE',
  inputs: [{ expression: 'age' }, { expression: 'risk' }, { expression: 'local' }],
  outputs: [{}],
  rules: Array.from({ length: 40 }, (_, i) => ({
    inputs: [`[${Math.floor(i / 4) * 10}..${Math.floor(i / 4) * 10 + 10})`, WORDS[i % 2] ?? '-', String(i % 4 < 2)],
    outputs: [String(i)],
  })),
};
const model: Model = {
  id: 'bench',
  name: 'bench',
  namespace: 'bench',
  imports: [],
  types: [],
  inputs: ['age', 'risk', 'local'].map((name) => ({ id: name, name })),
  decisions: [
    {
      id: 'd',
      name: 'd',
      variable: 'd',
      requires: ['age', 'risk', 'local'].map((id) => ({ id })),
      logic: { kind: 'table', table },
    },
  ],
  knowledge: [],
  services: [],
};
const inputOf = (i: number) => ({ age: (i * 7) % 100, risk: i % 3 === 0 ? 'low' : 'high', local: i % 5 < 2 });

const ours = (i: number): unknown => evaluateDecision(model, { input: inputOf(i) }).value;
function bare(i: number): unknown {
  const input = inputOf(i);
  const values = [input.age, input.risk, input.local];
  const hits = table.rules.filter((rule) =>
    rule.inputs.every((cell, j) => unaryTest(cell, { '?': values[j] }).value === true),
  );
  return hits.length === 1 ? evaluate(hits[0]?.outputs[0] ?? 'null').value : null;
}
function rate(count: number, ask: (i: number) => unknown): number {
  const start = performance.now();
  for (let i = 0; i < count; i += 1) ask(i);
  return count / ((performance.now() - start) / 1000);
}

for (let i = 0; i < REFERENCE; i += 1)
  if (ours(i) !== bare(i)) throw new Error(`case ${i}: ${String(ours(i))} and ${String(bare(i))}`);
const [mine, theirs] = [rate(decisions, ours), rate(REFERENCE, bare)];
report({
  name: 'decide-table',
  ours: Math.round(mine),
  reference: Math.round(theirs),
  ratio: mine / theirs,
  unit: 'decisions/s',
  wanted: 1,
  note: `one core, ${table.rules.length} rows x 3 inputs, model read once; reference is bare feelin cell by cell`,
});
