import { keyNumber } from '../model/parameters.ts';
import type { Attribute, Part, Space, Stated } from '../model/space.ts';

/** One attribute of all records: values once, records by number. */
export type Column = {
  readonly attribute: Attribute;
  /** Value of each record; −1 = not stated. */
  readonly ids: Int32Array;
  readonly values: readonly unknown[];
  readonly forms: readonly string[];
  /** How many records state each value. */
  readonly counts: Uint32Array;
};

/** Records in columns. */
export type Table = { readonly space: Space; readonly size: number; readonly columns: readonly Column[] };

/** Reads records into columns; equal texts are standardised once. */
export function readTable(space: Space, records: Iterable<Stated>): Table {
  const open = space.attributes.map((attribute) => ({
    attribute,
    ids: new Int32Array(1024),
    values: [] as unknown[],
    forms: [] as string[],
    byForm: new Map<string, number>(),
    byRaw: new Map<string, number>(),
  }));
  let size = 0;
  for (const record of records) {
    for (const column of open) {
      if (size === column.ids.length) column.ids = grown(column.ids);
      const raw = record[column.attribute.name];
      column.ids[size] = raw === undefined || raw === '' ? -1 : valueId(column, raw);
    }
    size += 1;
  }
  return {
    space,
    size,
    columns: open.map(({ attribute, ids, values, forms }) => {
      const kept = ids.slice(0, size);
      const counts = new Uint32Array(values.length);
      for (const id of kept) if (id >= 0) counts[id] = (counts[id] as number) + 1;
      return { attribute, ids: kept, values, forms, counts };
    }),
  };
}

function grown(ids: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(ids.length * 2);
  larger.set(ids);
  return larger;
}

function valueId(
  column: {
    attribute: Attribute;
    values: unknown[];
    forms: string[];
    byForm: Map<string, number>;
    byRaw: Map<string, number>;
  },
  raw: string,
): number {
  const known = column.byRaw.get(raw);
  if (known !== undefined) return known;
  const value = column.attribute.read(raw);
  let id = -1;
  if (value !== undefined) {
    const form = column.attribute.form(value);
    id = column.byForm.get(form) ?? -1;
    if (id < 0) {
      id = column.values.length;
      column.values.push(value);
      column.forms.push(form);
      column.byForm.set(form, id);
    }
  }
  column.byRaw.set(raw, id);
  return id;
}

/** A part of each record's value as a number, equal parts alike; −1 = none. `digests` says what each number stands for. */
export type PartColumn = { readonly ids: Int32Array; readonly digests: Float64Array };

const made = new WeakMap<Table, Map<string, PartColumn>>();

/** Gives part columns, each made once a table. */
export function partReader(table: Table): (part: Part) => PartColumn {
  const known = made.get(table) ?? new Map<string, PartColumn>();
  made.set(table, known);
  return ([name, part]) => {
    const key = `${name}.${part}`;
    const column = known.get(key) ?? readPart(table, name, part);
    known.set(key, column);
    return column;
  };
}

function readPart(table: Table, name: string, part: string): PartColumn {
  const column = table.columns.find((c) => c.attribute.name === name);
  const read = column?.attribute.parts[part];
  if (!column || !read) throw new Error(`no part ${name}.${part}`);
  const { values } = column;
  const digests: number[] = [];
  const numbers = new Map<string, number>();
  const byValue = new Int32Array(values.length);
  for (let value = 0; value < values.length; value += 1) {
    const text = read(values[value]);
    if (text === undefined || text === '') {
      byValue[value] = -1;
      continue;
    }
    let number = numbers.get(text);
    if (number === undefined) {
      number = digests.length;
      digests.push(keyNumber(text));
      numbers.set(text, number);
    }
    byValue[value] = number;
  }
  const ids = new Int32Array(table.size);
  for (let i = 0; i < ids.length; i += 1) {
    const id = column.ids[i] as number;
    ids[i] = id < 0 ? -1 : (byValue[id] as number);
  }
  return { ids, digests: Float64Array.from(digests) };
}
