import type { Text } from '#platform/kernel/text.ts';
import { ADDITIVE, UNIT_FACTORS } from './codes.ts';
import { median, medianDeviation } from './method/linear.ts';
import { frequencyOf, ordinal, yearBefore } from './period.ts';

/** A value that a workbook brings, already in the unit of its series. */
export type Incoming = {
  series: SeriesFacts;
  period: string;
  value: number | null;
  cell: string;
};

/** What the checks need to know of a series. */
export type SeriesFacts = {
  id: string;
  freq: string;
  indicator: string;
  area: string;
  industry: string;
  ownership: string;
  priceBase: string;
  adjustment: string;
  accumulation: string;
  unit: string;
  decimals: number;
  sign: 'any' | 'not-negative';
};

export type Finding = {
  kind: 'unit' | 'sum' | 'sign' | 'jump' | 'secrecy' | 'cell';
  /** `stop` ends the load; `reason` waits for a person. */
  weight: 'stop' | 'reason' | 'row';
  series?: string;
  period?: string;
  cell?: string;
  difference?: number;
  text: Text;
};

/** Values of the last vintage by series and period. */
export type History = ReadonlyMap<string, ReadonlyMap<string, number>>;

const name = (value: number): string => String(Number(value.toPrecision(8)));

/**
 * Units by magnitude (万元/亿元): a value that is about 10,000 times, or a ten-thousandth of, the same period a year before (or of the
 * median of the last years) is a wrong unit, not growth. Stops the load.
 */
export function unitFaults(incoming: readonly Incoming[], history: History): Finding[] {
  const faults: Finding[] = [];
  for (const { series, period, value, cell } of incoming) {
    if (value === null || value === 0 || (UNIT_FACTORS[series.unit]?.factor ?? 1) === 1) continue;
    const known = history.get(series.id);
    const before = known?.get(yearBefore(period)) ?? middle(known);
    // A wrong sign is another finding.
    if (before === undefined || before === 0 || value / before < 0) continue;
    const orders = Math.log10(Math.abs(value / before));
    if (Math.abs(orders) < 3) continue;
    const wrong = orders > 0 ? '万元读作亿元' : '亿元读作万元';
    faults.push({
      kind: 'unit',
      weight: 'stop',
      series: series.id,
      period,
      cell,
      difference: value - before,
      text: {
        zh: `${cell}：${name(value)} 约为去年同期 ${name(before)} 的 ${orders > 0 ? `${Math.round(10 ** orders)} 倍` : `1/${Math.round(10 ** -orders)}`}，计量单位可能有误（${wrong}）`,
        en: `${cell}: ${name(value)} is about ${orders > 0 ? `${Math.round(10 ** orders)} times` : `1/${Math.round(10 ** -orders)} of`} ${name(before)} a year before; the unit may be wrong`,
      },
    });
  }
  return faults;
}

function middle(known: ReadonlyMap<string, number> | undefined): number | undefined {
  if (!known || known.size < 3) return undefined;
  return median([...known.values()]);
}

/** Signs (符号): a stock or an amount that cannot be negative. Stops the load. */
export function signFaults(incoming: readonly Incoming[]): Finding[] {
  return incoming.flatMap(({ series, period, value, cell }): Finding[] =>
    value !== null && value < 0 && series.sign === 'not-negative'
      ? [
          {
            kind: 'sign',
            weight: 'stop',
            series: series.id,
            period,
            cell,
            difference: value,
            text: {
              zh: `${cell}：该指标不能为负（${name(value)}）`,
              en: `${cell}: cannot be negative (${name(value)})`,
            },
          },
        ]
      : [],
  );
}

/**
 * Accounting identities (平衡关系): where a total and all of its industries are there, their sum is the total within what rounding can
 * explain: half a last digit for each part and for the total. Stops the load and names the difference.
 */
export function sumFaults(incoming: readonly Incoming[], parts: readonly SeriesFacts[], history: History): Finding[] {
  const now = new Map(incoming.map((each) => [`${each.series.id} ${each.period}`, each]));
  const valueOf = (series: string, period: string): number | null | undefined => {
    const brought = now.get(`${series} ${period}`);
    return brought ? brought.value : history.get(series)?.get(period);
  };
  const group = (s: SeriesFacts): string =>
    [s.freq, s.indicator, s.area, s.ownership, s.priceBase, s.adjustment, s.accumulation].join('.');
  const groups = new Map<string, SeriesFacts[]>();
  for (const series of parts) groups.set(group(series), [...(groups.get(group(series)) ?? []), series]);
  const faults: Finding[] = [];
  for (const members of groups.values()) {
    const total = members.find((s) => s.industry === '_T');
    const industries = members.filter((s) => s.industry !== '_T');
    if (!total || industries.length < 2 || !ADDITIVE.has(total.unit)) continue;
    const periods = new Set(
      incoming.filter((each) => members.some((m) => m.id === each.series.id)).map((each) => each.period),
    );
    for (const period of periods) {
      const whole = valueOf(total.id, period);
      const values = industries.map((s) => valueOf(s.id, period));
      if (whole === undefined || whole === null || values.some((v) => v === undefined || v === null)) continue;
      const sum = (values as number[]).reduce((a, b) => a + b, 0);
      const tolerance = 0.5 * 10 ** -total.decimals * (values.length + 1) + 1e-9;
      const difference = Number((sum - whole).toPrecision(10));
      if (Math.abs(difference) <= tolerance) continue;
      const cell = now.get(`${total.id} ${period}`)?.cell;
      faults.push({
        kind: 'sum',
        weight: 'stop',
        series: total.id,
        period,
        cell,
        difference,
        text: {
          zh: `${period} 各行业合计 ${name(sum)}，与总计 ${name(whole)} 相差 ${name(difference)}（四舍五入至多 ${name(tolerance)}）`,
          en: `${period}: industries add up to ${name(sum)}, the total is ${name(whole)}, difference ${name(difference)} (rounding explains ${name(tolerance)} at most)`,
        },
      });
    }
  }
  return faults;
}

/** A jump counts from this many MAD on (S6, logic 8). */
export const MOST_MAD = 4;
/** Fewest earlier changes that make a spread. */
const LEAST_CHANGES = 8;

/**
 * Jumps (突变): the change over the year before lies more than 4 MAD from the median of the earlier ones. Waits for a reason that a
 * person types; it is kept with the value.
 */
export function jumpFindings(incoming: readonly Incoming[], history: History): Finding[] {
  return incoming.flatMap(({ series, period, value, cell }): Finding[] => {
    const known = history.get(series.id);
    const before = known?.get(yearBefore(period));
    if (value === null || !known || before === undefined) return [];
    const rate = series.unit === 'PCT' || [value, before].some((v) => v <= 0);
    const change = (a: number, b: number): number => (rate ? a - b : Math.log(a / b) * 100);
    const changes = [...known]
      .filter(([p]) => frequencyOf(p) === frequencyOf(period) && ordinal(p) < ordinal(period))
      .flatMap(([p, v]) => {
        const earlier = known.get(yearBefore(p));
        return earlier === undefined || (!rate && (v <= 0 || earlier <= 0)) ? [] : [change(v, earlier)];
      });
    if (changes.length < LEAST_CHANGES) return [];
    const spread = Math.max(medianDeviation(changes), 10 ** -series.decimals);
    const distance = Math.abs(change(value, before) - median(changes)) / spread;
    if (distance <= MOST_MAD) return [];
    return [
      {
        kind: 'jump',
        weight: 'reason',
        series: series.id,
        period,
        cell,
        difference: Number(distance.toFixed(1)),
        text: {
          zh: `${cell}：${name(value)}，去年同期 ${name(before)}，变化偏离历史 ${distance.toFixed(1)} 倍中位差（上限 ${MOST_MAD}），请说明原因`,
          en: `${cell}: ${name(value)}, a year before ${name(before)}; the change is ${distance.toFixed(1)} MAD away from earlier ones (limit ${MOST_MAD}); say why`,
        },
      },
    ];
  });
}

/** All checks in the order in which people mend them. */
export function checkValues(options: {
  incoming: readonly Incoming[];
  parts: readonly SeriesFacts[];
  history: History;
}): Finding[] {
  const { incoming, parts, history } = options;
  const stops = [...unitFaults(incoming, history), ...signFaults(incoming), ...sumFaults(incoming, parts, history)];
  // A wrong unit is a jump as well: once is enough.
  return stops.length > 0 ? stops : jumpFindings(incoming, history);
}
