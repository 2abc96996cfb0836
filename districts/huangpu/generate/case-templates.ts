import { CASE_WORDS } from './case-words.ts';
import type { CaseText } from './case-texts.ts';
import type { Random } from './random.ts';
import type { WordsByClass } from './word-families.ts';

/**
 * Reports for teaching and for judging a classifier, kept apart: sentences of the one are built after other templates than those of the other, name other
 * places, ask in other words, and no pair of thing and trouble is in both. Single words are in both: a class is known by them.
 */
export type Side = 'taught' | 'held-out';

type Pieces = { where: string; when: string; plea: string; thing: string; trouble: string };
type Half = {
  where: readonly string[];
  when: readonly string[];
  plea: readonly string[];
  templates: readonly ((of: Pieces) => string)[];
};

const HALVES: Readonly<Record<Side, Half>> = {
  taught: {
    where: [
      '淡水路',
      '打浦桥地铁站旁',
      '瑞金二路',
      '小区大门口',
      '学校门口',
      '菜场边上',
      '外滩',
      '老西门',
      '高架下面',
      '居委会旁边',
    ],
    when: ['', '', '昨天晚上', '今天早上', '好几天了', '上周开始', '每天'],
    plea: ['', '', '请尽快处理', '麻烦派人来看', '希望有人管管', '老人小孩很危险', '谢谢'],
    templates: [
      ({ when, where, thing, trouble, plea }) => `${when}${where}${thing}${trouble}${plea}`,
      ({ where, thing, trouble, when }) => `${where}的${thing}，${when}${trouble}`,
      ({ where, thing, trouble, plea }) => `${trouble}，就是${where}${thing}。${plea}`,
      ({ where, thing, trouble }) => `反映：${where}${thing}${trouble}`,
      ({ thing, trouble, plea }) => `${thing}${trouble}，${plea}`,
      ({ where, when, thing, trouble, plea }) => `市民来电称，${where}${when}${thing}${trouble}，${plea}`,
    ],
  },
  'held-out': {
    where: [
      '建国新村',
      '豫园附近',
      '弄堂里头',
      '我家楼下',
      '公园西门',
      '医院对面',
      '半淞园路',
      '五里桥路',
      '停车场出口',
      '公交站后面',
    ],
    when: ['', '刚才', '下雨以后', '今朝', '这两天', '半个月前', '老早'],
    plea: ['', '影响出行', '反映过没人理', '请问什么时候能修', '侬帮帮忙', '再不弄要出事体了', '拜托'],
    templates: [
      ({ where, when, thing, trouble, plea }) => `你好我想问下${where}那边，${when}${thing}${trouble}${plea}`,
      ({ where, thing, trouble, plea }) => `${thing}！${trouble}！地点${where}，${plea}`,
      ({ where, when, thing, trouble }) => `路过${where}看到${thing}${when}${trouble}了`,
      ({ where, thing, trouble, plea }) => `${where}这里，${trouble}，看了一下是${thing}，${plea}`,
      ({ when, thing, trouble, plea }) => `${when}发现${thing}有问题，${trouble}，${plea}`,
      ({ where, thing, trouble, plea }) => `${plea}，${where}边上${thing}又${trouble}`,
    ],
  },
};
/** Characters that are typed one for the other, and what is left out or doubled in a hurry. */
const MISTYPED: readonly (readonly [string, string])[] = [
  ['井盖', '井概'],
  ['路灯', '路登'],
  ['垃圾', '拉圾'],
  ['人行道', '人形道'],
  ['广告', '广搞'],
  ['积水', '急水'],
  ['施工', '实工'],
  ['坏了', '坏勒'],
  ['停在', '停再'],
  ['漏水', '露水'],
];
const SHARES = { mixed: 0.05, slip: 0.15, wrongLabel: 0.02 };
/** Of so many pairs of thing and trouble one is held out. */
const EVERY = 4;

/** Reports of one side, in all classes alike or as unlike in frequency as `CASE_WORDS` stands: those further down are rarer. */
export function generateApart(options: {
  count: number;
  random: Random;
  side: Side;
  /** Only these classes. */
  classes?: ReadonlySet<string>;
  /** Only these words, each with each; otherwise all, and no pair of thing and trouble on both sides. */
  words?: WordsByClass;
}): CaseText[] {
  const { random, side, words } = options;
  const half = HALVES[side];
  const pair = (code: string) => (words ? anyPair(words, code, random) : pairOf(code, side, random));
  const codes = Object.keys(CASE_WORDS).filter((code) => options.classes?.has(code) ?? true);
  if (codes.length === 0) return [];
  let sum = 0;
  const often = codes.map((_, n) => (sum += 1 / (((n * 7) % codes.length) + 6)));
  const sentence = (code: string): string => {
    const pieces = { where: random.pick(half.where), when: random.pick(half.when), plea: random.pick(half.plea) };
    return random.pick(half.templates)({ ...pieces, ...pair(code) });
  };
  return Array.from({ length: options.count }, () => {
    const code = random.pickWeighted(codes, often);
    let text = sentence(code);
    if (random.chance(SHARES.mixed)) {
      const other = pair(random.pick(codes));
      text += `，另外${other.thing}${other.trouble}`;
    }
    if (random.chance(SHARES.slip)) text = slip(text, random);
    // Only those who teach err: a judge does not.
    const label = side === 'taught' && random.chance(SHARES.wrongLabel) ? random.pick(codes) : code;
    return { text, label };
  });
}

function anyPair(words: WordsByClass, code: string, random: Random): { thing: string; trouble: string } {
  const of = words[code];
  if (!of) throw new RangeError(`no words for class ${code}`);
  return { thing: random.pick(of.things), trouble: random.pick(of.troubles) };
}

function pairOf(code: string, side: Side, random: Random): { thing: string; trouble: string } {
  const of = CASE_WORDS[code];
  if (!of) throw new RangeError(`no words for class ${code}`);
  const pairs = of.things.flatMap((thing, i) =>
    of.troubles.flatMap((trouble, j) =>
      ((i + j) % EVERY === 0) === (side === 'held-out') ? [{ thing, trouble }] : [],
    ),
  );
  return random.pick(pairs);
}

/** A wrong character where one is known, otherwise a character that is left out. */
function slip(text: string, random: Random): string {
  const wrong = MISTYPED.reduce((now, [right, typed]) => now.replaceAll(right, typed), text);
  if (wrong !== text) return wrong;
  const characters = [...text];
  characters.splice(random.int(0, characters.length - 1), 1);
  return characters.join('');
}
