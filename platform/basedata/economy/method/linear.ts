/** Small linear algebra for regressions of a few columns and a principal component of a dozen: exact, without a library. */

/** Solves `a x = b` by Gauss–Jordan with pivoting; undefined where `a` is singular. */
export function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] | undefined {
  const n = b.length;
  const rows = a.map((row, i) => [...row, b[i] ?? 0]);
  for (let column = 0; column < n; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < n; row += 1)
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    const chosen = rows[pivot];
    const top = rows[column];
    if (!chosen || !top || Math.abs(chosen[column] ?? 0) < 1e-12) return undefined;
    [rows[column], rows[pivot]] = [chosen, top];
    for (let row = 0; row < n; row += 1) {
      const other = rows[row];
      if (row === column || !other) continue;
      const factor = (other[column] ?? 0) / (chosen[column] ?? 1);
      for (let k = column; k <= n; k += 1) other[k] = (other[k] ?? 0) - factor * (chosen[k] ?? 0);
    }
  }
  return rows.map((row, i) => (row[n] ?? 0) / (row[i] ?? 1));
}

export type Fit = { coefficients: number[]; residuals: number[]; rss: number; aic: number };

/**
 * Least squares with an intercept first; `x` is one array an observation. AIC is n·ln(RSS/n) + 2k with k the coefficients.
 * Undefined where columns depend on each other or there are not more observations than coefficients.
 */
export function regress(x: readonly (readonly number[])[], y: readonly number[]): Fit | undefined {
  const design = x.map((row) => [1, ...row]);
  const k = (x[0]?.length ?? 0) + 1;
  const n = y.length;
  if (n <= k) return undefined;
  const normal = Array.from({ length: k }, (_, i) =>
    Array.from({ length: k }, (__, j) => design.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0)),
  );
  const right = Array.from({ length: k }, (_, i) =>
    design.reduce((sum, row, at) => sum + (row[i] ?? 0) * (y[at] ?? 0), 0),
  );
  const coefficients = solve(normal, right);
  if (!coefficients) return undefined;
  const residuals = design.map((row, at) => (y[at] ?? 0) - dot(row, coefficients));
  const rss = residuals.reduce((sum, r) => sum + r * r, 0);
  return { coefficients, residuals, rss, aic: n * Math.log(Math.max(rss, 1e-300) / n) + 2 * k };
}

export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

export const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/** Standard deviation with n − 1. */
export function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - centre) ** 2, 0) / Math.max(1, values.length - 1));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Median absolute deviation from the median (绝对中位差). */
export function medianDeviation(values: readonly number[]): number {
  const centre = median(values);
  return median(values.map((v) => Math.abs(v - centre)));
}

/** Largest eigenvalue of a symmetric matrix and its vector of length 1, by Jacobi rotations. */
export function leadingEigen(matrix: readonly (readonly number[])[]): { value: number; vector: number[] } {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => (i === j ? 1 : 0)));
  const at = (m: number[][], i: number, j: number): number => m[i]?.[j] ?? 0;
  const set = (m: number[][], i: number, j: number, value: number): void => {
    const row = m[i];
    if (row) row[j] = value;
  };
  for (let sweep = 0; sweep < 100; sweep += 1) {
    let off = 0;
    for (let i = 0; i < n; i += 1) for (let j = i + 1; j < n; j += 1) off += at(a, i, j) ** 2;
    if (off < 1e-24) break;
    for (let p = 0; p < n; p += 1) {
      for (let q = p + 1; q < n; q += 1) {
        if (Math.abs(at(a, p, q)) < 1e-18) continue;
        const theta = (at(a, q, q) - at(a, p, p)) / (2 * at(a, p, q));
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < n; k += 1) {
          const [kp, kq] = [at(a, k, p), at(a, k, q)];
          set(a, k, p, c * kp - s * kq);
          set(a, k, q, s * kp + c * kq);
        }
        for (let k = 0; k < n; k += 1) {
          const [pk, qk] = [at(a, p, k), at(a, q, k)];
          set(a, p, k, c * pk - s * qk);
          set(a, q, k, s * pk + c * qk);
          const [vp, vq] = [at(v, k, p), at(v, k, q)];
          set(v, k, p, c * vp - s * vq);
          set(v, k, q, s * vp + c * vq);
        }
      }
    }
  }
  let best = 0;
  for (let i = 1; i < n; i += 1) if (at(a, i, i) > at(a, best, best)) best = i;
  return { value: at(a, best, best), vector: v.map((row) => row[best] ?? 0) };
}
