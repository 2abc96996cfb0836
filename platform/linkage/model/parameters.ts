import { createHash } from 'node:crypto';

/** What was learnt for one attribute. Arrays are by level; each sums to 1. */
export type Learnt = {
  /** P(level | one thing). */
  readonly m: readonly number[];
  /** P(level | two things), two records drawn at random. */
  readonly u: readonly number[];
  /** Share of the records that state a common value, by digest of its form; only where the attribute is `rare`. */
  readonly common: Readonly<Record<string, number>>;
  /** The like for a value that is not in `common`. */
  readonly rest: number;
};

/** A trained model. Everything that a score depends on stands in it, so scores do not move until a new version is trained. */
export type Parameters = {
  readonly space: string;
  /** Digest of the rest. */
  readonly version: string;
  /** P(one thing) of two records drawn at random (λ). */
  readonly prior: number;
  readonly attributes: Readonly<Record<string, Learnt>>;
  /** Digests of the block keys that are split, by pass. */
  readonly crowded: Readonly<Record<string, readonly number[]>>;
  readonly trained: {
    readonly records: number;
    readonly randomPairs: number;
    readonly passes: readonly {
      readonly pass: string;
      readonly pairs: number;
      readonly rounds: number;
      readonly change: number;
      readonly share: number;
    }[];
  };
};

/** Short digest of a value or a key (cyrb53, Bryc), so that parameters hold no names; not a secret. */
export function digestOf(text: string): string {
  return keyNumber(text).toString(36);
}

/** The same digest as a number below 2^53. */
export function keyNumber(text: string): number {
  let a = START_A;
  let b = START_B;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  return finished(a, b);
}

/** Digest of several digests in their order: a block key of several parts, without a text being made for it. */
export function joinedNumber(numbers: ArrayLike<number>): number {
  let a = START_A;
  let b = START_B;
  for (let i = 0; i < numbers.length; i += 1) {
    const number = numbers[i] as number;
    a = Math.imul(a ^ number, 2654435761);
    b = Math.imul(b ^ Math.floor(number / 4294967296), 1597334677);
    a ^= b >>> 15;
    b ^= a >>> 13;
  }
  return finished(a, b);
}

const START_A = 0xdeadbeef;
const START_B = 0x41c6ce57;

function finished(first: number, second: number): number {
  let a = first;
  let b = second;
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}

/** Names the parameters by what they say: equal parameters have one version. */
export function withVersion(parameters: Omit<Parameters, 'version'>): Parameters {
  const version = createHash('sha256').update(JSON.stringify(parameters)).digest('hex').slice(0, 16);
  return { ...parameters, version };
}
