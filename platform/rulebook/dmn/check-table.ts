import { parseExpression, parseUnaryTests } from '../feel/parse.ts';
import { FeelSyntaxError } from '../feel/reader.ts';
import { type Analysis, analyseTable } from './analyse-table.ts';
import { prepare } from './evaluate-decision.ts';
import type { DecisionTable, Model } from './model.ts';
import { type CaseResult, runTests } from './run-tests.ts';

/** A cell that cannot be read. `column` counts inputs, then outputs, from 0; row 0 is the head. */
export type CellFault = { row: number; column: number; message: string };
export type TableCheck = {
  faults: CellFault[];
  tests: CaseResult[];
  analysis: Analysis;
  /** Overlaps that the hit policy forbids. */
  conflicts: number;
  /** What a publisher must have seen: forbidden overlaps, gaps, unreachable rows and cells that could not be weighed. */
  findings: number;
  /** Every cell reads, every test case is green, there is one at least, and no rows contradict each other. */
  ready: boolean;
};

/** Everything that is looked at before a table may be published; the editor shows the same at each change. */
export function checkTable(
  model: Model,
  options: {
    table: DecisionTable;
    decision: string;
    tests: readonly { name: string; input: Record<string, unknown>; expected?: unknown }[];
  },
): TableCheck {
  const { table, decision, tests } = options;
  const faults = cellFaults(model, table);
  const found = analyseTable(table);
  // A cell that cannot be read is told as that.
  const isFault = (row: number, column: number): boolean =>
    faults.some((each) => each.row === row && each.column === column);
  const analysis = { ...found, unclear: found.unclear.filter(({ row, input }) => !isFault(row, input)) };
  const results = runTests(model, { decision, tests });
  const conflicts = analysis.overlaps.filter(({ conflict }) => conflict).length;
  const { gaps, unreachable, unclear } = analysis;
  return {
    faults,
    tests: results,
    analysis,
    conflicts,
    findings: conflicts + gaps.length + unreachable.length + unclear.length,
    ready: faults.length === 0 && conflicts === 0 && results.length > 0 && results.every(({ passed }) => passed),
  };
}

function cellFaults(model: Model, table: DecisionTable): CellFault[] {
  const { names } = prepare(model);
  const faults: CellFault[] = [];
  const look = (row: number, column: number, read: () => unknown): void => {
    try {
      read();
    } catch (error) {
      if (!(error instanceof FeelSyntaxError)) throw error;
      faults.push({ row, column, message: error.message });
    }
  };
  const empty = (text: string): boolean => /^\s*-?\s*$/.test(text);
  for (const [column, { expression, values }] of table.inputs.entries()) {
    look(0, column, () => parseExpression(expression, names));
    if (values) look(0, column, () => parseUnaryTests(values, names));
  }
  for (const [i, { values, default: given }] of table.outputs.entries()) {
    if (values) look(0, table.inputs.length + i, () => parseUnaryTests(values, names));
    if (given) look(0, table.inputs.length + i, () => parseExpression(given, names));
  }
  for (const [row, rule] of table.rules.entries()) {
    for (const [column, cell] of rule.inputs.entries())
      if (!empty(cell)) look(row + 1, column, () => parseUnaryTests(cell, names));
    for (const [i, cell] of rule.outputs.entries())
      if (!empty(cell)) look(row + 1, table.inputs.length + i, () => parseExpression(cell, names));
  }
  return faults;
}
