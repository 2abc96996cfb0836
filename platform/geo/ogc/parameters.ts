import { InvalidInput, type ProblemError } from '#platform/kernel/errors.ts';
import type { FeatureFilter } from '../read-features.ts';
import type { Box } from '../tiles.ts';

/*
 * Query parameters of OGC API – Features – Part 1: Core (OGC 17-069r4). A parameter that the API definition does not
 * name, or a value that it does not allow, is answered with 400 (requirements 8 and 9).
 */

export const DEFAULT_LIMIT = 10;
export const MAX_LIMIT = 10_000;

export type Format = 'json' | 'html';
export type Query = Record<string, string | string[] | undefined>;

/** Refuses parameters other than these, and any that is given twice. */
export function onlyKnown(query: Query, known: readonly string[]): void {
  for (const [name, value] of Object.entries(query)) {
    if (!known.includes(name)) throw invalid(name, 'unknown', { zh: '不认识的参数', en: 'unknown parameter' });
    if (Array.isArray(value)) throw invalid(name, 'once', { zh: '只能出现一次', en: 'may be given once only' });
  }
}

/** The representation asked for: parameter `f` first, then the Accept header, else JSON. */
export function readFormat(query: Query, accept: string | undefined): Format {
  if (query.f === 'json' || query.f === 'html') return query.f;
  if (query.f !== undefined) throw invalid('f', 'enum', { zh: '只能是 json 或 html', en: 'must be json or html' });
  const first = (accept ?? '').split(',').find((part) => /json|html|\*\/\*/.test(part)) ?? '';
  return first.includes('html') ? 'html' : 'json';
}

/** Filter of `/items`. A limit above the maximum is lowered to it, as the standard says. */
export function readFilter(query: Query): FeatureFilter {
  return {
    limit: readLimit(single(query.limit)),
    bbox: readBox(single(query.bbox)),
    period: readPeriod(single(query.datetime)),
    after: readAfter(single(query.after)),
  };
}

const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

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

/** Four numbers, or six with heights, which are not used: the layers are flat. */
function readBox(text: string | undefined): Box | undefined {
  if (text === undefined) return undefined;
  const parts = text.split(',');
  const numbers = parts.map((part) =>
    /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(part) ? Number(part) : Number.NaN,
  );
  const flat = numbers.length === 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers;
  const [west, south, east, north] = flat as [number, number, number, number];
  const sound =
    flat.length === 4 &&
    numbers.every(Number.isFinite) &&
    south <= north &&
    south >= -90 &&
    north <= 90 &&
    Math.abs(west) <= 180 &&
    Math.abs(east) <= 180;
  if (!sound)
    throw invalid('bbox', 'format', { zh: '应为 西,南,东,北（度）', en: 'must be west,south,east,north in degrees' });
  return [west, south, east, north];
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(?:[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2}))?$/;

/** A time, or an interval `a/b` whose ends may be open (`..` or nothing). */
function readPeriod(text: string | undefined): FeatureFilter['period'] {
  if (text === undefined) return undefined;
  const ends = text.split('/');
  if (ends.length === 1) return { start: readInstant(text), end: readInstant(text) };
  const [start, end] = ends.map((part) => (part === '..' || part === '' ? null : readInstant(part))) as [
    string | null,
    string | null,
  ];
  const bothOpen = start === null && end === null;
  if (ends.length > 2 || bothOpen || (start !== null && end !== null && Date.parse(start) > Date.parse(end)))
    throw invalidTime();
  return { start, end };
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

function invalid(parameter: string, rule: string, message: { zh: string; en: string }): ProblemError {
  return InvalidInput.with({ fields: [{ pointer: `/query/${parameter}`, rule, message }] });
}
