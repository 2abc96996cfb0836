import { type CitizenIdFault, parseCitizenId, upgradeCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import { parseCreditCode } from '#platform/kernel/codes/credit-code.ts';
import { parsePhone } from '#platform/kernel/codes/mobile.ts';
import { parseDate, shanghaiDate } from '#platform/kernel/dates.ts';
import { maskText } from '#platform/kernel/mask.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { FieldDeclaration } from './declaration.ts';
import { geometryFault } from './geometry.ts';

export type FieldFinding = { column: string; field: string; rule: string; reason: Text; value?: string };
export type CheckResult = { ok: true; value: Record<string, string | null> } | { ok: false; faults: FieldFinding[] };
export type RowCheck = (values: Record<string, string | null>) => CheckResult;

type Judged = { value: string } | { rule: string; reason: Text };

/**
 * Compiles the field rules of a target into a check of one row: values come back canonical (half width, trimmed, ISO dates,
 * codes), or with every fault. A row whose name and number stand in each other's column gets one fault, not two.
 */
export function compileChecks(options: {
  fields: readonly FieldDeclaration[];
  columnOf?: (field: string) => string;
  allowSample?: boolean;
  today?: Date;
}): RowCheck {
  const { fields } = options;
  const columnOf = options.columnOf ?? ((field: string) => field);
  const today = shanghaiDate(options.today ?? new Date());
  const judges = new Map(
    fields.map((field) => [field.name, judgeOf(field, { allowSample: options.allowSample ?? false, today })]),
  );
  const idField = fields.find((f) => f.type === 'citizen-id');
  const nameField = fields.find((f) => f.name === 'name');
  return (raw) => {
    const faults: FieldFinding[] = [];
    const value: Record<string, string | null> = {};
    const report = (field: FieldDeclaration, rule: string, reason: Text, shown?: string | null) =>
      faults.push({
        column: columnOf(field.name),
        field: field.name,
        rule,
        reason,
        value: shown ? maskText(shown.slice(0, 60)) : undefined,
      });
    if (idField && nameField && looksLikeId(raw[nameField.name]) && !looksLikeId(raw[idField.name])) {
      report(idField, 'swapped-columns', {
        zh: `姓名与号码两栏疑似对调（${columnOf(nameField.name)} / ${columnOf(idField.name)}）`,
        en: 'Name and number seem to be swapped',
      });
      return { ok: false, faults };
    }
    for (const field of fields) {
      const text = normalise(raw[field.name], field.type);
      if (text === null) {
        value[field.name] = null;
        if (field.required)
          report(field, 'required', { zh: `缺少「${field.title.zh}」`, en: `“${field.title.en}” is missing` });
        continue;
      }
      const judged = judges.get(field.name)?.(text);
      if (judged && 'value' in judged) value[field.name] = judged.value;
      else if (judged && field.lenient) value[field.name] = null;
      else if (judged) report(field, judged.rule, judged.reason, text);
    }
    if (faults.length === 0) crossCheck({ value, fields, report, idField });
    return faults.length === 0 ? { ok: true, value } : { ok: false, faults };
  };
}

/** Trims, and brings digits and Latin letters to half width; empty text and the usual signs for "nothing" are null. */
function normalise(text: string | null | undefined, type: FieldDeclaration['type']): string | null {
  if (text === null || text === undefined) return null;
  if (type === 'geometry' || type === 'json') return text === '' ? null : text;
  const trimmed = text
    .replace(/[！-～]/g, (c) => (/[０-９Ａ-Ｚａ-ｚ－．／]/.test(c) ? String.fromCharCode(c.charCodeAt(0) - 0xfee0) : c))
    .replace(/[\s　]+/g, ' ')
    .trim();
  return trimmed === '' || trimmed === '-' || trimmed === '无' || trimmed === '\\N' || trimmed.toUpperCase() === 'NULL'
    ? null
    : trimmed;
}

function looksLikeId(text: string | null | undefined): boolean {
  return /^\s*\d{17}[\dXx]\s*$/.test(text ?? '');
}

const ID_REASONS: Record<CitizenIdFault, Text> = {
  length: { zh: '公民身份号码应为 18 位', en: 'A citizen number has 18 characters' },
  charset: { zh: '公民身份号码含有非法字符', en: 'The citizen number has characters that it cannot have' },
  region: { zh: '公民身份号码的地区码不存在', en: 'The region of the citizen number does not exist' },
  date: { zh: '公民身份号码中的出生日期不存在', en: 'The birth date in the citizen number does not exist' },
  check: { zh: '公民身份号码校验码不符', en: 'The check character of the citizen number is wrong' },
};

function judgeOf(field: FieldDeclaration, rules: { allowSample: boolean; today: string }): (text: string) => Judged {
  const pattern = field.pattern ? new RegExp(field.pattern, 'u') : undefined;
  const codes = field.codes ? codeIndex(field.codes) : undefined;
  const refuse = (rule: string, zh: string, en: string): Judged => ({ rule, reason: { zh, en } });
  return (text) => {
    if (field.maxLength !== undefined && text.length > field.maxLength)
      return refuse(
        'too-long',
        `「${field.title.zh}」超过 ${field.maxLength} 个字`,
        `Longer than ${field.maxLength} characters`,
      );
    switch (field.type) {
      case 'text':
      case 'document-number':
        return pattern && !pattern.test(text)
          ? refuse('pattern', `「${field.title.zh}」格式不正确`, 'Not in the expected form')
          : { value: text };
      case 'json':
        return isJson(text) ? { value: text } : refuse('json', '内容不是有效的 JSON', 'Not valid JSON');
      case 'date': {
        const parsed = parseDate(text);
        if (!parsed.ok)
          return parsed.reason === 'impossible'
            ? refuse('impossible-date', `日期不存在：${text}`, `There is no such day: ${text}`)
            : refuse('date-format', `不是日期：${text}`, `Not a date: ${text}`);
        if (field.notAfterToday && parsed.date > rules.today)
          return refuse('future-date', `日期晚于今天：${parsed.date}`, `The date lies in the future: ${parsed.date}`);
        return { value: parsed.date };
      }
      case 'integer':
      case 'decimal': {
        const plain = text.replaceAll(',', '');
        const number = Number(plain);
        if (!(field.type === 'integer' ? /^[+-]?\d{1,15}$/ : /^[+-]?\d{1,15}(\.\d+)?$/).test(plain))
          return refuse(
            'number',
            `不是${field.type === 'integer' ? '整数' : '数字'}：${text}`,
            `Not a number: ${text}`,
          );
        if (field.minimum !== undefined && number < field.minimum)
          return refuse('too-small', `不能小于 ${field.minimum}`, `Less than ${field.minimum}`);
        if (field.maximum !== undefined && number > field.maximum)
          return refuse('too-large', `不能大于 ${field.maximum}`, `More than ${field.maximum}`);
        return { value: String(number) };
      }
      case 'code': {
        const code = codes ? codes.get(text) : text;
        return code === undefined
          ? refuse('unknown-code', `「${field.title.zh}」无此取值：${text}`, `Unknown value: ${text}`)
          : { value: code };
      }
      case 'boolean': {
        if (/^(yes|y|true|1|是|有)$/i.test(text)) return { value: 'yes' };
        if (/^(no|n|false|0|否|没有)$/i.test(text)) return { value: 'no' };
        return refuse('boolean', `应为是或否：${text}`, `Must be yes or no: ${text}`);
      }
      case 'citizen-id': {
        const read = text.length === 15 ? upgradeCitizenId : parseCitizenId;
        const parsed = read(text.toUpperCase(), { allowSample: rules.allowSample, today: rules.today });
        return parsed.ok
          ? { value: parsed.id.number }
          : { rule: `citizen-id-${parsed.reason}`, reason: ID_REASONS[parsed.reason] };
      }
      case 'credit-code': {
        const parsed = parseCreditCode(text);
        return parsed.ok
          ? { value: text.toUpperCase() }
          : refuse(
              `credit-code-${parsed.reason}`,
              '统一社会信用代码校验不通过',
              'The unified social credit code is not valid',
            );
      }
      case 'phone': {
        const phone = parsePhone(text);
        return phone ? { value: phone.number } : refuse('phone', '电话号码格式不正确', 'Not a telephone number');
      }
      case 'geometry': {
        const fault = geometryFault(text);
        return fault ? { rule: 'geometry', reason: fault } : { value: text };
      }
    }
  };
}

function codeIndex(codes: Record<string, readonly string[]>): Map<string, string> {
  return new Map(
    Object.entries(codes).flatMap(([code, names]): [string, string][] => [
      [code, code],
      ...names.map((n): [string, string] => [n, code]),
    ]),
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What two fields of a row say of each other: the number of a person holds birth date and sex. */
function crossCheck(options: {
  value: Record<string, string | null>;
  fields: readonly FieldDeclaration[];
  idField: FieldDeclaration | undefined;
  report: (field: FieldDeclaration, rule: string, reason: Text, shown?: string | null) => void;
}): void {
  const { value, fields, idField, report } = options;
  const number = idField ? value[idField.name] : null;
  if (!number) return;
  const birth = fields.find((f) => f.name === 'birthDate');
  const born = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (birth && value.birthDate && value.birthDate !== born) {
    report(
      birth,
      'birth-date-differs',
      { zh: '出生日期与公民身份号码不一致', en: 'The birth date is not the one in the citizen number' },
      value.birthDate,
    );
  }
  const sex = fields.find((f) => f.name === 'sex');
  const expected = Number(number[16]) % 2 === 1 ? '1' : '2';
  if (sex && (value.sex === '1' || value.sex === '2') && value.sex !== expected) {
    report(sex, 'sex-differs', { zh: '性别与公民身份号码不一致', en: 'The sex is not the one in the citizen number' });
  }
}
