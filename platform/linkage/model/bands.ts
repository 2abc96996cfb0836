/** What follows from a probability. */
export type Band = 'automatic' | 'clerical' | 'apart';

/** Limits of the bands: from `automatic` on two records are one; between the two a person compares (人工比对). */
export const LIMITS = { automatic: 0.99, clerical: 0.8 } as const;

export function bandOf(probability: number): Band {
  if (probability >= LIMITS.automatic) return 'automatic';
  return probability >= LIMITS.clerical ? 'clerical' : 'apart';
}

/** p = 2^M / (1 + 2^M). */
export function probabilityOf(weight: number): number {
  return 1 / (1 + 2 ** -weight);
}

/** M of a probability, the inverse of `probabilityOf`. */
export function weightOf(probability: number): number {
  return Math.log2(probability / (1 - probability));
}
