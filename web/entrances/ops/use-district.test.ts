import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelBelow, quantileBreaks } from './use-district.ts';

describe('the district map', () => {
  it('goes down street, committee, cell, building', () => {
    expect(['310101', '310101023', '310101023001', '31010102300101'].map(levelBelow)).toEqual([
      'streets',
      'committees',
      'cells',
      'buildings',
    ]);
  });

  it('class breaks grow and are at most four', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e5, noNaN: true })), (values) => {
        const breaks = quantileBreaks(values);
        expect(breaks.length).toBeLessThanOrEqual(4);
        for (let i = 1; i < breaks.length; i++) expect(breaks[i]).toBeGreaterThan(breaks[i - 1] ?? -1);
      }),
    );
  });
});
