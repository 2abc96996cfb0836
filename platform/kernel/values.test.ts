import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUuid, uuidTime, uuidv7 } from '#platform/kernel/ids.ts';
import { maskCitizenId, maskName, maskPhone, maskText } from '#platform/kernel/mask.ts';
import { formatMoney, parseMoney, splitMoney, timesRatio } from '#platform/kernel/money.ts';

describe('UUIDv7', () => {
  it('grows from one to the next, also far inside one millisecond', () => {
    const ids = Array.from({ length: 20_000 }, () => uuidv7());
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(isUuid)).toBe(true);
  });
  it('carries a given time and grows within it', () => {
    const at = Date.UTC(2024, 0, 1);
    const ids = Array.from({ length: 10_000 }, () => uuidv7(at));
    expect(uuidTime(ids[0] ?? '')?.getTime()).toBe(at);
    expect([...ids].sort()).toEqual(ids);
    expect(uuidTime(uuidv7(new Date(5)))?.getTime()).toBe(5);
  });
  it('has the version and variant bits of RFC 9562', () => {
    expect(uuidv7()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(isUuid('not-an-id')).toBe(false);
    expect(isUuid(undefined)).toBe(false);
  });
});

describe('money', () => {
  it.each([
    ['1,234.50', 123_450n],
    ['¥1234.5', 123_450n],
    ['-0.01', -1n],
    ['50万元', 50_000_000n],
    ['1.5亿', 15_000_000_000n],
    ['12元', 1200n],
  ])('reads %s', (text, fen) => expect(parseMoney(text)).toBe(fen));
  it.each(['', '1.234', '12,34', '1e3', 'abc', '--1', '.5'])('refuses %s', (text) =>
    expect(parseMoney(text)).toBeUndefined(),
  );
  it('takes the unit of the column', () => expect(parseMoney('0.000001', { unit: '万元' })).toBe(1n));
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.boolean(), (fen, symbol) => {
        expect(parseMoney(formatMoney(fen, { symbol }))).toBe(fen);
      }),
    );
  });
  it('splits without loss, each part within one fen of its share', () => {
    const weights = fc
      .array(fc.nat(1000), { minLength: 1, maxLength: 20 })
      .filter((all) => all.some((each) => each > 0));
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), weights, (total, all) => {
        const parts = splitMoney(total, all);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(total);
        const sum = BigInt(all.reduce((a, b) => a + b, 0));
        parts.forEach((part, index) => {
          const off = part * sum - total * BigInt(all[index] ?? 0);
          expect((off < 0n ? -off : off) < sum).toBe(true);
        });
      }),
    );
  });
  it('rounds half a fen away from zero', () => {
    expect(timesRatio(5n, 1n, 2n)).toBe(3n);
    expect(timesRatio(-5n, 1n, 2n)).toBe(-3n);
    expect(timesRatio(4n, 1n, 3n)).toBe(1n);
  });
});

describe('masking', () => {
  it('shows just enough to recognise', () => {
    expect(maskName('张三')).toBe('张*');
    expect(maskName('欧阳娜娜')).toBe('欧***');
    expect(maskCitizenId('310101198502011234')).toBe('310***********1234');
    expect(maskPhone('13812345678')).toBe('138****5678');
    expect(maskPhone('021-63212345')).toBe('021-******45');
  });
  it('never gives a text back whole', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: fc.constantFrom('a', '1', '张') }), (text) => {
        for (const mask of [maskName, maskCitizenId, maskPhone, maskText]) expect(mask(text)).toContain('*');
      }),
    );
  });
});
