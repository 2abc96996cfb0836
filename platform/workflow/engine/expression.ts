import { evaluateFeel } from '#platform/rulebook/evaluate-feel.ts';
import type { Feel, Given } from '../definition.ts';
import { ProcessFault } from './process-fault.ts';

type Context = Record<string, unknown>;

/** What a FEEL expression gives. A name that is not known is null, as in the standard (DMN 1.3 §10.3.2.13.3). */
export function valueOf(feel: Feel, context: Context, node: string): unknown {
  try {
    return evaluateFeel(feel, context);
  } catch (error) {
    throw new ProcessFault(node, 'expression', {
      zh: `表达式无法求值：${feel}`,
      en: `cannot work out ${feel}: ${error instanceof Error ? error.message : ''}`,
    });
  }
}

/** A condition holds only if it is true; null and everything else is no. */
export function holds(feel: Feel, context: Context, node: string): boolean {
  return valueOf(feel, context, node) === true;
}

export function textGiven(given: Given, context: Context, node: string): string {
  if ('literal' in given) return given.literal;
  const value = valueOf(given.feel, context, node);
  if (value === null || value === undefined)
    throw new ProcessFault(node, 'value-missing', {
      zh: `表达式没有值：${given.feel}`,
      en: `has no value: ${given.feel}`,
    });
  return String(value);
}

/** A list of words: of a literal with blanks between, of a FEEL list or text. Null is none. */
export function wordsGiven(given: Given | undefined, context: Context, node: string): string[] {
  if (!given) return [];
  const value = 'literal' in given ? given.literal : valueOf(given.feel, context, node);
  const list = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  return list.flatMap((each) => String(each).split(/[\s,]+/)).filter((word) => word !== '');
}
