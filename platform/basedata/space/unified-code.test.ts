import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOf, isUnifiedCode, unifiedCodeOf } from './unified-code.ts';

describe('the unified code of a building', () => {
  it('has the check character of the published example', () => {
    expect(checkOf('1101010102020010900000')).toBe('3');
    expect(isUnifiedCode('11010101020200109000003')).toBe(true);
  });

  it('is made of street, year and sequence, and one wrong figure shows', () => {
    const code = unifiedCodeOf({ code: '310101022B00010', yearBuilt: 1932 }) ?? '';
    expect(code).toMatch(/^31010102219320010\d{5}[\d*]$/);
    expect(isUnifiedCode(code)).toBe(true);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 21 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const wrong = `${code.slice(0, at)}${(Number(code[at]) + by) % 10}${code.slice(at + 1)}`;
        expect(isUnifiedCode(wrong)).toBe(false);
      }),
    );
  });

  it('is not made up where the code has another form', () => {
    expect(unifiedCodeOf({ code: 'B2', yearBuilt: 1990 })).toBeUndefined();
  });
});
