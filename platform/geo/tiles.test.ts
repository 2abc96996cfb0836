import { VectorTile } from '@mapbox/vector-tile';
import fc from 'fast-check';
import type { Feature } from 'geojson';
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import { encodeTile } from './encode-tile.ts';
import { degreeBox, isTile, mercatorBox, readTile, tileAt } from './tiles.ts';

describe('tile arithmetic', () => {
  it('covers the whole world with tile 0/0/0', () => {
    expect(mercatorBox({ z: 0, x: 0, y: 0 })).toEqual([
      -20037508.342789244, -20037508.342789244, 20037508.342789244, 20037508.342789244,
    ]);
    const [west, south, east, north] = degreeBox({ z: 0, x: 0, y: 0 });
    expect([west, east]).toEqual([-180, 180]);
    expect(south).toBeCloseTo(-85.0511287798066, 9);
    expect(north).toBeCloseTo(85.0511287798066, 9);
  });

  it("finds the tile of People's Square, with the bounds that ST_TileEnvelope gives it", () => {
    const tile = tileAt({ lon: 121.4737, lat: 31.2304, z: 14 });
    expect(tile).toEqual({ z: 14, x: 13720, y: 6694 });
    const published = [121.46484375, 31.222197032103185, 121.48681640624997, 31.2409853780213];
    degreeBox(tile).forEach((value, i) => expect(value).toBeCloseTo(published[i] as number, 10));
  });

  it('holds every point in the tile that it names', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 179.999, noNaN: true }),
        fc.double({ min: -85, max: 85, noNaN: true }),
        fc.integer({ min: 0, max: 22 }),
        (lon, lat, z) => {
          const tile = tileAt({ lon, lat, z });
          const [west, south, east, north] = degreeBox(tile);
          expect(isTile(tile)).toBe(true);
          expect(lon).toBeGreaterThanOrEqual(west - 1e-9);
          expect(lon).toBeLessThanOrEqual(east + 1e-9);
          expect(lat).toBeGreaterThanOrEqual(south - 1e-9);
          expect(lat).toBeLessThanOrEqual(north + 1e-9);
        },
      ),
    );
  });

  it.each([
    ['23', '0', '0'],
    ['1', '2', '0'],
    ['1', '0', '-1'],
    ['1', '0', '1.0'],
    ['01', '0', '0'],
    ['', '0', '0'],
    ['1e1', '0', '0'],
  ])('refuses %s/%s/%s', (z, x, y) => {
    expect(readTile({ z, x, y })).toBeNull();
  });
});

describe('vector tile without ST_AsMVT', () => {
  const square: Feature = {
    type: 'Feature',
    id: 7,
    properties: { name: '瑞金二路', floors: 6, note: null },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [121.47, 31.21],
          [121.48, 31.21],
          [121.48, 31.22],
          [121.47, 31.22],
          [121.47, 31.21],
        ],
      ],
    },
  };
  const tile = tileAt({ lon: 121.475, lat: 31.215, z: 14 });

  it('reads back in an independent decoder with name, numbers and place', () => {
    const bytes = encodeTile({ layer: 'area', tile, features: [square] });
    const layer = new VectorTile(new PbfReader(bytes)).layers.area;
    const feature = layer?.feature(0);
    expect(layer?.version).toBe(2);
    expect(layer?.extent).toBe(4096);
    expect(feature?.id).toBe(7);
    expect(feature?.properties).toEqual({ name: '瑞金二路', floors: 6 });
    const back = feature?.toGeoJSON(tile.x, tile.y, tile.z);
    expect(back?.geometry.type).toBe('Polygon');
    expect(back?.geometry.type === 'Polygon' && back.geometry.coordinates[0]).toHaveLength(5);
  });

  it('is empty where no feature meets the tile', () => {
    expect(encodeTile({ layer: 'area', tile, features: [] })).toHaveLength(0);
    expect(encodeTile({ layer: 'area', tile: { z: 14, x: 0, y: 0 }, features: [square] })).toHaveLength(0);
  });
});
