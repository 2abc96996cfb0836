import { distance } from '#platform/search/terms/distance.ts';
import { soundOf } from '#platform/search/terms/sound.ts';
import { type AddressBook, ROAD_ENDS } from './book.ts';
import { NUMERALS } from './numerals.ts';

/** How a part was brought to what the register has (识别方式). */
export type How =
  | 'exact'
  | 'former-name'
  | 'venue'
  | 'no-suffix'
  | 'pinyin'
  | 'same-sound'
  | 'one-character'
  | 'other-direction'
  | 'extra-text'
  | 'unit-added'
  | 'disordered'
  | 'junk'
  | 'beside'
  | 'no-road'
  | 'no-lane'
  | 'no-branch'
  | 'other-suffix'
  | 'no-block'
  | 'nearest'
  | 'lane-only'
  | 'shared-address'
  | 'former-address';

/** What was read, what it was taken for, and what that costs in confidence. */
export type Step = {
  part: 'road' | 'lane' | 'number' | 'room' | 'whole';
  how: How;
  read: string;
  matched: string;
  factor: number;
};

/** A road that the text may mean, and the text without it. */
export type RoadFound = { road: string; step: Step; rest: string };

/** Characters that tell one road from the next (东 西 南 北 中, 一 二 三): never a slip of the pen. */
const TELLING = new RegExp(`[东西南北中${NUMERALS}]`, 'u');
/** Words around an address in speech (口语). */
const AROUND =
  /(?:我?(?:家|们)?(?:就)?住(?:在|址)?|地址(?:是|在|:|：)?|位于|送到?|寄到?|请|麻烦|师傅|你好|喂|那个|就是|在|到|去|的|门口|里面|里边|楼下)+/gu;
/** Beside is not at (旁边、对面): the building named is not the one meant. */
const BESIDE = /(?:附近|靠近|旁边?|对面|隔壁)/u;

/** The roads that a text may name, the surest first. Each reading keeps the rest of the text for the other parts. */
export function roadsIn(text: string, book: AddressBook): RoadFound[] {
  const exact = namedRoads(text, book);
  const [first] = exact;
  // 楠车站路 holds 车站路, and is more likely 南车站路: both are looked at.
  if (first)
    return first.step.factor > 0.9
      ? exact
      : [...exact, ...likelyRoads(text, book).filter(({ road }) => road !== first.road)];
  if (/[a-z]{3}/i.test(text)) {
    const spelt = speltRoads(text, book);
    if (spelt.length > 0) return spelt;
  }
  return likelyRoads(text, book);
}

/** Names as they stand in the text. Where two stand, the one with a number behind it comes first (淮海中路近马当路). */
function namedRoads(text: string, book: AddressBook): RoadFound[] {
  const found: (RoadFound & { numbered: boolean })[] = [];
  for (let at = 0; at < text.length; at++) {
    const name = book.names.get(text[at] ?? '')?.find((n) => text.startsWith(n.text, at));
    if (!name) continue;
    const before = text.slice(0, at).replace(AROUND, '');
    const after = text.slice(at + name.text.length).replace(AROUND, ' ');
    // One strange character in front may belong to the road: 新昌路 is not 昌路.
    const strange = /\p{Script=Han}$/u.test(before) && !/[号弄室层楼区县市镇道村坊委]$/u.test(before);
    found.push({
      road: name.road,
      rest: `${before} ${after}`,
      numbered: new RegExp(`^[\\s,，]*[\\d${NUMERALS}]`, 'u').test(after),
      step: {
        part: 'road',
        how: name.former ? 'former-name' : strange ? 'extra-text' : 'exact',
        read: name.text,
        matched: name.road,
        factor: (name.former ? 0.97 : 1) * (strange ? (/^\p{Script=Han}$/u.test(before.trim()) ? 0.6 : 0.95) : 1),
      },
    });
    at += name.text.length - 1;
  }
  return found.sort((a, b) => Number(b.numbered) - Number(a.numbered));
}

/** A Han run that should be a road but is none of them: 路 left out, one character wrong, missing or too many. */
function likelyRoads(text: string, book: AddressBook): RoadFound[] {
  const plain = text.replace(AROUND, ' ');
  const withEnd = new RegExp(`\\p{Script=Han}{1,8}?(?:${ROAD_ENDS})`, 'u').exec(plain);
  const bare = new RegExp(`\\p{Script=Han}{1,8}?(?=[\\s,，]*(?:\\d|[${NUMERALS}]+[弄号支]))`, 'u').exec(plain);
  const found: RoadFound[] = [];
  for (const run of [withEnd, bare]) {
    if (!run) continue;
    const read = run[0];
    const rest = `${plain.slice(0, run.index)} ${plain.slice(run.index + read.length)}`;
    for (const road of book.roads.values()) {
      const step = likeness(read, road);
      if (step && !found.some((f) => f.road === road.name))
        found.push({ road: road.name, rest, step: { part: 'road', read, matched: road.name, ...step } });
    }
  }
  return found.sort((a, b) => b.step.factor - a.step.factor).slice(0, 6);
}

function likeness(
  read: string,
  road: { name: string; stem: string; sound: string },
): { how: How; factor: number } | undefined {
  if (read === road.stem) return { how: 'no-suffix', factor: 0.95 };
  if (read.length < 2) return undefined;
  const whole = new RegExp(`(?:${ROAD_ENDS})$`, 'u').test(read);
  const target = whole ? road.name : road.stem;
  if (Math.abs(read.length - target.length) > 1 || target.length < 2) return undefined;
  if (distance(read, target, 1) !== 1) return undefined;
  const sounds = read.length === target.length && soundOf(read) === soundOf(target);
  if (differsInDirection(read, target, sounds)) return { how: 'other-direction', factor: 0.5 };
  const cost = whole ? 1 : 0.92;
  if (sounds) return { how: 'same-sound', factor: 0.9 * cost };
  // Of a name of two characters without its 路 hardly anything is left.
  return { how: 'one-character', factor: (target.length <= 2 ? 0.6 : target.length === 3 ? 0.76 : 0.8) * cost };
}

/** True where a telling character is written for another, left out or added; 楠 for 南 is a slip, 北 for 南 another road. */
function differsInDirection(read: string, target: string, sounds: boolean): boolean {
  const [x, y] = [[...read], [...target]];
  if (x.length !== y.length) return [...read, ...target].filter((c) => TELLING.test(c)).length % 2 === 1;
  return x.some((c, i) => c !== y[i] && TELLING.test(c) && !(sounds && !TELLING.test(y[i] ?? '')));
}

/** True where the text says beside, opposite, near: see `BESIDE`. */
export function isBeside(text: string): boolean {
  return BESIDE.test(text);
}

const WORDS: Readonly<Record<string, string>> = {
  road: 'lu',
  rd: 'lu',
  street: 'jie',
  st: 'jie',
  avenue: 'lu',
  ave: 'lu',
  east: 'dong',
  west: 'xi',
  south: 'nan',
  north: 'bei',
  middle: 'zhong',
  central: 'zhong',
  first: 'yi',
  second: 'er',
  third: 'san',
};
const UNITS_BEHIND: Readonly<Record<string, string>> = { nong: '弄', hao: '号', shi: '室', lou: '楼', zhuang: '幢' };
const UNITS_BEFORE: Readonly<Record<string, string>> = {
  lane: '弄',
  alley: '弄',
  no: '号',
  house: '号',
  building: '幢',
  bldg: '幢',
  room: '室',
  rm: '室',
  flat: '室',
  apt: '室',
};

/** Addresses in letters: Ruijin Er Road, Lane 118, No. 12, Room 301; ruijin er lu 118 nong 12 hao 301 shi. */
function speltRoads(text: string, book: AddressBook): RoadFound[] {
  const ordinals = ['', 'yi', 'er', 'san'];
  const lower = text
    .toLowerCase()
    .replace(/no\.?\s*([123])\s+(?=road|rd|lu\b)/g, (_, n: string) => `${ordinals[Number(n)]} `)
    .replace(/['.]/g, ' ');
  let rest = '';
  const syllables: string[] = [];
  let unit = '';
  for (const [word] of lower.matchAll(/[a-z]+|[a-z]?\d+[a-z]?(?:-\d+)?|[^\sa-z\d]+/g)) {
    if (/\d/.test(word)) {
      rest += ` ${word.toUpperCase()}${unit}`;
      unit = '';
    } else if (UNITS_BEFORE[word] !== undefined) unit = UNITS_BEFORE[word];
    else if (UNITS_BEHIND[word] !== undefined && /[\dA-Z]$/.test(rest)) rest += UNITS_BEHIND[word];
    else if (/[a-z]/.test(word)) syllables.push(WORDS[word] ?? word);
    else rest += word;
  }
  const joined = syllables.join('');
  const ends = joined.replace(/(?:dong|xi|nan|bei|zhong)(?=.*lu)/, '');
  const direction = /^(dong|xi|nan|bei|zhong)/.exec(joined)?.[1];
  // Middle Huaihai Road: the direction stands in front in English, before 路 in Chinese.
  const turned = direction === undefined ? undefined : ends.replace(/lu/, `${direction}lu`);
  const found: RoadFound[] = [];
  for (const road of book.roads.values()) {
    if (!joined.includes(road.sound) && !turned?.includes(road.sound)) continue;
    const whole = joined === road.sound || turned === road.sound;
    found.push({
      road: road.name,
      rest,
      step: { part: 'road', how: 'pinyin', read: syllables.join(' '), matched: road.name, factor: whole ? 0.93 : 0.88 },
    });
  }
  // nan che zhan lu holds che zhan lu: the longer name is meant.
  const sound = ({ road }: RoadFound): string => book.roads.get(road)?.sound ?? '';
  return found
    .filter(
      (one) => !found.some((other) => sound(other).length > sound(one).length && sound(other).includes(sound(one))),
    )
    .slice(0, 3);
}
