/**
 * Area codes (行政区划代码): GB/T 2260 for province, city and district; the statistical 9- and 12-digit codes
 * (统计用区划代码) for street and committee; ours, committee + 2 digits, for the grid cell (网格). A prefix is always the
 * parent, so a scope is one range of codes.
 */

/** From the whole province down to a grid cell of a committee. */
export type AreaLevel = 'province' | 'city' | 'district' | 'street' | 'committee' | 'cell';

/** A code cut to its own length: 2, 4, 6, 9, 12 or 14 digits. */
export type Area = { readonly code: string; readonly level: AreaLevel };

const LENGTH: Readonly<Record<AreaLevel, number>> = {
  province: 2,
  city: 4,
  district: 6,
  street: 9,
  committee: 12,
  cell: 14,
};
const LEVELS = Object.keys(LENGTH) as readonly AreaLevel[];

/**
 * Parses an area code. Six-digit provinces and cities (310000, 310100) come back short (31, 3101); twelve digits padded
 * with zeros likewise (310101002000 is a street). `undefined` if it is no area code.
 */
export function parseArea(text: string): Area | undefined {
  if (!/^[1-8][0-9]+$/.test(text)) return undefined;
  let code = text;
  if (code.length === 12 && code.endsWith('000')) code = code.slice(0, 9);
  if (code.length === 9 && code.endsWith('000')) code = code.slice(0, 6);
  if (code.length === 6 && code.endsWith('00')) code = code.slice(0, code.endsWith('0000') ? 2 : 4);
  if (code.length === 14 && (code.endsWith('00') || code.slice(9, 12) === '000')) return undefined;
  const level = LEVELS.find((each) => LENGTH[each] === code.length);
  return level === undefined ? undefined : { code, level };
}

/** The code of the enclosing area of a level; `undefined` if the area is not below that level. */
export function ancestorOf(area: Area, level: AreaLevel): string | undefined {
  return LENGTH[level] < area.code.length ? area.code.slice(0, LENGTH[level]) : undefined;
}

/** The next enclosing area; `undefined` for a province. */
export function parentOf(area: Area): Area | undefined {
  const level = LEVELS[LEVELS.indexOf(area.level) - 1];
  return level === undefined ? undefined : { code: area.code.slice(0, LENGTH[level]), level };
}

/** True if `code` is the area itself or lies inside it. */
export function isWithin(code: string, area: Area): boolean {
  return code.startsWith(area.code);
}

/** Half-open range [from, to) that holds the area and all areas inside it, for `code >= from and code < to` under collate "C". */
export function areaRange(area: Area): { readonly from: string; readonly to: string } {
  // ':' is the character after '9', so prefix + ':' is above every longer code of digits.
  return { from: area.code, to: `${area.code}:` };
}

/** The code of a committee's grid cell; `sequence` 1–99. RangeError otherwise. */
export function cellCode(committee: string, sequence: number): string {
  if (parseArea(committee)?.level !== 'committee') throw new RangeError('not a committee code');
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > 99) throw new RangeError('sequence must be 1..99');
  return committee + String(sequence).padStart(2, '0');
}

/** Provinces (省级行政区) of GB/T 2260 by their first two digits. */
export const PROVINCES: ReadonlyMap<string, string> = new Map(
  (
    '11北京市 12天津市 13河北省 14山西省 15内蒙古自治区 21辽宁省 22吉林省 23黑龙江省 31上海市 32江苏省 33浙江省 34安徽省 35福建省 ' +
    '36江西省 37山东省 41河南省 42湖北省 43湖南省 44广东省 45广西壮族自治区 46海南省 50重庆市 51四川省 52贵州省 53云南省 ' +
    '54西藏自治区 61陕西省 62甘肃省 63青海省 64宁夏回族自治区 65新疆维吾尔自治区 71台湾省 81香港特别行政区 82澳门特别行政区'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), entry.slice(2)]),
);
