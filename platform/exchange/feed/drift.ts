import type { SourceRecord, SourceValue } from '../read/types.ts';

/** What the values of a column look like; text holds anything. */
export type ColumnKind = 'number' | 'date' | 'object' | 'text' | 'empty';
export type ColumnFacts = {
  kind: ColumnKind;
  /** Values that were seen. */
  n: number;
  /** Rows that had it. */
  rows: number;
  /** Every row had it: a column that comes and goes is not missed. */
  always: boolean;
};
/** Columns of a source as they are known (源字段结构). */
export type Columns = Record<string, ColumnFacts>;

export type Drift = {
  added: string[];
  removed: string[];
  retyped: { column: string; was: ColumnKind; is: ColumnKind }[];
};

const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/;
const DATE = /^\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}/;
/** Below this many rows of before, what a column was may have been chance. */
const ENOUGH = 20;

function kindOf(value: SourceValue): ColumnKind {
  if (value === null || value === '') return 'empty';
  if (typeof value !== 'string') return 'object';
  if (NUMBER.test(value)) return 'number';
  return DATE.test(value) ? 'date' : 'text';
}

/** What the columns of some rows are. */
export function describeColumns(rows: readonly SourceRecord[]): Columns {
  const found: Columns = {};
  for (const { values } of rows) {
    for (const [column, value] of Object.entries(values)) {
      const facts = (found[column] ??= { kind: 'empty', n: 0, always: false, rows: 0 });
      facts.rows += 1;
      const kind = kindOf(value);
      if (kind === 'empty') continue;
      facts.n += 1;
      facts.kind = facts.kind === 'empty' || facts.kind === kind ? kind : 'text';
    }
  }
  return Object.fromEntries(
    Object.entries(found).map(([column, facts]) => [column, { ...facts, always: facts.rows === rows.length }]),
  );
}

/**
 * Rows by which a source is judged: a message that holds none of its columns is garbage, and says nothing of the others. So many of
 * them that it cannot be chance say that every column has another name.
 */
function judged(known: Columns, rows: readonly SourceRecord[]): readonly SourceRecord[] {
  if (Object.keys(known).length === 0) return rows;
  const own = rows.filter(({ values }) => Object.keys(values).some((column) => known[column]));
  return own.length === 0 && rows.length >= ENOUGH ? rows : own;
}

/**
 * How a source has changed its shape (结构漂移). A column was removed if it always was there and is in no row now; it was retyped
 * if it held numbers or dates, and now no value is one.
 */
export function driftOf(known: Columns, all: readonly SourceRecord[]): Drift {
  const rows = judged(known, all);
  const found = describeColumns(rows);
  const drift: Drift = { added: [], removed: [], retyped: [] };
  if (rows.length === 0) return drift;
  for (const [column, facts] of Object.entries(known)) {
    const now = found[column];
    if (!now) {
      if (facts.always && facts.rows >= ENOUGH) drift.removed.push(column);
      continue;
    }
    if (facts.n < ENOUGH || (facts.kind !== 'number' && facts.kind !== 'date') || now.n === 0) continue;
    if (rows.every(({ values }) => kindOf(values[column] ?? null) !== facts.kind))
      drift.retyped.push({ column, was: facts.kind, is: now.kind });
  }
  for (const column of Object.keys(found)) if (!known[column]) drift.added.push(column);
  return drift;
}

const sum = (before: number, now: number): number => Math.min(before + now, 1_000_000);

/** What is known after a good batch: a kind holds as long as every value has been of it, `always` only what was there from the first. */
export function learnColumns(known: Columns, all: readonly SourceRecord[]): Columns {
  const rows = judged(known, all);
  if (rows.length === 0) return known;
  const first = Object.keys(known).length === 0;
  const found = describeColumns(rows);
  const learnt: Columns = {};
  for (const column of new Set([...Object.keys(known), ...Object.keys(found)])) {
    const before = known[column];
    const now = found[column];
    if (!before || !now) {
      const one = (before ?? now) as ColumnFacts;
      learnt[column] = { ...one, always: one.always && first };
      continue;
    }
    const kind =
      before.kind === 'empty' ? now.kind : now.kind === 'empty' || now.kind === before.kind ? before.kind : 'text';
    learnt[column] = {
      kind,
      n: sum(before.n, now.n),
      rows: sum(before.rows, now.rows),
      always: before.always && now.always,
    };
  }
  return learnt;
}
