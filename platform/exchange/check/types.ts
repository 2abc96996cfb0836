import type { CitizenIdRules } from '#platform/kernel/codes/citizen-id.ts';
import type { MoneyUnit } from '#platform/kernel/money.ts';
import type { Text } from '#platform/kernel/text.ts';

/** What a field may be. `geometry` is a GeoJSON object, `json` any object or array. */
export type FieldType =
  | 'text'
  | 'name'
  | 'date'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'code'
  | 'citizen-id'
  | 'credit-code'
  | 'phone'
  | 'boolean'
  | 'geometry'
  | 'json';

/** Declares the checks of one field of an import target. */
export type FieldCheck = {
  /** Name of the field in the target, e.g. `idNumber`. */
  readonly name: string;
  readonly title: Text;
  readonly type: FieldType;
  readonly required?: boolean;
  /** In characters, for `text`, `name`, `code`. */
  readonly maxLength?: number;
  /** Values that are allowed after mapping, for `code`: a set, or a question (`code of a committee of this district`). */
  readonly codes?: ReadonlySet<string> | ((code: string) => boolean);
  /** Spellings and the code that each stands for, e.g. 男 → 1. Applied before `codes`. */
  readonly values?: Readonly<Record<string, string>>;
  /** The whole text must match. */
  readonly pattern?: RegExp;
  readonly notAfterToday?: boolean;
  /** `integer`, `decimal`: inclusive limits. */
  readonly min?: number;
  readonly max?: number;
  /** `money`: unit where the cell names none; the value becomes fen. */
  readonly unit?: MoneyUnit;
  /** Identity number, telephone, name …: reports show the value masked. Implied for `citizen-id`, `phone`, `name`. */
  readonly sensitive?: boolean;
};

/** Stable codes of the rules; reports group by them. */
export type CheckRule =
  | 'required'
  | 'too-long'
  | 'pattern'
  | 'not-in-list'
  | 'not-a-date'
  | 'impossible-date'
  | 'future-date'
  | 'not-a-number'
  | 'out-of-range'
  | 'not-boolean'
  | 'not-a-name'
  | 'id-length'
  | 'id-charset'
  | 'id-region'
  | 'id-date'
  | 'id-check'
  | 'credit-length'
  | 'credit-charset'
  | 'credit-region'
  | 'credit-check'
  | 'credit-organisation'
  | 'phone'
  | 'not-text'
  | 'cell-count'
  | 'swapped-columns'
  | 'birth-differs-from-id'
  | 'sex-differs-from-id'
  | 'not-json'
  | import('#platform/exchange/check/geometry.ts').GeometryFault;

/** One fault, ready to be one line of the report. */
export type RowFault = {
  /** Column of the file. */
  readonly column: string;
  readonly field: string;
  readonly rule: CheckRule;
  readonly reason: Text;
  /** The value as the file has it, masked if sensitive, at most 60 characters. */
  readonly value: string | null;
};

/** Values as they are loaded: normalised text, `YYYY-MM-DD`, numbers, fen as bigint, booleans, JSON. */
export type CheckedValue = string | number | bigint | boolean | null | object;
export type RowResult =
  | { readonly ok: true; readonly value: Readonly<Record<string, CheckedValue>> }
  | { readonly ok: false; readonly faults: readonly RowFault[] };

/** Names of the fields that the cross-field rules look at; a rule rests if one is not among the fields. */
export type PersonFields = {
  readonly idNumber: string;
  readonly name: string;
  readonly sex: string;
  readonly birthDate: string;
};

export type CheckInput = {
  readonly fields: readonly FieldCheck[];
  /** Column of the file for each field, for the report; default the field's name. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly person?: PersonFields;
  readonly citizenId?: CitizenIdRules;
  /** Regions that a credit code may name. */
  readonly creditRegions?: ReadonlySet<string>;
  /** `YYYY-MM-DD` in Shanghai; asked once for each compile. */
  readonly today: string;
};
