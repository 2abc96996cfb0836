import type { Geometry } from 'geojson';
import type { Text } from '#platform/kernel/text.ts';

/**
 * A CQL2 expression (过滤表达式) in the shape of its JSON encoding (OGC 21-065r2, clause 8.3). The text encoding is parsed into
 * the same shape, so that there is one meaning for both; `compile.ts` checks types and turns it into SQL.
 */
export type Expression =
  | string
  | number
  | boolean
  | { op: string; args: readonly Expression[] }
  | { property: string }
  | { date: string }
  | { timestamp: string }
  | { interval: readonly Expression[] }
  | { bbox: readonly number[] }
  | Geometry
  | readonly Expression[];

/** Raised for a filter that cannot be read or makes no sense; `at` is the position in the text, from 1. */
export class FilterFault extends Error {
  readonly text: Text;
  readonly at: number | undefined;
  constructor(text: Text, at?: number) {
    super(text.en);
    this.name = 'FilterFault';
    this.text = at === undefined ? text : { zh: `第 ${at} 个字符：${text.zh}`, en: `character ${at}: ${text.en}` };
    this.at = at;
  }
}

/** Names of operators in JSON by their lower-case form: in text they are written in any case. */
const OPERATORS = [
  'and or not = <> < > <= >= like between in isNull casei accenti + - * / % div ^',
  's_contains s_crosses s_disjoint s_equals s_intersects s_overlaps s_touches s_within',
  't_after t_before t_contains t_disjoint t_during t_equals t_finishedBy t_finishes t_intersects t_meets t_metBy',
  't_overlappedBy t_overlaps t_startedBy t_starts a_containedBy a_contains a_equals a_overlaps',
].flatMap((line) => line.split(' '));
const BY_LOWER_CASE = new Map(OPERATORS.map((name) => [name.toLowerCase(), name]));

/** The standard's spelling of an operator, or undefined if it is none. */
export const operatorOf = (name: string): string | undefined => BY_LOWER_CASE.get(name.toLowerCase());

/** Deeper nesting and more parts than these are refused, so that no filter costs more to read than to run. */
export const MAX_DEPTH = 40;
export const MAX_PARTS = 2_000;
