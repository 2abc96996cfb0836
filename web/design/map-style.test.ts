import { describe, expect, it } from 'vitest';
import { boundsOf, hatch, hectares, stylesOf } from './map-style.ts';
import { night } from './tokens.ts';

const square = [
  [121, 31],
  [121.001, 31],
  [121.001, 31.001],
  [121, 31.001],
  [121, 31],
];
const data = {
  type: 'FeatureCollection' as const,
  features: [
    { type: 'Feature' as const, properties: {}, geometry: { type: 'Polygon' as const, coordinates: [square] } },
  ],
};

describe('the map', () => {
  it('measures areas in hectares', () => {
    expect(hectares([square])).toBeCloseTo(
      (0.001 * 111_320 * 0.001 * 111_320 * Math.cos((31 * Math.PI) / 180)) / 10_000,
      3,
    );
    expect(hectares([square, square])).toBe(0);
  });

  it('knows the bounds of what it shows, and that nothing has none', () => {
    expect(boundsOf([{ id: 'a', kind: 'area', data }])).toEqual([121, 31, 121.001, 31.001]);
    expect(boundsOf([])).toBeNull();
  });

  it('hatches what is missing and marks what is chosen', () => {
    const classes = { property: 'rate', breaks: [1, 2], colours: ['a', 'b', 'c'] };
    const ids = stylesOf({ id: 'a', kind: 'area', data, idField: 'code', classes }, night).map(({ id }) => id);
    expect(ids).toEqual(['a', 'a-missing', 'a-edge', 'a-chosen']);
    expect(hatch('#FF0000').data.some((byte) => byte === 255)).toBe(true);
  });
});
