import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sheetChecksum } from './link-sheet.ts';

describe('the checksum of a copy sheet', () => {
  const field = fc.record({
    element: fc.stringMatching(/^[a-z][a-z-]{1,10}$/),
    value: fc.stringMatching(/^[0-9A-Za-z沈若水路]{1,20}$/),
  });
  const sheet = fc.uniqueArray(field, { minLength: 1, maxLength: 12, selector: ({ element }) => element });

  it('is the same in any order, and for writings that people take for the same', () => {
    fc.assert(
      fc.property(sheet, (fields) => {
        const spaced = fields.map(({ element, value }) => ({ element, value: `  ${value} ` }));
        expect(sheetChecksum(spaced.toReversed())).toBe(sheetChecksum(fields));
      }),
    );
    expect(sheetChecksum([{ element: 'no', value: '１２Ａ' }])).toBe(sheetChecksum([{ element: 'no', value: '12A' }]));
  });

  it('is another one when a field is wrong, missing, or two are swapped', () => {
    fc.assert(
      fc.property(sheet, fc.nat(), (fields, at) => {
        const wrong = fields.map((each, i) => (i === at % fields.length ? { ...each, value: `${each.value}x` } : each));
        expect(sheetChecksum(wrong)).not.toBe(sheetChecksum(fields));
        expect(sheetChecksum(fields.slice(1))).not.toBe(sheetChecksum(fields));
      }),
    );
    const of = (a: string, b: string) =>
      sheetChecksum([
        { element: 'first', value: a },
        { element: 'second', value: b },
      ]);
    expect(of('1', '2')).not.toBe(of('2', '1'));
    expect(of('1', '2')).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  });
});
