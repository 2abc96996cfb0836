import { deviation, dot, leadingEigen, mean } from './linear.ts';

/** An activity index (活跃指数) with all that is needed to compute it again: it is a composite of our own, never a GDP. */
export type ActivityIndex = {
  periods: string[];
  values: number[];
  /** Share of the variance of the inputs that the component explains. */
  explained: number;
  inputs: { series: string; loading: number; mean: number; deviation: number }[];
};

/**
 * Dynamic factor in its simplest form: first principal component of the standardised, adjusted inputs; the sign is that of the
 * series `sign` (retail sales). Scaled to mean 100 and deviation 10. Only periods that every input has. Undefined with fewer than
 * two inputs or 24 periods.
 */
export function activityIndex(options: {
  inputs: readonly { series: string; points: ReadonlyMap<string, number> }[];
  sign: string;
}): ActivityIndex | undefined {
  const { inputs, sign } = options;
  const [first] = inputs;
  if (!first || inputs.length < 2) return undefined;
  const periods = [...first.points.keys()].filter((p) => inputs.every(({ points }) => points.has(p))).sort();
  if (periods.length < 24) return undefined;
  const stats = inputs.map(({ series, points }) => {
    const values = periods.map((p) => points.get(p) ?? 0);
    return { series, mean: mean(values), deviation: deviation(values), values };
  });
  const usable = stats.filter((s) => s.deviation > 1e-9);
  if (usable.length < 2) return undefined;
  const z = usable.map((s) => s.values.map((value) => (value - s.mean) / s.deviation));
  const correlation = z.map((a) => z.map((b) => dot(a, b) / (periods.length - 1)));
  const { value, vector } = leadingEigen(correlation);
  const at = usable.findIndex((s) => s.series === sign);
  const turn = (vector[at === -1 ? 0 : at] ?? 0) < 0 ? -1 : 1;
  const chosen = usable.map((s, i) => ({
    series: s.series,
    loading: turn * (vector[i] ?? 0),
    mean: s.mean,
    deviation: s.deviation,
  }));
  return {
    periods,
    values: indexFrom({ inputs: chosen, periods, points: new Map(inputs.map((i) => [i.series, i.points])) }),
    explained: value / usable.length,
    inputs: chosen,
  };
}

/** The index from published loadings alone: what a reader does to check it. */
export function indexFrom(options: {
  inputs: ActivityIndex['inputs'];
  periods: readonly string[];
  points: ReadonlyMap<string, ReadonlyMap<string, number>>;
}): number[] {
  const { inputs, periods, points } = options;
  const factor = periods.map((period) =>
    inputs.reduce(
      (sum, input) =>
        sum + input.loading * (((points.get(input.series)?.get(period) ?? input.mean) - input.mean) / input.deviation),
      0,
    ),
  );
  const spread = deviation(factor);
  return factor.map((value) => 100 + (10 * value) / (spread || 1));
}
