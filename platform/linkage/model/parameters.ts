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
  readonly crowded: Readonly<Record<string, readonly string[]>>;
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
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}

/** Names the parameters by what they say: equal parameters have one version. */
export function withVersion(parameters: Omit<Parameters, 'version'>): Parameters {
  const version = createHash('sha256').update(JSON.stringify(parameters)).digest('hex').slice(0, 16);
  return { ...parameters, version };
}
