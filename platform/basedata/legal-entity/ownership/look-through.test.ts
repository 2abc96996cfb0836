import fc from 'fast-check';
import { Matrix, solve } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { controllersOf, type Holding, lookThrough } from './look-through.ts';

const shares = (all: readonly { holder: string; percent: number }[]) =>
  Object.fromEntries(all.map(({ holder, percent }) => [holder, Number(percent.toFixed(6))]));
const holdings = (text: string): Holding[] =>
  text.split(' ').map((part) => {
    const [, holder = '', percent = '', firm = ''] = /^(\w+)-([\d.]+)-(\w+)$/.exec(part) ?? [];
    return { holder, percent: Number(percent), firm };
  });

describe('look-through', () => {
  it('multiplies along a chain and adds up where ways meet', () => {
    const result = lookThrough(holdings('p-60-A q-40-A A-50-B p-50-B'), 'B');
    expect(shares(result.owners)).toEqual({ p: 80, q: 20 });
    expect(shares(result.through)).toEqual({ A: 50 });
    expect(result).toMatchObject({ incomplete: [], closed: [] });
  });

  it('counts firms that own each other: what goes round comes back to whoever stands outside', () => {
    // A and B hold 20 % of each other; p has 80 % of A, q 80 % of B.
    const result = lookThrough(holdings('p-80-A B-20-A q-80-B A-20-B'), 'A');
    expect(shares(result.owners)).toEqual({ p: 83.333333, q: 16.666667 });
  });

  it('a firm that holds its own shares gives them to its other holders', () => {
    expect(shares(lookThrough(holdings('A-20-A p-60-A q-20-A'), 'A').owners)).toEqual({ p: 75, q: 25 });
  });

  it('a loop of 100 % ends, is named, and tells no share through it', () => {
    const result = lookThrough(holdings('A-100-B B-100-C C-100-A p-70-T A-30-T'), 'T');
    expect(result.closed).toEqual([['A', 'B', 'C']]);
    expect(shares(result.owners)).toEqual({ p: 70 });
    expect(lookThrough(holdings('A-100-B B-100-A'), 'A').closed).toEqual([['A', 'B']]);
  });

  it('a sum that is not 100 % is shown and marked, above the target too', () => {
    const result = lookThrough(holdings('A-60-T p-30-T q-50-A'), 'T');
    expect(result.incomplete).toEqual([
      { firm: 'T', sum: 90 },
      { firm: 'A', sum: 50 },
    ]);
    expect(shares(result.owners)).toEqual({ p: 30, q: 30 });
    // Three thirds of a register with two decimals are a whole.
    expect(lookThrough(holdings('p-33.33-T q-33.33-T r-33.33-T'), 'T').incomplete).toEqual([]);
  });

  it('a firm of which no owner is known stands for itself', () => {
    expect(lookThrough([], 'T')).toEqual({ owners: [], through: [], incomplete: [], closed: [] });
    expect(shares(lookThrough(holdings('X-100-T'), 'T').owners)).toEqual({ X: 100 });
  });

  it('a chain of ten thousand firms does not overflow', () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => ({ holder: `f${i + 1}`, firm: `f${i}`, percent: 100 }));
    expect(shares(lookThrough(chain, 'f0').owners)).toEqual({ f10000: 100 });
  });

  it('equals the closed form (I − A)⁻¹ on any group with loops', () => {
    const size = fc.integer({ min: 2, max: 12 });
    const group = size.chain((n) =>
      fc.array(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: n + 3, maxLength: n + 3 }), {
        minLength: n,
        maxLength: n,
      }),
    );
    fc.assert(
      fc.property(group, (raw) => {
        const n = raw.length;
        // Column of firm j: its holders are n firms and 3 persons; persons always have something, so that no loop is closed.
        const percent = raw.map((column) => {
          const parts = column.map((x, i) => (i >= n ? x + 1 : x));
          const sum = parts.reduce((a, b) => a + b, 0);
          return parts.map((x) => (x * 100) / sum);
        });
        const all = percent.flatMap((column, j) =>
          column.flatMap((p, i) =>
            p === 0 ? [] : [{ holder: i < n ? `f${i}` : `p${i - n}`, firm: `f${j}`, percent: p }],
          ),
        );
        const a = Matrix.from1DArray(
          n,
          n,
          Array.from({ length: n * n }, (_, k) => percent[k % n]?.[Math.floor(k / n)] as number),
        ).div(100);
        const x = solve(
          Matrix.eye(n).sub(a),
          Matrix.columnVector(Array.from({ length: n }, (_, i) => (i === 0 ? 1 : 0))),
        );
        const { owners } = lookThrough(all, 'f0');
        let sum = 0;
        for (let p = 0; p < 3; p += 1) {
          let exact = 0;
          for (let j = 0; j < n; j += 1) exact += (percent[j]?.[n + p] as number) * x.get(j, 0);
          const ours = owners.find(({ holder }) => holder === `p${p}`)?.percent ?? 0;
          expect(Math.abs(ours - exact)).toBeLessThan(1e-6);
          sum += ours;
        }
        expect(Math.abs(sum - 100)).toBeLessThan(1e-6);
      }),
    );
  });
});

describe('control', () => {
  const owners = [
    { holder: 'p', percent: 25 - 1e-12 },
    { holder: 'q', percent: 24.9 },
    { holder: 'r', percent: 10 },
  ];
  it('comes with a quarter of the shares, or with more than half of the board', () => {
    expect(controllersOf({ owners, board: ['r', 'r', null], least: 25 }).map((c) => [c.holder, c.by])).toEqual([
      ['p', 'share'],
      ['r', 'board'],
    ]);
    expect(controllersOf({ owners, board: ['r', 'q'], least: 25 }).map((c) => c.holder)).toEqual(['p']);
  });
});
