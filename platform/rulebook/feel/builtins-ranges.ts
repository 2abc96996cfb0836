import { compare, inRange } from './compare.ts';
import { builtin } from './define.ts';
import { Names } from './names.ts';
import { type Node, parseExpression } from './parse.ts';
import { parseDate, parseDateTime, parseDuration, parseTime } from './temporal.ts';
import { Decimal, type FeelFunction, type FeelRange, isRange, type Value } from './values.ts';

type Operand = Value | FeelRange;
const order = (a: Value, b: Value): number => compare(a, b) ?? Number.NaN;
/** Whether an end of one range lies before, at or behind an end of another; an open end lies beyond all. */
const lower = (a: FeelRange, b: FeelRange): number => ends(a.start, b.start, -1);
const upper = (a: FeelRange, b: FeelRange): number => ends(a.end, b.end, 1);
function ends(a: Value, b: Value, open: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? open : -open;
  return order(a, b);
}

const before = (a: Operand, b: Operand): boolean | null => {
  if (isRange(a) && isRange(b)) {
    if (a.end === null || b.start === null) return false;
    const at = order(a.end, b.start);
    return known(at, at < 0 || (at === 0 && !(a.endIncluded && b.startIncluded)));
  }
  if (isRange(b)) {
    if (b.start === null) return false;
    const at = order(a, b.start);
    return known(at, at < 0 || (at === 0 && !b.startIncluded));
  }
  if (isRange(a)) {
    if (a.end === null) return false;
    const at = order(a.end, b);
    return known(at, at < 0 || (at === 0 && !a.endIncluded));
  }
  const at = order(a, b);
  return known(at, at < 0);
};
const known = (at: number, answer: boolean): boolean | null => (Number.isNaN(at) ? null : answer);

const meets = (a: FeelRange, b: FeelRange): boolean | null =>
  a.end === null || b.start === null
    ? false
    : known(order(a.end, b.start), a.endIncluded && b.startIncluded && order(a.end, b.start) === 0);

const overlaps = (a: FeelRange, b: FeelRange): boolean | null => {
  const [one, two] = [before(a, b), before(b, a)];
  return one === null || two === null ? null : !one && !two;
};
const startsBefore = (a: FeelRange, b: FeelRange): boolean => {
  const at = lower(a, b);
  return at < 0 || (at === 0 && a.startIncluded && !b.startIncluded);
};
const endsBefore = (a: FeelRange, b: FeelRange): boolean => {
  const at = upper(a, b);
  return at < 0 || (at === 0 && !a.endIncluded && b.endIncluded);
};
const overlapsBefore = (a: FeelRange, b: FeelRange): boolean | null => {
  const over = overlaps(a, b);
  return over === null ? null : over && startsBefore(a, b) && endsBefore(a, b);
};
const includes = (a: FeelRange, b: Operand): boolean | null => {
  if (!isRange(b)) return inRange(b, a);
  return known(lower(a, b) + upper(a, b), !startsBefore(b, a) && !endsBefore(a, b));
};
const starts = (a: Operand, b: FeelRange): boolean | null => {
  if (!isRange(a))
    return b.start === null ? false : known(order(a, b.start), b.startIncluded && order(a, b.start) === 0);
  return known(lower(a, b), lower(a, b) === 0 && a.startIncluded === b.startIncluded && !endsBefore(b, a));
};
const finishes = (a: Operand, b: FeelRange): boolean | null => {
  if (!isRange(a)) return b.end === null ? false : known(order(a, b.end), b.endIncluded && order(a, b.end) === 0);
  return known(upper(a, b), upper(a, b) === 0 && a.endIncluded === b.endIncluded && !startsBefore(a, b));
};
const coincides = (a: Operand, b: Operand): boolean | null => {
  if (isRange(a) && isRange(b))
    return known(
      lower(a, b) + upper(a, b),
      lower(a, b) === 0 && upper(a, b) === 0 && a.startIncluded === b.startIncluded && a.endIncluded === b.endIncluded,
    );
  return isRange(a) || isRange(b) ? null : known(order(a, b), order(a, b) === 0);
};

const both = (name: string, run: (a: FeelRange, b: FeelRange) => boolean | null): [string, FeelFunction] =>
  builtin(name, { '(range1: range, range2: range)': run });

/** Relations of ranges and points (10.3.4.11, table 78). */
export const RANGES: [string, FeelFunction][] = [
  builtin('before', {
    '(point1: point, point2: point)': before,
    '(point: point, range: range)': before,
    '(range: range, point: point)': before,
    '(range1: range, range2: range)': before,
  }),
  builtin('after', {
    '(point1: point, point2: point)': (a: Value, b: Value) => before(b, a),
    '(point: point, range: range)': (a: Value, b: Value) => before(b, a),
    '(range: range, point: point)': (a: Value, b: Value) => before(b, a),
    '(range1: range, range2: range)': (a: Value, b: Value) => before(b, a),
  }),
  both('meets', meets),
  both('met by', (a, b) => meets(b, a)),
  both('overlaps', overlaps),
  both('overlaps before', overlapsBefore),
  both('overlaps after', (a, b) => overlapsBefore(b, a)),
  builtin('finishes', { '(point: point, range: range)': finishes, '(range1: range, range2: range)': finishes }),
  builtin('finished by', {
    '(range: range, point: point)': (a: FeelRange, b: Value) => finishes(b, a),
    '(range1: range, range2: range)': (a: FeelRange, b: FeelRange) => finishes(b, a),
  }),
  builtin('includes', { '(range: range, point: point)': includes, '(range1: range, range2: range)': includes }),
  builtin('during', {
    '(point: point, range: range)': (a: Value, b: FeelRange) => includes(b, a),
    '(range1: range, range2: range)': (a: FeelRange, b: FeelRange) => includes(b, a),
  }),
  builtin('starts', { '(point: point, range: range)': starts, '(range1: range, range2: range)': starts }),
  builtin('started by', {
    '(range: range, point: point)': (a: FeelRange, b: Value) => starts(b, a),
    '(range1: range, range2: range)': (a: FeelRange, b: FeelRange) => starts(b, a),
  }),
  builtin('coincides', { '(point1: point, point2: point)': coincides, '(range1: range, range2: range)': coincides }),
  builtin('range', { '(from: string)': (from: string) => rangeFrom(from) }),
];

/** A range from its text; its ends are literals, and no names; one of them may be left open, `[2..)` (10.3.4.1 range). */
function rangeFrom(text: string): Value {
  let node: Node;
  try {
    const whole = text.replace(/^(\s*[[\](]\s*)\.\./, '$1null..').replace(/\.\.(\s*[[\])]\s*)$/, '..null$1');
    node = parseExpression(whole, new Names(['date and time']));
  } catch {
    return null;
  }
  if (node.kind !== 'interval') return null;
  const [start, end] = [literal(node.start), literal(node.end)];
  if (start === undefined || end === undefined || (start === null && end === null)) return null;
  if (start !== null && end !== null && !((compare(start, end) ?? 1) <= 0)) return null;
  if ((start === null && node.startIncluded) || (end === null && node.endIncluded)) return null;
  return { kind: 'range', start, end, startIncluded: node.startIncluded, endIncluded: node.endIncluded };
}

const MAKERS: Record<string, (text: string) => Value> = {
  date: parseDate,
  time: parseTime,
  'date and time': parseDateTime,
  duration: parseDuration,
};
function literal(node: Node): Value | undefined {
  if (node.kind === 'literal') return typeof node.value === 'boolean' ? undefined : node.value;
  if (node.kind === 'number') return new Decimal(node.text);
  if (node.kind === 'negate' && node.operand.kind === 'number') return new Decimal(node.operand.text).neg();
  if (node.kind === 'at')
    return (
      parseDate(node.text) ?? parseTime(node.text) ?? parseDateTime(node.text) ?? parseDuration(node.text) ?? undefined
    );
  if (node.kind === 'call' && node.target.kind === 'name' && node.args.length === 1) {
    const [arg] = node.args;
    const make = MAKERS[node.target.name];
    return make && arg?.kind === 'literal' && typeof arg.value === 'string'
      ? (make(arg.value) ?? undefined)
      : undefined;
  }
  return undefined;
}
