import { Type, type Static } from 'typebox';

/** How the columns of a department's file become fields of a target (映射), one versioned document a dataset. */
export const MappingSchema = Type.Object(
  {
    dataset: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,80}$' }),
    version: Type.Integer({ minimum: 1 }),
    target: Type.String({ maxLength: 80 }),
    unit: Type.String({ maxLength: 80 }),
    title: Type.Object({ zh: Type.String({ maxLength: 200 }), en: Type.String({ maxLength: 200 }) }),
    format: Type.Optional(
      Type.Union([
        Type.Literal('csv'),
        Type.Literal('xlsx'),
        Type.Literal('json'),
        Type.Literal('geojson'),
        Type.Literal('osm-xml'),
      ]),
    ),
    crs: Type.Optional(Type.String({ maxLength: 20 })),
    key: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 8 }),
    fields: Type.Record(
      Type.String({ maxLength: 80 }),
      Type.Object({
        /** '*' = all columns that no other field uses, as JSON. */
        column: Type.Optional(Type.String({ maxLength: 200 })),
        /** The same for every row. */
        constant: Type.Optional(Type.String({ maxLength: 200 })),
        values: Type.Optional(Type.Record(Type.String(), Type.String())),
      }),
    ),
    licence: Type.Optional(Type.String()),
    attribution: Type.Optional(Type.String()),
    sourceUrl: Type.Optional(Type.String()),
    datum: Type.Optional(Type.String()),
    badge: Type.Union([Type.Literal('sample'), Type.Literal('real'), Type.Literal('reference')]),
  },
  { additionalProperties: true },
);
export type Mapping = Static<typeof MappingSchema>;

export type MappedRow = { values: Record<string, string | null>; key: string };

export type MissingColumn = { column: string; field: string; nearest?: string };

/** Columns that a mapping needs and a file does not have, each with the name that may have been meant. */
export function missingColumns(mapping: Mapping, columns: readonly string[]): MissingColumn[] {
  const have = new Set(columns);
  const wanted = new Map<string, string>();
  for (const [field, from] of Object.entries(mapping.fields))
    if (from.column && from.column !== '*') wanted.set(from.column, field);
  for (const column of mapping.key) if (!wanted.has(column)) wanted.set(column, 'key');
  return [...wanted]
    .filter(([column]) => !have.has(column))
    .map(([column, field]) => ({ column, field, nearest: nearest(column, columns) }));
}

/** A function from raw rows to fields; unknown codes are passed on for the checks to judge. */
export function compileMapping(mapping: Mapping): (raw: Record<string, unknown>, row: number) => MappedRow {
  const fields = Object.entries(mapping.fields);
  const used = new Set(fields.map(([, from]) => from.column).filter(Boolean));
  return (raw, row) => {
    const values: Record<string, string | null> = {};
    for (const [field, from] of fields) {
      const text =
        from.column === '*' ? everything(raw, used) : from.column ? textOf(raw[from.column]) : (from.constant ?? null);
      values[field] = text !== null && from.values ? (from.values[text.trim()] ?? text) : text;
    }
    const key =
      mapping.key.length > 0 ? mapping.key.map((column) => textOf(raw[column])?.trim() ?? '').join('') : `row:${row}`;
    return { values, key };
  };
}

function everything(raw: Record<string, unknown>, used: ReadonlySet<string | undefined>): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(raw).filter(([column]) => !used.has(column) && column !== 'geometry')),
  );
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The most similar column name, by common characters in order (Chinese headings are short: half must agree). */
function nearest(wanted: string, columns: readonly string[]): string | undefined {
  let best: { column: string; score: number } | undefined;
  for (const column of columns) {
    const score = common(wanted, column) / Math.max(wanted.length, column.length);
    if (score >= 0.5 && (!best || score > best.score)) best = { column, score };
  }
  return best?.column;
}

function common(a: string, b: string): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const x of a) {
    const next = [0];
    for (let j = 1; j <= b.length; j++)
      next[j] = x === b[j - 1] ? (row[j - 1] ?? 0) + 1 : Math.max(row[j] ?? 0, next[j - 1] ?? 0);
    row = next;
  }
  return row[b.length] ?? 0;
}
