import { commonForm } from '#platform/linkage/standardise/characters.ts';
import type { AddressBook, Filed } from './book.ts';
import { laneKeyOf, numberKeyOf, type Parts, type ReadParts, readingsOf, type Slot, tokensOf } from './parts.ts';
import { isBeside, type RoadFound, roadsIn, type Step } from './roads.ts';

/** Below this nothing is ever assigned without a person (自动落位的最低把握). */
export const SURE = 0.7;
/** Two candidates nearer than this are not told apart by machine. */
const MARGIN = 0.08;
const MOST_CANDIDATES = 5;
/** A dearer way to understand the text is not looked at: it could not be sure any more. */
const LEAST = 0.2;

export type Candidate = {
  building: string;
  address: string;
  confidence: number;
  steps: Step[];
  /** Floor and room as read; the register of rooms says whether they exist. */
  floor: string | null;
  room: string | null;
};

/**
 * `found`: one building, sure enough to be assigned. `unsure`: candidates for a person. `outside`: another district is named.
 * `unknown`: no such address.
 */
export type Geocoded = {
  status: 'found' | 'unsure' | 'outside' | 'unknown';
  candidates: Candidate[];
  /** Name of the other district. */
  district: string | null;
  /** The text as it was compared. */
  compared: string;
};

/** An address as people write or say it → the building, never a guess (地址解析与匹配). Pure: the same book and text, the same answer. */
export function geocode(text: string, book: AddressBook): Geocoded {
  const clean = cleaned(text);
  const { rest, outside } = withoutDistricts(clean, book);
  if (outside !== undefined) return { status: 'outside', candidates: [], district: outside, compared: clean };
  const candidates = rank(rest, book);
  const [best, second] = candidates;
  const sure =
    best !== undefined &&
    best.confidence >= SURE &&
    (second === undefined || best.confidence - second.confidence >= MARGIN);
  return {
    status: sure ? 'found' : candidates.length > 0 ? 'unsure' : 'unknown',
    candidates,
    district: null,
    compared: clean,
  };
}

/** Another district or city that a text names, if it names one (外区地址). */
export function otherDistrict(text: string, book: AddressBook): string | undefined {
  return withoutDistricts(cleaned(text), book).outside;
}

/** Half width, simplified, marks and blanks evened out. */
function cleaned(text: string): string {
  return commonForm(text.normalize('NFKC'))
    .replaceAll('衖', '弄')
    .replace(/[（(【[《》\])】）"'“”‘’!！?？~·]/gu, ' ')
    .replace(/[—–－_]/gu, '-')
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
    .replace(/(?<=\d)\s+(?=[弄支号室层楼幢甲乙丙丁])|(?<=[甲乙丙丁])\s+(?=号)/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

const CITY = /(?:中华人民共和国|中国)?(?:上海市?)(?:市辖区)?/gu;

/** Takes province, city and district off. `outside` is the name of another district that the text names. */
function withoutDistricts(text: string, book: AddressBook): { rest: string; outside?: string } {
  const cityless = text.replace(CITY, (_city, at: number) => (at < 12 ? '\u0001' : ' '));
  let rest = cityless;
  for (const { text: name, own, name: target } of book.districts) {
    const at = rest.indexOf(name);
    if (at < 0) continue;
    const full = /[区县]$/u.test(name);
    // A short name is a district only in front, never as the beginning of a road (黄浦路, 静安街).
    const inFront = rest.slice(0, at).replace(/[\s\u0001,，]/g, '') === '';
    const road = book.names.get([...name][0] ?? '')?.some((n) => rest.startsWith(n.text, at));
    if (!full && (road || !inFront || /^(?:路|街|大道|公园|寺)/u.test(rest.slice(at + name.length)))) continue;
    if (!own) return { rest, outside: target };
    rest = `${rest.slice(0, at)} ${rest.slice(at + name.length)}`;
  }
  // A district or city that no list has is not ours either.
  const strange = /(\p{Script=Han}{2,3}区)(?=\p{Script=Han})/u.exec(rest.replaceAll('\u0001', '').trimStart());
  if (
    strange?.index === 0 &&
    !/[小社园校]区$/u.test(strange[1] as string) &&
    book.districts.length > 0 &&
    cityless !== text
  )
    return { rest, outside: strange[1] };
  const city = /^\s*(?:\p{Script=Han}{2,8}(?:省|自治区))?(\p{Script=Han}{2,4}市)\p{Script=Han}/u.exec(rest);
  if (city && cityless === text && !/[超菜门夜]市$/u.test(city[1] as string)) return { rest, outside: city[1] };
  return { rest: rest.replaceAll('\u0001', ' ').trim() };
}

function rank(text: string, book: AddressBook): Candidate[] {
  const found: Candidate[] = [];
  const venue = book.venues.find((v) => text.includes(v.text));
  if (venue) found.push(...atVenue(text, venue, book));
  if (found.length === 0) {
    for (const road of roadsIn(text, book)) found.push(...onRoad(road, book));
    if (found.length === 0) found.push(...withoutRoad(text, book));
  }
  const best = new Map<string, Candidate>();
  for (const candidate of found) {
    const known = best.get(candidate.building);
    if (!known || known.confidence < candidate.confidence) best.set(candidate.building, candidate);
  }
  return [...best.values()]
    .sort((a, b) => b.confidence - a.confidence || (a.building < b.building ? -1 : 1))
    .slice(0, MOST_CANDIDATES);
}

type Hit = { filed: Filed; steps: Step[] };

function onRoad(found: RoadFound, book: AddressBook): Candidate[] {
  const road = book.roads.get(found.road);
  if (!road) return [];
  const { tokens, junk } = tokensOf(found.rest);
  return readingsOf(tokens).flatMap((reading) => {
    const around = [found.step, ...stepsOf(reading, junk)];
    return hitsOf(road.lanes, reading.parts).flatMap((hit) => candidateOf(hit, around, reading.parts));
  });
}

/** What the way of writing costs: units that had to be added, parts out of order, words in between. */
function stepsOf(reading: ReadParts, junk: string): Step[] {
  const steps: Step[] = [];
  const roomless = reading.added.filter((slot) => slot !== 'room');
  for (const slot of roomless)
    steps.push({
      part: slot === 'lane' ? 'lane' : 'number',
      how: 'unit-added',
      read: reading.parts[slot] ?? '',
      matched: unitOf(slot, reading.parts),
      factor: slot === 'lane' ? 0.95 : 0.96,
    });
  if (reading.disordered) steps.push({ part: 'whole', how: 'disordered', read: '', matched: '', factor: 0.97 });
  if (isBeside(junk)) steps.push({ part: 'whole', how: 'beside', read: junk.slice(0, 20), matched: '', factor: 0.65 });
  else if (junk.length > 0)
    steps.push({
      part: 'whole',
      how: 'junk',
      read: junk.slice(0, 20),
      matched: '',
      factor: junk.length > 6 ? 0.94 : 0.98,
    });
  return steps;
}

const unitOf = (slot: Slot, parts: Parts): string =>
  `${parts[slot] ?? ''}${slot === 'lane' ? '弄' : slot === 'number' ? '号' : ''}`;

/** Addresses of a road that the parts may mean. An exact one ends the search: whoever wrote it meant it. */
function hitsOf(lanes: ReadonlyMap<string, ReadonlyMap<string, readonly Filed[]>>, parts: Parts): Hit[] {
  const lane = laneKeyOf(parts);
  const number = numberKeyOf(parts);
  const here = lanes.get(lane);
  if (number === undefined) {
    if (lane === '') return [];
    const all = [...(here?.values() ?? [])].flat();
    return all.slice(0, MOST_CANDIDATES).map((filed) => ({
      filed,
      steps: [
        { part: 'number', how: 'lane-only', read: lane, matched: filed.address, factor: all.length === 1 ? 0.65 : 0.4 },
      ],
    }));
  }
  const exact = here?.get(number);
  if (exact) return exact.map((filed) => ({ filed, steps: sharedSteps(exact, filed) }));
  return [...missing(lanes, parts), ...nearest(here, parts, number)];
}

function sharedSteps(all: readonly Filed[], filed: Filed): Step[] {
  const steps: Step[] = [];
  const standing = all.filter((other) => !other.former);
  if (filed.former)
    steps.push({
      part: 'number',
      how: 'former-address',
      read: filed.address,
      matched: filed.address,
      factor: standing.length > 0 ? 0.3 : 0.9,
    });
  if ((filed.former ? all : standing).length > 1)
    steps.push({ part: 'number', how: 'shared-address', read: filed.address, matched: filed.address, factor: 0.5 });
  return steps;
}

/** A part is left out or has a suffix too many: worth asking, never sure. */
function missing(lanes: ReadonlyMap<string, ReadonlyMap<string, readonly Filed[]>>, parts: Parts): Hit[] {
  const { lane, branch, number, block } = parts;
  const written = `${laneKeyOf(parts)}${number ?? ''}号`;
  const hit = (filed: Filed, how: Step['how'], factor: number): Hit => ({
    filed,
    steps: [
      {
        part: how === 'no-lane' || how === 'no-branch' ? 'lane' : 'number',
        how,
        read: written,
        matched: filed.address,
        factor,
      },
    ],
  });
  const hits: Hit[] = [];
  const plainKey = numberKeyOf({ number });
  if (block !== undefined && plainKey !== undefined)
    for (const filed of lanes.get(laneKeyOf(parts))?.get(plainKey) ?? []) hits.push(hit(filed, 'no-block', 0.8));
  const digits = number?.replace(/[甲乙丙丁]$/u, '') ?? '';
  if (digits !== '')
    for (const other of [digits, ...['甲', '乙', '丙'].map((suffix) => digits + suffix)])
      if (other !== number)
        for (const filed of lanes.get(laneKeyOf(parts))?.get(other) ?? []) hits.push(hit(filed, 'other-suffix', 0.5));
  const key = numberKeyOf(parts) ?? '';
  for (const [at, numbers] of lanes) {
    if (at === laneKeyOf(parts)) continue;
    const filed = numbers.get(key);
    if (!filed) continue;
    const sameLane = lane !== undefined && at.startsWith(`${lane}弄`);
    if (sameLane) for (const one of filed) hits.push(hit(one, 'no-branch', 0.6));
    else if (lane === undefined && branch === undefined) for (const one of filed) hits.push(hit(one, 'no-lane', 0.5));
  }
  // Several ways to fill the gap: none of them is likely.
  const spread = new Set(hits.map(({ filed }) => filed.building)).size;
  if (spread > 1) for (const { steps } of hits) for (const step of steps) step.factor *= 0.8;
  return hits.slice(0, 20);
}

/** Numbers beside the one that does not exist, to look at. */
function nearest(here: ReadonlyMap<string, readonly Filed[]> | undefined, parts: Parts, number: string): Hit[] {
  const wanted = Number.parseInt(parts.number ?? '', 10);
  if (!here || Number.isNaN(wanted)) return [];
  return [...here.values()]
    .flat()
    .map((filed) => ({ filed, away: Math.abs(Number.parseInt(filed.number, 10) - wanted) }))
    .filter(({ away }) => away <= 4)
    .sort((a, b) => a.away - b.away)
    .slice(0, 3)
    .map(({ filed }) => ({
      filed,
      steps: [{ part: 'number', how: 'nearest', read: `${number}号`, matched: filed.address, factor: 0.35 }],
    }));
}

/** A place by its own name (新天地南里): its address, then room or floor as written behind it. */
function atVenue(text: string, venue: { text: string; target: string }, book: AddressBook): Candidate[] {
  const at = text.indexOf(venue.text);
  const behind = text.slice(at + venue.text.length);
  const { tokens } = tokensOf(behind);
  const [reading] = readingsOf(tokens.filter(({ slot }) => slot === 'room' || slot === 'floor' || slot === 'bare'));
  // Where a whole address stands beside the name, the address counts.
  const [road] = roadsIn(text.replace(venue.text, ' '), book);
  if (road && (road.step.how === 'exact' || road.step.how === 'former-name')) {
    const there = onRoad(road, book);
    if (there.some(({ confidence }) => confidence >= SURE)) return there;
  }
  // Opposite the place or near it is another house.
  const beside = isBeside(text.replace(venue.text, ' '))
    ? [{ part: 'whole', how: 'beside', read: text, matched: '', factor: 0.65 } as const]
    : [];
  return roadsIn(venue.target, book)
    .slice(0, 1)
    .flatMap((found) => onRoad(found, book))
    .map((candidate) => ({
      ...candidate,
      room: reading?.parts.room ?? null,
      floor: reading?.parts.floor ?? null,
      confidence: candidate.confidence * 0.96 * (beside[0]?.factor ?? 1),
      steps: [
        { part: 'whole', how: 'venue', read: venue.text, matched: venue.target, factor: 0.96 },
        ...beside,
        ...candidate.steps,
      ],
    }));
}

/** No road at all (118弄12号): the whole district is looked through; also the only one is no more than a proposal. */
function withoutRoad(text: string, book: AddressBook): Candidate[] {
  // Text that names some road which is not here is not an address without a road.
  if (/\p{Script=Han}(?:路|大道|街|公路)/u.test(text)) return [];
  const { tokens, junk } = tokensOf(text);
  const found: Candidate[] = [];
  for (const reading of readingsOf(tokens)) {
    const number = numberKeyOf(reading.parts);
    const lane = laneKeyOf(reading.parts);
    if (number === undefined || lane === '') continue;
    for (const road of book.roads.values())
      for (const filed of road.lanes.get(lane)?.get(number) ?? [])
        found.push(
          ...candidateOf(
            { filed, steps: [{ part: 'road', how: 'no-road', read: '', matched: road.name, factor: 0.6 }] },
            stepsOf(reading, junk),
            reading.parts,
          ),
        );
  }
  return found.length > 1 ? found.map((c) => ({ ...c, confidence: c.confidence * 0.6 })) : found;
}

function candidateOf(hit: Hit, around: readonly Step[], parts: Parts): Candidate[] {
  const steps = [...around, ...hit.steps];
  const confidence = steps.reduce((product, { factor }) => product * factor, 1);
  if (confidence < LEAST) return [];
  return [
    {
      building: hit.filed.building,
      address: hit.filed.address,
      confidence: Math.round(confidence * 1000) / 1000,
      steps,
      floor: parts.floor ?? null,
      room: parts.room ?? null,
    },
  ];
}
