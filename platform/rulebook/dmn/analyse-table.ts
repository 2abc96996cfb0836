import { BUILTINS } from '../feel/builtins.ts';
import { compare, equal } from '../feel/compare.ts';
import { compile } from '../feel/evaluate.ts';
import { Scope } from '../feel/scope.ts';
import { Names } from '../feel/names.ts';
import { type Node, parseUnaryTests } from '../feel/parse.ts';
import { dateOfEpochDay, daysTime, epochDay, fromLocal, instantOf, yearsMonths } from '../feel/temporal.ts';
import {
  type DaysTime,
  Decimal,
  type FeelDate,
  type FeelDateTime,
  isNumber,
  isRange,
  kindOf,
  type Value,
  type YearsMonths,
} from '../feel/values.ts';
import type { DecisionTable } from './model.ts';
import { type Json, toJson } from './to-json.ts';
import { type CellTest, testsOf } from './types.ts';

/** What a table does not say, says twice or says in vain, each with an input that shows it. Rows count from 1. */
export type Analysis = {
  /** Two rows that match the same input; `conflict` where the hit policy does not allow it or the results differ under A. */
  overlaps: { rows: [number, number]; example: Json[]; conflict: boolean }[];
  /** Inputs for which no row holds; none is told where the table has a default. */
  gaps: { example: Json[] }[];
  /** Rows that can never decide, because of an empty cell or of rows before or above them. */
  unreachable: number[];
  /** Cells that cannot be weighed: they ask other variables or functions. What stands above is told without their rows. */
  unclear: { row: number; input: number }[];
  /** False where there were too many cases to look at all of them. */
  complete: boolean;
};

const MOST_TOLD = 20;
const MOST_STEPS = 200_000;

/**
 * Looks for overlaps, gaps and unreachable rows of a table (after Calvanese et al., Semantics and analysis of DMN decision tables, 2016).
 * Each input is cut at the values that its cells name; between two cuts all values behave alike, so one of each piece is enough.
 */
export function analyseTable(table: DecisionTable): Analysis {
  const names = new Names(BUILTINS.keys());
  const columns = table.inputs.map((input, i) =>
    columnOf({
      cells: table.rules.map((rule) => rule.inputs[i] ?? ''),
      typeRef: input.typeRef,
      values: input.values,
      names,
    }),
  );
  const unclear = columns.flatMap((column, input) => column.unclear.map((row) => ({ row: row + 1, input })));
  const out = new Set(unclear.map(({ row }) => row - 1));
  const clear = table.rules.map((_, row) => row).filter((row) => !out.has(row));
  const search = new Search(columns);
  const example = (pieces: readonly number[]): Json[] =>
    pieces.map((piece, i) => toJson(columns[i]?.pieces[piece] ?? null));

  const overlaps: Analysis['overlaps'] = [];
  for (const [at, a] of clear.entries())
    for (const b of clear.slice(at + 1)) {
      const pieces = columns.map((column) =>
        column.pieces.findIndex((_, piece) => column.holds[a]?.[piece] && column.holds[b]?.[piece]),
      );
      if (pieces.some((piece) => piece < 0)) continue;
      if (overlaps.length < MOST_TOLD)
        overlaps.push({ rows: [a + 1, b + 1], example: example(pieces), conflict: clash(table, a, b) });
    }

  const hasDefault = table.outputs.some((output) => output.default !== undefined && output.default !== '');
  const gaps =
    hasDefault || out.size > 0
      ? []
      : search.uncovered(clear, undefined, MOST_TOLD).map((pieces) => ({ example: example(pieces) }));
  const unreachable = clear
    .filter((row) => search.isEmpty(row) || search.uncovered(stronger(table, row, clear), row, 1).length === 0)
    .map((row) => row + 1);
  return { overlaps, gaps, unreachable, unclear, complete: !search.exhausted && overlaps.length < MOST_TOLD };
}

/** Whether two rows that match at once contradict each other. */
function clash(table: DecisionTable, a: number, b: number): boolean {
  if (table.hitPolicy === 'UNIQUE') return true;
  if (table.hitPolicy !== 'ANY') return false;
  const [x, y] = [table.rules[a]?.outputs ?? [], table.rules[b]?.outputs ?? []];
  return x.some((output, i) => output.replace(/\s/g, '') !== (y[i] ?? '').replace(/\s/g, ''));
}

/** The rows that come before a row where both match: those above under F, those of higher output under P. */
function stronger(table: DecisionTable, row: number, clear: readonly number[]): number[] {
  if (table.hitPolicy === 'FIRST') return clear.filter((other) => other < row);
  if (table.hitPolicy !== 'PRIORITY') return [];
  const rank = (at: number): number[] =>
    table.outputs.map((output, i) => {
      const listed = (output.values ?? '').split(',').map((each) => each.trim());
      const found = listed.indexOf((table.rules[at]?.outputs[i] ?? '').trim());
      return found < 0 ? listed.length : found;
    });
  const own = rank(row);
  return clear.filter((other) => {
    if (other === row) return false;
    for (const [i, mine] of own.entries()) {
      const theirs = rank(other)[i] ?? 0;
      if (theirs !== mine) return theirs < mine;
    }
    return other < row;
  });
}

/** An input cut into pieces, and which row holds in which piece. */
type Column = { pieces: Value[]; holds: boolean[][]; unclear: number[] };

function columnOf(options: { cells: string[]; typeRef?: string; values?: string; names: Names }): Column {
  const { cells, typeRef, values, names } = options;
  const tests: (CellTest | undefined)[] = [];
  const unclear: number[] = [];
  const cuts: Value[] = [];
  for (const [row, cell] of [...cells, values ?? ''].entries()) {
    if (/^\s*-?\s*$/.test(cell)) {
      tests.push(undefined);
      continue;
    }
    try {
      const parsed = parseUnaryTests(cell, names);
      for (const test of parsed?.tests ?? []) collect(test, cuts);
      tests.push(testsOf(cell, names));
    } catch {
      if (row < cells.length) unclear.push(row);
      tests.push(undefined);
    }
  }
  const allowed = tests.at(-1);
  const pieces = piecesOf(cuts, typeRef).filter(
    (piece) => !allowed || allowed(new Scope({ input: piece }), piece) === true,
  );
  const holds = cells.map((_, row) => {
    const test = tests[row];
    return pieces.map((piece) => !test || test(new Scope({ input: piece }), piece) === true);
  });
  return { pieces, holds, unclear };
}

class Unclear extends Error {}

/** The values at which a cell changes its mind. Throws where it asks anything but its own input. */
function collect(node: Node, cuts: Value[]): void {
  const constant = constantOf(node);
  if (constant !== undefined) {
    cuts.push(
      ...(isRange(constant) ? [constant.start, constant.end] : Array.isArray(constant) ? constant : [constant]),
    );
    return;
  }
  switch (node.kind) {
    case 'input':
      return;
    case 'test':
      return collect(node.operand, cuts);
    case 'interval':
      collect(node.start, cuts);
      return collect(node.end, cuts);
    case 'compare':
    case 'logic':
      collect(node.left, cuts);
      return collect(node.right, cuts);
    case 'between':
      collect(node.value, cuts);
      collect(node.low, cuts);
      return collect(node.high, cuts);
    case 'in':
      collect(node.value, cuts);
      for (const test of node.tests) collect(test, cuts);
      return;
    case 'list':
      for (const item of node.items) collect(item, cuts);
      return;
    case 'call':
      if (node.target.kind === 'name' && node.target.name === 'not') {
        for (const arg of node.args) collect(arg, cuts);
        return;
      }
      throw new Unclear();
    default:
      throw new Unclear();
  }
}

const MAKERS = new Set(['date', 'time', 'date and time', 'duration']);
/** The value of an expression that names no variable: a literal, a date, a sum of such. */
function constantOf(node: Node): Value | undefined {
  const plain = (each: Node): boolean => {
    if (each.kind === 'literal' || each.kind === 'number' || each.kind === 'at') return true;
    if (each.kind === 'negate') return plain(each.operand);
    if (each.kind === 'arithmetic') return plain(each.left) && plain(each.right);
    return (
      each.kind === 'call' && each.target.kind === 'name' && MAKERS.has(each.target.name) && each.args.every(plain)
    );
  };
  return plain(node) ? compile(node)(new Scope({})) : undefined;
}

/** One value of each piece: the cuts themselves, one between each two, one below and one above all. */
function piecesOf(cuts: readonly Value[], typeRef: string | undefined): Value[] {
  const unique: Value[] = [];
  for (const cut of cuts) if (cut !== null && !unique.some((each) => equal(each, cut) === true)) unique.push(cut);
  const [first] = unique;
  if (typeRef === 'boolean' || typeof first === 'boolean') return [true, false];
  if (first === undefined) return [typeRef === 'number' ? new Decimal(0) : ''];
  if (typeof first === 'string' && unique.every((each) => typeof each === 'string'))
    return [...unique, otherText(unique)];
  const sorted = unique.toSorted((a, b) => compare(a, b) ?? 0);
  const pieces: Value[] = [];
  const take = (value: Value | undefined): void => {
    if (value !== undefined && value !== null) pieces.push(value);
  };
  take(beside(sorted[0] ?? null, -1));
  for (const [i, cut] of sorted.entries()) {
    take(cut);
    const next = sorted[i + 1];
    take(next === undefined ? beside(cut, 1) : between(cut, next));
  }
  return pieces;
}

const otherText = (texts: readonly Value[]): string => {
  let other = '（其他）';
  while (texts.includes(other)) other += '*';
  return other;
};

/** A value a little below or above. */
function beside(value: Value, step: 1 | -1): Value | undefined {
  switch (kindOf(value)) {
    case 'number':
      return (value as Decimal).add(step);
    case 'date':
      return dateOfEpochDay(epochDay(value as FeelDate) + step) ?? undefined;
    case 'date and time':
      return (
        fromLocal(localOf(value as FeelDateTime) + BigInt(step) * 86_400_000_000_000n, (value as FeelDateTime).time) ??
        undefined
      );
    case 'years and months duration':
      return yearsMonths((value as YearsMonths).months + step);
    case 'days and time duration':
      return daysTime((value as DaysTime).nanos + BigInt(step) * 86_400_000_000_000n);
    default:
      return undefined;
  }
}

function between(low: Value, high: Value): Value | undefined {
  if (isNumber(low) && isNumber(high)) return low.add(high).div(2);
  if (kindOf(low) !== kindOf(high)) return undefined;
  switch (kindOf(low)) {
    case 'date': {
      const [a, b] = [epochDay(low as FeelDate), epochDay(high as FeelDate)];
      return b - a < 2 ? undefined : (dateOfEpochDay(Math.floor((a + b) / 2)) ?? undefined);
    }
    case 'date and time': {
      const [a, b] = [localOf(low as FeelDateTime), localOf(high as FeelDateTime)];
      return fromLocal((a + b) / 2n, (low as FeelDateTime).time) ?? undefined;
    }
    case 'years and months duration': {
      const [a, b] = [(low as YearsMonths).months, (high as YearsMonths).months];
      return b - a < 2 ? undefined : yearsMonths(Math.floor((a + b) / 2));
    }
    case 'days and time duration':
      return daysTime(((low as DaysTime).nanos + (high as DaysTime).nanos) / 2n);
    default:
      return undefined;
  }
}
const localOf = ({ date, time }: FeelDateTime): bigint =>
  instantOf({ kind: 'date and time', date, time: { ...time, offset: 0, zone: null } });

/** Looks through the product of all pieces, column by column, taking together the pieces in which the same rows are left. */
class Search {
  exhausted = false;
  private steps = 0;
  private readonly columns: readonly Column[];

  constructor(columns: readonly Column[]) {
    this.columns = columns;
  }

  isEmpty(row: number): boolean {
    return this.columns.some(({ holds }) => !holds[row]?.includes(true));
  }

  /** Up to `most` inputs, of those that `within` matches where it is given, that none of the rows matches. */
  uncovered(rows: readonly number[], within: number | undefined, most: number): number[][] {
    const found: number[][] = [];
    const covered = new Set<string>();
    const look = (depth: number, left: readonly number[], path: readonly number[]): boolean => {
      if (found.length >= most) return true;
      this.steps += 1;
      if (this.steps > MOST_STEPS) {
        this.exhausted = true;
        return false;
      }
      const column = this.columns[depth];
      if (!column) {
        if (left.length > 0) return false;
        found.push([...path]);
        return true;
      }
      const key = `${depth}:${left.join()}`;
      if (covered.has(key)) return false;
      const seen = new Set<string>();
      let any = false;
      for (const piece of column.pieces.keys()) {
        if (within !== undefined && !column.holds[within]?.[piece]) continue;
        const kept = left.filter((row) => column.holds[row]?.[piece]);
        const group = kept.join();
        if (seen.has(group)) continue;
        seen.add(group);
        if (look(depth + 1, kept, [...path, piece])) any = true;
      }
      if (!any && !this.exhausted) covered.add(key);
      return any;
    };
    look(0, rows, []);
    return found;
  }
}
