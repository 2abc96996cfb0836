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

/** A part of each record's value as a number, equal parts alike; −1 = none. `texts` says what each number stands for. */
export type PartColumn = { readonly ids: Int32Array; readonly texts: readonly string[] };

/** Makes part columns, each once. */
export function partReader(table: Table): (part: Part) => PartColumn {
  const made = new Map<string, PartColumn>();
  return ([name, part]) => {
    const key = `${name}.${part}`;
    const known = made.get(key);
    if (known) return known;
    const column = table.columns.find((c) => c.attribute.name === name);
    const read = column?.attribute.parts[part];
    if (!column || !read) throw new Error(`no part ${key}`);
    const texts: string[] = [];
    const numbers = new Map<string, number>();
    const byValue = Int32Array.from(column.values, (value) => {
      const text = read(value);
      if (text === undefined || text === '') return -1;
      let number = numbers.get(text);
      if (number === undefined) {
        number = texts.length;
        texts.push(text);
        numbers.set(text, number);
      }
      return number;
    });
    const ids = column.ids.map((id) => (id < 0 ? -1 : (byValue[id] as number)));
    const result = { ids, texts };
    made.set(key, result);
    return result;
  };
}
