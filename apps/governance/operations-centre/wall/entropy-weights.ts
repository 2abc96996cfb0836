/**
 * Weights by entropy (熵权法): what differs more from day to day says more. `rows[i][j]` is the score of vital j on day i, 0 or more. For each column
 * e = −Σ p ln p / ln m with p its shares, and the weight is (1 − e) / Σ (1 − e). Undefined where there are fewer than `least` rows or nothing ever
 * differed: there is nothing to learn then. Shown beside the weights that people have set, and never used in their place.
 */
export function entropyWeights(rows: readonly (readonly number[])[], least = 7): number[] | undefined {
  const [first] = rows;
  if (!first || rows.length < Math.max(2, least)) return undefined;
  const spread = first.map((_, j) => {
    const column = rows.map((row) => row[j] ?? 0);
    const total = column.reduce((sum, value) => sum + value, 0);
    if (total === 0) return 0;
    const entropy = column.reduce((sum, value) => {
      const share = value / total;
      return share === 0 ? sum : sum - share * Math.log(share);
    }, 0);
    return Math.max(0, 1 - entropy / Math.log(rows.length));
  });
  const all = spread.reduce((sum, value) => sum + value, 0);
  return all < 1e-12 ? undefined : spread.map((value) => value / all);
}
