/** Names of persons (姓名) in the form in which they are compared. */
import { commonForm, hasHan } from './characters.ts';
import { readAlike, readingOf, surnameReading } from './pinyin.ts';

export type PersonName = {
  /** Half width, simplified, without blanks and dots; Latin names in lower case. */
  readonly text: string;
  /** 姓; empty for names that have none: transliterated and Latin ones. */
  readonly surname: string;
  /** 名; all of the name where there is no surname. */
  readonly given: string;
  /** Syllables without tones and blanks, the surname read as a surname: 单小单 `shanxiaodan`. */
  readonly pinyin: string;
  /** Other names that the same field states: 张伟（曾用名：张卫）. */
  readonly former: readonly string[];
};

const COMPOUND = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 ' +
    '钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 ' +
    '百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 ' +
    '东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 纳兰 归海'
  ).split(' '),
);

const DOTS = /[·•・‧∙．.･●]/gu;
const TITLES = /(?:先生|女士|小姐|同志|老师)$/u;
const BRACKETS = /[(（[【]\s*(?:曾用名|原名|又名|别名|现名|曾|原|又)?[:：]?\s*([^)）\]】]*)[)）\]】]/gu;
/** Longer names without a compound surname are transliterations, which have no surname. */
const LONGEST = 4;

/** Reads a name as sources write it. `undefined` if nothing of a name is there (无名氏, 不详, digits). */
export function personName(raw: string): PersonName | undefined {
  const former: string[] = [];
  const main = commonForm(raw).replaceAll(BRACKETS, (_, inner: string) => {
    const other = textForm(inner);
    if (hasHan(other)) former.push(other);
    return '';
  });
  const dotted = [...main].some((c, i, all) => i > 0 && i < all.length - 1 && c.match(DOTS) !== null);
  const text = textForm(main);
  if (text === '' || UNKNOWN.test(text)) return undefined;
  if (!hasHan(text)) return { text, surname: '', given: text, pinyin: text, former };
  const surname = surnameOf(text, dotted);
  const given = text.slice(surname.length);
  const reading = `${surname === '' ? '' : surnameReading(surname)} ${readingOf(given)}`.replaceAll(' ', '');
  return { text, surname, given, pinyin: reading, former };
}

const UNKNOWN = /^(?:无名氏?|不详|未知|无|未取名|未命名|佚名|[\d\p{P}\p{S}]*)$/u;

function textForm(part: string): string {
  const tight = part
    .replace(/\s+/gu, '')
    .replaceAll(DOTS, '')
    .replaceAll(/['’‘`-]/gu, '');
  return hasHan(tight) && tight.length > 3 ? tight.replace(TITLES, '') : tight.toLowerCase();
}

function surnameOf(text: string, dotted: boolean): string {
  const length = [...text].length;
  if (dotted || !/^\p{Script=Han}+$/u.test(text)) return '';
  if (length >= 3 && length <= LONGEST + 1 && COMPOUND.has(text.slice(0, 2))) return text.slice(0, 2);
  return length <= LONGEST ? ([...text][0] as string) : '';
}

/** True if both can be said alike: 张玮 and 张伟, zhangwei and 张伟. */
export function soundsAlike(a: PersonName, b: PersonName): boolean {
  if (a.pinyin === b.pinyin) return true;
  if (a.surname === '' || b.surname === '') return a.surname === b.surname && readAlike(a.given, b.given);
  return surnameReading(a.surname) === surnameReading(b.surname) && readAlike(a.given, b.given);
}
