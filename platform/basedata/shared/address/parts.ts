/**
 * Parts of a Shanghai address: 路 / 弄 / 支弄 / 号 / 幢 / 单元 / 层 / 室. A finite-state reader: each figure is a part by the unit that
 * follows it; figures without a unit are `bare`, and `readings` says what they may be by their place among the others.
 */
import { NUMERALS, numeralValue } from './numerals.ts';

export type Slot = 'lane' | 'branch' | 'number' | 'block' | 'unit' | 'floor' | 'room';
export type Parts = Readonly<Partial<Record<Slot, string>>>;
/** What was read where: `bare` had no unit. */
export type Token = { slot: Slot | 'bare'; value: string; text: string };

/** Rooms of lane houses (里弄房间) by name, with the other names that they go by. */
export const NAMED_ROOMS: Readonly<Record<string, string>> = {
  前客堂: '前客堂',
  后客堂: '后客堂',
  中客堂: '中客堂',
  客堂间: '客堂',
  客堂: '客堂',
  前厢房: '前厢房',
  后厢房: '后厢房',
  东厢房: '东厢房',
  西厢房: '西厢房',
  厢房: '厢房',
  亭子间: '亭子间',
  前楼: '前楼',
  后楼: '后楼',
  统楼: '统楼',
  灶披间: '灶间',
  灶间: '灶间',
  晒台: '晒台',
  三层阁: '三层阁',
  搁楼: '阁楼',
  阁楼: '阁楼',
  假三层: '假三层',
  过街楼: '过街楼',
  天井: '天井',
};

const FIGURE = `(?:\\d+|[${NUMERALS}]+)`;
const named = Object.keys(NAMED_ROOMS).join('|');
/** In this order: a longer unit before the shorter one that it begins with. */
const RULES: readonly { slot: Slot | 'skip' | 'bare' | 'named'; pattern: RegExp }[] = [
  // Telephone numbers and postcodes are no part of an address.
  { slot: 'skip', pattern: /\d{7,}|20\d{4}(?!\d)(?![弄号室幢])/uy },
  { slot: 'named', pattern: new RegExp(named, 'uy') },
  { slot: 'branch', pattern: new RegExp(`([甲乙丙丁戊己]|${FIGURE})支弄?`, 'uy') },
  { slot: 'branch', pattern: /([甲乙丙丁戊己])弄/uy },
  { slot: 'lane', pattern: new RegExp(`(${FIGURE}[甲乙丙丁]?)弄堂?`, 'uy') },
  { slot: 'block', pattern: new RegExp(`(${FIGURE}|[A-Z])(?:号楼|幢|栋|座)`, 'uy') },
  { slot: 'unit', pattern: new RegExp(`(${FIGURE})(?:单元|门洞|号门)`, 'uy') },
  {
    slot: 'number',
    pattern: new RegExp(`((?:\\d+(?:[-之]\\d+)?|[${NUMERALS}]+)[甲乙丙丁]?)号([甲乙丙丁](?!支|弄))?`, 'uy'),
  },
  { slot: 'room', pattern: new RegExp(`([A-Z]?-?\\d+[A-Z]?|[${NUMERALS}]+)(?:号?房间?|室)`, 'uy') },
  { slot: 'floor', pattern: new RegExp(`(底|顶|${FIGURE})(?:层|楼|F)(?!阁)`, 'uy') },
  { slot: 'bare', pattern: /[A-Z]?\d+[A-Z甲乙丙丁]?/uy },
];

/** Letters that stand between parts without meaning anything by themselves. */
const BETWEEN = /[\s\-,，、。;；:：/#]/u;

/** Reads a text without its road into tokens, in order. `junk` is what was not understood. */
export function tokensOf(text: string): { tokens: Token[]; junk: string } {
  const tokens: Token[] = [];
  let junk = '';
  for (let at = 0; at < text.length; ) {
    const step = tokenAt(text, at);
    if (!step) {
      const letter = String.fromCodePoint(text.codePointAt(at) ?? 0);
      if (!BETWEEN.test(letter)) junk += letter;
      at += letter.length;
      continue;
    }
    if (step.token) tokens.push(step.token);
    at += step.length;
  }
  return { tokens, junk };
}

function tokenAt(text: string, at: number): { token?: Token; length: number } | undefined {
  for (const { slot, pattern } of RULES) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) continue;
    const [whole, first = '', second = ''] = found;
    if (slot === 'skip') return { length: whole.length };
    if (slot === 'named')
      return { token: { slot: 'room', value: NAMED_ROOMS[whole] ?? whole, text: whole }, length: whole.length };
    const value = slot === 'bare' ? whole : `${figure(first)}${second}`;
    return { token: { slot, value, text: whole }, length: whole.length };
  }
  return undefined;
}

function figure(text: string): string {
  const found = new RegExp(`^[${NUMERALS}]+`, 'u').exec(text);
  const value = found ? numeralValue(found[0]) + text.slice(found[0].length) : text;
  return value.replace(/^0+(?=\d)/, '').replace('之', '-');
}

/** One way to understand the tokens. `bare` counts the units that had to be added (e.g. 弄 that was not written). */
export type ReadParts = { parts: Parts; added: Slot[]; disordered: boolean };

const ORDER: readonly Slot[] = ['lane', 'branch', 'number', 'block', 'unit', 'floor', 'room'];
const MOST_BARE = 3;

/** All ways to understand the tokens, at most a handful. */
export function readingsOf(tokens: readonly Token[]): ReadParts[] {
  const found: ReadParts[] = [];
  const visit = (at: number, parts: Partial<Record<Slot, string>>, added: Slot[], order: Slot[]): void => {
    const token = tokens[at];
    if (!token) {
      const places = order.map((slot) => ORDER.indexOf(slot));
      found.push({ parts, added, disordered: places.some((p, i) => i > 0 && p < (places[i - 1] ?? 0)) });
      return;
    }
    const take = (slot: Slot, value: string, isAdded: boolean): void =>
      visit(at + 1, { ...parts, [slot]: value }, isAdded ? [...added, slot] : added, [...order, slot]);
    if (token.slot !== 'bare') {
      const [a, b] = token.slot === 'number' ? token.value.split('-') : [];
      // 118-12号 is lane 118 number 12 more often than number 118-12: both are tried.
      if (a && b && parts.lane === undefined)
        visit(at + 1, { ...parts, lane: a, number: b }, [...added, 'lane'], [...order, 'lane', 'number']);
      if (parts[token.slot] === undefined) take(token.slot, token.value, false);
      else if (token.slot === 'number') take('block', token.value, false);
      else visit(at + 1, parts, added, order);
      return;
    }
    const bareBefore = tokens.slice(0, at).filter(({ slot }) => slot === 'bare').length;
    let placed = false;
    if (bareBefore < MOST_BARE) {
      for (const slot of ['lane', 'number', 'room'] as const) {
        if (parts[slot] !== undefined || tokens.some((other) => other.slot === slot)) continue;
        if (slot !== 'room' && /^[A-Z]/.test(token.value)) continue;
        const rank = ORDER.indexOf(slot);
        // A figure without unit has the place that its neighbours leave.
        if (order.some((before) => ORDER.indexOf(before) > rank)) continue;
        if (tokens.slice(at + 1).some((after) => after.slot !== 'bare' && ORDER.indexOf(after.slot) < rank)) continue;
        placed = true;
        take(slot, token.value, true);
      }
    }
    if (!placed) visit(at + 1, parts, added, order);
  };
  visit(0, {}, [], []);
  return found;
}

/** Lane and branch as one key, e.g. `300弄甲支弄`; empty where the house stands at the road. */
export function laneKeyOf(parts: Parts): string {
  return `${parts.lane === undefined ? '' : `${parts.lane}弄`}${parts.branch === undefined ? '' : `${parts.branch}支弄`}`;
}

/** House number with block, e.g. `12`, `12甲`, `12/3幢`. */
export function numberKeyOf(parts: Parts): string | undefined {
  const { number, block } = parts;
  if (number === undefined && block === undefined) return undefined;
  return `${number ?? ''}${block === undefined ? '' : `/${block}幢`}`;
}
