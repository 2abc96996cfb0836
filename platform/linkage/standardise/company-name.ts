/** Names of firms and organisations (名称) in the form in which they are compared. */
import { tightForm } from './characters.ts';
import { readingOf } from './pinyin.ts';

export type CompanyName = {
  /** Half width, simplified, brackets dropped, legal form in one wording. */
  readonly text: string;
  /** `text` without place in front, legal form and branch: 字号 with trade. */
  readonly core: string;
  /** Legal form (组织形式) in one wording; empty where the name has none. */
  readonly form: string;
  /** Branch (分公司、分店), empty for the head. */
  readonly branch: string;
  readonly pinyin: string;
};

/** Longest first. What one law calls by two wordings is one form. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/(?:股份有限公司|股份公司)$/u, '股份有限公司'],
  [/(?:有限责任公司|有限公司)$/u, '有限公司'],
  [/(?:合伙企业)?(?:特殊)?普通合伙$/u, '普通合伙'],
  [/(?:合伙企业)?有限合伙$/u, '有限合伙'],
  [/(?:集团公司|集团)$/u, '集团'],
];
const BRANCH = /(?<=公司|集团|店|行|所|院)(\p{Script=Han}{1,12}?(?:分公司|分店|分行|分所|分院|办事处|营业部|支行))$/u;
/** Place in front (行政区划): province, city, district, in full or short. */
const PLACE =
  /^(?:中国)?(?:\p{Script=Han}{2,3}(?:省|自治区))?(?:\p{Script=Han}{2,3}市)?(?:\p{Script=Han}{2,4}(?:新区|区|县))?(?:北京|上海|天津|重庆)?/u;
/** Place in brackets behind the trade name: 思源（上海）贸易 is 上海思源贸易. */
const BRACKETED = /^(.+?)[(（【〔[]((?:中国)|\p{Script=Han}{2,3}(?:省|市|区|县)?)[)）】〕\]](.+)$/u;
const LEAST = 2;

/** Reads the name of a firm. `undefined` if nothing is left of it. */
export function companyName(raw: string): CompanyName | undefined {
  const plain = tightForm(raw)
    .replace(BRACKETED, placeFirst)
    .replaceAll(/[(){}[\]【】〔〕「」《》“”"'‘’·.,、。-]/gu, '')
    .toUpperCase();
  if (!/[\p{Script=Han}A-Z]/u.test(plain)) return undefined;
  const branch = BRANCH.exec(plain)?.[1] ?? '';
  const head = plain.slice(0, plain.length - branch.length);
  const [pattern, form] = FORMS.find(([each]) => each.test(head)) ?? [/$^/, ''];
  const stem = head.replace(pattern, '');
  const core = withoutPlace(stem) || stem || head;
  return { text: stem + form + branch, core, form, branch, pinyin: readingOf(core).replaceAll(' ', '') };
}

/** Only what reads as a place in front goes there: （集团） and （有限合伙） stay where they are. */
function placeFirst(whole: string, name: string, place: string, rest: string): string {
  return /^(?:中国|北京|上海|天津|重庆|\p{Script=Han}{2,3}[省市区县])$/u.test(place) && !name.startsWith(place)
    ? place + name + rest
    : whole;
}

/** A place alone is no name: 上海大厦 keeps what would leave less than two characters. */
function withoutPlace(stem: string): string {
  const rest = stem.replace(PLACE, '');
  return [...rest].length >= LEAST ? rest : stem;
}
