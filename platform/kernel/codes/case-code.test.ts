import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#platform/kernel/dates.ts';
import { composeCaseCode, parseCaseCode } from './case-code.ts';
import { isMod3736, mod3736Check } from './mod-37-36.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const code = fc
  .record({
    district: fc.constantFrom('310101', '110105', '440303'),
    day: fc.integer({ min: 0, max: 30_000 }).map((days) => addDays('2015-01-01', days)),
    number: fc.integer({ min: 1, max: 999_999 }),
  })
  .map((parts) => composeCaseCode(parts));

describe('ISO 7064 MOD 37,36', () => {
  it('agrees with published check characters', () => {
    // ISO/IEC 7064 §8.4 gives A12425GABC1234002 → M (the ISAN of ISO 15706 uses the same system); IATA examples are of another.
    expect(mod3736Check('A12425GABC1234002')).toBe('M');
    expect(isMod3736('A12425GABC1234002M')).toBe(true);
    expect(mod3736Check('a')).toBeUndefined();
  });
});

describe('case code', () => {
  it('is composed of district, day and number, and read back as people type it', () => {
    const made = composeCaseCode({ district: '310101', day: '2026-11-26', number: 42 });
    expect(made).toMatch(/^310101261126000042[0-9A-Z]$/);
    const typed = `${made.slice(0, 6)} ${made.slice(6, 12)}-${made.slice(12)}`.toLowerCase();
    expect(parseCaseCode(typed)).toEqual({
      ok: true,
      value: { code: made, district: '310101', day: '2026-11-26', number: 42 },
    });
  });

  it('refuses what is no district, day or number of the day', () => {
    const good = { district: '310101', day: '2026-11-26', number: 1 };
    for (const bad of [
      { district: '3101' },
      { day: '2026-02-30' },
      { day: '1999-01-01' },
      { number: 0 },
      { number: 1e6 },
    ])
      expect(() => composeCaseCode({ ...good, ...bad })).toThrow(RangeError);
    expect(parseCaseCode('31010126112600004')).toEqual({ ok: false, reason: 'length' });
  });

  it('is wrong after any change of any one character: every place, every letter and digit', () => {
    fc.assert(
      fc.property(code, (made) => {
        for (let at = 0; at < made.length; at += 1)
          for (const other of ALPHABET) {
            if (other === made[at]) continue;
            const wrong = made.slice(0, at) + other + made.slice(at + 1);
            if (isMod3736(wrong) || parseCaseCode(wrong).ok) return false;
          }
        return true;
      }),
      { numRuns: 1_000, seed: 310101 },
    );
  });

  it('is wrong after nearly every swap of neighbours', () => {
    let swaps = 0;
    let missed = 0;
    for (const made of fc.sample(code, { numRuns: 5_000, seed: 310101 }))
      for (let at = 0; at + 1 < made.length; at += 1) {
        if (made[at] === made[at + 1]) continue;
        swaps += 1;
        if (isMod3736(made.slice(0, at) + made[at + 1] + made[at] + made.slice(at + 2))) missed += 1;
      }
    expect(missed / swaps).toBeLessThan(0.03);
  });
});
