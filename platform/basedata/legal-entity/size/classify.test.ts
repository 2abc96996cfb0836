import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEntries } from '#platform/rulebook/entry-file.ts';
import type { RuleTable } from '#platform/rulebook/rule-at.ts';
import { classify, type SizeFacts, sizeRows } from './classify.ts';
import { lowerEnds } from './sizes-of.ts';

const entries = parseEntries(readFileSync(join(import.meta.dirname, '../rulebook.json'), 'utf8'), 'rulebook.json');
const table = (id: string) => entries.find((e) => e.id === id)?.value as RuleTable;
const rows = sizeRows(table('legal-entity.size.class'));
const sizeOf = (facts: SizeFacts): string => classify(rows, facts).size;

/**
 * Hand cases: industry code, staff, revenue, assets (万元; '-' = not known) and the class that a person reads off the annexed table. For each
 * industry: at each lower bound, one below it, and one indicator high with the other low.
 */
const CASES = readFileSync(join(import.meta.dirname, 'hand-cases.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',') as [string, string, string, string, string, string]);

describe('size classes', () => {
  it('there are at least 200 hand cases, of every industry of the measure', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(200);
    const covered = new Set(
      CASES.map(([, code, staff, revenue, assets]) => classify(rows, factsOf(code, staff, revenue, assets))).flatMap(
        (result) => ('industry' in result && result.industry ? [result.industry] : []),
      ),
    );
    expect(covered).toEqual(new Set(rows.map(({ industry }) => industry)));
  });

  it.each(CASES)('%s %s: staff %s, revenue %s, assets %s → %s', (_, code, staff, revenue, assets, size) => {
    expect(sizeOf(factsOf(code, staff, revenue, assets))).toBe(size);
  });

  it('more of anything never makes an enterprise smaller', () => {
    const order = ['micro', 'small', 'medium', 'large'];
    const amount = fc.integer({ min: 0, max: 250_000 });
    fc.assert(
      fc.property(
        fc.constantFrom(
          '0111',
          'C3311',
          'E4710',
          '5132',
          '5232',
          '5430',
          '5951',
          '6010',
          '6110',
          '6210',
          '6311',
          '6510',
          '7010',
          '7020',
          '7241',
          'M7450',
        ),
        fc.tuple(amount, amount, amount),
        fc.tuple(amount, amount, amount),
        (industryCode, [staff, revenue, assets], [a, b, c]) => {
          const less = order.indexOf(sizeOf({ industryCode, staff, revenue, assets }));
          const more = order.indexOf(
            sizeOf({ industryCode, staff: staff + a, revenue: revenue + b, assets: assets + c }),
          );
          expect(less).toBeGreaterThanOrEqual(0);
          expect(more).toBeGreaterThanOrEqual(less);
        },
      ),
    );
  });

  it('a band decides as the amount in it would', () => {
    const bands = table('legal-entity.size.band');
    const ends = [...lowerEnds(bands)].filter(([code]) => code.startsWith('R')).map(([, from]) => from);
    const industry = fc.constantFrom('0111', 'C3311', '5132', '5232', '6210', '6510', '7020');
    fc.assert(
      fc.property(industry, fc.nat(3000), fc.nat(300_000), (industryCode, staff, revenue) => {
        const from = Math.max(...ends.filter((end) => end <= revenue));
        expect(sizeOf({ industryCode, staff, revenue: from })).toBe(sizeOf({ industryCode, staff, revenue }));
      }),
    );
  });
});

function factsOf(code: string, staff: string, revenue: string, assets: string): SizeFacts {
  const number = (text: string): number | undefined => (text === '-' ? undefined : Number(text));
  return {
    industryCode: code === '-' ? undefined : code,
    staff: number(staff),
    revenue: number(revenue),
    assets: number(assets),
  };
}
