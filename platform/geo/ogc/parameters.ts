import { InvalidInput, type ProblemError } from '#platform/kernel/errors.ts';
import type { Sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { compileFilter } from '../cql2/compile.ts';
import { type Expression, FilterFault } from '../cql2/expression.ts';
import { GEOMETRY, type Queryable, queryablesOf } from '../cql2/queryables.ts';
import { readJson } from '../cql2/read-json.ts';
import { readText } from '../cql2/read-text.ts';
import { CRS84, type Crs, findCrs, PUBLISHED_CRS } from '../crs.ts';
import type { ResolvedLayer } from '../layer.ts';
import type { FeatureFilter } from '../read-features.ts';
import type { Box } from '../tiles.ts';

/*
 * Query parameters of OGC API – Features – Part 1: Core (OGC 17-069r4), Part 2: CRS (18-058r1) and Part 3: Filtering
 * (19-079r2). A parameter that the API definition does not name, or a value that it does not allow, is answered with 400.
 */

export const DEFAULT_LIMIT = 10;
export const MAX_LIMIT = 10_000;

/** Parameters of `/items` beside the properties of the layer, and `f`. */
export const ITEM_PARAMETERS = [
  'limit',
  'bbox',
  'bbox-crs',
  'datetime',
  'crs',
  'filter',
  'filter-lang',
  'filter-crs',
  'after',
] as const;

export type Format = 'json' | 'html';
export type Query = Record<string, string | string[] | undefined>;

/** Refuses parameters other than these, and any that is given twice. */
export function onlyKnown(query: Query, known: readonly string[]): void {
  for (const [name, value] of Object.entries(query)) {
    if (!known.includes(name)) throw invalid(name, 'unknown', { zh: '不认识的参数', en: 'unknown parameter' });
    if (Array.isArray(value)) throw invalid(name, 'once', { zh: '只能出现一次', en: 'may be given once only' });
  }
}

/** The representation asked for: parameter `f` first, then the Accept header by its weights, else JSON. */
export function readFormat(query: Query, accept: string | undefined): Format {
  if (query.f === 'json' || query.f === 'html') return query.f;
  if (query.f !== undefined) throw invalid('f', 'enum', { zh: '只能是 json 或 html', en: 'must be json or html' });
  const ranges = (accept ?? '').split(',').flatMap((part) => {
    const [type = '', ...rest] = part.split(';').map((piece) => piece.trim());
    if (!/json|html|\*\/\*/.test(type)) return [];
    const weight = rest.find((piece) => piece.startsWith('q='));
    const asked = { html: type.includes('html'), weight: weight ? Number(weight.slice(2)) : 1 };
    // A weight of nothing says: not this one.
    return asked.weight > 0 ? [asked] : [];
  });
  // Of equal weights the first named wins: `sort` keeps their order.
  return ranges.sort((a, b) => b.weight - a.weight)[0]?.html ? 'html' : 'json';
}

/** Names of the properties that are parameters of their own: what can be written as one word. */
export function propertyParameters(layer: ResolvedLayer): Queryable[] {
  const taken = new Set<string>([...ITEM_PARAMETERS, 'f', GEOMETRY]);
  return queryablesOf(layer).filter(({ name, type }) => type !== 'array' && !taken.has(name));
}

/** Filter of `/items`. A limit above the maximum is lowered to it, as the standard says. */
export function readFilter(query: Query, layer: ResolvedLayer): FeatureFilter & { crs: Crs } {
  const boxCrs = readCrs('bbox-crs', query);
  const box = readBox(single(query.bbox), boxCrs);
  if (query['bbox-crs'] !== undefined && !box)
    throw invalid('bbox-crs', 'needs', { zh: '需要同时给出 bbox', en: 'needs bbox' });
  return {
    limit: readLimit(single(query.limit)),
    box: box && { box, crs: boxCrs },
    period: readPeriod(single(query.datetime)),
    after: readAfter(single(query.after)),
    conditions: [...readExpression(query, layer), ...readProperties(query, layer)],
    crs: readCrs('crs', query),
  };
}

/** A published reference system by its URI; without the parameter it is CRS84. */
export function readCrs(name: 'crs' | 'bbox-crs' | 'filter-crs', query: Query): Crs {
  const text = single(query[name]);
  if (text === undefined) return CRS84;
  const found = findCrs(text);
  if (found) return found;
  const list = PUBLISHED_CRS.map(({ uri }) => uri).join(' ');
  throw invalid(name, 'enum', { zh: `未提供的坐标系；可用：${list}`, en: `not offered; there are ${list}` });
}

const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

function readExpression(query: Query, layer: ResolvedLayer): Sql[] {
  const text = single(query.filter);
  const language = single(query['filter-lang']) ?? (text?.trimStart().startsWith('{') ? 'cql2-json' : 'cql2-text');
  if (language !== 'cql2-text' && language !== 'cql2-json')
    throw invalid('filter-lang', 'enum', { zh: '只能是 cql2-text 或 cql2-json', en: 'must be cql2-text or cql2-json' });
  const crs = readCrs('filter-crs', query);
  if (text === undefined) return [];
  if (text.length > MAX_FILTER)
    throw invalid('filter', 'maxLength', { zh: '过滤条件过长', en: 'the filter is too long' });
  return [
    explained('filter', () =>
      compileFilter(language === 'cql2-json' ? readJson(text) : readText(text), {
        queryables: queryablesOf(layer),
        crs,
      }),
    ),
  ];
}

const MAX_FILTER = 16_000;

/** `name=人民公园` (Part 3, queryables as query parameters): the property equals the value. */
function readProperties(query: Query, layer: ResolvedLayer): Sql[] {
  return propertyParameters(layer).flatMap((queryable) => {
    const text = single(query[queryable.name]);
    if (text === undefined) return [];
    const filter: Expression = { op: '=', args: [{ property: queryable.name }, literal(queryable, text)] };
    return [explained(queryable.name, () => compileFilter(filter, { queryables: queryablesOf(layer), crs: CRS84 }))];
  });
}

function literal({ name, type }: Queryable, text: string): Expression {
  switch (type) {
    case 'number':
      if (text.trim() === '' || !Number.isFinite(Number(text)))
        throw invalid(name, 'type', { zh: '应为数', en: 'must be a number' });
      return Number(text);
    case 'boolean':
      if (text !== 'true' && text !== 'false')
        throw invalid(name, 'type', { zh: '应为 true 或 false', en: 'must be true or false' });
      return text === 'true';
    case 'date':
      return { date: text };
    case 'timestamp':
      return { timestamp: text };
    default:
      return text;
  }
}

function explained<T>(parameter: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof FilterFault) throw invalid(parameter, 'filter', error.text);
    throw error;
  }
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  if (!/^\d{1,15}$/.test(text) || Number(text) < 1)
    throw invalid('limit', 'minimum', { zh: '应为不小于 1 的整数', en: 'must be an integer of at least 1' });
  return Math.min(Number(text), MAX_LIMIT);
}

function readAfter(text: string | undefined): string | undefined {
  if (text !== undefined && (text.length === 0 || text.length > 300))
    throw invalid('after', 'format', { zh: '不是有效的页标', en: 'not a page mark' });
  return text;
}

/** Four numbers in the order of the system's axes, or six with heights, which are not used: the layers are flat. */
function readBox(text: string | undefined, crs: Crs): Box | undefined {
  if (text === undefined) return undefined;
  const numbers = text
    .split(',')
    .map((part) => (/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(part) ? Number(part) : Number.NaN));
  const flat = numbers.length === 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers;
  const [a, b, c, d] = flat as [number, number, number, number];
  const [west, south, east, north] = crs.northFirst ? [b, a, d, c] : [a, b, c, d];
  const inRange = !crs.degrees || (south >= -90 && north <= 90 && Math.abs(west) <= 180 && Math.abs(east) <= 180);
  // Only longitudes may run backwards: over the antimeridian.
  const ordered = south <= north && (crs.degrees || west <= east);
  if (flat.length !== 4 || !numbers.every(Number.isFinite) || !inRange || !ordered) {
    const order = crs.northFirst
      ? { zh: '南,西,北,东', en: 'south,west,north,east' }
      : { zh: '西,南,东,北', en: 'west,south,east,north' };
    const unit = crs.degrees ? { zh: '度', en: 'degrees' } : { zh: '米', en: 'metres' };
    throw invalid('bbox', 'format', { zh: `应为 ${order.zh}（${unit.zh}）`, en: `must be ${order.en} in ${unit.en}` });
  }
  return [a, b, c, d];
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(?:[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2}))?$/;

/**
 * A time, or an interval `a/b` whose ends may be open (`..` or nothing). RFC 3339 appendix A also knows `a/P2D` and
 * `P2D/b`; the conformance suite of the OGC asks the first.
 */
function readPeriod(text: string | undefined): FeatureFilter['period'] {
  if (text === undefined) return undefined;
  const ends = text.split('/');
  if (ends.length === 1) return { start: readInstant(text), end: readInstant(text) };
  const [first = '', second = ''] = ends;
  if (ends.length > 2) throw invalidTime();
  if (first.startsWith('P')) return { start: shift(second, first, -1), end: readInstant(second) };
  if (second.startsWith('P')) return { start: readInstant(first), end: shift(first, second, 1) };
  const [start, end] = [first, second].map((part) => (part === '..' || part === '' ? null : readInstant(part))) as [
    string | null,
    string | null,
  ];
  const bothOpen = start === null && end === null;
  if (bothOpen || (start !== null && end !== null && Date.parse(start) > Date.parse(end))) throw invalidTime();
  return { start, end };
}

const DURATION =
  /^P(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/;

/** The time that lies a duration (ISO 8601) after (`way` 1) or before another. */
function shift(from: string, duration: string, way: 1 | -1): string {
  const parts = DURATION.exec(duration);
  if (!parts || duration === 'P' || duration.endsWith('T')) throw invalidTime();
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0) * way);
  const at = new Date(readInstant(from));
  at.setUTCFullYear(at.getUTCFullYear() + years, at.getUTCMonth() + months, at.getUTCDate() + days + weeks * 7);
  at.setUTCSeconds(at.getUTCSeconds() + seconds + 60 * minutes + 3_600 * hours);
  if (Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9_999) throw invalidTime();
  return at.toISOString();
}

function readInstant(text: string): string {
  const time = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse lets 30 February pass as 1 March.
  const day = text.slice(0, 10);
  if (Number.isNaN(time) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) throw invalidTime();
  return text.length === 10 ? `${text}T00:00:00+08:00` : text;
}

function invalidTime(): ProblemError {
  return invalid('datetime', 'format', {
    zh: '应为 RFC 3339 时间或区间',
    en: 'must be an RFC 3339 date-time or an interval of two',
  });
}

/** The problem that names the parameter and what is wrong with it. */
export function invalid(parameter: string, rule: string, message: Text): ProblemError {
  return InvalidInput.with({ fields: [{ pointer: `/query/${parameter}`, rule, message }] });
}
