/** Growth paths of the sample economy: a cycle that all share, seasons, the Spring Festival, noise; the same seed, the same figures. */
import { round } from '#platform/basedata/economy/cumulative.ts';
import { holidayRegressors } from '#platform/basedata/economy/method/spring-festival.ts';
import { ordinal, periodAt } from '#platform/basedata/economy/period.ts';
import { PER_YEAR, type Spec } from './economy-specs.ts';
import type { Random } from './random.ts';

export const FROM = 2012;

/** The cycle that all series share, by month: what the activity index is to find again. */
export function businessCycle(random: Random, until: string): Map<string, number> {
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

export function singleValues(options: {
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
export function publishedForm(values: Map<string, number>, spec: Spec): Map<string, number> {
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

export function priceIndex(random: Random, from: string, until: string): Map<string, number> {
  const out = new Map<string, number>();
  let level = 100;
  for (let at = ordinal(from); at <= ordinal(until); at += 1) {
    level *= 1 + 0.0012 + 0.003 * (random.next() - 0.5);
    out.set(periodAt('M', at), round(level, 1));
  }
  return out;
}
