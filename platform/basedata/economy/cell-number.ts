import type { Text } from '#platform/kernel/text.ts';

/** What a cell of a statistical table says: a number with or without a note, a mark for "no value", or nothing readable. */
export type CellNumber =
  | { kind: 'value'; value: number; status: 'A' | 'E' | 'P'; note?: string }
  | { kind: 'missing'; note?: string }
  | { kind: 'empty' }
  | { kind: 'unreadable'; why: Text };

/** Note marks: ①–⑳, superscripts, *, †, #. */
const NOTE = /[\u2460-\u2473\u00b9\u00b2\u00b3\u2070-\u2079*＊†‡#＃]+$/;
const BRACKET = /[（(]([^（）()]{1,20})[）)]$/;
/** Marks of the statistical yearbooks: `…` less than the unit, `空格` not available, `-` or `—` nothing. */
const MISSING = /^(?:[-—–－]+|…+|\.{2,}|x|X|n\/?a|保密)$/i;
const STATUS: Readonly<Record<string, 'E' | 'P'>> = {
  预计: 'E',
  估计: 'E',
  e: 'E',
  E: 'E',
  初步: 'P',
  快报: 'P',
  p: 'P',
  P: 'P',
};

const toHalfWidth = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, ' ');

/**
 * Reads a cell as people fill it: `12.3①` is 12.3 with note ①, `12.3p` provisional, `1,234.5` a number; `12..3`, `约12`, `12.3亿` are
 * refused: what is not certain is not guessed.
 */
export function readCell(raw: string | null | undefined): CellNumber {
  if (raw === null || raw === undefined || raw.trim() === '') return { kind: 'empty' };
  const notes: string[] = [];
  let status: 'A' | 'E' | 'P' = 'A';
  let text = raw.trim();
  // Note marks are looked for before full-width forms are folded: ＊ is a note, ． is a point.
  for (;;) {
    const mark = NOTE.exec(text);
    const bracket = BRACKET.exec(toHalfWidth(text).length === text.length ? text : '');
    if (mark && mark.index > 0) {
      notes.unshift(mark[0]);
      text = text.slice(0, mark.index).trim();
    } else if (bracket && bracket.index > 0 && !/^\d/.test(bracket[1] ?? '')) {
      const word = bracket[1] ?? '';
      const said = STATUS[word];
      if (said) status = said;
      else notes.unshift(word);
      text = text.slice(0, bracket.index).trim();
    } else break;
  }
  text = toHalfWidth(text).trim();
  const note = notes.length > 0 ? notes.join(' ') : undefined;
  if (MISSING.test(text)) return { kind: 'missing', note };
  const letter = /^(.*\d)([epEP])$/.exec(text);
  if (letter) {
    status = STATUS[letter[2] ?? ''] ?? status;
    text = letter[1] ?? '';
  }
  if (!/^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,2})?$/.test(text))
    return {
      kind: 'unreadable',
      why: { zh: `“${shown(raw)}”不是数字`, en: `“${shown(raw)}” is not a number` },
    };
  const value = Number(text.replaceAll(',', ''));
  if (!Number.isFinite(value) || Math.abs(value) > 1e15)
    return { kind: 'unreadable', why: { zh: '数值过大', en: 'the number is too large' } };
  return { kind: 'value', value, status, note };
}

const shown = (raw: string): string => (raw.length > 24 ? `${raw.slice(0, 24)}…` : raw);
