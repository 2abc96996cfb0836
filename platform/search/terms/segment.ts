import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { WORDS } from './vocabulary.ts';

let held: Jieba | undefined;

/** The dictionary is 5 MB: it is read with the first text. */
function segmenter(): Jieba {
  if (!held) {
    held = Jieba.withDict(dict);
    held.loadDict(Buffer.from(WORDS.map((word) => `${word} 20000 n`).join('\n')));
  }
  return held;
}

const HAN = /\p{Script=Han}/u;
export const isHan = (text: string): boolean => HAN.test(text);

/** One way of writing: full and half width, upper and lower case are the same. */
export function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Runs of Chinese characters and of letters and digits; everything else parts them. `idNumber` is `id` and `number`. */
export function runsOf(text: string): string[] {
  const parted = text.normalize('NFKC').replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  return parted.toLowerCase().match(/\p{Script=Han}+|[\p{L}\p{N}]+?(?=\p{Script=Han}|[^\p{L}\p{N}]|$)/gu) ?? [];
}

/** Words of a text that is kept: also the shorter words within long ones. */
export function wordsOfText(text: string): string[] {
  return runsOf(text).flatMap((run) => (isHan(run) ? segmenter().cutForSearch(run, true) : [run]));
}

/** Words of a question, each once and in order. Words that say nothing are left out while others remain. */
export function wordsOfQuery(text: string): string[] {
  const words = runsOf(text).flatMap((run) => (isHan(run) ? segmenter().cut(run, true) : [run]));
  const telling = words.filter((word) => !EMPTY.has(word));
  return [...new Set(telling.length > 0 ? telling : words)].slice(0, MOST_WORDS);
}

/** More words than this ask for nothing more precise, but each costs a look into the index. */
const MOST_WORDS = 12;
const EMPTY = new Set([
  '的',
  '了',
  '和',
  '与',
  '及',
  '或',
  '是',
  '在',
  '有',
  '吗',
  '呢',
  '请问',
  '如何',
  '怎么',
  '哪里',
  '查询',
  '查找',
  '数据',
  '信息',
  'the',
  'of',
  'and',
  'a',
  'an',
  'for',
  'in',
  'to',
  'data',
]);
