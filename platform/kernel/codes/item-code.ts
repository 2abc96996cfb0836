/**
 * Codes of service items (政务服务事项编码), GB/T 39554.1-2020 as the national platform uses it: the basic catalogue's code (基本编码) of twelve
 * digits; the implementing list's code (实施编码) of 31 characters, whose head is the credit code of the unit that implements it; with two digits
 * more the code of one way of doing it (业务办理项编码). The standard has no check character of its own: the credit code's is in its head.
 */
import { type CreditCodeFault, parseCreditCode } from '#platform/kernel/codes/credit-code.ts';

/** Levels at which an item is exercised (行使层级). */
export const ITEM_LEVELS = {
  '1': 'state',
  '2': 'province',
  '3': 'city',
  '4': 'county',
  '5': 'street',
  '6': 'committee',
} as const;
export type ItemLevel = keyof typeof ITEM_LEVELS;

/** Kinds of items (事项类型) by their digits in the code. */
export const ITEM_KIND_CODES = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '20'] as const;

export type BasicItemCode = {
  /** Twelve digits. */
  readonly code: string;
  /** First two digits of GB/T 2260 of who drew the catalogue up; `00` is the state. */
  readonly province: string;
  /** Kind (事项类型), two digits: `01` 行政许可 … `20` 公共服务. */
  readonly kind: string;
  /** Department whose trade it is (部门), two digits. */
  readonly department: string;
  /** Main item (主项) and sub-item (子项), three digits each; `000` = no sub-items. */
  readonly main: string;
  readonly sub: string;
};

export type ItemCode = {
  /** 31 characters, or 33 with the way of doing it. */
  readonly code: string;
  /** Credit code of the implementing unit. */
  readonly creditCode: string;
  readonly level: ItemLevel;
  readonly basic: BasicItemCode;
  /** Way of doing it (业务办理项), two digits. */
  readonly variant: string | undefined;
};

/** The first check that fails; faults of the credit code in the head keep their names. */
export type ItemCodeFault = 'item-length' | 'item-charset' | 'level' | 'kind' | CreditCodeFault;

export type BasicItemCodeResult =
  | { readonly ok: true; readonly basic: BasicItemCode }
  | { readonly ok: false; readonly reason: ItemCodeFault };
export type ItemCodeResult =
  | { readonly ok: true; readonly item: ItemCode }
  | { readonly ok: false; readonly reason: ItemCodeFault };

const BASIC = 12;
const CREDIT = 18;
const IMPLEMENTING = CREDIT + 1 + BASIC;

/** Parses the code of a basic catalogue item. */
export function parseBasicItemCode(code: string): BasicItemCodeResult {
  if (code.length !== BASIC) return { ok: false, reason: 'item-length' };
  if (!/^[0-9]+$/.test(code)) return { ok: false, reason: 'item-charset' };
  const kind = code.slice(2, 4);
  if (!(ITEM_KIND_CODES as readonly string[]).includes(kind)) return { ok: false, reason: 'kind' };
  const basic = {
    code,
    province: code.slice(0, 2),
    kind,
    department: code.slice(4, 6),
    main: code.slice(6, 9),
    sub: code.slice(9, 12),
  };
  return { ok: true, basic };
}

/** Parses an implementing code, or the code of a way of doing it. `regions` as for credit codes. */
export function parseItemCode(text: string, rules: { readonly regions?: ReadonlySet<string> } = {}): ItemCodeResult {
  const code = text.toUpperCase();
  if (code.length !== IMPLEMENTING && code.length !== IMPLEMENTING + 2) return { ok: false, reason: 'item-length' };
  const credit = parseCreditCode(code.slice(0, CREDIT), rules);
  if (!credit.ok) return { ok: false, reason: credit.reason };
  const level = code.charAt(CREDIT);
  if (!(level in ITEM_LEVELS)) return { ok: false, reason: 'level' };
  const basic = parseBasicItemCode(code.slice(CREDIT + 1, IMPLEMENTING));
  if (!basic.ok) return basic;
  const variant = code.slice(IMPLEMENTING);
  if (!/^[0-9]*$/.test(variant)) return { ok: false, reason: 'item-charset' };
  const item = {
    code,
    creditCode: credit.credit.code,
    level: level as ItemLevel,
    basic: basic.basic,
    variant: variant === '' ? undefined : variant,
  };
  return { ok: true, item };
}

/** Writes the code of a basic catalogue item from its parts. RangeError if a part does not fit. */
export function composeBasicItemCode(parts: Omit<BasicItemCode, 'code'>): string {
  const code = parts.province + parts.kind + parts.department + parts.main + parts.sub;
  if (!parseBasicItemCode(code).ok) throw new RangeError('the parts are no basic item code');
  return code;
}

/** Writes an implementing code. RangeError if a part does not fit. */
export function composeItemCode(parts: {
  creditCode: string;
  level: ItemLevel;
  basic: string;
  variant?: string;
}): string {
  const code = parts.creditCode + parts.level + parts.basic + (parts.variant ?? '');
  if (!parseItemCode(code).ok) throw new RangeError('the parts are no item code');
  return code;
}
