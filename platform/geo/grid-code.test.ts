import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codeAt, fromUnitGridCode, levelOf, toUnitGridCode } from './grid-code.ts';

it('reads the level from the length and the wider area from the prefix', () => {
  expect(['310101', '310101013', '310101013001', '31010101300101'].map(levelOf)).toEqual([
    'district',
    'street',
    'committee',
    'cell',
  ]);
  expect(['', '31010', '3101010130010', 'abcdef'].map(levelOf)).toEqual([null, null, null, null]);
  expect(codeAt('31010101300101', 'street')).toBe('310101013');
});

it('writes and reads the 15-digit unit grid code for every cell', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99 }), (sequence) => {
      const cell = `310101013001${String(sequence).padStart(2, '0')}`;
      expect(toUnitGridCode(cell)).toHaveLength(15);
      expect(fromUnitGridCode(toUnitGridCode(cell))).toBe(cell);
    }),
  );
  expect(fromUnitGridCode('310101013001100')).toBeNull();
});
