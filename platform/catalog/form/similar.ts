import { type DataElement, ELEMENTS } from './elements.ts';

/** What a field is called, the standard it follows and what it belongs to, where that is known. */
export type FieldName = { title: string; element?: string | null; of?: string };

/** From here on two fields are taken to ask for the same (K: n-gram cosine). */
export const SAME = 0.75;

/** Words around the thing that is asked for, which every form writes in its own way. */
const BEFORE = /^(请?(填写|输入|选择)|您的?|本人的?|申请人的?|当事人的?|当前的?|目前的?|是否|有无|有没有|已经?)+/u;
const AFTER = /(情况|信息|状况|与否|如何|是否)+$/u;

/** The thing itself: without brackets, marks, politeness and what says only that it is asked for. */
export function core(title: string): string {
  const bare = title
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[([【〔].*?[)\]】〕]/gu, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  const inner = bare.replace(BEFORE, '').replace(AFTER, '');
  return inner.length > 0 ? inner : bare;
}

/** Cosine of two names by their single characters and pairs of neighbours, 0 … 1. */
export function cosine(a: string, b: string): number {
  return likenessOf(profile(a), profile(b));
}

type Profile = { text: string; grams: ReadonlyMap<string, number>; length: number };

function likenessOf(a: Profile, b: Profile): number {
  let dot = 0;
  for (const [gram, count] of a.grams) dot += count * (b.grams.get(gram) ?? 0);
  return dot === 0 ? 0 : dot / (a.length * b.length);
}

/** How far two fields ask for the same: 1 for one data element, else the cosine of their names. */
export function similarity(a: FieldName, b: FieldName): number {
  if (a.element && b.element && standardOf(a.element) === standardOf(b.element)) return 1;
  const first = elementOf(fullName(a));
  const second = elementOf(fullName(b));
  if (first && first === second) return 1;
  const likeness = cosine(core(fullName(a)), core(fullName(b)));
  // Both are known, and known to be different things: 户籍地址 and 居住地址.
  return first && second ? Math.min(likeness, SAME - 0.01) : likeness;
}

/** Names that say nothing without what they belong to: 名称 of 法人单位 is 法人单位名称. */
const GENERIC = new Set([
  '名称',
  '编号',
  '代码',
  '编码',
  '状态',
  '类型',
  '类别',
  '用途',
  '地址',
  '坐落',
  '日期',
  '结构',
  '性质',
]);
const fullName = ({ title, of }: FieldName): string => (of && GENERIC.has(core(title)) ? of + title : title);

const cores = ELEMENTS.map((element) => ({ element, names: element.aliases.map((alias) => profile(core(alias))) }));

/** The data element that a field of this name asks for, by what forms call it. */
export function elementOf(title: string): DataElement | undefined {
  const name = profile(core(title));
  let best: { element: DataElement; likeness: number } | undefined;
  for (const { element, names } of cores) {
    for (const alias of names) {
      const likeness = alias.text === name.text ? 1 : likenessOf(alias, name);
      if (likeness >= NAMED && likeness > (best?.likeness ?? 0)) best = { element, likeness };
    }
  }
  return best?.element;
}

/** A name this close to one of an element's names is another writing of it. */
const NAMED = 0.8;

function standardOf(element: string): string {
  return element
    .replace(/-\d{4}$/, '')
    .replaceAll(/\s/g, '')
    .toUpperCase();
}

function profile(text: string): Profile {
  const grams = new Map<string, number>();
  const add = (gram: string) => grams.set(gram, (grams.get(gram) ?? 0) + 1);
  const characters = [...text];
  characters.forEach((character, at) => {
    add(character);
    const next = characters[at + 1];
    if (next) add(character + next);
  });
  const squares = [...grams.values()].reduce((sum, count) => sum + count * count, 0);
  return { text, grams, length: Math.sqrt(squares) };
}
