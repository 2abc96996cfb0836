/** A seeded stream of numbers: the only source of chance in the generator, so the same seed gives the same bytes. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number in [min, max], both included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Pick by weight; `weights` are cumulative and end with their total. */
  pickWeighted<T>(items: readonly T[], cumulative: readonly number[]): T;
  shuffle<T>(items: T[]): T[];
  /** An independent stream for one purpose: adding draws in one place does not move the others. */
  fork(label: string): Random;
}

function hash(text: string, seed: number): number {
  let h = seed ^ 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x85ebca6b);
    h = (h << 13) | (h >>> 19);
  }
  h ^= h >>> 16;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 15)) >>> 0;
}

/** sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, passes BigCrush, four additions a draw. */
export function createRandom(seed: number): Random {
  let a = hash('a', seed);
  let b = hash('b', seed);
  let c = hash('c', seed);
  let counter = 1;
  const draw = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 15; i++) draw();
  const random: Random = {
    next: draw,
    int: (min, max) => min + Math.floor(draw() * (max - min + 1)),
    chance: (probability) => draw() < probability,
    pick: (items) => {
      const item = items[Math.floor(draw() * items.length)];
      if (item === undefined) throw new RangeError('pick from an empty list');
      return item;
    },
    pickWeighted: (items, cumulative) => {
      const target = draw() * (cumulative.at(-1) ?? 0);
      let low = 0;
      let high = cumulative.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((cumulative[middle] ?? 0) > target) high = middle;
        else low = middle + 1;
      }
      const item = items[low];
      if (item === undefined) throw new RangeError('pick from an empty list');
      return item;
    },
    shuffle: (items) => {
      for (let i = items.length - 1; i > 0; i--) {
        const j = Math.floor(draw() * (i + 1));
        [items[i], items[j]] = [items[j] as (typeof items)[number], items[i] as (typeof items)[number]];
      }
      return items;
    },
    fork: (label) => createRandom(hash(label, seed)),
  };
  return random;
}

/** Running totals, as `pickWeighted` wants them. */
export function cumulate(weights: readonly number[]): number[] {
  let total = 0;
  return weights.map((weight) => (total += weight));
}
