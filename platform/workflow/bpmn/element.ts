import type { Feel, Given } from '../definition.ts';

/** An element of the file as moddle gives it: members by the names of the BPMN schema. */
export type Element = { $type: string; id?: string; name?: string; [member: string]: unknown };

/** Local name of the type: `UserTask` of `bpmn:UserTask`; elements of other languages keep their prefix. */
export function kindOf(element: Element): string {
  return element.$type.startsWith('bpmn:') ? element.$type.slice(5) : element.$type;
}

export function textOf(element: Element, member: string): string | undefined {
  const value = element[member];
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}

export function flagOf(element: Element, member: string, otherwise = false): boolean {
  const value = element[member];
  return typeof value === 'boolean' ? value : otherwise;
}

export function elementOf(element: Element, member: string): Element | undefined {
  const value = element[member];
  return typeof value === 'object' && value !== null && '$type' in value ? (value as Element) : undefined;
}

export function elementsOf(element: Element, member: string): Element[] {
  const value = element[member];
  return Array.isArray(value) ? value.filter((each): each is Element => typeof each === 'object' && each !== null) : [];
}

/** Words of a list attribute. */
export function wordsOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(/[\s,]+/).filter((word) => word !== '');
}

/** The expression of a formal expression, without the `=` that tools write before FEEL. */
export function feelOf(text: string): Feel {
  return text.trim().replace(/^=\s*/, '');
}

export function givenOf(text: string): Given {
  return text.trim().startsWith('=') ? { feel: feelOf(text) } : { literal: text.trim() };
}
