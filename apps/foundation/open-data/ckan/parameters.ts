import { invalid } from './answer.ts';

export type Given = Record<string, unknown>;

/** A number as CKAN takes it: as such, or as text of the address line. */
export function whole(given: Given, name: string, options: { otherwise: number; most: number }): number {
  const value = given[name];
  if (value === undefined || value === null || value === '') return options.otherwise;
  const number = typeof value === 'number' ? value : /^\d+$/.test(String(value)) ? Number(value) : Number.NaN;
  if (!Number.isInteger(number) || number < 0) throw invalid({ [name]: ['Invalid integer'] });
  return Math.min(number, options.most);
}

export function words(given: Given, name: string): string {
  const value = given[name];
  return value === undefined || value === null ? '' : String(value);
}

export function required(given: Given, name: string): string {
  const value = words(given, name);
  if (value === '') throw invalid({ [name]: ['Missing value'] });
  return value;
}

export const yes = (given: Given, name: string): boolean =>
  ['true', '1', 'yes', 't', 'y'].includes(words(given, name).toLowerCase());

/** A list or object, as JSON text of the address line or as such in a posted body. */
export function parsed(given: Given, name: string): unknown {
  const value = given[name];
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

export function list(given: Given, name: string): string[] {
  const value = parsed(given, name);
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' && value !== '' ? value.split(/[\s,]+/) : [];
}
