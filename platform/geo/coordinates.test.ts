import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertGeometry, convertPosition, DATUMS, readDatum, UndeclaredDatum } from './coordinates.ts';

/** Metres between two positions, good enough near Shanghai. */
function metres(a: readonly number[], b: readonly number[]): number {
  const [ax, ay, bx, by] = [a[0], a[1], b[0], b[1]] as [number, number, number, number];
  return Math.hypot((ax - bx) * 111_320 * Math.cos((ay * Math.PI) / 180), (ay - by) * 110_950);
}

describe('datum conversion', () => {
  // Vectors printed in the read-me of the independent implementation wandergis/coordtransform.
  it.each([
    ['BD-09', 'GCJ-02', [116.39762729119315, 39.90865673957631]],
    ['GCJ-02', 'BD-09', [116.41036949371029, 39.92133699351021]],
    ['EPSG:4326', 'GCJ-02', [116.41024449916938, 39.91640428150164]],
    ['GCJ-02', 'EPSG:4326', [116.39775550083061, 39.91359571849836]],
  ] as const)('agrees with published vectors from %s to %s', (from, to, expected) => {
    expect(metres(convertPosition({ position: [116.404, 39.915], from, to }), expected)).toBeLessThan(2);
  });

  it('comes back to where it started within half a metre, for every pair of datums', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 121.2, max: 121.9, noNaN: true }),
        fc.double({ min: 30.9, max: 31.5, noNaN: true }),
        fc.constantFrom(...DATUMS),
        fc.constantFrom(...DATUMS),
        (lon, lat, from, to) => {
          const there = convertPosition({ position: [lon, lat], from, to });
          expect(metres(convertPosition({ position: there, from: to, to: from }), [lon, lat])).toBeLessThan(0.5);
        },
      ),
    );
  });

  it('moves every position of a geometry and keeps heights', () => {
    const polygon = {
      type: 'Polygon' as const,
      coordinates: [
        [
          [121.47, 31.23, 5],
          [121.48, 31.23, 5],
          [121.48, 31.24, 5],
          [121.47, 31.23, 5],
        ],
      ],
    };
    const moved = convertGeometry({ geometry: polygon, from: 'GCJ-02', to: 'EPSG:4490' });
    const first = moved.coordinates[0]?.[0] ?? [];
    expect(first[2]).toBe(5);
    expect(metres(first, [121.47, 31.23])).toBeGreaterThan(300);
    expect(convertGeometry({ geometry: polygon, from: 'EPSG:4326', to: 'EPSG:4490' })).toBe(polygon);
  });
});

describe('declared datum', () => {
  it.each([
    ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326'],
    ['http://www.opengis.net/def/crs/EPSG/0/4490', 'EPSG:4490'],
    ['gcj02', 'GCJ-02'],
    ['BD-09', 'BD-09'],
  ])('reads %s as %s', (text, datum) => {
    expect(readDatum(text)).toBe(datum);
  });

  it.each([undefined, null, '', '  ', 'EPSG:3857', 'Shanghai 2000'])('refuses %s instead of guessing', (text) => {
    expect(() => readDatum(text)).toThrow(UndeclaredDatum);
  });
});
