import fc from 'fast-check';
import type { Polygon, Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { areaSquareMetres, boundsOf, geometryFaults, repairArea, representativePoint } from './geojson.ts';
import { flattenArea, relate } from './point-in-area.ts';

const ring = (x: number, y: number, w: number, h: number): Position[] => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
  [x, y],
];

describe('faults of a geometry', () => {
  it.each([
    [null, 'TYPE', 'geometry'],
    [{ type: 'Circle' }, 'TYPE', 'geometry'],
    [{ type: 'Point', coordinates: [121.4] }, 'POSITION', 'geometry.coordinates'],
    [{ type: 'Point', coordinates: ['121.4', 31.2] }, 'POSITION', 'geometry.coordinates'],
    [{ type: 'Point', coordinates: [31.2, 121.4] }, 'RANGE', 'geometry.coordinates'],
    [{ type: 'LineString', coordinates: [[1, 1]] }, 'TOO_FEW', 'geometry.coordinates'],
    [{ type: 'Polygon', coordinates: [] }, 'EMPTY', 'geometry.coordinates'],
    [{ type: 'Polygon', coordinates: [ring(0, 0, 1, 1).slice(0, 4)] }, 'NOT_CLOSED', 'geometry.coordinates[0]'],
    [{ type: 'MultiPolygon', coordinates: [[ring(0, 0, 1, 0)]] }, 'NO_AREA', 'geometry.coordinates[0][0]'],
    [
      { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [Number.NaN, 1] }] },
      'POSITION',
      'geometry.geometries[0].coordinates',
    ],
  ])('names the fault of %j', (value, code, path) => {
    expect(geometryFaults(value)).toEqual([{ code, path }]);
  });

  it('finds none in sound geometries of every type', () => {
    const sound = [
      { type: 'Point', coordinates: [121.4, 31.2, 4] },
      { type: 'MultiPoint', coordinates: [[121.4, 31.2]] },
      {
        type: 'MultiLineString',
        coordinates: [
          [
            [121.4, 31.2],
            [121.5, 31.2],
          ],
        ],
      },
      { type: 'Polygon', coordinates: [ring(0, 0, 4, 4), ring(1, 1, 1, 1)] },
    ];
    expect(sound.flatMap((value) => geometryFaults(value))).toEqual([]);
  });
});

describe('areas', () => {
  it('closes rings, drops repeats and turns rings the way RFC 7946 wants them', () => {
    const open = ring(0, 0, 2, 2).slice(0, 4).reverse();
    const repaired = repairArea({
      type: 'Polygon',
      coordinates: [[open[0] as Position, ...open], ring(0.5, 0.5, 1, 1)],
    });
    expect(geometryFaults(repaired)).toEqual([]);
    expect(repaired.coordinates[0]).toEqual([
      [0, 2],
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 2],
    ]);
    expect(repaired.coordinates[1]).toEqual([...ring(0.5, 0.5, 1, 1)].reverse());
  });

  it('measures a square of known size on the ground and takes the hole off', () => {
    // One minute of arc at 31° N: 1,848 m north-south, 1,592 m east-west on the ellipsoid.
    const minute = 1 / 60;
    const outer = ring(121.47, 31, minute, minute);
    expect(areaSquareMetres({ type: 'Polygon', coordinates: [outer] }) / (1847.9 * 1591.9)).toBeCloseTo(1, 2);
    const half = areaSquareMetres({ type: 'Polygon', coordinates: [outer, ring(121.47, 31, minute / 2, minute)] });
    expect(half / areaSquareMetres({ type: 'Polygon', coordinates: [outer] })).toBeCloseTo(0.5, 6);
  });

  it('bounds nested geometries', () => {
    const parts = [
      { type: 'Point' as const, coordinates: [3, 9] },
      { type: 'Polygon' as const, coordinates: [ring(0, 0, 1, 1)] },
    ];
    expect(boundsOf({ type: 'GeometryCollection', geometries: parts })).toEqual([0, 0, 3, 9]);
    expect(boundsOf({ type: 'GeometryCollection', geometries: [] })).toBeNull();
  });

  it('puts the representative point inside, with a hole in the middle and for every star-shaped outline', () => {
    const donut: Polygon = { type: 'Polygon', coordinates: [ring(0, 0, 4, 4), ring(1, 1, 2, 2)] };
    expect(relate(flattenArea(donut), ...(representativePoint(donut) as [number, number]))).toBe('inside');
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: 5, maxLength: 20 }), (radii) => {
        const corners = radii.map((r, i): Position => {
          const angle = (2 * Math.PI * i) / radii.length;
          return [121.47 + r * 0.01 * Math.cos(angle), 31.2 + r * 0.01 * Math.sin(angle)];
        });
        const star: Polygon = { type: 'Polygon', coordinates: [[...corners, corners[0] as Position]] };
        expect(relate(flattenArea(star), ...(representativePoint(star) as [number, number]))).toBe('inside');
      }),
    );
  });
});
