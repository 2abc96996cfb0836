/**
 * STL: seasonal–trend decomposition by loess (Cleveland, Cleveland, McRae and Terpenning, Journal of Official Statistics 6,
 * 1990), the non-robust form with linear fits. `stl.test.ts` compares it with an independent implementation.
 */
export type Decomposition = { seasonal: number[]; trend: number[]; remainder: number[] };

export function stl(
  y: readonly number[],
  options: { period: number; seasonal?: number; inner?: number },
): Decomposition {
  const { period, seasonal: ns = 7, inner = 5 } = options;
  const n = y.length;
  if (n < 2 * period) throw new RangeError(`STL needs two whole periods, got ${n} values`);
  const nt = odd((1.5 * period) / (1 - 1.5 / ns));
  const nl = odd(period + 1);
  let trend = new Array<number>(n).fill(0);
  let seasonal = new Array<number>(n).fill(0);
  for (let round = 0; round < inner; round += 1) {
    const detrended = y.map((value, i) => value - (trend[i] ?? 0));
    const cycle = cycleSubseries(detrended, period, ns);
    const low = loessAll(movingAverage(movingAverage(movingAverage(cycle, period), period), 3), nl);
    seasonal = Array.from({ length: n }, (_, i) => (cycle[period + i] ?? 0) - (low[i] ?? 0));
    trend = loessAll(
      y.map((value, i) => value - (seasonal[i] ?? 0)),
      nt,
    );
  }
  return { seasonal, trend, remainder: y.map((value, i) => value - (trend[i] ?? 0) - (seasonal[i] ?? 0)) };
}

/** Smallest odd number not below. */
function odd(value: number): number {
  const up = Math.ceil(value);
  return up % 2 === 0 ? up + 1 : up;
}

/** Each month (or quarter) over the years smoothed by itself, one period longer at both ends. */
function cycleSubseries(y: readonly number[], period: number, span: number): number[] {
  const out = new Array<number>(y.length + 2 * period).fill(0);
  for (let phase = 0; phase < period; phase += 1) {
    const part = y.filter((_, i) => i % period === phase);
    for (let k = 0; k <= part.length + 1; k += 1) {
      const fitted = loess(part, { at: k, span });
      out[k * period + phase] = fitted ?? part[Math.min(part.length, Math.max(1, k)) - 1] ?? 0;
    }
  }
  return out;
}

function movingAverage(x: readonly number[], length: number): number[] {
  const out: number[] = [];
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) {
    sum += x[i] ?? 0;
    if (i >= length) sum -= x[i - length] ?? 0;
    if (i >= length - 1) out.push(sum / length);
  }
  return out;
}

const loessAll = (y: readonly number[], span: number): number[] =>
  y.map((value, i) => loess(y, { at: i + 1, span }) ?? value);

/** A local linear fit with tricube weights at place `at` (from 1; 0 and n + 1 lie outside). */
function loess(y: readonly number[], { at, span }: { at: number; span: number }): number | undefined {
  const n = y.length;
  let left = 1;
  let right = n;
  if (span < n) {
    left = Math.min(Math.max(1, at - ((span + 1) >> 1) + 1), n - span + 1);
    right = left + span - 1;
  }
  let h = Math.max(at - left, right - at);
  if (span > n) h += (span - n) >> 1;
  const weights: number[] = [];
  let total = 0;
  for (let j = left; j <= right; j += 1) {
    const r = Math.abs(j - at);
    const w = r <= 0.001 * h ? 1 : r <= 0.999 * h ? (1 - (r / h) ** 3) ** 3 : 0;
    weights.push(w);
    total += w;
  }
  if (total <= 0) return undefined;
  const share = weights.map((w) => w / total);
  const centre = share.reduce((sum, w, k) => sum + w * (left + k), 0);
  const spread = share.reduce((sum, w, k) => sum + w * (left + k - centre) ** 2, 0);
  const slope = Math.sqrt(spread) > 0.001 * (n - 1) ? (at - centre) / spread : 0;
  return share.reduce((sum, w, k) => sum + w * (slope * (left + k - centre) + 1) * (y[left + k - 1] ?? 0), 0);
}
