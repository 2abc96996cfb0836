import { hash } from 'node:crypto';

const WORDS = 4;
/** The table grows when it is this full; linear probing stays short below it. */
const FULLEST = 0.7;

/**
 * Remembers in which row each key of a file came first: 96 bits of the key's digest and the row number in one typed array,
 * about 30 bytes a row however long the keys are. Two different keys meet with a chance below 10⁻¹⁶ at a million rows.
 */
export class FirstRows {
  #slots = 1024;
  #table = new Uint32Array(this.#slots * WORDS);
  #size = 0;

  /** The row where this key came before, or undefined after noting that it comes first in `row` (≥ 1). */
  before(key: string, row: number): number | undefined {
    const digest = hash('sha256', key, 'buffer');
    const [a, b, c] = [digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8)];
    const at = this.#find(a, b, c);
    const first = this.#table[at + 3] as number;
    if (first !== 0) return first;
    this.#table.set([a, b, c, row], at);
    if (++this.#size > this.#slots * FULLEST) this.#grow();
    return undefined;
  }

  /** Index of the slot that holds the digest, or of the free one where it belongs. A free slot has row 0. */
  #find(a: number, b: number, c: number): number {
    const table = this.#table;
    for (let slot = a % this.#slots; ; slot = (slot + 1) % this.#slots) {
      const at = slot * WORDS;
      if (table[at + 3] === 0 || (table[at] === a && table[at + 1] === b && table[at + 2] === c)) return at;
    }
  }

  #grow(): void {
    const old = this.#table;
    this.#slots *= 2;
    this.#table = new Uint32Array(this.#slots * WORDS);
    for (let at = 0; at < old.length; at += WORDS) {
      if (old[at + 3] === 0) continue;
      const [a, b, c] = old.subarray(at, at + 3) as unknown as [number, number, number];
      this.#table.set(old.subarray(at, at + WORDS), this.#find(a, b, c));
    }
  }
}
