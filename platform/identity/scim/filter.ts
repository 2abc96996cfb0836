import { sql, type Sql } from '#platform/kernel/sql.ts';
import { invalid } from './errors.ts';

/** A filter (RFC 7644 § 3.4.2.2) as a tree. */
export type Filter =
  | { kind: 'and' | 'or'; left: Filter; right: Filter }
  | { kind: 'not'; of: Filter }
  | { kind: 'present'; path: string }
  | { kind: 'compare'; path: string; operator: Operator; value: string | number | boolean | null }
  | { kind: 'some'; path: string; of: Filter };
const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
export type Operator = (typeof OPERATORS)[number];

const LONGEST = 1000;
const DEEPEST = 20;
const TOKEN = /\s*(?:(\(|\)|\[|\])|("(?:[^"\\]|\\.)*")|([^\s()[\]"]+))/y;
const PATH = /^(?:urn:[\w.:-]+:)?[A-Za-z$][\w$-]*(?:\.[A-Za-z$][\w$-]*)?$/;

/** Reads a filter; anything that is not one is `invalidFilter`. */
export function parseFilter(text: string): Filter {
  const tokens = tokensOf(text);
  let at = 0;
  let depth = 0;
  const word = (): string => tokens[at]?.toLowerCase() ?? '';
  const expect = (token: string): void => {
    if (tokens[at] !== token) throw fault(`"${token}" expected`);
    at += 1;
  };
  const either = (): Filter => {
    if ((depth += 1) > DEEPEST) throw fault('nested too deep');
    let left = both();
    while (word() === 'or') {
      at += 1;
      left = { kind: 'or', left, right: both() };
    }
    depth -= 1;
    return left;
  };
  const both = (): Filter => {
    let left = one();
    while (word() === 'and') {
      at += 1;
      left = { kind: 'and', left, right: one() };
    }
    return left;
  };
  const group = (): Filter => {
    expect('(');
    const inside = either();
    expect(')');
    return inside;
  };
  const one = (): Filter => {
    if (tokens[at] === '(') return group();
    if (word() === 'not' && tokens[at + 1] === '(') {
      at += 1;
      return { kind: 'not', of: group() };
    }
    const path = tokens[at] ?? '';
    if (!PATH.test(path)) throw fault(`attribute expected at "${path}"`);
    at += 1;
    if (tokens[at] === '[') {
      at += 1;
      const of = either();
      expect(']');
      return { kind: 'some', path, of };
    }
    const operator = word();
    at += 1;
    if (operator === 'pr') return { kind: 'present', path };
    if (!OPERATORS.includes(operator as Operator)) throw fault(`operator expected at "${operator}"`);
    const value = valueOf(tokens[at] ?? '');
    at += 1;
    return { kind: 'compare', path, operator: operator as Operator, value };
  };
  const filter = either();
  if (at < tokens.length) throw fault(`unexpected "${tokens[at]}"`);
  return filter;
}

const fault = (detail: string) => invalid('invalidFilter', `filter: ${detail}`);

function tokensOf(text: string): string[] {
  if (text.length > LONGEST) throw fault('too long');
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const trimmed = text.trim();
  while (TOKEN.lastIndex < trimmed.length) {
    const found = TOKEN.exec(trimmed);
    if (!found) throw fault('not readable');
    tokens.push(found[1] ?? found[2] ?? found[3] ?? '');
  }
  if (tokens.length === 0) throw fault('is empty');
  return tokens;
}

function valueOf(token: string): string | number | boolean | null {
  try {
    const value = JSON.parse(token) as unknown;
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as string;
  } catch {
    // Said below: a value is JSON.
  }
  throw fault(`value expected at "${token}"`);
}

/** An attribute that can be filtered by: its expression in SQL and how it compares. */
export type Column = { sql: Sql; type: 'exact' | 'text' | 'boolean' | 'time'; within?: (condition: Sql) => Sql };

/** Takes the schema's name off a path: attributes are named alike with and without it. */
export function shortPath(path: string): string {
  return path.replace(/^urn:[\w.:-]+:(?=[A-Za-z$][\w$-]*(\.[A-Za-z$][\w$-]*)?$)/, '').toLowerCase();
}

/** A filter as a condition: names come from `columns` only, every value is a parameter. */
export function filterSql(filter: Filter, columns: Record<string, Column>, under = ''): Sql {
  switch (filter.kind) {
    case 'and':
      return sql`(${filterSql(filter.left, columns, under)} and ${filterSql(filter.right, columns, under)})`;
    case 'or':
      return sql`(${filterSql(filter.left, columns, under)} or ${filterSql(filter.right, columns, under)})`;
    case 'not':
      return sql`(not coalesce(${filterSql(filter.of, columns, under)}, false))`;
    case 'some':
      return filterSql(filter.of, columns, `${shortPath(filter.path)}.`);
    case 'present': {
      const column = columnOf(filter.path, columns, under);
      return inside(column, sql`(${column.sql}) is not null`);
    }
    case 'compare': {
      const column = columnOf(filter.path, columns, under);
      return inside(column, comparison(column, filter.operator, filter.value));
    }
  }
}

const inside = (column: Column, condition: Sql): Sql => (column.within ? column.within(condition) : condition);

function columnOf(path: string, columns: Record<string, Column>, under: string): Column {
  const name = under + shortPath(path);
  const known = [name, `${name}.value`].find((key) => Object.hasOwn(columns, key));
  const found = known === undefined ? undefined : columns[known];
  if (!found) throw fault(`cannot filter by ${name}`);
  return found;
}

function comparison(column: Column, operator: Operator, value: string | number | boolean | null): Sql {
  if (value === null) {
    if (operator === 'eq') return sql`(${column.sql}) is null`;
    if (operator === 'ne') return sql`(${column.sql}) is not null`;
    throw fault('null compares with eq and ne only');
  }
  switch (column.type) {
    case 'boolean':
      if (typeof value !== 'boolean') throw fault('true or false expected');
      if (operator === 'eq') return sql`(${column.sql}) = ${value}::boolean`;
      if (operator === 'ne') return sql`(${column.sql}) <> ${value}::boolean`;
      throw fault(`${operator} is not for booleans`);
    case 'time': {
      const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
      if (Number.isNaN(at)) throw fault('date and time expected');
      return ordered(sql`(${column.sql})`, operator, sql`${new Date(at)}::timestamptz`);
    }
    case 'exact':
    case 'text': {
      if (typeof value !== 'string') throw fault('text expected');
      const left = column.type === 'text' ? sql`lower(${column.sql})` : sql`(${column.sql})`;
      const right = column.type === 'text' ? value.toLowerCase() : value;
      const escaped = right.replaceAll(/[\\%_]/g, (c) => `\\${c}`);
      if (operator === 'co') return sql`${left} like ${`%${escaped}%`}::text`;
      if (operator === 'sw') return sql`${left} like ${`${escaped}%`}::text`;
      if (operator === 'ew') return sql`${left} like ${`%${escaped}`}::text`;
      return ordered(left, operator, sql`${right}::text`);
    }
  }
}

function ordered(left: Sql, operator: Operator, right: Sql): Sql {
  switch (operator) {
    case 'eq':
      return sql`${left} = ${right}`;
    case 'ne':
      return sql`${left} is distinct from ${right}`;
    case 'gt':
      return sql`${left} > ${right}`;
    case 'ge':
      return sql`${left} >= ${right}`;
    case 'lt':
      return sql`${left} < ${right}`;
    case 'le':
      return sql`${left} <= ${right}`;
    default:
      throw fault(`${operator} is for text only`);
  }
}

/** The same filter on a value in memory, for the paths of PATCH. */
export function matches(filter: Filter, value: Record<string, unknown>): boolean {
  switch (filter.kind) {
    case 'and':
      return matches(filter.left, value) && matches(filter.right, value);
    case 'or':
      return matches(filter.left, value) || matches(filter.right, value);
    case 'not':
      return !matches(filter.of, value);
    case 'some':
      throw invalid('invalidPath', 'a filter inside a filter');
    case 'present':
      return member(value, filter.path) !== undefined;
    case 'compare': {
      const found = member(value, filter.path);
      if (filter.operator === 'eq') return same(found, filter.value);
      if (filter.operator === 'ne') return !same(found, filter.value);
      const [text, wanted] = [String(found ?? '').toLowerCase(), String(filter.value).toLowerCase()];
      if (filter.operator === 'co') return text.includes(wanted);
      if (filter.operator === 'sw') return text.startsWith(wanted);
      if (filter.operator === 'ew') return text.endsWith(wanted);
      throw invalid('invalidPath', `${filter.operator} in a path`);
    }
  }
}

const same = (a: unknown, b: unknown): boolean =>
  typeof a === 'string' && typeof b === 'string' ? a.toLowerCase() === b.toLowerCase() : (a ?? null) === b;

function member(value: Record<string, unknown>, path: string): unknown {
  const name = shortPath(path);
  return Object.entries(value).find(([key]) => key.toLowerCase() === name)?.[1];
}
