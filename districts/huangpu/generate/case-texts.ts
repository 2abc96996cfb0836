import { CASE_WORDS } from './case-words.ts';
import type { Random } from './random.ts';

/** What somebody reports, and the class that a clerk gives it. */
export type CaseText = { text: string; label: string };

const WHERE = [
  '淡水路',
  '建国新村门口',
  '打浦桥地铁站旁',
  '瑞金二路',
  '豫园附近',
  '小区大门口',
  '弄堂里',
  '学校门口',
  '菜场边上',
  '外滩',
  '这条路上',
  '老西门',
  '我家楼下',
  '公园西门',
  '医院对面',
  '高架下面',
  '半淞园路',
  '五里桥路',
  '停车场出口',
  '居委会旁边',
];
const WHEN = ['', '', '', '昨天晚上', '今天早上', '好几天了', '上周开始', '刚才', '每天', '下雨以后'];
const PLEA = [
  '',
  '',
  '',
  '请尽快处理',
  '麻烦派人来看',
  '希望有人管管',
  '反映过没人理',
  '老人小孩很危险',
  '影响出行',
  '谢谢',
  '请问什么时候能修',
];
/** Characters that are typed one for the other. */
const MISTYPED: readonly (readonly [string, string])[] = [
  ['井盖', '井概'],
  ['路灯', '路登'],
  ['垃圾', '拉圾'],
  ['人行道', '人形道'],
  ['广告', '广搞'],
  ['积水', '急水'],
  ['施工', '实工'],
  ['坏了', '坏勒'],
];
/** Of a hundred reports: so many name only the thing or only the trouble, so many mention another matter, so many have a slip. */
const SHARES = { bare: 0.06, mixed: 0.06, slip: 0.1, wrongLabel: 0.02 };

/**
 * Reports in the words of people, with what a clerk made of them. Kinds are as unlike in frequency as in life; some texts are bare, mixed
 * or mistyped, and of some the clerk has erred. Written apart from what classifies them.
 */
export function generateCaseTexts(options: { count: number; random: Random }): CaseText[] {
  const { random } = options;
  const codes = Object.keys(CASE_WORDS);
  let sum = 0;
  const often = codes.map((_, n) => (sum += 1 / (((n * 7) % codes.length) + 6)));
  return Array.from({ length: options.count }, () => {
    const code = random.pickWeighted(codes, often);
    const text = [
      random.pick(WHEN),
      random.pick(WHERE),
      matter(code, random),
      random.pick(['', '，', '。']),
      random.pick(PLEA),
    ];
    if (random.chance(SHARES.mixed)) text.push('另外', matter(random.pick(codes), random));
    const label = random.chance(SHARES.wrongLabel) ? random.pick(codes) : code;
    return { text: random.chance(SHARES.slip) ? mistyped(text.join('')) : text.join(''), label };
  });
}

function matter(code: string, random: Random): string {
  const of = CASE_WORDS[code];
  if (!of) throw new RangeError(`no words for class ${code}`);
  const [thing, trouble] = [random.pick(of.things), random.pick(of.troubles)];
  if (random.chance(SHARES.bare)) return random.pick([thing, trouble]);
  return random.chance(0.8) ? `${thing}${trouble}` : `${trouble}，就是${thing}`;
}

const mistyped = (text: string): string => MISTYPED.reduce((now, [right, wrong]) => now.replaceAll(right, wrong), text);
