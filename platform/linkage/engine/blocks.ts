import { joinedNumber } from '../model/parameters.ts';
import type { Part, Pass } from '../model/space.ts';
import { numbering } from './numbering.ts';
import type { PartColumn, Table } from './table.ts';
import { partReader } from './table.ts';

/** The records of one pass in blocks: block b holds `members[start[b] … start[b + 1])`. */
export type Blocks = {
  readonly pass: Pass;
  /** Block of each record; −1 = in none. */
  readonly block: Int32Array;
  readonly start: Uint32Array;
  readonly members: Uint32Array;
};

/** From this size on a key is too common to compare all with all, and its block is split. */
export const CROWDED = 150;

/** Numbers each record by its parts: records with equal parts get one number, −1 where a part is missing. */
function numberBy(columns: readonly PartColumn[], size: number): { of: Int32Array; count: number; first: number[] } {
  let of = new Int32Array(size);
  let first = [0];
  for (const { ids, digests } of columns) {
    const next = new Int32Array(size);
    const numbers = numbering(size);
    const span = digests.length + 1;
    const leaders: number[] = [];
    for (let i = 0; i < size; i += 1) {
      const before = of[i] as number;
      const part = ids[i] as number;
      if (before < 0 || part < 0) {
        next[i] = -1;
        continue;
      }
      const number = numbers.of(before * span + part);
      if (number === leaders.length) leaders.push(i);
      next[i] = number;
    }
    of = next;
    first = leaders;
  }
  return { of, count: first.length, first };
}

/** Digest of a record's key; the record has all its parts. */
export function keyOf(columns: readonly PartColumn[], record: number): number {
  return joinedNumber(columns.map(({ ids, digests }) => digests[ids[record] as number] as number));
}

function sizes(of: Int32Array, count: number): Uint32Array {
  const size = new Uint32Array(count);
  for (const number of of) if (number >= 0) size[number] = (size[number] as number) + 1;
  return size;
}

/** Digests of the keys whose blocks are too large, by pass: learnt once, and then part of the model. */
export function crowdedKeys(table: Table): Record<string, number[]> {
  const part = partReader(table);
  return Object.fromEntries(
    table.space.passes.map((pass) => {
      const columns = pass.keys.map(part);
      const { of, count, first } = numberBy(columns, table.size);
      const crowded: number[] = [];
      sizes(of, count).forEach((size, number) => {
        if (size >= CROWDED) crowded.push(keyOf(columns, first[number] as number));
      });
      return [pass.name, crowded.sort((x, y) => x - y)];
    }),
  );
}

/** Blocks of every pass. Which keys are split is the model's word and not the size of today, so records may come in any order. */
export function blocksOf(table: Table, crowded: Readonly<Record<string, readonly number[]>>): Blocks[] {
  const part = partReader(table);
  return table.space.passes.map((pass) => blocksOfPass({ table, pass, part, crowded: new Set(crowded[pass.name]) }));
}

function blocksOfPass(options: {
  table: Table;
  pass: Pass;
  part: (part: Part) => PartColumn;
  crowded: ReadonlySet<number>;
}): Blocks {
  const { table, pass, part, crowded } = options;
  const columns = pass.keys.map(part);
  const whole = numberBy(columns, table.size);
  let block = whole.of;
  let count = whole.count;
  if (crowded.size > 0) {
    const size = sizes(block, count);
    const isCrowded = whole.first.map(
      (record, number) => (size[number] as number) > 1 && crowded.has(keyOf(columns, record)),
    );
    if (isCrowded.includes(true)) {
      const finer = numberBy([...columns, ...pass.split.map(part)], table.size);
      const shift = count;
      block = block.map((number, i) => {
        if (number < 0 || isCrowded[number] !== true) return number;
        const inner = finer.of[i] as number;
        return inner < 0 ? -1 : shift + inner;
      });
      count = shift + finer.count;
    }
  }
  const start = new Uint32Array(count + 1);
  for (const number of block) if (number >= 0) start[number + 1] = (start[number + 1] as number) + 1;
  for (let b = 0; b < count; b += 1) start[b + 1] = (start[b + 1] as number) + (start[b] as number);
  const next = start.slice(0, count);
  const members = new Uint32Array(start[count] as number);
  for (let i = 0; i < table.size; i += 1) {
    const number = block[i] as number;
    if (number < 0) continue;
    members[next[number] as number] = i;
    next[number] = (next[number] as number) + 1;
  }
  return { pass, block, start, members };
}

/**
 * Calls `visit` once for every pair that some pass brings together; `from` leaves out pairs of two records before it
 * (an incremental run compares what is new with all, and the old not again).
 */
export function eachPair(blocks: readonly Blocks[], visit: (a: number, b: number) => void, from = 0): void {
  blocks.forEach(({ start, members }, p) => {
    for (let b = 0; b + 1 < start.length; b += 1) {
      const end = start[b + 1] as number;
      for (let j = (start[b] as number) + 1; j < end; j += 1) {
        const second = members[j] as number;
        if (second < from) continue;
        for (let i = start[b] as number; i < j; i += 1) {
          const first = members[i] as number;
          if (!metBefore(blocks, p, first, second)) visit(first, second);
        }
      }
    }
  });
}

function metBefore(blocks: readonly Blocks[], pass: number, a: number, b: number): boolean {
  for (let q = 0; q < pass; q += 1) {
    const { block } = blocks[q] as Blocks;
    const number = block[a] as number;
    if (number >= 0 && number === block[b]) return true;
  }
  return false;
}
