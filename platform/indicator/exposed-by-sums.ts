import type { Sum } from './small-cells.ts';

/** A prime below 2^26: products of two remainders are exact in a double. */
const PRIME = 67_108_859;

/**
 * A withheld cell whose value follows exactly from the published ones; undefined when none does.
 * Each sum is a linear equation over the withheld cells. Those are solved as far as they go (Gauss–Jordan, modulo a prime: coefficients are 1 and −1,
 * so a relation over the rationals is one modulo the prime as well). A row with one unknown left gives that unknown away.
 */
export function exposedBySums({
  sums,
  hidden,
}: {
  sums: readonly Sum[];
  hidden: readonly boolean[];
}): number | undefined {
  const rows = sums.flatMap((sum) => {
    const row = new Map<number, number>();
    for (const part of sum.parts) if (hidden[part]) row.set(part, 1);
    if (hidden[sum.total]) row.set(sum.total, PRIME - 1);
    return row.size > 0 ? [row] : [];
  });
  const solved: { pivot: number; row: Map<number, number> }[] = [];
  for (const row of rows) {
    for (const { pivot, row: known } of solved) subtract(row, known, row.get(pivot) ?? 0);
    const pivot = row.keys().next().value;
    if (pivot === undefined) continue;
    scale(row, inverse(row.get(pivot) ?? 1));
    for (const { row: other } of solved) subtract(other, row, other.get(pivot) ?? 0);
    solved.push({ pivot, row });
  }
  return solved.find(({ row }) => row.size === 1)?.pivot;
}

function subtract(row: Map<number, number>, known: ReadonlyMap<number, number>, times: number): void {
  if (times === 0) return;
  for (const [cell, factor] of known) {
    const rest = ((row.get(cell) ?? 0) + PRIME - ((times * factor) % PRIME)) % PRIME;
    if (rest === 0) row.delete(cell);
    else row.set(cell, rest);
  }
}

function scale(row: Map<number, number>, by: number): void {
  for (const [cell, factor] of row) row.set(cell, (factor * by) % PRIME);
}

/** By Fermat: a^(p−2). */
function inverse(of: number): number {
  let result = 1;
  for (
    let base = of % PRIME, power = PRIME - 2;
    power > 0;
    power = Math.floor(power / 2), base = (base * base) % PRIME
  ) {
    if (power % 2 === 1) result = (result * base) % PRIME;
  }
  return result;
}
