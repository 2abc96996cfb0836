import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCodes, writeCodes } from './codes.ts';
import { en } from './texts.en.ts';
import { zh } from './texts.zh.ts';
import { formatBytes } from './upload.ts';

it('a table of codes is read as it is written, with Chinese or Latin marks', () => {
  expect(readCodes('男=1，女=2')).toEqual({ 男: '1', 女: '2' });
  expect(readCodes('是 ＝ yes; 否=no,未')).toEqual({ 是: 'yes', 否: 'no' });
  expect(readCodes(' ')).toBeUndefined();
  const word = fc.stringMatching(/^[a-z0-9男女是否]{1,6}$/);
  fc.assert(
    fc.property(fc.dictionary(word, word, { minKeys: 1, noNullPrototype: true }), (codes) => {
      expect(readCodes(writeCodes(codes))).toEqual(codes);
    }),
  );
});

it('sizes are short and exact enough', () => {
  expect([0, 1023, 1536, 104_857_600].map(formatBytes)).toEqual(['0 B', '1023 B', '1.5 KB', '100.0 MB']);
});

it('both languages name the same placeholders', () => {
  const marks = (texts: object): string[] =>
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [
            `${key}:${[...value.matchAll(/\{\{(\w+)\}\}/g)]
              .map((m) => m[1])
              .sort()
              .join()}`,
          ]
        : marks(value as object).map((entry) => `${key}.${entry}`),
    );
  expect(marks(en)).toEqual(marks(zh));
});
