/** Levels of the district's areas (区、街道、居委会、网格), from wide to narrow. */
export const AREA_LEVELS = ['district', 'street', 'committee', 'cell'] as const;
export type AreaLevel = (typeof AREA_LEVELS)[number];

/** Digits of a code of each level: GB/T 2260 division 6, street +3, committee +3, cell +2 of the platform's own. */
export const CODE_LENGTH: Record<AreaLevel, number> = { district: 6, street: 9, committee: 12, cell: 14 };

/** Level of an area code; null if it is none. */
export function levelOf(code: string): AreaLevel | null {
  if (!/^\d+$/.test(code)) return null;
  return AREA_LEVELS.find((level) => CODE_LENGTH[level] === code.length) ?? null;
}

/** Code of the area of a wider level that holds this one: a prefix. */
export function codeAt(code: string, level: AreaLevel): string {
  return code.slice(0, CODE_LENGTH[level]);
}

/**
 * Unit grid code 单元网格编码 of 15 digits: division 6, street 3, committee 3, sequence 3 (GB/T 30428.1, DB11).
 * The platform numbers cells of a committee with two digits; the exchange form has three.
 */
export function toUnitGridCode(cell: string): string {
  if (levelOf(cell) !== 'cell') throw new RangeError(`not a cell code: ${cell}`);
  return `${cell.slice(0, 12)}0${cell.slice(12)}`;
}

/** The cell of a 15-digit unit grid code; null if it is none, or its sequence is beyond 99. */
export function fromUnitGridCode(code: string): string | null {
  const match = /^(\d{12})0(\d{2})$/.exec(code);
  return match ? `${match[1]}${match[2]}` : null;
}
