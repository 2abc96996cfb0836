import { editDistance } from '#platform/exchange/check/normalise.ts';
import type { SourceValue } from '#platform/exchange/read/types.ts';
import type { Text } from '#platform/kernel/text.ts';

/** The part of a mapping file (映射) that turns columns into fields; the whole format is `exchange`'s. */
export type FieldMapping = {
  readonly fields: Readonly<Record<string, MappedField>>;
  /** Columns that make a record of this source unique. */
  readonly key?: readonly string[];
};

export type MappedField = {
  readonly column: string;
  /** Value in the file → value of the field; others pass as they are and meet the check. */
  readonly values?: Readonly<Record<string, string>>;
  /** The column may be missing in some editions of the file. */
  readonly optional?: boolean;
};

/** A column that the mapping names and the file does not have. */
export type ColumnFault = {
  readonly rule: 'missing-column';
  readonly column: string;
  /** Field that it feeds; `undefined` for a key column. */
  readonly field: string | undefined;
  /** A column of the file that is probably the same one, renamed. */
  readonly suggestion: string | undefined;
  readonly reason: Text;
};

export type Projection = {
  readonly ok: true;
  /** Values by field name; fields of absent optional columns are left out. */
  project(values: Readonly<Record<string, SourceValue>>): Record<string, SourceValue>;
  /** File column of each field. */
  readonly columns: Readonly<Record<string, string>>;
  /** Columns of the file that nothing uses. */
  readonly unused: readonly string[];
};
export type MappingResult = Projection | { readonly ok: false; readonly faults: readonly ColumnFault[] };

/**
 * Fits a mapping to the columns of a file. Names match exactly, or after blanks, width and case are made alike. Every missing
 * column is one fault, with the nearest unused column as a suggestion.
 */
export function applyMapping(mapping: FieldMapping, columns: readonly string[]): MappingResult {
  const actual = new Map(columns.map((column) => [alike(column), column]));
  const exact = new Set(columns);
  const resolve = (column: string): string | undefined => (exact.has(column) ? column : actual.get(alike(column)));

  const entries = Object.entries(mapping.fields);
  const used = new Set(
    [...entries.map(([, each]) => each.column), ...(mapping.key ?? [])].map(resolve).filter((column) => column !== undefined),
  );
  const unused = columns.filter((column) => !used.has(column));
  const faults: ColumnFault[] = [];
  const steps: { field: string; column: string; values: ReadonlyMap<string, string> | undefined }[] = [];
  for (const [field, { column, values, optional }] of entries) {
    const found = resolve(column);
    if (found !== undefined) {
      steps.push({ field, column: found, values: values === undefined ? undefined : new Map(Object.entries(values)) });
    } else if (optional !== true) {
      faults.push(missing({ column, field, unused }));
    }
  }
  for (const column of mapping.key ?? []) {
    const mapped = entries.some(([, each]) => each.column === column);
    if (!mapped && resolve(column) === undefined) faults.push(missing({ column, field: undefined, unused }));
  }
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    columns: Object.fromEntries(steps.map(({ field, column }) => [field, column])),
    unused,
    project(values) {
      const projected: Record<string, SourceValue> = {};
      for (const { field, column, values: spellings } of steps) {
        const value = values[column] ?? null;
        projected[field] = spellings !== undefined && typeof value === 'string' ? (spellings.get(value.trim()) ?? value) : value;
      }
      return projected;
    },
  };
}

function missing(input: { column: string; field: string | undefined; unused: readonly string[] }): ColumnFault {
  const { column, field, unused } = input;
  const suggestion = nearestColumn(column, unused);
  const hint = suggestion === undefined ? { zh: '', en: '' } : { zh: `；是否改名为“${suggestion}”？`, en: `; was it renamed to "${suggestion}"?` };
  return {
    rule: 'missing-column',
    column,
    field,
    suggestion,
    reason: { zh: `文件中没有“${column}”这一列${hint.zh}`, en: `the file has no column "${column}"${hint.en}` },
  };
}

/** The column most like the wanted one: at most half of the characters differ, or one name holds the other. */
export function nearestColumn(wanted: string, columns: readonly string[]): string | undefined {
  const target = alike(wanted);
  let best: { column: string; distance: number } | undefined;
  for (const column of columns) {
    const name = alike(column);
    const holds = name.length > 1 && target.length > 1 && (name.includes(target) || target.includes(name));
    const distance = holds ? 0.5 : editDistance(target, name);
    if ((holds || distance * 2 <= Math.max(target.length, name.length)) && (best === undefined || distance < best.distance)) {
      best = { column, distance };
    }
  }
  return best?.column;
}

function alike(column: string): string {
  return column.normalize('NFKC').replace(/[\s_]+/g, '').toLowerCase();
}
