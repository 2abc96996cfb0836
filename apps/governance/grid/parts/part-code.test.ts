import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseClassOf, makePartCode, partCodeFault, readPartCode, temporaryCode } from './part-code.ts';
import { PART_CLASSES } from './part-classes.ts';

const classes = new Set(PART_CLASSES.map(({ code }) => code));
const digits = (n: number) => fc.stringMatching(new RegExp(`^[0-9]{${n}}$`));

describe('code of a part', () => {
  it('comes back from its sixteen digits as it was made', () => {
    fc.assert(
      fc.property(
        digits(6),
        digits(2),
        digits(2),
        fc.integer({ min: 1, max: 999_999 }),
        (division, major, minor, number) => {
          const code = makePartCode({ division, major, minor, number });
          expect(code).toMatch(/^\d{16}$/);
          expect(readPartCode(code)).toEqual({ division, major, minor, number });
        },
      ),
    );
  });

  it('is none with another length, a letter or the number nought', () => {
    for (const code of ['', '310101010100003', '31010101010000399', '310101010100003X', '3101010101000000'])
      expect(readPartCode(code)).toBeUndefined();
    expect(() => makePartCode({ division: '3101', major: '01', minor: '01', number: 1 })).toThrow(RangeError);
    expect(() => makePartCode({ division: '310101', major: '01', minor: '01', number: 1_000_000 })).toThrow(RangeError);
  });

  it('says which of its pieces is wrong', () => {
    const of = (code: string) => partCodeFault(code, { division: '310101', classes });
    expect(of('3101010101000039')).toBeUndefined();
    expect(of('3101')).toBe('shape');
    expect(of('3101150101000039')).toBe('division');
    expect(of('3101018801000039')).toBe('class');
    expect(of('3101010101900039')).toBe('temporary');
  });

  it('is temporary with the class that was told, where there is such a class', () => {
    const at = { division: '310101', classes, number: 900_001 };
    expect(temporaryCode('3101010101000777', at)).toBe('3101010101900001');
    expect(temporaryCode('0000007777000777', at)).toBe('3101019999900001');
  });

  it('names a class of cases for every class of parts', () => {
    expect(PART_CLASSES.map(({ code }) => caseClassOf(code)).every((code) => /^P\d{4}$/.test(code))).toBe(true);
    expect(classes.size).toBe(PART_CLASSES.length);
  });
});
