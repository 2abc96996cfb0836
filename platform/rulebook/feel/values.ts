import { Decimal as Base } from 'decimal.js';

/**
 * Numbers of FEEL (DMN 10.3.2.3.1): decimal128 of IEEE 754, 34 digits, half-even. Binary numbers would find 0.1 + 0.2 unequal to 0.3,
 * which a limit in money cannot bear.
 */
export const Decimal = Base.clone({ precision: 34, rounding: Base.ROUND_HALF_EVEN, toExpPos: 6144, toExpNeg: -6143 });
export type Decimal = Base;

export type FeelDate = { kind: 'date'; year: number; month: number; day: number };
/** A time of day in nanoseconds; `offset` in seconds east of UTC where it is known, `zone` an IANA name. */
export type FeelTime = { kind: 'time'; nanos: number; offset: number | null; zone: string | null };
export type FeelDateTime = { kind: 'date and time'; date: FeelDate; time: FeelTime };
export type YearsMonths = { kind: 'years and months duration'; months: number };
export type DaysTime = { kind: 'days and time duration'; nanos: bigint };
export type FeelRange = {
  kind: 'range';
  start: Value;
  end: Value;
  startIncluded: boolean;
  endIncluded: boolean;
  /** Written with an operator (`< 10`), so that the other end is open for ever. */
  operator?: '<' | '<=' | '>' | '>=' | '=' | '!=';
};
export type FeelFunction = {
  kind: 'function';
  params: readonly { name: string; type?: TypeTest }[];
  /** Arguments by position; named ones are ordered by the caller. */
  invoke(args: Value[]): Value;
  /** What it takes and gives as far as its text says, for `instance of`. */
  signature?: { params: readonly TypeNode[]; result: TypeNode };
  /** For functions with several lists of parameters. */
  invokeNamed?(args: ReadonlyMap<string, Value>): Value;
};
export type Context = ReadonlyMap<string, Value>;
export type Value =
  | null
  | boolean
  | string
  | Decimal
  | FeelDate
  | FeelTime
  | FeelDateTime
  | YearsMonths
  | DaysTime
  | FeelRange
  | FeelFunction
  | Context
  | readonly Value[];
/** A type as it is written in an expression (10.3.1.2, rule 54). */
export type TypeNode =
  | { name: string }
  | { list: TypeNode }
  | { range: TypeNode }
  | { context: { name: string; type: TypeNode }[] }
  | { params: TypeNode[]; result: TypeNode };
/** Whether a value is of a type (`instance of`). */
export type TypeTest = (value: Value) => boolean;

export const isNumber = (value: Value): value is Decimal => value instanceof Base;
export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
export const isContext = (value: Value): value is Context => value instanceof Map;
export const number = (value: number | string): Decimal => new Decimal(value);

export type Kind =
  | 'null'
  | 'boolean'
  | 'string'
  | 'number'
  | 'list'
  | 'context'
  | 'date'
  | 'time'
  | 'date and time'
  | 'years and months duration'
  | 'days and time duration'
  | 'range'
  | 'function';

export function kindOf(value: Value): Kind {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'string') return 'string';
  if (isNumber(value)) return 'number';
  if (isList(value)) return 'list';
  if (isContext(value)) return 'context';
  return (value as Exclude<typeof value, Context | readonly Value[]>).kind;
}
export const isRange = (value: Value): value is FeelRange => kindOf(value) === 'range';
export const isFunction = (value: Value): value is FeelFunction => kindOf(value) === 'function';
