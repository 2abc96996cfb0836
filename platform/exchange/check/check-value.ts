import { checkGeometry } from '#platform/exchange/check/geometry.ts';
import { normaliseText, normaliseToken } from '#platform/exchange/check/normalise.ts';
import type { CheckedValue, CheckInput, CheckRule, FieldCheck } from '#platform/exchange/check/types.ts';
import type { SourceValue } from '#platform/exchange/read/types.ts';
import { parseCitizenId, upgradeCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import { parseCreditCode } from '#platform/kernel/codes/credit-code.ts';
import { parsePhone } from '#platform/kernel/codes/mobile.ts';
import { parseDate } from '#platform/kernel/dates.ts';
import { parseMoney } from '#platform/kernel/money.ts';

/** The value to load, or the rule that it breaks. */
export type ValueResult = { readonly value: CheckedValue } | { readonly rule: CheckRule };

const BOOLEANS: Readonly<Record<string, boolean>> = {
  是: true, 否: false, 有: true, 无: false, 已: true, 未: false, yes: true, no: false, y: true, n: false, true: true, false: false, '1': true, '0': false, 是的: true, 不是: false,
};

/** Makes the check of one field. It gets no value that is absent: `required` is the row's business. */
export function compileValueCheck(field: FieldCheck, input: CheckInput): (raw: NonNullable<SourceValue>) => ValueResult {
  const check = compileTextCheck(field, input);
  const values = field.values === undefined ? undefined : new Map(Object.entries(field.values));
  return (raw) => {
    if (field.type === 'geometry') return geometry(raw);
    if (field.type === 'json') return typeof raw === 'string' ? parseJson(raw) : { value: raw };
    if (typeof raw !== 'string') return { rule: 'not-text' };
    const text = field.type === 'text' || field.type === 'name' ? normaliseText(raw) : normaliseToken(raw);
    return check(values?.get(text) ?? text);
  };
}

function compileTextCheck(field: FieldCheck, input: CheckInput): (text: string) => ValueResult {
  const { maxLength, pattern } = field;
  switch (field.type) {
    case 'text':
    case 'name':
    case 'code':
      return (text) => {
        if (maxLength !== undefined && text.length > maxLength && [...text].length > maxLength) return { rule: 'too-long' };
        if (field.type === 'name' && !NAME.test(text)) return { rule: 'not-a-name' };
        if (pattern !== undefined && !matches(pattern, text)) return { rule: 'pattern' };
        if (!inList(field, text)) return { rule: 'not-in-list' };
        return { value: text };
      };
    case 'date':
      return (text) => {
        const result = parseDate(text);
        if (!result.ok) return { rule: result.reason === 'impossible' ? 'impossible-date' : 'not-a-date' };
        return field.notAfterToday === true && result.date > input.today ? { rule: 'future-date' } : { value: result.date };
      };
    case 'integer':
    case 'decimal':
      return (text) => number(field, text);
    case 'money':
      return (text) => {
        const fen = parseMoney(text, { unit: field.unit });
        return fen === undefined ? { rule: 'not-a-number' } : { value: fen };
      };
    case 'citizen-id': {
      const rules = { today: input.today, ...input.citizenId };
      return (text) => {
        const result = text.length === 15 ? upgradeCitizenId(text, rules) : parseCitizenId(text, rules);
        return result.ok ? { value: result.id.number } : { rule: `id-${result.reason}` };
      };
    }
    case 'credit-code':
      return (text) => {
        const result = parseCreditCode(text, { regions: input.creditRegions });
        return result.ok ? { value: result.credit.code } : { rule: `credit-${result.reason}` };
      };
    case 'phone':
      return (text) => {
        const phone = parsePhone(text);
        return phone === undefined ? { rule: 'phone' } : { value: phone.number };
      };
    case 'boolean':
      return (text) => {
        const value = BOOLEANS[text.toLowerCase()];
        return value === undefined ? { rule: 'not-boolean' } : { value };
      };
    case 'geometry':
    case 'json':
      return () => ({ rule: 'not-json' });
    default:
      return field.type satisfies never;
  }
}

/** Letters of any script, the dots of transcribed names (· •), blanks, apostrophes, hyphens; no digit. */
const NAME = /^[\p{L}\p{M}][\p{L}\p{M}·•．.' ’\-()（）]*$/u;

function matches(pattern: RegExp, text: string): boolean {
  // A global or sticky pattern would remember its place from row to row.
  pattern.lastIndex = 0;
  return pattern.exec(text)?.[0] === text;
}

function inList(field: FieldCheck, text: string): boolean {
  if (field.codes === undefined) return true;
  return typeof field.codes === 'function' ? field.codes(text) : field.codes.has(text);
}

function number(field: FieldCheck, text: string): ValueResult {
  const plain = text.replace(/,(?=[0-9]{3}(?:[,.]|$))/g, '');
  const shape = field.type === 'integer' ? /^[+-]?[0-9]{1,15}(?:\.0+)?$/ : /^[+-]?(?:[0-9]{1,15}(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]{1,2})?$/i;
  if (!shape.test(plain)) return { rule: 'not-a-number' };
  const value = Number(plain);
  if ((field.min !== undefined && value < field.min) || (field.max !== undefined && value > field.max)) return { rule: 'out-of-range' };
  return { value };
}

function geometry(raw: NonNullable<SourceValue>): ValueResult {
  let value: unknown = raw;
  if (typeof raw === 'string') {
    const parsed = parseJson(raw);
    if ('rule' in parsed) return parsed;
    value = parsed.value;
  }
  const fault = checkGeometry(value);
  return fault === undefined ? { value: value as object } : { rule: fault };
}

function parseJson(text: string): ValueResult {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { value } : { rule: 'not-json' };
  } catch {
    return { rule: 'not-json' };
  }
}
