import { ageOn } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { empty, join, type Sql, sql } from '#platform/kernel/sql.ts';
import { ident } from '#platform/kernel/db.ts';
import { ALL, COUNT, type Field, type Table, type Value } from '../schema.ts';
import type { Column, Recipe, Source } from './recipe.ts';

/** Rows read at a time. */
const LOT = 2000;

/** Makes the rows of a set from the share view of its source, read by cursor. `on` is the day for ages. */
export async function deriveTable(
  db: Db,
  options: { recipe: Recipe; about: Table['about']; on: string },
): Promise<Table> {
  const { recipe, about, on } = options;
  const { columns } = recipe;
  const wanted = join(columns.map((column, at) => sql`${expression(column)} as ${ident(`c${at}`)}`));
  const order = recipe.order === undefined ? empty : sql`order by ${path(recipe.order)}`;
  const query = sql`select ${wanted} from ${db.share(recipe.source)} ${conditions(recipe)} ${order}`;
  const counts = new Map<string, { key: Value[]; count: number; sums: number[]; n: number[] }>();
  const rows: Value[][] = [];
  for await (const lot of db.stream<Record<string, Value>>(query, LOT)) {
    for (const found of lot) {
      const row = columns.map((column, at) => shown(found[`c${at}`] ?? null, column, on));
      if (recipe.count) tally(counts, row);
      else if (recipe.mean) average(counts, row, columns, recipe.mean);
      else rows.push(row);
    }
  }
  const fields = columns.map(
    ({ name, title, type, role }): Field => ({ name, title, type, ...(role ? { role } : {}) }),
  );
  if (recipe.count) {
    const count: Field = { name: COUNT, title: recipe.count.title, type: 'integer', role: 'measure' };
    return { about, fields: [...fields, count], rows: cube([...counts.values()], columns.length) };
  }
  if (recipe.mean) return { about, fields, rows: means([...counts.values()], columns, recipe.mean) };
  return { about, fields, rows };
}

function path(name: string): Sql {
  const [field = '', ...members] = name.split('.');
  const column = ident(field.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`));
  return members.length === 0 ? column : sql`${column} ->> ${members.join('.')}`;
}

function expression({ from, type }: Column): Sql {
  if (type === 'geometry') return sql`ST_AsGeoJSON(${path(from)}, 6)`;
  return type === 'boolean' ? path(from) : sql`(${path(from)})::text`;
}

/** What no recipe may leave out: nothing is opened of houses kept off public maps (涉密), whatever their kind, or of those that stand no more. */
const ALWAYS: Partial<Record<Source, Sql>> = { building: sql`secrecy is null and status = 'standing'` };

function conditions({ source, where = [] }: Recipe): Sql {
  const always = ALWAYS[source];
  const asked = where.map(({ field, equals, prefix, in: list, filled }) => {
    if (equals !== undefined) return sql`(${path(field)})::text = ${equals}`;
    if (prefix !== undefined) return sql`starts_with((${path(field)})::text, ${prefix})`;
    if (list !== undefined) return sql`(${path(field)})::text = any(${list}::text[])`;
    return filled === false ? sql`${path(field)} is null` : sql`${path(field)} is not null`;
  });
  const parts = always ? [always, ...asked] : asked;
  return parts.length === 0 ? empty : sql`where ${join(parts, ' and ')}`;
}

const NOTHING = new Set(['', 'NA', 'null', '[]']);

function shown(value: Value, column: Column, on: string): Value {
  const { type, as, values } = column;
  if (value === null || (typeof value === 'string' && NOTHING.has(value))) return as || values ? '不详' : null;
  const text = String(value);
  if (as?.startsWith('prefix:')) return named(text.slice(0, Number(as.slice(7))), values);
  if (as?.startsWith('band:')) return band(ageOn(text.slice(0, 10), on), Number(as.slice(5)));
  if (as === 'year') return text.slice(0, 4);
  if (as === 'decade') return `${text.slice(0, 3)}0`;
  if (values) return named(text, values);
  if (type === 'integer' || type === 'number') {
    const number = Number(text);
    return Number.isFinite(number) ? number : null;
  }
  return typeof value === 'boolean' ? value : text;
}

const named = (text: string, values?: Record<string, string>): string => values?.[text] ?? (values ? '其他' : text);

/** `30–39`; the last band is open, because few are that old. */
function band(age: number, width: number): string {
  const from = Math.floor(age / width) * width;
  return from >= OLDEST
    ? `${OLDEST}+`
    : `${String(from).padStart(2, '0')}–${String(from + width - 1).padStart(2, '0')}`;
}
const OLDEST = 80;

type Tally = Map<string, { key: Value[]; count: number; sums: number[]; n: number[] }>;

function tally(counts: Tally, key: Value[]): void {
  const name = JSON.stringify(key);
  const one = counts.get(name);
  if (one) one.count += 1;
  else counts.set(name, { key, count: 1, sums: [], n: [] });
}

/** All combinations of the values that occur, also the empty ones, with the totals over each dimension. */
function cube(cells: { key: Value[]; count: number }[], width: number): Value[][] {
  const values = Array.from({ length: width }, (_, at) => [...new Set(cells.map(({ key }) => String(key[at])))].sort());
  const sums = new Map<string, number>();
  for (const { key, count } of cells)
    for (let mask = 0; mask < 2 ** width; mask++) {
      const at = JSON.stringify(key.map((value, place) => (mask & (1 << place) ? ALL : String(value))));
      sums.set(at, (sums.get(at) ?? 0) + count);
    }
  let keys: Value[][] = [[]];
  for (const list of values) keys = keys.flatMap((key) => [...list, ALL].map((value) => [...key, value]));
  return cells.length === 0 ? [] : keys.map((key) => [...key, sums.get(JSON.stringify(key)) ?? 0]);
}

function average(counts: Tally, row: Value[], columns: Column[], mean: string[]): void {
  const at = columns.flatMap(({ name }, place) => (mean.includes(name) ? [place] : []));
  const key = row.filter((_, place) => !at.includes(place));
  const name = JSON.stringify(key);
  const one = counts.get(name) ?? { key, count: 0, sums: at.map(() => 0), n: at.map(() => 0) };
  at.forEach((place, number) => {
    const value = row[place];
    if (typeof value !== 'number') return;
    one.sums[number] = (one.sums[number] ?? 0) + value;
    one.n[number] = (one.n[number] ?? 0) + 1;
  });
  counts.set(name, one);
}

function means(cells: { key: Value[]; sums: number[]; n: number[] }[], columns: Column[], mean: string[]): Value[][] {
  return cells.map(({ key, sums, n }) => {
    let plain = 0;
    let number = 0;
    return columns.map(({ name }) => {
      if (!mean.includes(name)) return key[plain++] ?? null;
      const many = n[number] ?? 0;
      const value = many === 0 ? null : Math.round((10 * (sums[number] ?? 0)) / many) / 10;
      number += 1;
      return value;
    });
  });
}
