/** Expectation–maximisation (EM 算法) of the two classes of Fellegi and Sunter over counted patterns. */

/** A combination of levels (−1 = missing) and how many pairs show it. */
export type Pattern = { readonly levels: readonly number[]; readonly pairs: number };

export type Estimate = {
  /** m by attribute, undefined where it was held fixed. */
  readonly m: readonly (readonly number[] | undefined)[];
  /** Share of the pairs that are one thing. */
  readonly share: number;
  readonly rounds: number;
  /** Largest change of a parameter in the last round. */
  readonly change: number;
};

export const ROUNDS = 25;
export const ENOUGH = 1e-4;
/** Pairs that are added to each level, so that what was never seen is rare and not impossible. */
const UNSEEN = 0.5;

/**
 * Estimates m and the share of matches; u is known. `learn` says which attributes count: those that the blocks hold fixed say
 * nothing about their pairs. Ends after 25 rounds, or when nothing changes by 1e-4.
 */
export function estimate(options: {
  patterns: readonly Pattern[];
  u: readonly (readonly number[])[];
  learn: readonly boolean[];
}): Estimate {
  const { patterns, u, learn } = options;
  const total = patterns.reduce((sum, p) => sum + p.pairs, 0);
  let m: (number[] | undefined)[] = u.map((levels, k) => (learn[k] ? startOf(levels.length) : undefined));
  let share = 0.5;
  let rounds = 0;
  let change = 1;
  while (rounds < ROUNDS && change >= ENOUGH && total > 0) {
    const sums = m.map((levels) => levels?.map(() => UNSEEN));
    let matches = 0;
    for (const { levels, pairs } of patterns) {
      let ratio = share / (1 - share);
      for (let k = 0; k < levels.length; k += 1) {
        const level = levels[k] as number;
        const learnt = m[k];
        if (learnt && level >= 0) ratio *= (learnt[level] as number) / ((u[k] as readonly number[])[level] as number);
      }
      const expected = pairs * (ratio === Infinity ? 1 : ratio / (1 + ratio));
      matches += expected;
      for (let k = 0; k < levels.length; k += 1) {
        const level = levels[k] as number;
        const sum = sums[k];
        if (sum && level >= 0) sum[level] = (sum[level] as number) + expected;
      }
    }
    // Never quite all and never quite none: the odds must stay finite.
    const nextShare = (matches + UNSEEN) / (total + 2 * UNSEEN);
    const next = sums.map((levels) => {
      const sum = levels?.reduce((a, b) => a + b, 0) ?? 1;
      return levels?.map((value) => value / sum);
    });
    change = Math.abs(nextShare - share);
    next.forEach((levels, k) =>
      levels?.forEach((value, l) => (change = Math.max(change, Math.abs(value - (m[k]?.[l] ?? 0))))),
    );
    m = next;
    share = nextShare;
    rounds += 1;
  }
  return { m, share, rounds, change };
}

/** Where the search begins: agreement likely, each further level half as likely. */
function startOf(levels: number): number[] {
  const weights = Array.from({ length: levels }, (_, l) => 0.5 ** (l * 2));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((w) => w / sum);
}
