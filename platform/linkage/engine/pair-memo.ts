/**
 * Remembers the level of value pairs that were compared lately. Direct mapped: a pair that falls on the place of another
 * takes it, so memory is bounded and nothing is ever searched.
 */
export type PairMemo = { level(a: number, b: number): number };

const PLACES = 1 << 18;
/** Above every value id, so that two ids are one exact number. */
const SPAN = 2 ** 26;

export function pairMemo(compare: (a: number, b: number) => number): PairMemo {
  const pairs = new Float64Array(PLACES).fill(-1);
  const levels = new Uint8Array(PLACES);
  return {
    level(a, b) {
      const low = a < b ? a : b;
      const high = a < b ? b : a;
      const place = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 14;
      const pair = low * SPAN + high;
      if (pairs[place] === pair) return levels[place] as number;
      const level = compare(low, high);
      pairs[place] = pair;
      levels[place] = level;
      return level;
    },
  };
}
