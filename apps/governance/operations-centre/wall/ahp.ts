/** Saaty's random index RI by the number of criteria, 1 to 10 (随机一致性指标): Saaty, The Analytic Hierarchy Process, McGraw-Hill 1980. */
const RANDOM_INDEX = [0, 0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49];
/** Judgements whose ratio is not below this contradict one another too much to be used (P28). */
export const MOST_INCONSISTENT = 0.1;

/** `times`: how many times as important as `b` is `a`, on Saaty's scale 1/9 to 9 (两两比较). */
export type Comparison = { a: string; b: string; times: number };
export type Weights = { weights: ReadonlyMap<string, number>; ratio: number; consistent: boolean };

/**
 * Weights by the analytic hierarchy process (层次分析法): the principal eigenvector of the matrix of comparisons, adding up to 1, with the consistency
 * ratio CR = ((λmax − n) / (n − 1)) / RI. Throws where a pair is not compared, is compared with itself, or there are more than ten criteria: that is a
 * fault of the rulebook.
 */
export function ahpWeights(ids: readonly string[], comparisons: readonly Comparison[]): Weights {
  const n = ids.length;
  const random = RANDOM_INDEX[n];
  if (random === undefined) throw new Error(`${n} criteria: at most ${RANDOM_INDEX.length - 1} can be compared`);
  const matrix = ids.map((a) => ids.map((b) => (a === b ? 1 : timesOf(comparisons, a, b))));
  // Power iteration: the matrix is positive, so it ends at the principal eigenvector from anywhere.
  let vector = ids.map(() => 1 / n);
  let largest = n;
  for (let round = 0; round < 200; round += 1) {
    const next = matrix.map((row) => row.reduce((sum, value, j) => sum + value * (vector[j] ?? 0), 0));
    largest = next.reduce((sum, value) => sum + value, 0);
    vector = next.map((value) => value / largest);
  }
  const ratio = random === 0 ? 0 : Math.max(0, (largest - n) / (n - 1) / random);
  return {
    weights: new Map(ids.map((id, i) => [id, vector[i] ?? 0])),
    ratio,
    consistent: ratio < MOST_INCONSISTENT,
  };
}

function timesOf(comparisons: readonly Comparison[], a: string, b: string): number {
  for (const { a: one, b: other, times } of comparisons) {
    if (!(times >= 1 / 9 - 1e-9 && times <= 9)) throw new Error(`${one} to ${other}: ${times} is not on the scale`);
    if (one === a && other === b) return times;
    if (one === b && other === a) return 1 / times;
  }
  throw new Error(`${a} and ${b} are not compared`);
}
