import { addressForm, splitAddress } from '../shared/text-forms.ts';

/** An address (地址) in its parts. `key` is what two spellings of one building's address have in common. */
export type Address = {
  road: string | null;
  /** 弄, and 支弄 where there is one, e.g. `118`, `300甲支`. */
  lane: string | null;
  /** 号 */
  number: string | null;
  room: string | null;
  /** Text up to the house number: half width, no blanks, without province, city and district. Null without a number. */
  key: string | null;
};

const PARTS =
  /^(\D*?)(?:(\d+(?:[-之]\d+)?)弄)?(?:([甲乙丙丁戊]|\d+)支弄)?(?:(\d+(?:[-之]\d+)?[甲乙丙丁戊]?)号(?:楼|幢)?)?$/u;

/** Reads `上海市黄浦区瑞金二路118弄12号301室` as road 瑞金二路, lane 118, number 12, room 301, key 瑞金二路118弄12号. */
export function normaliseAddress(text: string): Address {
  const split = splitAddress(text);
  const building = split?.building ?? addressForm(text);
  const [, road, lane, branch, number] = PARTS.exec(building) ?? [];
  return {
    road: road || null,
    lane: lane ? `${lane}${branch ? `${branch}支` : ''}` : branch ? `${branch}支` : null,
    number: number ?? null,
    room: split?.room?.replace(/室$/, '') ?? null,
    key: split?.building ?? null,
  };
}
