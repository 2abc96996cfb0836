import type { SourceRecord, SourceValue } from '../read/types.ts';

/** What the values of a column look like; text holds anything. */
export type ColumnKind = 'number' | 'date' | 'object' | 'text' | 'empty';
export type ColumnFacts = {
  kind: ColumnKind;
  /** Values that were seen. */
  n: number;
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
/** Below this many values of before, what a column was may have been chance. */
const ENOUGH = 20;

function kindOf(value: SourceValue): ColumnKind {
  if (value === null || value === '') return 'empty';
  if (typeof value !== 'string') return 'object';
  if (NUMBER.test(value)) return 'number';
  return DATE.test(value) ? 'date' : 'text';
}

/** What the columns of some rows are. */
export function describeColumns(rows: readonly SourceRecord[]): Columns {
  const found: Record<string, ColumnFacts & { rows: number }> = {};
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
    Object.entries(found).map(([column, { kind, n, rows: seen }]) => [
      column,
      { kind, n, always: seen === rows.length },
    ]),
  );
}

/**
 * How a source has changed its shape (结构漂移). A column was removed if it always was there and is in no row now; it was retyped
 * if it held numbers or dates, and now no value is one.
 */
export function driftOf(known: Columns, rows: readonly SourceRecord[]): Drift {
  const found = describeColumns(rows);
  const drift: Drift = { added: [], removed: [], retyped: [] };
  if (rows.length === 0) return drift;
  for (const [column, facts] of Object.entries(known)) {
    const now = found[column];
    if (!now) {
      if (facts.always) drift.removed.push(column);
      continue;
    }
    if (facts.n < ENOUGH || (facts.kind !== 'number' && facts.kind !== 'date') || now.n === 0) continue;
    if (rows.every(({ values }) => kindOf(values[column] ?? null) !== facts.kind))
      drift.retyped.push({ column, was: facts.kind, is: now.kind });
  }
  for (const column of Object.keys(found)) if (!known[column]) drift.added.push(column);
  return drift;
}

/** What is known after a good batch: a kind holds as long as every value has been of it. */
export function learnColumns(known: Columns, rows: readonly SourceRecord[]): Columns {
  const found = describeColumns(rows);
  const learnt: Columns = {};
  for (const column of new Set([...Object.keys(known), ...Object.keys(found)])) {
    const before = known[column];
    const now = found[column];
    if (!before || !now) {
      const one = (before ?? now) as ColumnFacts;
      learnt[column] = { ...one, always: one.always && now !== undefined };
      continue;
    }
    const kind =
      before.kind === 'empty' ? now.kind : now.kind === 'empty' || now.kind === before.kind ? before.kind : 'text';
    learnt[column] = { kind, n: Math.min(before.n + now.n, 1_000_000), always: before.always && now.always };
  }
  return learnt;
}
