/**
 * Addresses as people write them, with known truth: hotline clerks, couriers, elders, forms, foreigners; and addresses that do not
 * exist or lie in another district. Written from how people write, without a look at the code that reads them.
 */
import { pinyin } from 'pinyin-pro';
import type { Building } from './buildings.ts';
import type { PlaceName } from './place-names.ts';
import type { Random } from './random.ts';
import { cumulate } from './random.ts';
import { roomsOf } from './rooms.ts';

export type WritingStyle =
  | 'form'
  | 'hotline'
  | 'courier'
  | 'elder'
  | 'typo'
  | 'latin'
  | 'venue'
  | 'negative-number'
  | 'negative-district';
export interface Writing {
  text: string;
  style: WritingStyle;
  /** Building and room that are meant; building null: there is none in the district. */
  building: string | null;
  room: string | null;
  /** Named other district. */
  district: string | null;
}

const STYLES: readonly WritingStyle[] = [
  'form',
  'hotline',
  'courier',
  'elder',
  'typo',
  'latin',
  'venue',
  'negative-number',
  'negative-district',
];
const WEIGHTS = cumulate([22, 20, 20, 12, 8, 4, 1, 8, 5]);
const FIGURES = '零一二三四五六七八九';
const TRADITIONAL: Record<string, string> = {
  号: '號',
  后: '後',
  间: '間',
  东: '東',
  兴: '興',
  国: '國',
  华: '華',
  陕: '陝',
  楼: '樓',
  区: '區',
  复: '復',
  广: '廣',
  门: '門',
  马: '馬',
  肇: '肇',
  层: '層',
  庙: '廟',
};
/** What an input method or a hasty hand puts in place of a character. */
const SLIPS: Record<string, string> = {
  淮: '准',
  海: '每',
  瑞: '端',
  金: '全',
  复: '夏',
  兴: '新',
  陕: '峡',
  建: '健',
  国: '囯',
  南: '楠',
  茂: '貌',
  永: '咏',
  嘉: '佳',
  绍: '邵',
  昌: '晶',
  马: '玛',
  当: '挡',
  太: '大',
  仓: '苍',
  业: '叶',
  黄: '皇',
  顺: '瞬',
  自: '白',
  忠: '中',
  合: '和',
  肥: '服',
  方: '万',
  浜: '滨',
  人: '入',
  民: '名',
  福: '富',
  州: '洲',
  汉: '汗',
  江: '讧',
  宁: '柠',
  蒙: '朦',
  鲁: '卤',
  班: '般',
  丽: '俪',
  园: '圆',
  斜: '钭',
  土: '士',
  徐: '除',
  打: '打',
};

function spoken(figure: string, random: Random): string {
  const value = Number(figure);
  const digits = [...figure].map((d) => FIGURES[Number(d)] ?? d).join('');
  if (figure.length >= 3 && random.chance(0.5)) return digits;
  if (value < 10) return FIGURES[value] ?? figure;
  if (value < 100) {
    const [tens, ones] = [Math.floor(value / 10), value % 10];
    if (tens === 2 && random.chance(0.3)) return `廿${ones === 0 ? '' : FIGURES[ones]}`;
    return `${tens === 1 ? '' : FIGURES[tens]}十${ones === 0 ? '' : FIGURES[ones]}`;
  }
  if (value < 1000) {
    const [hundreds, rest] = [Math.floor(value / 100), value % 100];
    const tail =
      rest === 0
        ? ''
        : rest < 10
          ? `零${FIGURES[rest]}`
          : `${FIGURES[Math.floor(rest / 10)]}十${rest % 10 === 0 ? '' : FIGURES[rest % 10]}`;
    return `${FIGURES[hundreds]}百${tail}`;
  }
  return digits;
}

type Pieces = { road: string; lane: string; branch: string; number: string };
const piecesOf = (building: Building): Pieces => {
  const [, road = '', lane = '', branch = '', number = ''] =
    /^(.+?)(?:(\d+)弄)?(?:([甲乙])支弄)?(\d+甲?)号$/.exec(building.address) ?? [];
  return { road, lane, branch, number };
};
const written = ({ road, lane, branch, number }: Pieces): string =>
  `${road}${lane && `${lane}弄`}${branch && `${branch}支弄`}${number}号`;
const isNumbered = (room: string): boolean => /^\d+$/.test(room);
const roomText = (room: string): string => (isNumbered(room) ? `${room}室` : room);
const wide = (text: string): string => text.replace(/[0-9]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

export function makeWritings(options: {
  buildings: readonly Building[];
  names: readonly PlaceName[];
  count: number;
  random: Random;
}): Writing[] {
  const { random, names } = options;
  // Places that no public map shows are not in the labelled set: the public search must not find them.
  const buildings = options.buildings.filter((b) => b.secrecy === '');
  const addresses = new Set(options.buildings.map((b) => b.address));
  const roads = new Set(options.buildings.map((b) => b.road));
  const olds = names.filter((n) => n.kind === 'road' && roads.has(n.target));
  const venues = names.filter((n) => n.kind === 'venue');
  const others = names.filter((n) => n.kind === 'district-other' && n.alias.endsWith('区'));
  const one = (): Writing => {
    const style = random.pickWeighted(STYLES, WEIGHTS);
    const building = random.pick(buildings);
    const rooms = roomsOf(building);
    const room = rooms.length > 0 && random.chance(0.75) ? random.pick(rooms).number : null;
    const pieces = piecesOf(building);
    const truth = { style, building: building.code, room, district: null };
    const tail = room === null ? '' : roomText(room);
    switch (style) {
      case 'form': {
        const text = `${random.pick(['上海市黄浦区', '黄浦区', '上海黄浦区', '上海市卢湾区', '', ''])}${written(pieces)}${tail}`;
        return {
          ...truth,
          text: random.chance(0.2) ? wide(text) : random.chance(0.1) ? text.replace(/(\d+)/g, ' $1 ') : text,
        };
      }
      case 'hotline': {
        const old = olds.find((n) => n.target === pieces.road && random.chance(0.5));
        const text = written({ ...pieces, road: old?.alias ?? pieces.road });
        return {
          ...truth,
          text: `${random.pick(['', '', '住在', '我家住', '地址是', '位于'])}${text}${tail}${random.pick(['', '', '', '门口', '楼下'])}`,
        };
      }
      case 'courier': {
        const suffix = room !== null && isNumbered(room) ? room : tail;
        const way = random.int(0, 4);
        if (way === 0) return { ...truth, text: `${written({ ...pieces })}${suffix}` };
        if (way === 1 && pieces.lane && !pieces.branch && room !== null && isNumbered(room))
          return { ...truth, text: `${pieces.road}${pieces.lane}-${pieces.number}-${room}` };
        if (way === 2 && pieces.lane && !pieces.branch)
          return {
            ...truth,
            text: `${pieces.road}${pieces.lane}弄${pieces.number}${suffix && isNumbered(suffix) ? `-${suffix}` : `号${suffix}`}`,
          };
        if (way === 3) return { ...truth, text: `${written(pieces).replace(/(路|街|大道)(?=\d)/, '')}${tail}` };
        return {
          ...truth,
          text: `${tail && `${tail}，`}${pieces.number}号${pieces.lane && ` ${pieces.lane}弄`}${pieces.branch && `${pieces.branch}支弄`} ${pieces.road}`,
        };
      }
      case 'elder': {
        const say = (figure: string): string => figure.replace(/\d+/, (d) => spoken(d, random));
        let text =
          written({ ...pieces, lane: pieces.lane && say(pieces.lane), number: say(pieces.number) }) +
          (room !== null && isNumbered(room) ? `${[...room].map((d) => FIGURES[Number(d)]).join('')}室` : tail);
        if (random.chance(0.4)) text = [...text].map((c) => TRADITIONAL[c] ?? c).join('');
        return { ...truth, text };
      }
      case 'typo': {
        const letters = [...pieces.road];
        const at = letters.findIndex((c, i) => i < letters.length - 1 && SLIPS[c] !== undefined);
        if (at >= 0 && letters.length > 2) letters[at] = SLIPS[letters[at] ?? ''] ?? '';
        return { ...truth, text: `${written({ ...pieces, road: letters.join('') })}${tail}` };
      }
      case 'latin': {
        const spelt = pinyin(pieces.road, { toneType: 'none', type: 'array', v: true }).join(' ');
        const branchless = !pieces.branch && /^\d+$/.test(pieces.number) && (room === null || isNumbered(room));
        if (!branchless) return { ...truth, text: `${written(pieces)}${tail}` };
        if (random.chance(0.5))
          return {
            ...truth,
            text: `${spelt} ${pieces.lane && `${pieces.lane} nong `}${pieces.number} hao${room === null ? '' : ` ${room} shi`}`,
          };
        return {
          ...truth,
          text: `${room === null ? '' : `Room ${room}, `}No. ${pieces.number}, ${pieces.lane && `Lane ${pieces.lane}, `}${spelt.replace(/ lu$/, ' Road')}, Shanghai`,
        };
      }
      case 'venue': {
        const venue = venues.length > 0 ? random.pick(venues) : undefined;
        const there = venue && buildings.find((b) => b.address === venue.target);
        if (!venue || !there) return { ...truth, text: `${written(pieces)}${tail}` };
        const [front, behind] = [random.pick(['', '黄浦区', '上海']), random.pick(['', '附近', '门口', '对面'])];
        // Near a place or opposite it is another house.
        const at = behind !== '附近' && behind !== '对面';
        return {
          style,
          building: at ? there.code : null,
          room: null,
          district: null,
          text: `${front}${venue.alias}${behind}`,
        };
      }
      case 'negative-number': {
        for (;;) {
          const text = written({ ...pieces, number: String(random.int(1, 400)) });
          if (!addresses.has(text))
            return {
              style,
              text: `${random.pick(['', '黄浦区'])}${text}${tail}`,
              building: null,
              room: null,
              district: null,
            };
        }
      }
      case 'negative-district': {
        const other = random.pick(others);
        return {
          style,
          text: `${random.pick(['上海市', '上海', ''])}${other.alias}${written(pieces)}${tail}`,
          building: null,
          room: null,
          district: other.target,
        };
      }
    }
  };
  return Array.from({ length: options.count }, one);
}
