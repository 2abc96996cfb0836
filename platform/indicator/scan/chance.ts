/** How p is read from repetitions under chance. */
export type Tail = 'rank' | 'gumbel';

/** What chance does: p of a best value, and the least value that is significant (`undefined`: so few repetitions can never say so). */
export type Chance = { p(value: number): number; least(significance: number): number | undefined };

/**
 * Reads p from the best values of repetitions. By rank (Dwass 1957): the share of the repetitions, the data among them, that are at least
 * as good. By curve: the largest of many is distributed after Gumbel; its two figures from mean and deviation. Abrams, Kulldorff and
 * Kleinman (2010) found that to hold for scan statistics far beyond what could be counted.
 */
export function chanceOf(best: readonly number[], tail: Tail): Chance {
  return tail === 'rank' ? byRank(best) : byGumbel(best);
}

function byRank(best: readonly number[]): Chance {
  const sorted = [...best].sort((a, b) => b - a);
  return {
    p: (value) => (1 + sorted.filter((of) => of >= value).length) / (sorted.length + 1),
    least(significance) {
      // So many repetitions may be as good, and no more.
      const allowed = Math.floor(significance * (sorted.length + 1) + 1e-9) - 1;
      const bar = sorted[allowed];
      return bar === undefined ? undefined : bar * (1 + 1e-9);
    },
  };
}

/** Euler's constant: the mean of the standard Gumbel distribution. */
const GAMMA = 0.577_215_664_901_532_9;

function byGumbel(best: readonly number[]): Chance {
  const mean = best.reduce((sum, of) => sum + of, 0) / best.length;
  const variance = best.reduce((sum, of) => sum + (of - mean) ** 2, 0) / (best.length - 1);
  const scale = (Math.sqrt(variance) * Math.sqrt(6)) / Math.PI;
  const mode = mean - GAMMA * scale;
  return {
    // expm1: a small p is not lost in 1 − 0.999….
    p: (value) => -Math.expm1(-Math.exp(-(value - mode) / scale)),
    least: (significance) => (scale > 0 ? mode - scale * Math.log(-Math.log1p(-significance)) : undefined),
  };
}
