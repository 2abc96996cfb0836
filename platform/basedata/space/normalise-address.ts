import { partsOfAddress } from '../shared/address/book.ts';
import { addressForm, splitAddress } from '../shared/text-forms.ts';

/** An address (地址) in its parts, as the address book reads them. `key` is what two spellings of one building's address have in common. */
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

/** Reads `上海市黄浦区瑞金二路118弄12号301室` as road 瑞金二路, lane 118, number 12, room 301, key 瑞金二路118弄12号. */
export function normaliseAddress(text: string): Address {
  const split = splitAddress(text);
  const form = split?.building ?? addressForm(text);
  const { road, parts } = partsOfAddress(form);
  const { lane, branch, number, block } = parts;
  return {
    // A name alone may be a road or a place.
    road: road ?? (/^\D+$/.test(form) ? form : null),
    lane:
      lane === undefined && branch === undefined ? null : `${lane ?? ''}${branch === undefined ? '' : `${branch}支`}`,
    number: number ?? block ?? null,
    room: split?.room?.replace(/室$/, '') ?? null,
    key: split?.building ?? null,
  };
}
