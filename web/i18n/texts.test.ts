import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { zh } from './zh.ts';

const leaves = (value: object, path = ''): [string, string][] =>
  Object.entries(value).flatMap(([key, entry]) =>
    typeof entry === 'string'
      ? [[`${path}${key}`, entry] as [string, string]]
      : leaves(entry as object, `${path}${key}.`),
  );
const slots = (text: string): string => (text.match(/\{\{\w+\}\}/g) ?? []).sort().join();

describe('texts', () => {
  it('are complete in English, with the same slots', () => {
    const english = new Map(leaves(en));
    for (const [key, text] of leaves(zh))
      expect([key, slots(english.get(key) ?? 'missing')]).toEqual([key, slots(text)]);
    expect(english.size).toBe(leaves(zh).length);
  });

  it('hold no empty text and no Chinese in English but for the language names', () => {
    for (const [key, text] of leaves(en)) {
      expect(text, key).not.toBe('');
      if (!key.startsWith('language.')) expect(/\p{Script=Han}/u.test(text), key).toBe(false);
    }
  });
});
