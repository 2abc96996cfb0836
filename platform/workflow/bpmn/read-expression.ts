import { feelFault } from '#platform/rulebook/evaluate-feel.ts';
import type { Feel, Given } from '../definition.ts';
import { type Element, feelOf, givenOf, textOf } from './element.ts';
import type { Faults } from './faults.ts';

/** FEEL by its names in DMN 1.1 to 1.5; a missing language is FEEL here. */
const FEEL_LANGUAGE = /feel/i;

/** A condition, a completion condition and the like: always FEEL. Its syntax is checked here, not when a case gets there. */
export function readFeel(expression: Element | undefined, holder: Element, faults: Faults): Feel | undefined {
  const body = expression && textOf(expression, 'body');
  if (!expression || body === undefined) return undefined;
  const language = textOf(expression, 'language');
  if (language !== undefined && !FEEL_LANGUAGE.test(language)) {
    faults.add(holder, 'expression-language', {
      zh: `表达式语言 ${language} 不受支持，请用 FEEL`,
      en: `is written in ${language}; expressions are FEEL`,
    });
    return undefined;
  }
  return checkFeel(feelOf(body), holder, faults);
}

export function checkFeel(feel: Feel, holder: Element, faults: Faults): Feel {
  const broken = feel === '' || feel.length > 2_000 || /^\s*[$#]\{/.test(feel) || feelFault(feel) !== undefined;
  if (broken)
    faults.add(holder, 'expression-syntax', {
      zh: `表达式不是正确的 FEEL：${feel.slice(0, 80)}`,
      en: `has an expression that is no FEEL: ${feel.slice(0, 80)}`,
    });
  return feel;
}

/** A value that is FEEL where it begins with `=`. */
export function readGiven(text: string | undefined, holder: Element, faults: Faults): Given | undefined {
  if (text === undefined) return undefined;
  const given = givenOf(text);
  if ('feel' in given) checkFeel(given.feel, holder, faults);
  return given;
}
