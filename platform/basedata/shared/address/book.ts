import { soundOf } from '#platform/search/terms/sound.ts';
import { addressForm } from '../text-forms.ts';
import { laneKeyOf, numberKeyOf, type Parts, tokensOf } from './parts.ts';

/** One address of one building, as the register has it. A former address (曾用地址) still leads to its building. */
export type BookEntry = { building: string; address: string; former?: boolean };

/**
 * Another name (别名): of a road (`road`, 霞飞路 → 淮海中路), of a place (`venue`, 新天地南里 → an address), of a district: `district-own`
 * (the own one, its short and former names) or `district-other`.
 */
export type BookAlias = { alias: string; kind: 'road' | 'venue' | 'district-own' | 'district-other'; target: string };

export type Filed = BookEntry & { road: string; lane: string; number: string; parts: Parts };
type Road = { name: string; sound: string; stem: string; lanes: Map<string, Map<string, Filed[]>> };

/** The addresses of a district, ready for look-up (地址簿). */
export type AddressBook = {
  roads: ReadonlyMap<string, Road>;
  /** Road names and their other names, the longest first, by first character. */
  names: ReadonlyMap<string, readonly { text: string; road: string; former: boolean }[]>;
  venues: readonly { text: string; target: string }[];
  districts: readonly { text: string; own: boolean; name: string }[];
  size: number;
};

/** What ends a road's name (通名). */
export const ROAD_ENDS = '路|大道|街|公路|道|巷';
const ROAD = new RegExp(`^(\\p{Script=Han}{1,9}?(?:${ROAD_ENDS}))(?=[\\d甲乙丙丁])`, 'u');
const STEM = new RegExp(`(?:${ROAD_ENDS})$`, 'u');

/** Road and parts of a standard address without district (`addressForm`). */
export function partsOfAddress(form: string): { road: string | undefined; parts: Parts } {
  const found = ROAD.exec(form) ?? /^(\p{Script=Han}{2,9}?)(?=\d)/u.exec(form);
  const road = found?.[1];
  const parts: Record<string, string> = {};
  for (const { slot, value } of tokensOf(form.slice(road?.length ?? 0)).tokens)
    if (slot !== 'bare' && slot !== 'room' && slot !== 'floor')
      parts[slot === 'number' && parts.number !== undefined ? 'block' : slot] = value;
  return { road, parts };
}

/** A standard address in its parts; undefined where it has no road or no number. */
export function filedAddress(entry: BookEntry): Filed | undefined {
  const { road, parts } = partsOfAddress(addressForm(entry.address));
  const number = numberKeyOf(parts);
  return road === undefined || number === undefined
    ? undefined
    : { ...entry, road, lane: laneKeyOf(parts), number, parts };
}

/** Builds the book. 11,000 addresses take some tens of milliseconds. */
export function buildBook(options: { entries: readonly BookEntry[]; aliases?: readonly BookAlias[] }): AddressBook {
  const roads = new Map<string, Road>();
  let size = 0;
  for (const entry of options.entries) {
    const filed = filedAddress(entry);
    if (!filed) continue;
    size += 1;
    const road = getOr(roads, filed.road, () => ({
      name: filed.road,
      sound: soundOf(filed.road),
      stem: filed.road.replace(STEM, ''),
      lanes: new Map(),
    }));
    const numbers = getOr(road.lanes, filed.lane, () => new Map<string, Filed[]>());
    getOr(numbers, filed.number, () => [] as Filed[]).push(filed);
  }
  const names = new Map<string, { text: string; road: string; former: boolean }[]>();
  const addName = (text: string, road: string, former: boolean): void => {
    const list = getOr(names, [...text][0] ?? '', () => []);
    if (!list.some((name) => name.text === text)) list.push({ text, road, former });
  };
  for (const name of roads.keys()) addName(name, name, false);
  const aliases = options.aliases ?? [];
  // A road that was renamed out of the district's own roads leads nowhere and is left out.
  for (const { alias, kind, target } of aliases)
    if (kind === 'road' && roads.has(addressForm(target)) && !roads.has(alias))
      addName(addressForm(alias), addressForm(target), true);
  for (const list of names.values()) list.sort((a, b) => b.text.length - a.text.length);
  const longestFirst = <T extends { text: string }>(list: T[]): T[] =>
    list.sort((a, b) => b.text.length - a.text.length);
  return {
    roads,
    names,
    venues: longestFirst(
      aliases
        .filter(({ kind }) => kind === 'venue')
        .map(({ alias, target }) => ({ text: addressForm(alias), target: addressForm(target) })),
    ),
    districts: longestFirst(
      aliases.flatMap(({ alias, kind, target }) =>
        kind === 'district-own' || kind === 'district-other'
          ? [{ text: alias, own: kind === 'district-own', name: target }]
          : [],
      ),
    ),
    size,
  };
}

function getOr<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
