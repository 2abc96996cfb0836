import { textOf } from '../feel/text.ts';
import { isContext, isFunction, isList, isNumber, type Value } from '../feel/values.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** FEEL as JSON: dates, times and durations as their text. A number that JSON's readers could not hold exactly is rounded as they do. */
export function toJson(value: Value): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (isNumber(value)) return value.toNumber();
  if (isList(value)) return value.map(toJson);
  if (isContext(value)) return Object.fromEntries([...value].map(([key, each]) => [key, toJson(each)]));
  return isFunction(value) ? null : textOf(value);
}
