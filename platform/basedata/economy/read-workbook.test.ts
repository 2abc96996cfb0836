import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCell } from './cell-number.ts';
import { inUnit, readHeading, readWorkbook, type Names } from './read-workbook.ts';
import { readSdmxJson } from './read-sdmx.ts';
import { unitLevel } from './secrecy.ts';

describe('a cell', () => {
  it.each([
    ['12.3', { kind: 'value', value: 12.3, status: 'A' }],
    ['12.3①', { kind: 'value', value: 12.3, status: 'A', note: '①' }],
    ['1,234.5*', { kind: 'value', value: 1234.5, status: 'A', note: '*' }],
    ['12.3（初步）', { kind: 'value', value: 12.3, status: 'P' }],
    ['12.3e', { kind: 'value', value: 12.3, status: 'E' }],
    ['12.3p②', { kind: 'value', value: 12.3, status: 'P', note: '②' }],
    ['-0.4(可比口径)', { kind: 'value', value: -0.4, status: 'A', note: '可比口径' }],
    ['１２．３', { kind: 'value', value: 12.3, status: 'A' }],
    ['—', { kind: 'missing' }],
    ['…', { kind: 'missing' }],
    ['', { kind: 'empty' }],
    [null, { kind: 'empty' }],
  ])('%s', (raw, expected) => expect(readCell(raw)).toEqual({ ...expected }));
  it.each(['约12', '12..3', '12.3亿', '1,23', '#N/A', '1e99', '十二', '12 13', '=1+1'])('%s is not guessed', (raw) =>
    expect(readCell(raw).kind).toBe('unreadable'),
  );
  it('reads every number that it is given, with any note behind it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom('', '①', '⑫', '*', '†'), (n, note) => {
        const read = readCell(`${(n / 100).toFixed(2)}${note}`);
        expect(read).toMatchObject({ kind: 'value', value: n / 100 });
      }),
    );
  });
  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void readCell(text)));
  });
});

describe('a heading', () => {
  it.each([
    ['2025年1—10月', 'M', '2025-10', 'YTD'],
    ['2025年 1-2月累计', 'M', '2025-02', 'YTD'],
    ['2025年10月', 'M', '2025-10', 'PER'],
    ['2025年10月末', 'M', '2025-10', 'END'],
    ['2025年三季度', 'Q', '2025-Q3', 'PER'],
    ['2025年前三季度', 'Q', '2025-Q3', 'YTD'],
    ['2025年上半年', 'Q', '2025-Q2', 'YTD'],
    ['2025年1-4季度', 'Q', '2025-Q4', 'YTD'],
    ['2025年', 'A', '2025', 'PER'],
  ])('%s', (text, freq, period, accumulation) => expect(readHeading(text)).toEqual({ freq, period, accumulation }));
  it('names growth, or nothing', () => {
    expect(readHeading('同比（%）')).toEqual({ growth: true });
    expect([readHeading('备注'), readHeading('2025年13月'), readHeading('2025年1-13月')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('units', () => {
  it('are brought to that of the series, or have nothing to do with it', () => {
    expect(inUnit(123_456, 'CNY_10K', 'CNY_100M')).toBe(12.3456);
    expect(inUnit(5, undefined, 'PCT')).toBe(5);
    expect(inUnit(5, 'PS', 'CNY_100M')).toBeUndefined();
  });
});

describe('single units', () => {
  const rows = (column: string, ...cells: string[]) => cells.map((cell) => ({ [column]: cell }));
  it('are found by code, heading and names, and not among aggregates', () => {
    expect(unitLevel(['a'], rows('a', '合计', '91310199MA003Q6R3B'))?.why).toBe('codes');
    expect(unitLevel(['单位详细名称'], rows('单位详细名称', 'x'))?.why).toBe('heading');
    expect(unitLevel(['指标'], rows('指标', '甲贸易有限公司', '乙科技股份公司', '丙事务所'))?.why).toBe('names');
    expect(
      unitLevel(['指标', '行业', '单位数'], [{ 指标: '零售总额', 行业: '批发和零售业', 单位数: '12' }]),
    ).toBeUndefined();
  });
});

describe('files that are none', () => {
  const names: Names = { indicators: new Map(), areas: new Map(), industries: new Map(), ownerships: new Map() };
  it('say what is wrong', async () => {
    const read = (text: string) => readWorkbook({ content: Buffer.from(text), fileName: 'a.csv', names });
    expect((await read('a,b\n1,2\n')).problem?.zh).toContain('模板');
    expect((await read('{"data":{}}')).problem?.en).toContain('SDMX-JSON');
    expect((await read('{not json')).problem?.en).toContain('cannot be read');
    expect((await read('FREQ,TIME_PERIOD,OBS_VALUE\nM,2025-01,1\n')).problem?.en).toContain('INDICATOR');
    expect(readSdmxJson('{"data":{"structures":[],"dataSets":[{}]}}').problem?.en).toContain('no structure');
  });
  it('never break the reader: 300 random messages', () => {
    fc.assert(
      fc.property(
        fc.json(),
        (text) => void readSdmxJson(`{"data":{"structures":[{"dimensions":{}}],"dataSets":[${text}]}}`),
      ),
      { numRuns: 300 },
    );
  });
});
