/**
 * How far the sensitive values of a group are from those of the whole table (t-closeness): half the sum of the differences of
 * shares, 0 to 1. At 1 the group says everything about its members.
 */
export function distance(group: readonly unknown[], whole: readonly unknown[]): number {
  const there = shares(group);
  let sum = 0;
  const all = shares(whole);
  for (const [value, share] of all) sum += Math.abs(share - (there.get(value) ?? 0));
  return sum / 2;
}

function shares(values: readonly unknown[]): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  for (const [value, count] of counts) counts.set(value, count / values.length);
  return counts;
}
