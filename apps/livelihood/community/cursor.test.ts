import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from './cursor.ts';

describe('a place in the list', () => {
  it('survives the address bar for any building and room', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'grapheme' }), fc.uuid(), (building, room, pid) => {
        expect(readCursor(writeCursor([building, room, pid]))).toEqual([building, room, pid]);
      }),
    );
  });

  it('is the beginning when absent, and refused when it is anything else', () => {
    expect(readCursor(undefined)).toEqual([]);
    for (const forged of [
      '',
      'x',
      Buffer.from('[1,2,3]').toString('base64url'),
      writeCursor(['a', 'b', "'; drop table"]),
    ]) {
      expect(() => readCursor(forged)).toThrow('INVALID_INPUT');
    }
  });
});
