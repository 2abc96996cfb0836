import type { Db } from '#platform/kernel/db.ts';
import { empty, join, type Sql, sql } from '#platform/kernel/sql.ts';
import { recordOf } from '../formats/write.ts';
import type { Shown } from '../portal/read-dataset.ts';
import type { Field, Value } from '../schema.ts';
import { invalid } from './answer.ts';
import { type Given, list, parsed, whole, words } from './parameters.ts';

/** Rows in one answer, as in CKAN. */
const MOST = 32_000;
const USUAL = 100;
/** Sets above this are searched by nobody here: the bulk file is one call. */
const SEARCHABLE = 200_000;

const TYPES: Record<Field['type'], string> = {
  string: 'text',
  integer: 'int',
  number: 'float',
  boolean: 'bool',
  date: 'date',
  geometry: 'json',
};

/** `datastore_search`: rows of a set by equal values and words, in an order, a page at a time. `marked` replaces the rows of a conditional set. */
export async function searchRows(
  db: Db,
  options: { set: Shown; given: Given; resource: string; link: string; marked?: readonly (readonly Value[])[] },
) {
  const { set, given, resource, link, marked } = options;
  const limit = whole(given, 'limit', { otherwise: USUAL, most: MOST });
  const offset = whole(given, 'offset', { otherwise: 0, most: Number.MAX_SAFE_INTEGER });
  const filters = filtersOf(given, set.fields);
  const order = orderOf(words(given, 'sort'), set.fields);
  const wanted = list(given, 'fields');
  for (const name of wanted) placeOf(set.fields, name, 'fields');
  const q = words(given, 'q');
  const plain = filters.length === 0 && order.length === 0 && q === '';
  if (!plain && set.rows > SEARCHABLE)
    throw invalid({ filters: [`sets above ${SEARCHABLE} rows are not searched; take the bulk file`] });
  const found = marked
    ? pageOf(marked, { filters, order, q, limit, offset })
    : plain
      ? { rows: await lots(db, { version: set.version, limit, offset }), total: set.rows }
      : await matching(db, { version: set.version, filters, order, q, limit, offset });
  const shown = set.fields.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const places = shown.map((field) => set.fields.indexOf(field));
  const records = found.rows.map(({ no, row }) => ({
    ...(wanted.length === 0 ? { _id: no } : {}),
    ...recordOf(
      shown,
      places.map((at) => row[at] ?? null),
    ),
  }));
  return {
    include_total: true,
    limit,
    ...(offset > 0 ? { offset } : {}),
    q: q === '' ? undefined : q,
    filters: filters.length === 0 ? undefined : parsed(given, 'filters'),
    records_format: 'objects',
    resource_id: resource,
    total_estimation_threshold: null,
    records,
    fields: [
      ...(wanted.length === 0 ? [{ id: '_id', type: 'int' }] : []),
      ...shown.map(({ name, type, title }) => ({
        id: name,
        type: TYPES[type],
        info: { label: title.zh, notes: title.en },
      })),
    ],
    _links: {
      start: pageLink(link, 0),
      next: pageLink(link, offset + limit),
      ...(offset > 0 ? { prev: pageLink(link, Math.max(0, offset - limit)) } : {}),
    },
    total: found.total,
    total_was_estimated: false,
  };
}

type Page = { rows: { no: number; row: Value[] }[]; total: number };
type Filter = { at: number; values: string[] };
type Order = { at: number; down: boolean; number: boolean };

function placeOf(fields: readonly Field[], name: string, parameter: string): number {
  const at = fields.findIndex((field) => field.name === name);
  if (at < 0) throw invalid({ [parameter]: [`field "${name}" not in table`] });
  return at;
}

function filtersOf(given: Given, fields: readonly Field[]): Filter[] {
  const value = parsed(given, 'filters');
  if (value === undefined || value === null || value === '') return [];
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid({ filters: ['Invalid JSON object'] });
  return Object.entries(value).map(([name, wanted]) => ({
    at: placeOf(fields, name, 'filters'),
    values: (Array.isArray(wanted) ? wanted : [wanted]).map(String),
  }));
}

function orderOf(sort: string, fields: readonly Field[]): Order[] {
  if (sort.trim() === '') return [];
  return sort.split(',').map((rule) => {
    const found = /^\s*"?([^"]+?)"?(?:\s+(asc|desc))?(?:\s+nulls\s+(?:first|last))?\s*$/i.exec(rule);
    const at = placeOf(fields, found?.[1] ?? rule, 'sort');
    return {
      at,
      down: found?.[2]?.toLowerCase() === 'desc',
      number: ['integer', 'number'].includes(fields[at]?.type ?? ''),
    };
  });
}

/** A page without conditions reads only the lots that it lies in. */
async function lots(
  db: Db,
  { version, limit, offset }: { version: string; limit: number; offset: number },
): Promise<Page['rows']> {
  const found = await db.rows<{ first: number; rows: Value[][] }>(sql`
    select first_row as first, rows from open_data.chunk where version = ${version}::uuid and first_row <= ${offset}::bigint + ${limit}::bigint and first_row + count > ${offset}::bigint + 1 order by no`);
  return found
    .flatMap(({ first, rows }) => rows.map((row, at) => ({ no: first + at, row })))
    .filter(({ no }) => no > offset && no <= offset + limit);
}

async function matching(
  db: Db,
  options: { version: string; filters: Filter[]; order: Order[]; q: string; limit: number; offset: number },
): Promise<Page> {
  const { version, filters, order, q, limit, offset } = options;
  const conditions: Sql[] = [
    ...filters.map(({ at, values }) => sql`(r.row ->> ${at}::int) = any(${values}::text[])`),
    ...(q === '' ? [] : [sql`strpos(lower(r.row::text), ${q.toLowerCase()}) > 0`]),
  ];
  const by = order.map(({ at, down, number }) => {
    const value = number ? sql`(r.row ->> ${at}::int)::numeric` : sql`r.row ->> ${at}::int`;
    return down ? sql`${value} desc nulls last` : sql`${value} asc`;
  });
  const where = conditions.length === 0 ? empty : sql`and ${join(conditions, ' and ')}`;
  const rows = await db.rows<{ no: number; row: Value[]; total: number }>(sql`
    select (c.first_row + r.at - 1)::int as no, r.row, (count(*) over ())::int as total
    from open_data.chunk c, jsonb_array_elements(c.rows) with ordinality as r(row, at) where c.version = ${version}::uuid ${where}
    order by ${by.length === 0 ? empty : sql`${join(by)},`} no limit ${limit}::int offset ${offset}::bigint`);
  return { rows, total: rows[0]?.total ?? (offset === 0 ? 0 : await countOf(db, version, where)) };
}

async function countOf(db: Db, version: string, where: Sql): Promise<number> {
  return (
    await db.one<{ total: number }>(
      sql`select count(*)::int as total from open_data.chunk c, jsonb_array_elements(c.rows) as r(row) where c.version = ${version}::uuid ${where}`,
    )
  ).total;
}

/** The same over rows in memory: those of one key. */
function pageOf(
  all: readonly (readonly Value[])[],
  options: { filters: Filter[]; order: Order[]; q: string; limit: number; offset: number },
): Page {
  const { filters, order, q, limit, offset } = options;
  const words = q.toLowerCase();
  const rows = all
    .map((row, at) => ({ no: at + 1, row: [...row] }))
    .filter(({ row }) => filters.every(({ at, values }) => row[at] !== null && values.includes(String(row[at]))))
    .filter(({ row }) => words === '' || JSON.stringify(row).toLowerCase().includes(words));
  const compare = (a: Value, b: Value): number => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1);
  if (order.length > 0)
    rows.sort((a, b) => {
      for (const { at, down } of order) {
        const way = compare(a.row[at] ?? null, b.row[at] ?? null);
        if (way !== 0) return down ? -way : way;
      }
      return a.no - b.no;
    });
  return { rows: rows.slice(offset, offset + limit), total: rows.length };
}

function pageLink(link: string, offset: number): string {
  const url = new URL(link, 'http://localhost');
  if (offset === 0) url.searchParams.delete('offset');
  else url.searchParams.set('offset', String(offset));
  return `${url.pathname}${url.search}`;
}
