import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exposedBySums } from '#platform/indicator/exposed-by-sums.ts';
import { sumsOfTable, TOTAL } from '#platform/indicator/small-cells.ts';
import { type Names, readWorkbook } from './read-workbook.ts';
import { dataCsv } from './sdmx/data-csv.ts';
import { readV2 } from './sdmx/query.ts';
import { withheldFigures } from './withhold.ts';

const RULE = { minimum: 3, dominance: 0.75 };
const INDUSTRIES = ['C', 'F', 'J', 'K', 'L'];
const names: Names = {
  indicators: new Map([['销售', 'SALES']]),
  areas: new Map(),
  industries: new Map([...INDUSTRIES, '_T'].map((code) => [code, code])),
  ownerships: new Map([['_T', '_T']]),
};

/** A table as an office sends it: industries with how many enterprises stand behind each, and their total. */
const table = fc.array(
  fc.record({
    count: fc.integer({ min: 0, max: 12 }),
    value: fc.integer({ min: 1, max: 9_999 }),
    share: fc.integer({ min: 5, max: 100 }),
  }),
  {
    minLength: INDUSTRIES.length,
    maxLength: INDUSTRIES.length,
  },
);

it('no cell of 1,000 fuzzed exports has fewer than three enterprises or one that dominates, nor follows from the sums', async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.boolean(), async (rows, blank) => {
      const count = rows.reduce((sum, r) => sum + r.count, 0);
      const value = rows.reduce((sum, r) => sum + r.value, 0);
      const lines = [
        '指标,行业,单位数,最大单位占比,2026年1-12月,同比',
        blank ? `销售,_T,,,${value},1.1` : `销售,_T,${count},5,${value},1.1`,
        ...rows.map((r, i) => `销售,${INDUSTRIES[i]},${r.count},${r.share},${r.value},2.2`),
      ];
      const book = await readWorkbook({ content: Buffer.from(lines.join('\n')), fileName: 'a.csv', names });
      expect(book.stated).toHaveLength(12);
      const hidden = withheldFigures(book.stated, RULE);
      // As it is stored and exported: a withheld figure has no value.
      const observations = book.stated.map((s) => ({
        key: [
          s.freq,
          s.indicator,
          '310101',
          s.industry,
          s.ownership,
          s.priceBase ?? 'V',
          s.adjustment,
          s.accumulation ?? '',
        ],
        period: s.period,
        value: hidden.has(s) ? null : s.value,
        status: hidden.has(s) ? 'M' : s.status,
        note: null,
        publishedAt: new Date(0),
      }));
      const exported = dataCsv(
        {
          found: { sets: [{ observations }], series: new Map() },
          query: readV2([], {}),
          artefacts: [],
          language: 'zh',
          id: 'x',
          prepared: new Date(0),
          self: '',
        },
        { version: '2.0.0' },
      );
      const out = parse(exported, { columns: true }) as Record<string, string>[];
      for (const cell of out.filter((o) => o['OBS_VALUE'] !== '')) {
        const at = INDUSTRIES.indexOf(cell['INDUSTRY'] ?? '');
        const row = rows[at];
        if (!row) expect(blank || count >= 3).toBe(true);
        else {
          expect(row.count).toBeGreaterThanOrEqual(3);
          expect(row.share).toBeLessThanOrEqual(75);
        }
      }
      // A reader with all sums in hand solves for nothing that is withheld.
      const amounts = book.stated.filter((s) => s.indicator === 'SALES');
      const cells = amounts.map((s) => ({
        at: { industry: s.industry === '_T' ? TOTAL : s.industry },
        count: s.count ?? 0,
      }));
      expect(
        exposedBySums({ sums: sumsOfTable(cells, ['industry']), hidden: amounts.map((s) => hidden.has(s)) }),
      ).toBeUndefined();
      for (const amount of amounts.filter((s) => hidden.has(s)))
        expect(
          book.stated
            .filter((s) => s.indicator === 'SALES_G' && s.industry === amount.industry)
            .every((s) => hidden.has(s)),
        ).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
