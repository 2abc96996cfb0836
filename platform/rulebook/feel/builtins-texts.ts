import { builtin } from './define.ts';
import { regexOf } from './regex.ts';
import { textOf } from './text.ts';
import { Decimal, type Value } from './values.ts';

/** Text functions (10.3.4.3) and conversions. Places count characters, not UTF-16 units. */
const chars = (text: string): string[] => Array.from(text);

export const TEXTS = [
  builtin('string', { '(from: any)': (from: Value) => (from === null ? null : textOf(from)) }),
  builtin('number', {
    '(from: string)': (from: string) => toNumber(from),
    '(from: string, grouping separator: any, decimal separator: any)': (
      from: string,
      grouping: Value,
      point: Value,
    ) => {
      if (grouping !== null && grouping !== ' ' && grouping !== ',' && grouping !== '.') return null;
      if ((point !== null && point !== ',' && point !== '.') || (grouping !== null && grouping === point)) return null;
      const plain = grouping === null ? from : from.replaceAll(grouping, '');
      return toNumber(point === null ? plain : plain.replace(point, '.'));
    },
  }),
  builtin('not', { '(negand: boolean)': (negand: boolean) => !negand }),
  builtin('substring', {
    '(string: string, start position: number, length?: number)': (text: string, start: Decimal, length?: Decimal) => {
      const all = chars(text);
      const at = start.trunc().toNumber();
      if (at === 0 || Math.abs(at) > all.length) return null;
      if (length !== undefined && length.lt(1)) return null;
      const from = at > 0 ? at - 1 : all.length + at;
      return all.slice(from, length === undefined ? undefined : from + length.trunc().toNumber()).join('');
    },
  }),
  builtin('string length', { '(string: string)': (text: string) => new Decimal(chars(text).length) }),
  builtin('upper case', { '(string: string)': (text: string) => text.toUpperCase() }),
  builtin('lower case', { '(string: string)': (text: string) => text.toLowerCase() }),
  builtin('substring before', {
    '(string: string, match: string)': (text: string, match: string) => text.slice(0, Math.max(0, text.indexOf(match))),
  }),
  builtin('substring after', {
    '(string: string, match: string)': (text: string, match: string) => {
      const at = text.indexOf(match);
      return at < 0 ? '' : text.slice(at + match.length);
    },
  }),
  builtin('contains', { '(string: string, match: string)': (text: string, match: string) => text.includes(match) }),
  builtin('starts with', {
    '(string: string, match: string)': (text: string, match: string) => text.startsWith(match),
  }),
  builtin('ends with', { '(string: string, match: string)': (text: string, match: string) => text.endsWith(match) }),
  builtin('matches', {
    '(input: string, pattern: string, flags?: string)': (input: string, pattern: string, flags?: string) =>
      regexOf(pattern, flags)?.test(input) ?? null,
  }),
  builtin('replace', {
    '(input: string, pattern: string, replacement: string, flags?: string)': (
      input: string,
      pattern: string,
      replacement: string,
      flags?: string,
    ) => {
      const regex = regexOf(pattern, flags, 'g');
      const made = flags?.includes('q') ? () => replacement : replacer(replacement);
      return regex && made ? input.replace(regex, made) : null;
    },
  }),
  builtin('split', {
    '(string: string, delimiter: string)': (text: string, delimiter: string) => {
      const regex = regexOf(delimiter);
      return regex ? text.split(regex) : null;
    },
  }),
  builtin('string join', {
    '(list: list, delimiter?: string)': (list: readonly Value[], delimiter?: string) => {
      const parts = list.filter((item) => item !== null);
      return parts.every((item) => typeof item === 'string') ? parts.join(delimiter ?? '') : null;
    },
  }),
];

function toNumber(text: string): Decimal | null {
  return /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? new Decimal(text) : null;
}

/** `$1` stands for a group, `$0` for all that matched; undefined where a sign stands alone. */
function replacer(text: string): ((...found: unknown[]) => string) | undefined {
  if (/\$(?!\d)/.test(text.replace(/\\[\\$]/g, '')) || /\\(?![\\$])/.test(text.replace(/\\[\\$]/g, '')))
    return undefined;
  return (...found) =>
    text.replace(/\\([\\$])|\$(\d)/g, (_, escaped: string | undefined, group: string | undefined) => {
      if (escaped !== undefined) return escaped;
      const value = found[Number(group)];
      return typeof value === 'string' && Number(group) < found.length - 2 ? value : '';
    });
}
