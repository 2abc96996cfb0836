import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeCreditCode } from '#platform/kernel/codes/credit-code.ts';
import {
  composeBasicItemCode,
  composeItemCode,
  ITEM_KIND_CODES,
  parseBasicItemCode,
  parseItemCode,
} from '#platform/kernel/codes/item-code.ts';

const digits = (n: number) => fc.stringMatching(new RegExp(`^[0-9]{${n}}$`));
const basics = fc
  .record({
    province: digits(2),
    kind: fc.constantFrom(...ITEM_KIND_CODES),
    department: digits(2),
    main: digits(3),
    sub: digits(3),
  })
  .map(composeBasicItemCode);
const credits = digits(8).map((organisation) => composeCreditCode({ kind: '11', region: '310101', organisation }));

describe('codes of service items', () => {
  it('come apart into what they were written from', () => {
    fc.assert(
      fc.property(credits, basics, fc.option(digits(2), { nil: undefined }), (creditCode, basic, variant) => {
        const code = composeItemCode({ creditCode, level: '4', basic, variant });
        expect(parseItemCode(code)).toMatchObject({
          ok: true,
          item: { code, creditCode, level: '4', variant, basic: { code: basic } },
        });
      }),
    );
  });

  it('are refused with any other character in the unit’s credit code', () => {
    fc.assert(
      fc.property(
        credits,
        basics,
        fc.nat(17),
        fc.constantFrom(...'0123456789ABCDEFGH'),
        (creditCode, basic, at, other) => {
          fc.pre(creditCode.charAt(at) !== other);
          const head = creditCode.slice(0, at) + other + creditCode.slice(at + 1);
          expect(parseItemCode(`${head}4${basic}`).ok).toBe(false);
        },
      ),
    );
  });

  const credit = composeCreditCode({ kind: '11', region: '310101', organisation: '00000001' });
  it.each([
    ['', 'item-length'],
    [`${credit}4310136001`, 'item-length'],
    [`${credit}0310136001000`, 'level'],
    [`${credit}4319936001000`, 'kind'],
    [`${credit}431013600100X`, 'item-charset'],
    [`${credit}43101360010000X`, 'item-charset'],
    [`${credit.slice(0, 17)}*4310136001000`, 'charset'],
  ])('names the first reason: %s is %s', (code, reason) => {
    expect(parseItemCode(code)).toEqual({ ok: false, reason });
  });

  it('of the basic catalogue are no implementing codes', () => {
    expect(parseBasicItemCode('310136001000')).toMatchObject({ ok: true, basic: { kind: '01', department: '36' } });
    expect(() => composeItemCode({ creditCode: credit, level: '4', basic: '319936001000' })).toThrow(RangeError);
  });
});
