import { Readable } from 'node:stream';
import { readRecords } from '#platform/exchange/read/read-records.ts';
import type { Text } from '#platform/kernel/text.ts';
import { readCell } from './cell-number.ts';
import { UNIT_FACTORS, UNIT_NAMES } from './codes.ts';
import { frequencyOf } from './period.ts';
import { readSdmxCsv, readSdmxJson } from './read-sdmx.ts';
import { unitLevel } from './secrecy.ts';

/** A figure as a file states it, its dimensions by code; what cannot be read is a fault with the address of the cell. */
export type Stated = {
  indicator: string;
  freq: string;
  area?: string;
  industry: string;
  ownership: string;
  priceBase?: string;
  adjustment: string;
  accumulation?: string;
  period: string;
  value: number | null;
  status: 'A' | 'E' | 'P' | 'M';
  note?: string;
  /** Unit as written; the figure is brought to that of the series. */
  unit?: string;
  cell: string;
  /** Enterprises behind the figure and the largest one's share, where the file says so (K8). */
  count?: number;
  largest?: number;
};
export type CellFault = { cell: string; text: Text };
export type Workbook = {
  format: string;
  stated: Stated[];
  faults: CellFault[];
  rows: number;
  /** The sheet lists single units: it is refused. */
  secrecy?: { column: string; why: string };
  /** The file as a whole cannot be used. */
  problem?: Text;
};

/** Names of codes, for files that write names: title → code. */
export type Names = {
  indicators: ReadonlyMap<string, string>;
  areas: ReadonlyMap<string, string>;
  industries: ReadonlyMap<string, string>;
  ownerships: ReadonlyMap<string, string>;
};

const HEADINGS = {
  indicator: ['指标', '指标名称', '指标代码', 'INDICATOR'],
  area: ['地区', '地区代码', '街道', 'REF_AREA'],
  industry: ['行业', '行业代码', '行业门类', 'INDUSTRY'],
  ownership: ['登记注册类型', '经济类型', 'OWNERSHIP'],
  priceBase: ['价格基准', '基期', 'PRICE_BASE'],
  unit: ['计量单位', '单位', 'UNIT_MEASURE'],
  note: ['备注', '说明', '注'],
  count: ['单位数', '企业数', '企业户数'],
  largest: ['最大单位占比', '最大企业占比'],
} as const;
type Field = keyof typeof HEADINGS;
const REQUIRED_ROWS = 1;

/** Reads a workbook in the template, SDMX-CSV or SDMX-JSON. Never throws for what people can mend. */
export async function readWorkbook(options: { content: Buffer; fileName: string; names: Names }): Promise<Workbook> {
  const { content, fileName, names } = options;
  const text = content
    .subarray(0, 400)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  if (/^\s*\{/.test(text)) return readSdmxJson(content.toString('utf8'));
  const reader = readRecords({ stream: Readable.from([content]), fileName, maxBytes: 256 * 2 ** 20 });
  const info = await reader.info();
  const records: { line?: number; row: number; values: Record<string, unknown> }[] = [];
  for await (const chunk of reader) records.push(...chunk);
  const secrecy = unitLevel(
    info.columns,
    records.map((record) => record.values),
  );
  if (secrecy) return { format: info.format, stated: [], faults: [], rows: records.length, secrecy };
  const address = addressOf(info.columns);
  if (info.columns.includes('TIME_PERIOD') && info.columns.includes('OBS_VALUE'))
    return readSdmxCsv({ records, columns: info.columns, address });
  return readTemplate({ records, columns: info.columns, names, address, format: info.format });
}

type Record_ = { line?: number; row: number; values: Record<string, unknown> };

/** `D7` from a column's place and the record's line. */
function addressOf(columns: readonly string[]): (column: string, record: Record_) => string {
  return (column, record) => {
    let at = columns.indexOf(column) + 1;
    let letters = '';
    for (; at > 0; at = Math.floor((at - 1) / 26)) letters = String.fromCharCode(65 + ((at - 1) % 26)) + letters;
    return `${letters}${record.line ?? record.row + 1}`;
  };
}

type Heading = { freq: string; period: string; accumulation: string } | { growth: true };
const CHINESE_NUMBER: Readonly<Record<string, string>> = { 一: '1', 二: '2', 三: '3', 四: '4' };

/** What a heading says of the period: `2025年1—10月` (cumulative), `2025年10月`, `2025年10月末`, `2025年前三季度`, `2025年`, `同比（%）`. */
export function readHeading(heading: string): Heading | undefined {
  const plain = heading
    .replace(/[\s\u3000]/g, '')
    .replace(/[—–－~～至]/g, '-')
    .replace(/（[^）]*）|\([^)]*\)/g, '')
    .replace(/(?:数值|完成|实绩|累计|绝对量|总量)$/, '');
  if (/^(?:同比|比上年同期|同比增长|增速|增长)(?:[%％]|增长|增速)?$/.test(plain)) return { growth: true };
  const month = (m: string): string => m.padStart(2, '0');
  const range = /^(\d{4})年0?1-0?(\d{1,2})月份?$/.exec(plain);
  if (range && Number(range[2]) <= 12)
    return { freq: 'M', period: `${range[1]}-${month(range[2] ?? '')}`, accumulation: 'YTD' };
  const end = /^(\d{4})年(\d{1,2})月(末|底)?$/.exec(plain);
  if (end && Number(end[2]) <= 12 && Number(end[2]) > 0)
    return { freq: 'M', period: `${end[1]}-${month(end[2] ?? '')}`, accumulation: end[3] ? 'END' : 'PER' };
  const quarter = /^(\d{4})年(?:第)?([一二三四1-4])季度$/.exec(plain);
  const digit = (q: string): string => CHINESE_NUMBER[q] ?? q;
  if (quarter) return { freq: 'Q', period: `${quarter[1]}-Q${digit(quarter[2] ?? '')}`, accumulation: 'PER' };
  const first = /^(\d{4})年(?:前([二三四2-4])季度|1-([2-4])季度|(上半年))$/.exec(plain);
  if (first)
    return {
      freq: 'Q',
      period: `${first[1]}-Q${first[4] ? '2' : digit(first[2] ?? first[3] ?? '')}`,
      accumulation: 'YTD',
    };
  const year = /^(\d{4})年(?:度|全年)?$/.exec(plain);
  return year ? { freq: 'A', period: year[1] ?? '', accumulation: 'PER' } : undefined;
}

function readTemplate(options: {
  records: readonly Record_[];
  columns: readonly string[];
  names: Names;
  address: (column: string, record: Record_) => string;
  format: string;
}): Workbook {
  const { records, columns, names, address, format } = options;
  const column = (field: Field): string | undefined =>
    columns.find((each) => (HEADINGS[field] as readonly string[]).includes(each.replace(/\s+/g, '')));
  const at = Object.fromEntries((Object.keys(HEADINGS) as Field[]).map((f) => [f, column(f)])) as Record<
    Field,
    string | undefined
  >;
  const used = new Set(Object.values(at));
  const periods = columns.flatMap((each) => {
    const heading = used.has(each) ? undefined : readHeading(each);
    return heading ? [{ column: each, heading }] : [];
  });
  const main = periods.find((p) => 'period' in p.heading)?.heading;
  const nothing = { format, stated: [], faults: [], rows: records.length };
  if (!at.indicator || !main || !('period' in main) || records.length < REQUIRED_ROWS)
    return {
      ...nothing,
      problem: {
        zh: '没有找到“指标”列和写明时期的列（如“2025年1—10月”），请使用报送模板',
        en: 'There is no column 指标 and none whose heading names a period (such as 2025年1—10月); use the template',
      },
    };
  const stated: Stated[] = [];
  const faults: CellFault[] = [];
  for (const record of records) {
    const cell = (field: Field): string => String((at[field] && record.values[at[field]]) ?? '').trim();
    const said = cell('indicator').replace(/[\s\u3000]/g, '');
    if (said === '' || /^[注备说]/.test(said)) continue;
    const wrong = (field: Field, zh: string, en: string): void =>
      void faults.push({ cell: address(at[field] ?? at.indicator ?? '', record), text: { zh, en } });
    const find = (field: Field, codes: ReadonlyMap<string, string>, fallback?: string): string | undefined => {
      const value = cell(field).replace(/[\s\u3000]/g, '');
      return value === '' ? fallback : codes.get(value);
    };
    const indicator = names.indicators.get(said);
    const industry = find('industry', names.industries, '_T');
    const ownership = find('ownership', names.ownerships, '_T');
    const area = find('area', names.areas, '');
    if (!indicator) wrong('indicator', `没有名为“${said}”的指标`, `there is no indicator called “${said}”`);
    if (!industry) wrong('industry', `没有“${cell('industry')}”这个行业`, `there is no industry “${cell('industry')}”`);
    if (!ownership)
      wrong('ownership', `没有“${cell('ownership')}”这个登记注册类型`, `there is no ownership “${cell('ownership')}”`);
    if (area === undefined) wrong('area', `没有“${cell('area')}”这个地区`, `there is no area “${cell('area')}”`);
    const unit = cell('unit') === '' ? undefined : UNIT_NAMES[cell('unit')];
    if (cell('unit') !== '' && !unit)
      wrong('unit', `不认识计量单位“${cell('unit')}”`, `the unit “${cell('unit')}” is not known`);
    if (!indicator || !industry || !ownership || area === undefined || (cell('unit') !== '' && !unit)) continue;
    const base = /^(?:I)?(\d{4})(?:年)?(?:=100)?$/.exec(cell('priceBase').replace(/\s+/g, ''));
    const count = readCell(cell('count'));
    const largest = readCell(cell('largest').replace(/[%％]$/, ''));
    for (const { column: where, heading } of periods) {
      const read = readCell(record.values[where] as string | null);
      if (read.kind === 'empty') continue;
      const address_ = address(where, record);
      if (read.kind === 'unreadable') {
        faults.push({ cell: address_, text: read.why });
        continue;
      }
      const growth = 'growth' in heading;
      const about = growth ? main : heading;
      const note = [read.note, growth ? '' : cell('note')].filter(Boolean).join('；') || undefined;
      stated.push({
        indicator: growth ? `${indicator}_G` : indicator,
        freq: about.freq,
        area: area || undefined,
        industry,
        ownership,
        priceBase: growth ? 'K' : base ? `I${base[1]}` : cell('priceBase') || undefined,
        adjustment: 'N',
        accumulation: about.accumulation,
        period: about.period,
        value: read.kind === 'value' ? read.value : null,
        status: read.kind === 'value' ? read.status : 'M',
        note,
        unit: growth ? 'PCT' : unit,
        cell: address_,
        count: !growth && count.kind === 'value' ? count.value : undefined,
        largest: !growth && largest.kind === 'value' ? largest.value / 100 : undefined,
      });
    }
  }
  return { ...nothing, stated, faults };
}

/** A figure in the unit of its series, or undefined where the two have nothing in common (万元 and 人). */
export function inUnit(value: number, from: string | undefined, to: string): number | undefined {
  if (from === undefined || from === to) return value;
  const a = UNIT_FACTORS[from];
  const b = UNIT_FACTORS[to];
  if (!a || !b || a.basic !== b.basic) return undefined;
  return Number(((value * a.factor) / b.factor).toPrecision(15));
}

/** True where text is a period of the frequency. */
export const isPeriod = (freq: string, period: string): boolean => frequencyOf(period) === freq;
