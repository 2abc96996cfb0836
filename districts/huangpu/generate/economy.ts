/**
 * Sample series of the macro-economy base database: 320 series from 2012 on, from seeded growth paths, with releases, revisions and a
 * restated base year. Figures are invented; the structure follows the public statistical bulletins. Same seed and last month,
 * same figures.
 */
import type { Code } from '#platform/basedata/economy/codes.ts';
import { round } from '#platform/basedata/economy/cumulative.ts';
import { holidayRegressors } from '#platform/basedata/economy/method/spring-festival.ts';
import { ordinal, periodAt } from '#platform/basedata/economy/period.ts';
import { type History, type NewObservation, type SeriesKey, seriesId } from '#platform/basedata/economy/store.ts';
import { shanghaiMidnight } from '#platform/kernel/dates.ts';
import { createRandom, type Random } from './random.ts';

export const SERIES = 320;
const FROM = 2012;
/** Up to here everything came with the first release; from then on month by month, with revisions. */
const HISTORY_UNTIL = '2024-12';
const RELEASE_DAY = 18;
const RELEASE_HOUR = 10;
/** Section → share of the district's total, by what kind of district it is: finance, trade and services. */
const SECTIONS: readonly (readonly [string, number])[] = [
  ['C', 4],
  ['D', 3],
  ['E', 4],
  ['F', 18],
  ['G', 4],
  ['H', 4],
  ['I', 7],
  ['J', 27],
  ['K', 9],
  ['L', 9],
  ['M', 4],
  ['N', 1],
  ['O', 1],
  ['P', 1],
  ['Q', 2],
  ['R', 2],
];
const SERVICES = new Set(['G', 'I', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R']);

type Street = { code: string; name: string };
type Spec = {
  indicator: string;
  freq: 'A' | 'Q' | 'M';
  accumulation: 'YTD' | 'PER' | 'END';
  /** Level of a single period at the start, in the unit of the indicator. */
  level: number;
  /** Growth a year, and how much seasons and the Spring Festival move it. */
  trend: number;
  season: number;
  festival: number;
  noise: number;
  decimals: number;
  by?: 'industry' | 'service' | 'trade' | 'ownership' | 'street';
  growth?: boolean;
};

const SPECS: readonly Spec[] = [
  {
    indicator: 'GDP',
    freq: 'Q',
    accumulation: 'YTD',
    level: 330,
    trend: 0.055,
    season: 0.04,
    festival: 0,
    noise: 0.008,
    decimals: 1,
    by: 'industry',
    growth: true,
  },
  {
    indicator: 'RETAIL',
    freq: 'M',
    accumulation: 'YTD',
    level: 62,
    trend: 0.045,
    season: 0.07,
    festival: 0.18,
    noise: 0.025,
    decimals: 1,
    by: 'trade',
    growth: true,
  },
  {
    indicator: 'RETAIL',
    freq: 'A',
    accumulation: 'PER',
    level: 744,
    trend: 0.045,
    season: 0,
    festival: 0,
    noise: 0.01,
    decimals: 1,
    by: 'ownership',
  },
  {
    indicator: 'SALES',
    freq: 'M',
    accumulation: 'YTD',
    level: 410,
    trend: 0.05,
    season: 0.06,
    festival: -0.1,
    noise: 0.03,
    decimals: 1,
    growth: false,
  },
  {
    indicator: 'INVEST',
    freq: 'M',
    accumulation: 'YTD',
    level: 21,
    trend: 0.04,
    season: 0.12,
    festival: -0.25,
    noise: 0.05,
    decimals: 1,
    growth: true,
  },
  {
    indicator: 'SERVREV',
    freq: 'M',
    accumulation: 'YTD',
    level: 96,
    trend: 0.06,
    season: 0.05,
    festival: -0.12,
    noise: 0.02,
    decimals: 1,
    by: 'service',
    growth: true,
  },
  {
    indicator: 'SERVREV',
    freq: 'Q',
    accumulation: 'YTD',
    level: 288,
    trend: 0.06,
    season: 0.05,
    festival: 0,
    noise: 0.01,
    decimals: 1,
    by: 'service',
  },
  {
    indicator: 'INDOUT',
    freq: 'M',
    accumulation: 'YTD',
    level: 9.2,
    trend: 0.02,
    season: 0.05,
    festival: -0.3,
    noise: 0.03,
    decimals: 1,
    growth: false,
  },
  {
    indicator: 'ELEC',
    freq: 'M',
    accumulation: 'YTD',
    level: 4.1,
    trend: 0.02,
    season: 0.18,
    festival: -0.1,
    noise: 0.02,
    decimals: 2,
    by: 'industry',
  },
  {
    indicator: 'BUDGET',
    freq: 'M',
    accumulation: 'YTD',
    level: 17,
    trend: 0.045,
    season: 0.14,
    festival: 0,
    noise: 0.03,
    decimals: 1,
  },
  {
    indicator: 'TAX',
    freq: 'M',
    accumulation: 'YTD',
    level: 48,
    trend: 0.05,
    season: 0.15,
    festival: 0,
    noise: 0.03,
    decimals: 1,
    by: 'industry',
    growth: true,
  },
  {
    indicator: 'TAX',
    freq: 'A',
    accumulation: 'PER',
    level: 570,
    trend: 0.05,
    season: 0,
    festival: 0,
    noise: 0.015,
    decimals: 1,
    by: 'street',
  },
  {
    indicator: 'LOANS',
    freq: 'M',
    accumulation: 'END',
    level: 2_100,
    trend: 0.08,
    season: 0.01,
    festival: 0,
    noise: 0.004,
    decimals: 1,
    by: 'ownership',
    growth: true,
  },
  {
    indicator: 'DEPOSITS',
    freq: 'M',
    accumulation: 'END',
    level: 3_600,
    trend: 0.075,
    season: 0.01,
    festival: 0,
    noise: 0.004,
    decimals: 1,
    by: 'ownership',
  },
  {
    indicator: 'EXPORTS',
    freq: 'M',
    accumulation: 'YTD',
    level: 12,
    trend: 0.03,
    season: 0.06,
    festival: -0.2,
    noise: 0.05,
    decimals: 1,
  },
  {
    indicator: 'IMPORTS',
    freq: 'M',
    accumulation: 'YTD',
    level: 31,
    trend: 0.03,
    season: 0.05,
    festival: -0.15,
    noise: 0.05,
    decimals: 1,
  },
  {
    indicator: 'FDI',
    freq: 'M',
    accumulation: 'YTD',
    level: 5,
    trend: 0.03,
    season: 0.08,
    festival: 0,
    noise: 0.08,
    decimals: 1,
  },
  {
    indicator: 'EMPLOYED',
    freq: 'Q',
    accumulation: 'END',
    level: 512_000,
    trend: 0.012,
    season: 0.006,
    festival: 0,
    noise: 0.004,
    decimals: 0,
    by: 'industry',
  },
  {
    indicator: 'EMPLOYED',
    freq: 'A',
    accumulation: 'END',
    level: 512_000,
    trend: 0.012,
    season: 0,
    festival: 0,
    noise: 0.004,
    decimals: 0,
    by: 'street',
  },
  {
    indicator: 'FIRMS_NEW',
    freq: 'M',
    accumulation: 'YTD',
    level: 640,
    trend: 0.02,
    season: 0.1,
    festival: -0.3,
    noise: 0.05,
    decimals: 0,
    by: 'industry',
  },
  {
    indicator: 'FIRMS_NEW',
    freq: 'A',
    accumulation: 'PER',
    level: 7_600,
    trend: 0.02,
    season: 0,
    festival: 0,
    noise: 0.03,
    decimals: 0,
    by: 'street',
  },
  {
    indicator: 'GDP',
    freq: 'A',
    accumulation: 'PER',
    level: 1_340,
    trend: 0.055,
    season: 0,
    festival: 0,
    noise: 0.008,
    decimals: 1,
    by: 'industry',
    growth: true,
  },
  {
    indicator: 'EMPLOYED',
    freq: 'A',
    accumulation: 'END',
    level: 512_000,
    trend: 0.012,
    season: 0,
    festival: 0,
    noise: 0.004,
    decimals: 0,
    by: 'ownership',
  },
  {
    indicator: 'SALES',
    freq: 'A',
    accumulation: 'PER',
    level: 4_900,
    trend: 0.05,
    season: 0,
    festival: 0,
    noise: 0.01,
    decimals: 1,
    by: 'ownership',
  },
  {
    indicator: 'BUDGET',
    freq: 'A',
    accumulation: 'PER',
    level: 205,
    trend: 0.045,
    season: 0,
    festival: 0,
    noise: 0.01,
    decimals: 1,
    by: 'street',
  },
  {
    indicator: 'DEPOSITS',
    freq: 'A',
    accumulation: 'END',
    level: 3_600,
    trend: 0.075,
    season: 0,
    festival: 0,
    noise: 0.01,
    decimals: 1,
    by: 'street',
  },
  {
    indicator: 'EXPORTS',
    freq: 'A',
    accumulation: 'PER',
    level: 144,
    trend: 0.03,
    season: 0,
    festival: 0,
    noise: 0.02,
    decimals: 1,
    by: 'ownership',
  },
  {
    indicator: 'IMPORTS',
    freq: 'A',
    accumulation: 'PER',
    level: 370,
    trend: 0.03,
    season: 0,
    festival: 0,
    noise: 0.02,
    decimals: 1,
    by: 'ownership',
  },
  {
    indicator: 'INDOUT',
    freq: 'A',
    accumulation: 'PER',
    level: 110,
    trend: 0.02,
    season: 0,
    festival: 0,
    noise: 0.02,
    decimals: 1,
    by: 'ownership',
  },
  {
    indicator: 'INVEST',
    freq: 'A',
    accumulation: 'PER',
    level: 250,
    trend: 0.04,
    season: 0,
    festival: 0,
    noise: 0.03,
    decimals: 1,
    by: 'ownership',
  },
  {
    indicator: 'SERVREV',
    freq: 'A',
    accumulation: 'PER',
    level: 1_150,
    trend: 0.06,
    season: 0,
    festival: 0,
    noise: 0.01,
    decimals: 1,
    by: 'street',
  },
  {
    indicator: 'RETAIL',
    freq: 'A',
    accumulation: 'PER',
    level: 744,
    trend: 0.045,
    season: 0,
    festival: 0,
    noise: 0.01,
    decimals: 1,
    by: 'street',
  },
];
const PER_YEAR = { A: 1, Q: 4, M: 12 } as const;

/** All of it until a month whose release has come. The next release stands on the calendar, empty. */
export function economySample(options: {
  seed: number;
  district: { code: string; title: { zh: string; en: string } };
  streets: readonly Street[];
  /** Last month that is published, `YYYY-MM`. */
  until: string;
  /** Only these indicators: for tests. */
  only?: readonly string[];
}): History {
  const { district, streets, until, only } = options;
  const random = createRandom(options.seed).fork('economy');
  const path = businessCycle(random.fork('cycle'), until);
  const made: {
    key: SeriesKey;
    freq: 'A' | 'Q' | 'M';
    values: Map<string, number>;
    decimals: number;
    revises?: string;
  }[] = [];
  const base = (spec: Spec): SeriesKey => ({
    freq: spec.freq,
    indicator: spec.indicator,
    area: district.code,
    industry: '_T',
    ownership: '_T',
    priceBase: 'V',
    adjustment: 'N',
    accumulation: spec.accumulation,
  });
  const seen = new Set<string>();
  const add = (key: SeriesKey, values: Map<string, number>, decimals: number, revises?: string): void => {
    const id = seriesId(key);
    if (seen.has(id)) return;
    seen.add(id);
    made.push({ key, freq: key.freq as 'A' | 'Q' | 'M', values, decimals, revises });
  };
  for (const spec of SPECS.filter((s) => !only || only.includes(s.indicator))) {
    const members = membersOf(spec, streets);
    const single = members.map(({ id, share }) =>
      singleValues({
        spec,
        share,
        path,
        until,
        random: random.fork(`${spec.indicator} ${spec.freq} ${spec.by ?? ''} ${id}`),
      }),
    );
    const published = single.map((values) => publishedForm(values, spec));
    // A total is the sum of its parts as they are published: the identity holds to the last digit.
    const total = new Map<string, number>();
    for (const values of published)
      for (const [p, v] of values) total.set(p, round((total.get(p) ?? 0) + v, spec.decimals));
    // What is said again moves in one part and, by as much, in the total.
    const moving = spec.freq === 'M' ? `${spec.indicator} ${spec.by ?? ''}` : undefined;
    add(base(spec), total, spec.decimals, moving);
    if (spec.by)
      members.forEach(({ id, field }, i) =>
        add({ ...base(spec), [field]: id }, published[i] ?? new Map(), spec.decimals, i === 0 ? moving : undefined),
      );
    if (spec.growth) {
      const rate = (values: Map<string, number>): Map<string, number> =>
        new Map(
          [...values].flatMap(([p, v]) => {
            const before = values.get(`${Number(p.slice(0, 4)) - 1}${p.slice(4)}`);
            // Comparable prices: about two per cent of the growth at current prices is price.
            return before === undefined
              ? []
              : [[p, round((v / before - 1) * 100 - 1.4 - 0.6 * Math.sin(ordinal(p)), 1)] as const];
          }),
        );
      const growth = { ...base(spec), indicator: `${spec.indicator}_G`, priceBase: 'K' };
      add(growth, rate(total), 1, spec.freq === 'M' ? `${spec.indicator}_G` : undefined);
      if (spec.by && spec.by !== 'street')
        members.forEach(({ id, field }, i) => add({ ...growth, [field]: id }, rate(published[i] ?? new Map()), 1));
    }
  }
  const ended: { series: string; at: string; followedBy: string }[] = [];
  const market: { series: string; provider: string; licence: string; method: { zh: string; en: string } }[] = [];
  if (!only || only.includes('CPI')) {
    const key = (priceBase: string): SeriesKey => ({
      ...base({ ...(SPECS[1] as Spec), indicator: 'CPI', accumulation: 'PER' }),
      priceBase,
    });
    for (const [priceBase, first, last, next] of [
      ['I2010', '2012-01', '2015-12', 'I2015'],
      ['I2015', '2016-01', '2020-12', 'I2020'],
      ['I2020', '2021-01', until, undefined],
    ] as const) {
      const values = priceIndex(random.fork(`CPI ${priceBase}`), first, last);
      add(key(priceBase), values, 1);
      if (next) ended.push({ series: seriesId(key(priceBase)), at: last, followedBy: seriesId(key(next)) });
    }
  }
  if (!only || only.includes('MARKET_PRICE'))
    for (const [industry, provider, zh] of [
      ['F', '样例电商价格数据商', '线上消费价格'],
      ['C', '样例钢材价格数据商', '钢材价格'],
    ] as const) {
      const key = {
        ...base({ ...(SPECS[1] as Spec), indicator: 'MARKET_PRICE', accumulation: 'PER' }),
        industry,
        priceBase: '_Z',
      };
      add(key, priceIndex(random.fork(`market ${industry}`), '2016-01', until), 1);
      market.push({
        series: seriesId(key),
        provider,
        licence: '样例合同：区内使用，不得转发',
        method: { zh: `${zh}，提供商链式指数。`, en: `Chained index of the provider (${industry}).` },
      });
    }
  const chosen = only ? made : made.slice(0, SERIES);
  return {
    areas: [
      { code: district.code, title: district.title },
      ...streets.map((s): Code => ({ code: s.code, parent: district.code, title: { zh: s.name, en: s.name } })),
    ],
    series: chosen.map(({ key }) => key),
    ended: ended.filter(
      ({ series, followedBy }) =>
        chosen.some((c) => seriesId(c.key) === series) && chosen.some((c) => seriesId(c.key) === followedBy),
    ),
    market: market.filter(({ series }) => chosen.some((c) => seriesId(c.key) === series)),
    releases: releasesOf({ series: chosen, until, random: random.fork('revisions') }),
  };
}

function membersOf(
  spec: Spec,
  streets: readonly Street[],
): { id: string; share: number; field: 'industry' | 'ownership' | 'area' }[] {
  switch (spec.by) {
    case 'industry':
      return SECTIONS.map(([id, share]) => ({ id, share: share / 100, field: 'industry' }));
    case 'service': {
      const list = SECTIONS.filter(([id]) => SERVICES.has(id));
      const sum = list.reduce((s, [, share]) => s + share, 0);
      return list.map(([id, share]) => ({ id, share: share / sum, field: 'industry' }));
    }
    case 'trade':
      return [
        { id: 'F', share: 0.84, field: 'industry' },
        { id: 'H', share: 0.16, field: 'industry' },
      ];
    case 'ownership':
      return [
        { id: 'STATE', share: 0.42, field: 'ownership' },
        { id: 'PRIVATE', share: 0.35, field: 'ownership' },
        { id: 'FOREIGN', share: 0.23, field: 'ownership' },
      ];
    case 'street':
      return streets.map(({ code }, i) => ({
        id: code,
        share: (1 + ((i * 7) % 5) / 4) / (streets.length * 1.5),
        field: 'area',
      }));
    default:
      return [{ id: '_T', share: 1, field: 'industry' }];
  }
}

/** The cycle that all series share, by month: what the activity index is to find again. */
function businessCycle(random: Random, until: string): Map<string, number> {
  const path = new Map<string, number>();
  let level = 0;
  for (let at = FROM * 12; at <= ordinal(until); at += 1) {
    level = 0.93 * level + 0.012 * (random.next() + random.next() - 1);
    // 2020 and the spring of 2022, as every bulletin of the city has them.
    const dip =
      at >= 2020 * 12 + 1 && at <= 2020 * 12 + 3 ? -0.12 : at >= 2022 * 12 + 3 && at <= 2022 * 12 + 4 ? -0.22 : 0;
    path.set(periodAt('M', at), level + dip);
  }
  return path;
}

function singleValues(options: {
  spec: Spec;
  share: number;
  path: Map<string, number>;
  until: string;
  random: Random;
}): Map<string, number> {
  const { spec, share, path, until, random } = options;
  const months = ordinal(until);
  const per = PER_YEAR[spec.freq];
  const own = random.next() * 0.03 - 0.015;
  const phase = random.next() * 0.6;
  const out = new Map<string, number>();
  for (let at = FROM * per; ; at += 1) {
    const period = periodAt(spec.freq, at);
    const lastMonth = ((at + 1) * 12) / per - 1;
    if (lastMonth > months) break;
    const years = (at - FROM * per) / per;
    const cycle = path.get(periodAt('M', lastMonth)) ?? 0;
    const season = spec.season * Math.cos((2 * Math.PI * (at % per)) / per + phase + 0.9);
    const holiday =
      spec.freq === 'M'
        ? spec.festival * (holidayRegressors(Number(period.slice(0, 4)), Number(period.slice(5)))[1] ?? 0)
        : 0;
    const noise = spec.noise * (random.next() + random.next() + random.next() - 1.5);
    const log =
      years * (spec.trend + own) + season + holiday + (spec.accumulation === 'END' ? cycle * 0.15 : cycle) + noise;
    out.set(period, spec.level * share * Math.exp(log));
  }
  return out;
}

/** As offices publish it: cumulative from January, January and February only together; stocks and years as they are. */
function publishedForm(values: Map<string, number>, spec: Spec): Map<string, number> {
  const out = new Map<string, number>();
  let sum = 0;
  let year = '';
  for (const [period, value] of values) {
    if (spec.accumulation !== 'YTD') {
      out.set(period, round(value, spec.decimals));
      continue;
    }
    if (period.slice(0, 4) !== year) {
      year = period.slice(0, 4);
      sum = 0;
    }
    sum = round(sum + round(value, spec.decimals), spec.decimals);
    if (spec.freq !== 'M' || !period.endsWith('-01')) out.set(period, sum);
  }
  return out;
}

function priceIndex(random: Random, from: string, until: string): Map<string, number> {
  const out = new Map<string, number>();
  let level = 100;
  for (let at = ordinal(from); at <= ordinal(until); at += 1) {
    level *= 1 + 0.0012 + 0.003 * (random.next() - 0.5);
    out.set(periodAt('M', at), round(level, 1));
  }
  return out;
}

type Made = { key: SeriesKey; freq: 'A' | 'Q' | 'M'; values: Map<string, number>; decimals: number; revises?: string };

/** The month with whose release a period is published first: quarters with their last month, years with December. */
function monthOf(period: string, freq: 'A' | 'Q' | 'M'): number {
  return freq === 'M' ? ordinal(period) : ((ordinal(period) + 1) * 12) / PER_YEAR[freq] - 1;
}

function releasesOf(options: { series: readonly Made[]; until: string; random: Random }): History['releases'] {
  const { series, until, random } = options;
  const start = ordinal(HISTORY_UNTIL);
  const end = ordinal(until);
  const releases: History['releases'][number][] = [];
  const shifts = new Map<string, number>();
  const shiftOf = (key: string, final: number, decimals: number): number => {
    const known = shifts.get(key);
    if (known !== undefined) return known;
    const rate = key.split(' ')[0]?.endsWith('_G') ?? false;
    // Even in the last digit, so that half of it is a whole one.
    const unit = 2 * 10 ** -decimals;
    const made = Math.round(((random.next() - 0.5) * (rate ? 1 : Math.abs(final) * 0.012)) / unit) * unit;
    shifts.set(key, made);
    return made;
  };
  for (let month = start; month <= end + 1; month += 1) {
    const period = periodAt('M', month);
    const observations: NewObservation[] = [];
    for (const { key, freq, values, decimals, revises } of month > end ? [] : series) {
      const id = seriesId(key);
      for (const [p, final] of values) {
        const first = monthOf(p, freq);
        const age = month - first;
        if (month === start) {
          if (first <= start) observations.push({ series: id, period: p, value: final, status: 'A' });
          continue;
        }
        // First said provisionally, said again twice as more returns come in.
        if (age < 0 || age > 2 || first <= start || (age > 0 && !revises)) continue;
        const value =
          revises && age < 2 ? round(final + shiftOf(`${revises} ${p}`, final, decimals) / (age + 1), decimals) : final;
        observations.push({ series: id, period: p, value, status: revises && age < 2 ? 'P' : 'A' });
      }
    }
    const due = periodAt('M', month + 1);
    const first = month === start;
    releases.push({
      key: period,
      title: first
        ? { zh: `${FROM}—2024年历史数据`, en: `History ${FROM}–2024` }
        : { zh: `${period.slice(0, 4)}年${Number(period.slice(5))}月经济运行数据`, en: `Economic figures, ${period}` },
      period,
      owner: 'statistics',
      embargoUntil: new Date(shanghaiMidnight(`${due}-${RELEASE_DAY}`).getTime() + RELEASE_HOUR * 3_600_000),
      state: month > end ? 'planned' : 'published',
      preparedBy: '样例统计员',
      approvedBy: '样例负责人',
      observations,
    });
  }
  return releases;
}

/** The last month whose release has come at a moment; at least the end of 2025. */
export function lastReleased(now: Date): string {
  const shanghai = new Date(now.getTime() + 8 * 3_600_000);
  const passed =
    shanghai.getUTCDate() > RELEASE_DAY ||
    (shanghai.getUTCDate() === RELEASE_DAY && shanghai.getUTCHours() >= RELEASE_HOUR);
  const month = shanghai.getUTCFullYear() * 12 + shanghai.getUTCMonth() - (passed ? 1 : 2);
  return periodAt('M', Math.max(month, ordinal('2025-12')));
}
