/** How the figures of the sample economy came out, month by month: provisional at first, said again twice. */
import { round } from '#platform/basedata/economy/cumulative.ts';
import { ordinal, periodAt } from '#platform/basedata/economy/period.ts';
import { type History, type NewObservation, type SeriesKey, seriesId } from '#platform/basedata/economy/store.ts';
import { shanghaiMidnight } from '#platform/kernel/dates.ts';
import { FROM } from './economy-paths.ts';
import { PER_YEAR } from './economy-specs.ts';
import type { Random } from './random.ts';

/** Up to here everything came with the first release; from then on month by month, with revisions. */
const HISTORY_UNTIL = '2024-12';
const RELEASE_DAY = 18;
const RELEASE_HOUR = 10;

export type Made = {
  key: SeriesKey;
  freq: 'A' | 'Q' | 'M';
  values: Map<string, number>;
  decimals: number;
  revises?: string;
};

/** The month with whose release a period is published first: quarters with their last month, years with December. */
function monthOf(period: string, freq: 'A' | 'Q' | 'M'): number {
  return freq === 'M' ? ordinal(period) : ((ordinal(period) + 1) * 12) / PER_YEAR[freq] - 1;
}

export function releasesOf(options: { series: readonly Made[]; until: string; random: Random }): History['releases'] {
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
