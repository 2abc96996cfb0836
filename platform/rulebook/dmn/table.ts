import { compare, equal } from '../feel/compare.ts';
import { compile, type Compiled } from '../feel/evaluate.ts';
import { Scope } from '../feel/scope.ts';
import type { Types } from '../feel/types.ts';
import { type Names, normalName } from '../feel/names.ts';
import { parseExpression } from '../feel/parse.ts';
import { Decimal, isNumber, type Value } from '../feel/values.ts';
import type { DecisionTable } from './model.ts';
import { type CellTest, testsOf } from './types.ts';

/** A fault of a table: rows that contradict each other, or a value that is not allowed. Rows count from 1, as people do. */
export type Fault = {
  code: 'rows-contradict' | 'input-not-allowed' | 'output-not-allowed';
  rows: number[];
  message: string;
};
export type TableResult = { value: Value; rows: number[]; fault?: Fault };

const ALWAYS = /^\s*-?\s*$/;

/** A table ready to be asked (8.2.8, 8.2.10, 8.2.11). */
export function compileTable(
  table: DecisionTable,
  options: { names: Names; types?: Types },
): (scope: Scope) => TableResult {
  const { names, types } = options;
  const expression = (text: string): Compiled =>
    ALWAYS.test(text) ? () => null : compile(parseExpression(text, names), types);
  const inputs = table.inputs.map(({ expression: text, values, label }) => ({
    name: label ?? text,
    value: expression(text),
    allowed: values ? testsOf(values, names) : undefined,
  }));
  const outputs = table.outputs.map((output) => ({
    name: normalName(output.name ?? output.label ?? ''),
    allowed: output.values ? testsOf(output.values, names) : undefined,
    ranks: output.values ? ranksOf(output.values, names) : [],
    default: output.default === undefined ? undefined : expression(output.default),
  }));
  const rules = table.rules.map((rule) => ({
    tests: rule.inputs.map((text): CellTest | undefined => (ALWAYS.test(text) ? undefined : testsOf(text, names))),
    outputs: rule.outputs.map(expression),
  }));
  const whole = (values: readonly Value[]): Value =>
    outputs.length === 1 ? (values[0] ?? null) : new Map(outputs.map(({ name }, i) => [name, values[i] ?? null]));

  return (scope) => {
    const scopes: Scope[] = [];
    for (const { name, value, allowed } of inputs) {
      const input = value(scope);
      const inner = new Scope({ parent: scope, input });
      if (allowed && input !== null && allowed(inner, input) !== true)
        return faulty(scope, { code: 'input-not-allowed', rows: [], message: `${name}: a value that is not allowed` });
      scopes.push(inner);
    }
    const rows: number[] = [];
    const found: Value[][] = [];
    for (const [i, { tests, outputs: made }] of rules.entries()) {
      if (!tests.every((test, j) => !test || test(scopes[j] as Scope, (scopes[j] as Scope).input ?? null) === true))
        continue;
      rows.push(i + 1);
      found.push(made.map((output) => output(scope)));
      if (table.hitPolicy === 'FIRST') break;
    }
    for (const [i, values] of found.entries())
      for (const [j, { allowed, name }] of outputs.entries()) {
        const value = values[j] ?? null;
        if (allowed && value !== null && allowed(new Scope({ parent: scope, input: value }), value) !== true)
          return faulty(scope, {
            code: 'output-not-allowed',
            rows: [rows[i] ?? 0],
            message: `row ${rows[i]}: ${name || 'the result'} has a value that is not allowed`,
          });
      }
    if (found.length === 0) {
      const given = outputs.some((output) => output.default);
      return { value: given ? whole(outputs.map((output) => output.default?.(scope) ?? null)) : null, rows };
    }
    return settle({ table, scope, rows, found, whole, ranks: outputs.map((output) => output.ranks) });
  };
}

function faulty(scope: Scope, fault: Fault): TableResult {
  scope.fault(fault.message);
  return { value: null, rows: fault.rows, fault };
}

/** The order in which a column's values are listed: the first is the highest (8.2.11). */
function ranksOf(values: string, names: Names): CellTest[] {
  const parts: CellTest[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let i = 0; i <= values.length; i += 1) {
    const c = values[i] ?? ',';
    if (c === '"' && values[i - 1] !== '\\') quoted = !quoted;
    if (!quoted && '([{'.includes(c)) depth += 1;
    if (!quoted && ')]}'.includes(c)) depth -= 1;
    if ((c === ',' && depth === 0 && !quoted) || i === values.length) {
      parts.push(testsOf(values.slice(start, i), names));
      start = i + 1;
    }
  }
  return parts;
}

type Settling = {
  table: DecisionTable;
  scope: Scope;
  rows: number[];
  found: Value[][];
  whole: (values: readonly Value[]) => Value;
  ranks: CellTest[][];
};

/** What the hit policy makes of the rows that match (8.2.10). */
function settle({ table, scope, rows, found, whole, ranks }: Settling): TableResult {
  const results = found.map(whole);
  const [first = null] = results;
  switch (table.hitPolicy) {
    case 'UNIQUE':
      if (rows.length > 1) return contradiction(scope, rows, 'UNIQUE');
      return { value: first, rows };
    case 'ANY':
      if (results.some((each) => equal(each, first) !== true)) return contradiction(scope, rows, 'ANY');
      return { value: first, rows };
    case 'FIRST':
      return { value: first, rows };
    case 'RULE ORDER':
      return { value: results, rows };
    case 'PRIORITY':
    case 'OUTPUT ORDER': {
      const order = byPriority(found, ranks, scope);
      if (table.hitPolicy === 'OUTPUT ORDER')
        return { value: order.map((i) => results[i] ?? null), rows: order.map((i) => rows[i] ?? 0) };
      const best = order[0] ?? 0;
      return { value: results[best] ?? null, rows: [rows[best] ?? 0] };
    }
    case 'COLLECT':
      return { value: table.aggregation ? aggregate(table, results, scope) : results, rows };
  }
}

function contradiction(scope: Scope, rows: number[], policy: string): TableResult {
  return faulty(scope, {
    code: 'rows-contradict',
    rows,
    message: `rows ${rows.join(', ')} match at once, which ${policy} does not allow`,
  });
}

function byPriority(found: Value[][], ranks: CellTest[][], scope: Scope): number[] {
  const keys = found.map((values) =>
    ranks.map((column, j) => {
      const value = values[j] ?? null;
      const at = column.findIndex((test) => test(new Scope({ parent: scope, input: value }), value) === true);
      return at < 0 ? column.length : at;
    }),
  );
  return found
    .map((_, i) => i)
    .toSorted((a, b) => {
      for (const [j, rank] of (keys[a] ?? []).entries()) if (rank !== keys[b]?.[j]) return rank - (keys[b]?.[j] ?? 0);
      return a - b;
    });
}

function aggregate(table: DecisionTable, results: readonly Value[], scope: Scope): Value {
  if (table.aggregation === 'COUNT') {
    return new Decimal(results.length);
  }
  if (table.outputs.length > 1) return scope.fault('several outputs cannot be summed up');
  if (table.aggregation === 'SUM') {
    if (!results.every(isNumber)) return scope.fault('only numbers can be added up');
    return (results as Decimal[]).reduce((a, b) => a.add(b), new Decimal(0));
  }
  const sign = table.aggregation === 'MIN' ? -1 : 1;
  let best: Value = results[0] ?? null;
  for (const each of results) {
    const order = compare(each, best);
    if (order === null) return scope.fault('values that cannot be ordered');
    if (order * sign > 0) best = each;
  }
  return best;
}
