import { compileValueCheck } from '#platform/exchange/check/check-value.ts';
import { normaliseToken } from '#platform/exchange/check/normalise.ts';
import { reasonOf } from '#platform/exchange/check/reasons.ts';
import type { CheckedValue, CheckInput, CheckRule, FieldCheck, PersonFields, RowFault, RowResult } from '#platform/exchange/check/types.ts';
import type { SourceRecord, SourceValue } from '#platform/exchange/read/types.ts';
import { parseCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import { maskCitizenId, maskName, maskPhone, maskText } from '#platform/kernel/mask.ts';

export type * from '#platform/exchange/check/types.ts';

/** The names that the person target uses. */
const PERSON: PersonFields = { idNumber: 'idNumber', name: 'name', sex: 'sex', birthDate: 'birthDate' };
const ID_SHAPE = /^(?:[0-9]{17}[0-9Xx]|[0-9]{15})$/;
const SHOWN = 60;

/** What a row check gets: values by field name, and the cell count where it differs from the header. */
export type ProjectedRow = { readonly values: Readonly<Record<string, SourceValue>>; readonly cells?: SourceRecord['cells'] };

/**
 * Compiles the checks of a target once and gives the function for its rows. A row is whole or not at all: with one fault
 * nothing of it is loaded. Each cause is reported once: a value that fails its own check is not compared with others,
 * swapped columns are one fault, and a row whose cells are shifted has only that fault.
 */
export function compileChecks(input: CheckInput): (row: ProjectedRow) => RowResult {
  const fields = input.fields.map((field) => ({ field, check: compileValueCheck(field, input) }));
  const byName = new Map(input.fields.map((field) => [field.name, field]));
  const person = input.person ?? PERSON;
  const names = { id: byName.get(person.idNumber), name: byName.get(person.name), sex: byName.get(person.sex), birth: byName.get(person.birthDate) };

  const fault = (field: FieldCheck, rule: CheckRule, raw: SourceValue | undefined): RowFault => ({
    column: input.columns?.[field.name] ?? field.name,
    field: field.name,
    rule,
    reason: reasonOf(rule, field),
    value: shown(field, raw),
  });

  return (row) => {
    const first = input.fields[0];
    if (row.cells !== undefined && first !== undefined) {
      return { ok: false, faults: [{ ...fault(first, 'cell-count', null), column: '', field: '', value: String(row.cells) }] };
    }
    const faults: RowFault[] = [];
    const value: Record<string, CheckedValue> = {};
    const swapped = isSwapped({ id: names.id, name: names.name, row });
    if (swapped && names.id !== undefined) faults.push(fault(names.id, 'swapped-columns', row.values[names.id.name]));
    for (const { field, check } of fields) {
      if (swapped && (field === names.id || field === names.name)) continue;
      const raw = row.values[field.name];
      if (raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '')) {
        if (field.required === true) faults.push(fault(field, 'required', null));
        else value[field.name] = null;
        continue;
      }
      const result = check(raw);
      if ('rule' in result) faults.push(fault(field, result.rule, raw));
      else value[field.name] = result.value;
    }
    const idNumber = names.id?.type === 'citizen-id' ? value[names.id.name] : undefined;
    if (typeof idNumber === 'string') {
      const id = parseCitizenId(idNumber, { ...input.citizenId, regions: anywhere });
      if (id.ok) {
        const birth = names.birth === undefined ? undefined : value[names.birth.name];
        if (names.birth !== undefined && typeof birth === 'string' && birth !== id.id.birthDate) {
          faults.push(fault(names.birth, 'birth-differs-from-id', row.values[names.birth.name]));
        }
        const sex = names.sex === undefined ? undefined : value[names.sex.name];
        // 0 and 9 (GB/T 2261.1: unknown, not stated) contradict nothing.
        if (names.sex !== undefined && typeof sex === 'string' && differs(sex, id.id.sex)) {
          faults.push(fault(names.sex, 'sex-differs-from-id', row.values[names.sex.name]));
        }
      }
    }
    return faults.length > 0 ? { ok: false, faults } : { ok: true, value };
  };
}

/** One line of the report: where in the file, which column, which rule, why. */
export type ReportLine = RowFault & { readonly row: number; readonly line?: number };

/** The report lines of a faulty row: one for each fault. */
export function reportLines(record: Pick<SourceRecord, 'row' | 'line'>, faults: readonly RowFault[]): ReportLine[] {
  return faults.map((each) => ({ row: record.row, line: record.line, ...each }));
}

function anywhere(): boolean {
  return true;
}

function differs(sex: string, expected: '1' | '2'): boolean {
  const code = sex === '男' ? '1' : sex === '女' ? '2' : sex;
  return (code === '1' || code === '2') && code !== expected;
}

/** The name cell has the shape of an identity number and the number cell has none. */
function isSwapped(input: { id: FieldCheck | undefined; name: FieldCheck | undefined; row: ProjectedRow }): boolean {
  const { id, name, row } = input;
  if (id?.type !== 'citizen-id' || name === undefined) return false;
  const inName = row.values[name.name];
  const inId = row.values[id.name];
  if (typeof inName !== 'string' || typeof inId !== 'string') return false;
  return ID_SHAPE.test(normaliseToken(inName)) && !/[0-9]/.test(normaliseToken(inId)) && /\p{L}/u.test(inId);
}

function shown(field: FieldCheck, raw: SourceValue | undefined): string | null {
  if (raw === undefined || raw === null) return null;
  const text = typeof raw === 'string' ? raw : JSON.stringify(raw);
  // Whatever the column, a text that looks like an identity number or a mobile number is masked: it may stand in the wrong one.
  const masked =
    field.type === 'citizen-id' || /[0-9]{15}/.test(text)
      ? maskCitizenId(text)
      : field.type === 'phone' || /^1[3-9][0-9]{9}$/.test(text)
        ? maskPhone(text)
        : field.type === 'name'
          ? maskName(text)
          : field.sensitive === true
            ? maskText(text)
            : text;
  return masked.length > SHOWN ? `${masked.slice(0, SHOWN - 1)}…` : masked;
}
