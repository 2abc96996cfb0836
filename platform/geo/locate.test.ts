import { Delaunay } from 'd3-delaunay';
import fc from 'fast-check';
import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { buildLocator, type LocatableCell } from './locate.ts';
import { flattenArea, relate } from './point-in-area.ts';

const square = (x: number, y: number, size = 1): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, y],
      [x + size, y],
      [x + size, y + size],
      [x, y + size],
      [x, y],
    ],
  ],
});

const BOX = [121.46, 31.19, 121.51, 31.25] as const;

/** A tiling with slanted edges, vertices shared bit by bit, in the coordinates of a district. */
function voronoiCells(seeds: readonly [number, number][]): LocatableCell[] {
  const voronoi = Delaunay.from(seeds).voronoi([...BOX]);
  return seeds.flatMap((_, i) => {
    const ring = voronoi.cellPolygon(i);
    if (!ring) return [];
    return [
      { code: `31010101300101${String(i).padStart(3, '0')}`, geometry: { type: 'Polygon', coordinates: [ring] } },
    ];
  });
}

/**
 * Whether cells share every edge bit by bit, so that they leave no hole. The library rounds vertices of slivers, which stand between
 * seeds that nearly lie on one line, differently for the two neighbours: such a tiling has real holes, and null is right there.
 */
function sharesEveryEdge(cells: readonly LocatableCell[]): boolean {
  const edges = cells.flatMap(({ geometry }) => {
    const ring = geometry.coordinates[0] as [number, number][];
    return ring.slice(1).map((to, i) => [ring[i] as [number, number], to] as const);
  });
  const known = new Set(edges.map(([from, to]) => `${from} ${to}`));
  const onBox = ([ax, ay]: [number, number], [bx, by]: [number, number]) =>
    (ax === bx && (ax === BOX[0] || ax === BOX[2])) || (ay === by && (ay === BOX[1] || ay === BOX[3]));
  return edges.every(([from, to]) => onBox(from, to) || known.has(`${to} ${from}`));
}

const seedList = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 4_999 }), fc.integer({ min: 1, max: 5_999 })), {
    minLength: 3,
    maxLength: 60,
  })
  .map((list) => list.map(([x, y]): [number, number] => [121.46 + x * 1e-5, 31.19 + y * 1e-5]));

/** The plain rule, cell by cell. */
function lowestByScan(cells: readonly LocatableCell[], x: number, y: number): string | null {
  const sorted = [...cells].sort((a, b) => (a.code < b.code ? -1 : 1));
  for (const test of ['double', 'exact'] as const) {
    const found = sorted.find((cell) => relate(flattenArea(cell.geometry), x, y, test) !== 'outside');
    if (found) return found.code;
  }
  return null;
}

describe('locator', () => {
  it('gives a point on a shared edge or vertex to the lowest code, whatever the order of input', () => {
    const cells = [
      { code: '04', geometry: square(1, 1) },
      { code: '02', geometry: square(1, 0) },
      { code: '03', geometry: square(0, 1) },
      { code: '01', geometry: square(0, 0) },
    ];
    const locator = buildLocator(cells);
    expect(locator.locate(1, 1)).toBe('01');
    expect(locator.locate(1, 0.5)).toBe('01');
    expect(locator.locate(2, 1)).toBe('02');
    expect(locator.locate(1, 1.5)).toBe('03');
    expect(locator.locate(1.5, 1.5)).toBe('04');
    expect(locator.locate(2.000001, 1)).toBeNull();
    expect(locator.locate(Number.NaN, 1)).toBeNull();
  });

  it('leaves a hole out, counts its edge in, and gives what lies in it to the cell that fills it', () => {
    const ring = square(0, 0, 4).coordinates[0] as number[][];
    const hole = [...(square(1, 1, 2).coordinates[0] as number[][])].reverse();
    const donut: LocatableCell = { code: 'a', geometry: { type: 'Polygon', coordinates: [ring, hole] } };
    expect(buildLocator([donut]).locate(2, 2)).toBeNull();
    expect(buildLocator([donut]).locate(1, 2)).toBe('a');
    expect(buildLocator([donut, { code: 'b', geometry: square(1, 1, 2) }]).locate(2, 2)).toBe('b');
  });

  it('finds every part of a multipolygon', () => {
    const parts = [square(0, 0).coordinates, square(5, 5).coordinates];
    const locator = buildLocator([{ code: 'm', geometry: { type: 'MultiPolygon', coordinates: parts } }]);
    expect(locator.locateMany(Float64Array.of(0.5, 0.5, 5.5, 5.5, 3, 3))).toEqual(['m', 'm', null]);
  });

  it('answers null for everything when there are no cells', () => {
    expect(buildLocator([]).locate(121.47, 31.23)).toBeNull();
  });

  it('puts every point of a tiling in exactly the cell that a plain scan names, its edges and vertices too', () => {
    let tilings = 0;
    fc.assert(
      fc.property(seedList, fc.array(fc.tuple(fc.nat(5_200), fc.nat(6_200)), { maxLength: 40 }), (seeds, points) => {
        const cells = voronoiCells(seeds);
        const whole = sharesEveryEdge(cells);
        if (whole) tilings++;
        const locator = buildLocator(cells);
        const asked = points.map(([x, y]): [number, number] => [121.459 + x * 1e-5, 31.189 + y * 1e-5]);
        for (const cell of cells) {
          const ring = cell.geometry.coordinates[0] as [number, number][];
          ring.slice(1).forEach(([x, y], i) => {
            const [px, py] = ring[i] as [number, number];
            asked.push([x, y], [(x + px) / 2, (y + py) / 2], [x + (px - x) * 0.3, y + (py - y) * 0.3]);
          });
        }
        for (const [x, y] of asked) {
          const answer = locator.locate(x, y);
          expect(answer).toBe(lowestByScan(cells, x, y));
          const insideBox = x > 121.46 && x < 121.51 && y > 31.19 && y < 31.25;
          if (insideBox && whole) expect(answer).not.toBeNull();
        }
      }),
      { numRuns: 60 },
    );
    expect(tilings).toBeGreaterThan(20);
  });
});
