/** Addresses of a city of lanes (里弄) in the parts in which they are compared. */
import { tightForm } from './characters.ts';
import { smallNumber } from './date.ts';

export type Home = {
  /** All parts in one wording. */
  readonly text: string;
  readonly road: string;
  /** Named estate: 里、坊、村、公寓… */
  readonly estate: string;
  /** 弄, with 支弄 where there is one: `118`, `300/2`. */
  readonly lane: string;
  /** 号, with 甲乙丙 behind: `12`, `12甲`. */
  readonly number: string;
  /** 室, or a part of a lane house: `301`, `亭子间`. */
  readonly room: string;
};

const ABOVE =
  /^(?:中国)?(?:(?:\p{Script=Han}{2,8}(?:省|自治区))?\p{Script=Han}{2,8}?市(?:\p{Script=Han}{1,5}?[区县])?|\p{Script=Han}{2,3}区|\p{Script=Han}{2,5}新区)/u;
const BELOW =
  /^(?:\p{Script=Han}{2,7}(?:街道|镇))?(?:\p{Script=Han}{2,8}(?:居委会?|居民委员会|社区))?(?=\p{Script=Han})/u;
const STEMS = '甲乙丙丁戊己庚辛';
const NUMERAL = /[一二三四五六七八九十百]+(?=弄|支弄|号|室|幢|栋|层)/gu;
const PLACE = new RegExp(
  `^(\\D*)(?:(\\d+)弄)?(?:([\\d${STEMS}]+)支弄)?(?:(\\D*?)(\\d+(?:-\\d+)?[${STEMS}]?)(?:号楼|号|幢|栋))?(.*)$`,
  'u',
);
const ESTATE = /\p{Script=Han}{1,6}(?:里|坊|村|邨|小区|公寓|花园|别墅|大厦|大楼|苑|庭|城)$/u;
const ROAD = /^\p{Script=Han}{1,7}?(?:大道|公路|路|街)/u;
/** Parts of a lane house that stand for a room. */
const PART = /亭子间|三层阁|二层阁|阁楼|前楼|后楼|前厢房|后厢房|厢房|前客堂|后客堂|客堂|灶间|底层|汽车间|晒台|天井/u;

/** Reads an address. `undefined` if no place can be found in it. */
export function homeAddress(raw: string): Home | undefined {
  let text = tightForm(raw)
    .replaceAll(/\([^)]*\)|[,，;；。]/gu, '')
    .replaceAll('#', '号')
    .replaceAll(/[—–~_]/gu, '-')
    .replace(ABOVE, '')
    .replace(BELOW, '')
    .replaceAll(NUMERAL, (n) => hundreds(n))
    .replaceAll(/(\d)(?:之|-)(?=\d+号)/gu, '$1-');
  // 甲12号, 12-甲号, 12号甲 → 12甲号
  text = text
    .replaceAll(new RegExp(`([${STEMS}])(\\d+)号`, 'gu'), '$2$1号')
    .replaceAll(new RegExp(`(\\d+)-?([${STEMS}])号`, 'gu'), '$1$2号')
    .replaceAll(new RegExp(`(\\d+)号([${STEMS}])(?![${STEMS}\\p{Script=Han}])`, 'gu'), '$1$2号');
  // 118-12-301 behind a road is lane, house and room.
  text = text.replace(/^(\D+)(\d+)-(\d+)-(\d+)室?$/u, '$1$2弄$3号$4室').replace(/弄-?(\d+)-(\d+)室?$/u, '弄$1号$2室');
  const [, before = '', lane = '', branch = '', between = '', number = '', rest = ''] = PLACE.exec(text) ?? [];
  const road = ROAD.exec(before)?.[0] ?? '';
  const estate = (ESTATE.exec(between) ?? ESTATE.exec(before.slice(road.length)))?.[0] ?? '';
  const known = road || estate || (before.length > 1 && number !== '' ? before : '');
  if (known === '') return undefined;
  const home = {
    road: road || (estate === '' ? before : ''),
    estate,
    lane: branch === '' ? lane : `${lane}/${branch}`,
    number,
    room: roomOf(rest),
  };
  return { ...home, text: textOf(home) };
}

function roomOf(rest: string): string {
  const part = PART.exec(rest)?.[0];
  if (part !== undefined) return part;
  const room = /(\d+(?:-?[A-Z]|[A-Z]\d+)?)(?:室|房|户)?$/iu.exec(rest.replace(/^(?:\d+|底)(?:层|楼)(?=\d)/u, ''));
  return room?.[1]?.replace('-', '').toUpperCase() ?? '';
}

/** `text` of an address without its room: what two homes of one house have in common. */
export function houseOf(home: Home): string {
  return textOf({ ...home, room: '' });
}

function textOf({ road, estate, lane, number, room }: Omit<Home, 'text'>): string {
  const named = road === '' ? estate : road;
  return `${named}${lane === '' ? '' : `${lane}弄`}${number === '' ? '' : `${number}号`}${room === '' ? '' : `/${room}`}`;
}

/** True if both name one house: by road and lane, or by the name of the estate. */
export function sameHouse(a: Home, b: Home): boolean {
  if (a.number === '' || a.number !== b.number) return false;
  if (a.road !== '' && a.road === b.road && a.lane === b.lane) return true;
  return a.estate !== '' && a.estate === b.estate && (a.road === '' || b.road === '' || a.road === b.road);
}

function hundreds(text: string): string {
  const [, hundred, rest = ''] = /^([一二三四五六七八九])百零?(.*)$/u.exec(text) ?? [];
  if (hundred === undefined) return String(smallNumber(text) ?? text);
  const more = rest === '' ? 0 : smallNumber(rest);
  return more === undefined ? text : String((smallNumber(hundred) ?? 0) * 100 + more);
}
