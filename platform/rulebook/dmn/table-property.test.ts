import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseTable } from './analyse-table.ts';
import { evaluateDecision } from './evaluate-decision.ts';
import { type DecisionTable, HIT_POLICIES, type HitPolicy, type Model } from './model.ts';
import { readModel } from './read-model.ts';
import { hasOneTable, replaceTable } from './replace-table.ts';

/** A cell with what it says of a value, written down without FEEL. */
type Cell<T> = { text: string; holds: (value: T) => boolean };
const numberCell: fc.Arbitrary<Cell<number>> = fc.oneof(
  fc.constant({ text: '-', holds: () => true }),
  fc.integer({ min: 0, max: 8 }).map((n) => ({ text: `< ${n}`, holds: (v: number) => v < n })),
  fc.integer({ min: 0, max: 8 }).map((n) => ({ text: `>= ${n}`, holds: (v: number) => v >= n })),
  fc.integer({ min: 0, max: 8 }).map((n) => ({ text: `not(${n})`, holds: (v: number) => v !== n })),
  fc
    .tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }), fc.boolean(), fc.boolean())
    .map(([a, b, open, shut]) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      return {
        text: `${open ? '(' : '['}${low}..${high}${shut ? ']' : ')'}`,
        holds: (v: number) => (open ? v > low : v >= low) && (shut ? v <= high : v < high),
      };
    }),
);
const WORDS = ['a', 'b', 'c'] as const;
const wordCell: fc.Arbitrary<Cell<string>> = fc.oneof(
  fc.constant({ text: '-', holds: () => true }),
  fc.subarray([...WORDS], { minLength: 1 }).map((words) => ({
    text: words.map((word) => `"${word}"`).join(', '),
    holds: (v: string) => words.includes(v as 'a'),
  })),
);
const truthCell: fc.Arbitrary<Cell<boolean>> = fc.oneof(
  fc.constant({ text: '', holds: () => true }),
  fc.boolean().map((b) => ({ text: String(b), holds: (v: boolean) => v === b })),
);
const row = fc.record({ number: numberCell, word: wordCell, truth: truthCell, result: fc.integer({ min: 1, max: 4 }) });
type Row = { number: Cell<number>; word: Cell<string>; truth: Cell<boolean>; result: number };
type Input = { n: number; w: string; t: boolean };

/** Every value that differs for these cells: whole and half numbers from below to above all limits. */
const GRID: Input[] = Array.from({ length: 21 }, (_, i) => i / 2 - 1).flatMap((n) =>
  WORDS.flatMap((w) => [true, false].map((t) => ({ n, w, t }))),
);
const matching = (rows: readonly Row[], input: Input): number[] =>
  rows.flatMap(({ number, word, truth }, i) =>
    number.holds(input.n) && word.holds(input.w) && truth.holds(input.t) ? [i] : [],
  );

const ORDER = [3, 1, 4, 2];
function tableOf(rows: readonly Row[], more: Partial<DecisionTable>): DecisionTable {
  return {
    hitPolicy: 'UNIQUE',
    inputs: [
      { expression: 'n', typeRef: 'number' },
      { expression: 'w', typeRef: 'string', values: '"a", "b", "c"' },
      { expression: 't', typeRef: 'boolean' },
    ],
    outputs: [{ typeRef: 'number', values: ORDER.join(', ') }],
    rules: rows.map(({ number, word, truth, result }) => ({
      inputs: [number.text, word.text, truth.text],
      outputs: [String(result)],
    })),
    ...more,
  };
}
const modelOf = (table: DecisionTable): Model => ({
  id: 'm',
  name: 'm',
  namespace: 'm',
  imports: [],
  types: [],
  inputs: ['n', 'w', 't'].map((name) => ({ id: name, name })),
  decisions: [
    {
      id: 'd',
      name: 'd',
      variable: 'd',
      requires: ['n', 'w', 't'].map((id) => ({ id })),
      logic: { kind: 'table', table },
    },
  ],
  knowledge: [],
  services: [],
});

/** What a hit policy makes of the rows that match, in so many words (8.2.10). */
function naive(policy: HitPolicy, aggregation: DecisionTable['aggregation'], results: readonly number[]): unknown {
  const byOrder = results.toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  if (results.length === 0) return null;
  switch (policy) {
    case 'UNIQUE':
      return results.length === 1 ? results[0] : null;
    case 'ANY':
      return new Set(results).size === 1 ? results[0] : null;
    case 'FIRST':
      return results[0];
    case 'PRIORITY':
      return byOrder[0];
    case 'RULE ORDER':
      return results;
    case 'OUTPUT ORDER':
      return byOrder;
    case 'COLLECT':
      if (aggregation === 'SUM') return results.reduce((a, b) => a + b);
      if (aggregation === 'COUNT') return results.length;
      if (aggregation === 'MIN') return Math.min(...results);
      return aggregation === 'MAX' ? Math.max(...results) : results;
  }
}

const RUNS = { numRuns: 150, seed: 310101 };
const rows = fc.array(row, { minLength: 1, maxLength: 5 });

describe('a decision table', () => {
  it('gives under every hit policy what a plain reading of the standard gives', () => {
    const policy = fc.constantFrom(...HIT_POLICIES);
    const aggregation = fc.constantFrom(undefined, 'SUM' as const, 'COUNT' as const, 'MIN' as const, 'MAX' as const);
    fc.assert(
      fc.property(rows, policy, aggregation, fc.nat(GRID.length - 1), (drawn, hitPolicy, chosen, at) => {
        const how = hitPolicy === 'COLLECT' ? chosen : undefined;
        const model = modelOf(tableOf(drawn, { hitPolicy, ...(how ? { aggregation: how } : {}) }));
        const input = GRID[at] as Input;
        const hits = matching(drawn, input);
        const { value, faults } = evaluateDecision(model, { input });
        expect(value).toEqual(
          naive(
            hitPolicy,
            how,
            hits.map((i) => drawn[i]?.result ?? 0),
          ),
        );
        const contradicts = value === null && hits.length > 1;
        expect(faults.map((fault) => fault.rows)).toEqual(contradicts ? [hits.map((i) => i + 1)] : []);
      }),
      { ...RUNS, numRuns: 1000 },
    );
  });

  it('has the overlaps, gaps and unreachable rows that a look at every value finds', () => {
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom('UNIQUE' as const, 'FIRST' as const, 'PRIORITY' as const),
        (drawn, hitPolicy) => {
          const found = analyseTable(tableOf(drawn, { hitPolicy }));
          const hits = GRID.map((input) => matching(drawn, input));
          const pairs = new Set(
            hits.flatMap((at) => at.flatMap((a, i) => at.slice(i + 1).map((b) => `${a + 1},${b + 1}`))),
          );
          expect(new Set(found.overlaps.map((each) => each.rows.join()))).toEqual(pairs);
          for (const { rows: both, example } of found.overlaps) {
            const [n, w, t] = example as [number, string, boolean];
            expect(matching(drawn, { n, w, t })).toEqual(expect.arrayContaining(both.map((each) => each - 1)));
          }
          expect(found.gaps.length > 0).toBe(hits.some((at) => at.length === 0));
          for (const { example } of found.gaps) {
            const [n, w, t] = example as [number, string, boolean];
            expect(matching(drawn, { n, w, t })).toEqual([]);
          }
          const beats = (a: number, b: number): boolean => {
            const [x, y] = [ORDER.indexOf(drawn[a]?.result ?? 0), ORDER.indexOf(drawn[b]?.result ?? 0)];
            return hitPolicy === 'FIRST' ? a < b : hitPolicy === 'PRIORITY' && (x === y ? a < b : x < y);
          };
          const vain = drawn.flatMap((_, i) => {
            const here = hits.filter((at) => at.includes(i));
            return here.every((at) => at.some((other) => other !== i && beats(other, i))) ? [i + 1] : [];
          });
          expect(found.unreachable).toEqual(vain);
          expect(found.complete).toBe(true);
        },
      ),
      RUNS,
    );
  });

  it('is the same after it was written into its file and read again', () => {
    const file = `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="m">
  <!-- kept --><decision id="d" name="d"><decisionTable><input><inputExpression><text>n</text></inputExpression></input><output/></decisionTable></decision>
</definitions>`;
    expect(hasOneTable(file)).toBe(true);
    fc.assert(
      fc.property(rows, fc.string(), (drawn, note) => {
        const table = tableOf(drawn, { hitPolicy: 'ANY' });
        const noted = {
          ...table,
          rules: table.rules.map((each) => ({ ...each, note: note.replace(/[^ -~]/g, '').trim() })),
        };
        const written = replaceTable(file, noted);
        expect(written).toContain('<!-- kept -->');
        const logic = readModel(written).decisions[0]?.logic;
        const read = logic?.kind === 'table' ? logic.table : undefined;
        expect(read?.rules.map(({ inputs, outputs }) => ({ inputs, outputs }))).toEqual(table.rules);
        expect(read?.rules.map((each) => each.note ?? '')).toEqual(noted.rules.map((each) => each.note));
        expect(read?.inputs).toMatchObject(table.inputs);
        expect(read?.outputs).toMatchObject(table.outputs);
      }),
      { ...RUNS, numRuns: 50 },
    );
  });

  it('tells which cells it cannot weigh, and weighs days as days', () => {
    const table = tableOf([], {
      inputs: [{ expression: 'on', typeRef: 'date' }],
      outputs: [{}],
      rules: [
        { inputs: ['< date("2026-01-01")'], outputs: ['1'] },
        { inputs: ['>= @"2026-01-02"'], outputs: ['2'] },
      ],
    });
    expect(analyseTable(table).gaps).toEqual([{ example: ['2026-01-01'] }]);
    const asks = { ...table, rules: [...table.rules, { inputs: ['> other'], outputs: ['3'] }] };
    expect(analyseTable(asks)).toMatchObject({ unclear: [{ row: 3, input: 0 }], gaps: [] });
  });
});
