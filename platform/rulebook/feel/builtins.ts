import { DATES } from './builtins-dates.ts';
import { LISTS } from './builtins-lists.ts';
import { NUMBERS } from './builtins-numbers.ts';
import { RANGES } from './builtins-ranges.ts';
import { TEXTS } from './builtins-texts.ts';
import type { FeelFunction } from './values.ts';

/** Builtin functions (DMN 10.3.4), by name. */
export const BUILTINS: ReadonlyMap<string, FeelFunction> = new Map([
  ...TEXTS,
  ...NUMBERS,
  ...LISTS,
  ...DATES,
  ...RANGES,
]);
