/**
 * Sample series of the macro-economy base database: 320 series from 2012 on, from seeded growth paths, with releases, revisions and a
 * restated base year. Figures are invented; the structure follows the public statistical bulletins. Same seed and last month,
 * same figures.
 */
import type { Code } from '#platform/basedata/economy/codes.ts';
import { round } from '#platform/basedata/economy/cumulative.ts';
import { ordinal } from '#platform/basedata/economy/period.ts';
import { type History, type SeriesKey, seriesId } from '#platform/basedata/economy/store.ts';
import { businessCycle, priceIndex, publishedForm, singleValues } from './economy-paths.ts';
import { type Made, releasesOf } from './economy-releases.ts';
import { membersOf, SPECS, type Spec, type Street } from './economy-specs.ts';
import { createRandom } from './random.ts';

const SERIES = 320;

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
  const made: Made[] = [];
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
