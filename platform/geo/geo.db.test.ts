import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { openAreaLocator } from './area-locator.ts';
import { declaredLayers } from './layer.ts';
import { tileFromDatabase, tileFromFeatures } from './serve-tile.ts';
import { storeAreas } from './store-areas.ts';
import { storeDataset, storePlaces } from './store-places.ts';
import { box, asGeo as inGeoHouse, openGeoHouse, sampleAreas } from './testing.ts';
import { tileAt } from './tiles.ts';

let house: TestHouse;
const asGeo = <T>(work: (db: Db) => Promise<T>) => inGeoHouse(house, work);

beforeAll(async () => {
  house = await openGeoHouse();
}, 120_000);

afterAll(() => house?.close());

const get = (url: string, headers?: Record<string, string>) => call(house, { url, headers });
const items = '/ogc/collections/places-osm-heritage/items';

describe('locating a point', () => {
  it('names cell, committee, street and district, converting from the declared datum', async () => {
    const inside = (await get('/api/geo/locate?lon=121.475&lat=31.205&crs=EPSG:4490')).json();
    expect(inside).toMatchObject({
      status: 'INSIDE',
      cell: { code: '31010101300101' },
      committee: { name: '第一居委会' },
    });
    expect(inside).toMatchObject({ street: { code: '310101013' }, district: { nameEn: 'Huangpu' } });
    const gcj = (await get('/api/geo/locate?lon=121.4797&lat=31.2032&crs=GCJ-02')).json();
    expect(gcj.lon).toBeCloseTo(121.4752, 3);
  });

  it('gives a point on a shared edge to the lowest cell code, as PostGIS with min() does', async () => {
    const body = {
      crs: 'EPSG:4490',
      points: [
        [121.48, 31.21],
        [121.475, 31.21],
        [121.48, 31.215],
        [121.3, 31],
      ],
    };
    const reply = await call(house, { method: 'POST', url: '/api/geo/locate', body });
    const codes = reply.json().located.map((point: { cell: { code: string } | null }) => point.cell?.code ?? null);
    const bySql: (string | null)[] = [];
    for (const [lon, lat] of body.points) {
      const point = sql`ST_SetSRID(ST_MakePoint(${lon}::float8, ${lat}::float8), 4490)`;
      const found = await asGeo((db) =>
        db.one<{ code: string | null }>(
          sql`select min(code) as code from geo.area where level = 'cell' and ST_Intersects(geometry, ${point})`,
        ),
      );
      bySql.push(found.code);
    }
    expect(codes).toEqual(['31010101300101', '31010101300101', '31010101300102', null]);
    expect(bySql).toEqual(codes);
  });

  it('refuses coordinates without a declared datum, out of range, or too many', async () => {
    expect((await get('/api/geo/locate?lon=121.475&lat=31.205')).json()).toMatchObject({
      status: 400,
      code: 'DATUM_UNDECLARED',
    });
    expect((await get('/api/geo/locate?lon=31.2&lat=121.475&crs=EPSG:4490')).statusCode).toBe(400);
    const points = Array.from({ length: 10_001 }, () => [121.47, 31.2]);
    expect(
      (await call(house, { method: 'POST', url: '/api/geo/locate', body: { crs: 'EPSG:4490', points } })).statusCode,
    ).toBe(400);
  });

  it('follows a change of the areas at once', async () => {
    const before = await openAreaLocator(house.services);
    expect(await openAreaLocator(house.services)).toBe(before);
    await asGeo((db) =>
      storeAreas(db, {
        areas: [{ code: '31010101300103', name: '网格04', geometry: box(0, 2, 1, 1) }],
        dataset: 'test-areas',
      }),
    );
    const after = await openAreaLocator(house.services);
    expect(after.whereabouts(121.475, 31.225)?.cell.code).toBe('31010101300103');
    await asGeo((db) => db.run(sql`delete from geo.area where code = '31010101300103'`));
    expect((await openAreaLocator(house.services)).whereabouts(121.475, 31.225)).toBeNull();
  });
});

describe('areas and layers', () => {
  it('lists areas of a level or under a code, with bounds', async () => {
    const { areas } = (await get('/api/geo/areas?level=committee')).json();
    expect(areas.map((area: { code: string }) => area.code)).toEqual(['310101013001', '310101013002']);
    expect(areas[0].bbox[0]).toBeCloseTo(121.47);
    expect((await get('/api/geo/areas?under=310101013002')).json().areas).toHaveLength(2);
  });

  it('lets a register name the areas and an outline shape them, in any order and any number of times', async () => {
    const outline = { areas: sampleAreas, dataset: 'test-areas' };
    const register = { areas: [{ code: '310101013001', name: '真名居委会' }], dataset: 'register' };
    expect(await asGeo((db) => storeAreas(db, register))).toBe(1);
    expect(await asGeo((db) => storeAreas(db, register))).toBe(0);
    expect(await asGeo((db) => storeAreas(db, outline))).toBe(0);
    const { areas } = (await get('/api/geo/areas?under=310101013001&level=committee')).json();
    expect(areas[0]).toMatchObject({ name: '真名居委会', dataset: 'register', generated: true });
    expect(areas[0].bbox).not.toBeNull();
  });

  it('shows the layers with licence and attribution', async () => {
    const { layers } = (await get('/api/geo/layers')).json();
    expect(layers.map((layer: { id: string }) => layer.id)).toEqual([
      'districts',
      'streets',
      'committees',
      'cells',
      'places-osm-heritage',
      'places-wikidata',
    ]);
    expect(layers[4]).toMatchObject({
      licence: 'ODbL-1.0',
      attribution: '© OpenStreetMap contributors',
      resource: 'geo.osm-place',
    });
  });

  it('keeps OpenStreetMap rows in a table of their own', async () => {
    const count = (table: 'osm' | 'other') =>
      asGeo((db) =>
        db.one<{ n: number }>(
          table === 'osm'
            ? sql`select count(*)::int as n from geo.osm_place`
            : sql`select count(*)::int as n from geo.place`,
        ),
      );
    expect((await count('osm')).n).toBe(25);
    expect((await count('other')).n).toBe(2);
  });
});

describe('OGC API Features', () => {
  it('links landing page, definition, conformance and collections', async () => {
    const landing = (await get('/ogc')).json();
    const rels = landing.links.map((link: { rel: string }) => link.rel);
    expect(rels).toEqual(expect.arrayContaining(['self', 'alternate', 'service-desc', 'conformance', 'data']));
    for (const link of landing.links) {
      const reply = await get(link.href.replace(/^http:\/\/[^/]+/, ''));
      expect(reply.statusCode).toBe(200);
      expect(reply.headers['content-type']?.replace('; charset=utf-8', '')).toBe(link.type);
    }
    expect((await get('/ogc/conformance')).json().conformsTo).toContain(
      'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
    );
    expect((await get('/ogc/api')).json().openapi).toMatch(/^3\.0\./);
  });

  it('describes each collection with extent, CRS and items link', async () => {
    const { collections } = (await get('/ogc/collections')).json();
    const cells = collections.find((entry: { id: string }) => entry.id === 'cells');
    expect(cells.extent.spatial.bbox[0][0]).toBeCloseTo(121.47);
    expect(cells.crs[0]).toBe('http://www.opengis.net/def/crs/OGC/1.3/CRS84');
    expect(cells.links.find((link: { rel: string }) => link.rel === 'items').type).toBe('application/geo+json');
    expect((await get('/ogc/collections/cells')).json().id).toBe('cells');
  });

  it('pages through every feature exactly once by next links', async () => {
    const seen: string[] = [];
    let url: string | undefined = `${items}?limit=10`;
    while (url) {
      const reply = await get(url);
      expect(reply.headers['content-type']).toBe('application/geo+json');
      const page = reply.json();
      expect(page).toMatchObject({
        type: 'FeatureCollection',
        numberMatched: 25,
        numberReturned: page.features.length,
      });
      expect(new Date(page.timeStamp).getTime()).not.toBeNaN();
      seen.push(...page.features.map((feature: { id: string }) => feature.id));
      url = page.links.find((link: { rel: string }) => link.rel === 'next')?.href.replace(/^http:\/\/[^/]+/, '');
    }
    expect(new Set(seen).size).toBe(25);
    expect(seen).toHaveLength(25);
  });

  it('filters by bbox and datetime', async () => {
    expect((await get(`${items}?bbox=121.4699,31.2,121.4711,31.21`)).json().numberMatched).toBe(3);
    expect((await get(`${items}?bbox=121.4699,31.2,-50,121.4711,31.21,50`)).json().numberMatched).toBe(3);
    expect((await get(`${items}?bbox=170,-10,-170,10`)).json().numberMatched).toBe(0);
    const cells = '/ogc/collections/cells/items';
    expect((await get(`${cells}?datetime=2026-01-01T00:00:00Z`)).json().numberMatched).toBe(3);
    expect((await get(`${cells}?datetime=2999-06-01T00:00:00Z/..`)).json().numberMatched).toBe(2);
    expect((await get(`${cells}?datetime=../1990-01-01T00:00:00Z`)).json().numberMatched).toBe(0);
    expect((await get(`${items}?datetime=1990-01-01T00:00:00Z`)).json().numberMatched).toBe(25);
  });

  it('gives one feature by id with links to itself and its collection', async () => {
    const reply = await get(`${items}/${encodeURIComponent('osm-heritage:n/3')}`);
    const feature = reply.json();
    expect(feature).toMatchObject({
      type: 'Feature',
      id: 'osm-heritage:n/3',
      properties: { name: '地点 3', properties: { wikidata: 'Q3' } },
    });
    expect(feature.links.map((link: { rel: string }) => link.rel)).toEqual(['self', 'alternate', 'collection']);
    const self = feature.links[0].href.replace(/^http:\/\/[^/]+/, '');
    expect((await get(self)).json().id).toBe(feature.id);
  });

  it.each([
    ['/ogc?x=1', 400],
    [`${items}?unknown=1`, 400],
    [`${items}?bbox=1,2,3`, 400],
    [`${items}?bbox=1,2,3,a`, 400],
    [`${items}?bbox=0,60,10,50`, 400],
    [`${items}?limit=0`, 400],
    [`${items}?limit=-1`, 400],
    [`${items}?limit=x`, 400],
    [`${items}?limit=5&limit=6`, 400],
    [`${items}?datetime=yesterday`, 400],
    [`${items}?datetime=2026-02-30T00:00:00Z`, 400],
    [`${items}?datetime=2026-01-02T00:00:00Z/2026-01-01T00:00:00Z`, 400],
    [`${items}?f=xml`, 400],
    ['/ogc/collections/absent', 404],
    ['/ogc/collections/places-absent/items', 404],
    [`${items}/absent`, 404],
    [`${items}?limit=1000000`, 200],
  ])('answers %s with %i', async (url, status) => {
    expect((await get(url)).statusCode).toBe(status);
  });

  it('negotiates HTML by f and by Accept, escaping what it shows', async () => {
    const page = await get('/ogc/collections', { accept: 'text/html,application/xhtml+xml' });
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.body).toContain('<h1>');
    expect((await get('/ogc/collections?f=json', { accept: 'text/html' })).headers['content-type']).toBe(
      'application/json',
    );
  });
});

describe('vector tiles', () => {
  const at = tileAt({ lon: 121.475, lat: 31.205, z: 13 });
  const url = `/tiles/cells/13/${at.x}/${at.y}.mvt`;

  it('serves the areas of a level with a tag, and 304 for it', async () => {
    const reply = await get(url);
    expect(reply.headers['content-type']).toBe('application/vnd.mapbox-vector-tile');
    const layer = new VectorTile(new PbfReader(reply.rawPayload)).layers.cells;
    expect(layer?.length).toBe(3);
    expect(layer?.feature(0).properties).toMatchObject({ code: '31010101300101', name: '网格01', generated: true });
    const again = await get(url, { 'if-none-match': String(reply.headers.etag) });
    expect(again.statusCode).toBe(304);
    expect(again.rawPayload).toHaveLength(0);
  });

  it('draws the same features through ST_AsMVT and through JavaScript', async () => {
    const layer = declaredLayers(house.services.registry).find(({ id }) => id === 'cells');
    if (!layer) throw new Error('no layer');
    const shapes = (bytes: Uint8Array) => {
      const read = new VectorTile(new PbfReader(bytes)).layers.cells;
      return Array.from({ length: read?.length ?? 0 }, (_, i) => {
        const feature = read?.feature(i);
        return { code: feature?.properties.code, box: feature?.bbox?.().map((value: number) => Math.round(value / 8)) };
      });
    };
    const inScript = shapes(await asGeo((db) => tileFromFeatures(db, layer, at)));
    expect(inScript).toHaveLength(3);
    if (house.kind === 'postgres')
      expect(shapes(await asGeo((db) => tileFromDatabase(db, layer, at)))).toEqual(inScript);
  });

  it('names each area at one point, however many tiles cut it', async () => {
    const layer = declaredLayers(house.services.registry).find(({ id }) => id === 'cells');
    if (!layer) throw new Error('no layer');
    const quarters = [0, 1, 2, 3].map((n) => ({ z: at.z + 1, x: at.x * 2 + (n % 2), y: at.y * 2 + Math.floor(n / 2) }));
    for (const encode of house.kind === 'postgres' ? [tileFromFeatures, tileFromDatabase] : [tileFromFeatures]) {
      const named: unknown[] = [];
      const drawn: unknown[] = [];
      for (const tile of quarters) {
        const { layers } = new VectorTile(new PbfReader(await asGeo((db) => encode(db, layer, tile))));
        for (let i = 0; i < (layers.cells?.length ?? 0); i += 1) drawn.push(layers.cells?.feature(i).properties.code);
        const names = layers['cells-names'];
        for (let i = 0; i < (names?.length ?? 0); i += 1) {
          const feature = names?.feature(i);
          const point = feature?.loadGeometry()[0]?.[0];
          // What lies in a tile's margin is drawn by its neighbour.
          if (point && [point.x, point.y].every((v) => v >= 0 && v < 4096)) named.push(feature?.properties.name);
        }
      }
      expect(named.sort(), encode.name).toEqual(['网格01', '网格02', '网格03']);
      expect(drawn.length, 'tiles do cut them').toBeGreaterThan(3);
    }
  });

  it('answers an empty tile where nothing is and 404 for what is no tile or layer', async () => {
    expect((await get('/tiles/cells/13/0/0.mvt')).rawPayload).toHaveLength(0);
    for (const bad of [
      '/tiles/absent/0/0/0.mvt',
      '/tiles/cells/1/2/0.mvt',
      '/tiles/cells/a/0/0.mvt',
      '/tiles/cells/30/0/0.mvt',
    ]) {
      expect((await get(bad)).statusCode).toBe(404);
    }
  });
});

describe('ways', () => {
  const post = (url: string, body: unknown, cookie?: string) => call(house, { method: 'POST', url, body, cookie });
  const ask = { crs: 'EPSG:4490', mode: 'walk', from: [121.4705, 31.2], to: [121.48, 31.2095] };

  it('are said to be off the network while no roads are known, and follow an import at once', async () => {
    expect((await post('/api/geo/route', ask)).json()).toMatchObject({ status: 'OFF_NETWORK', line: null, steps: [] });
    await asGeo(async (db) => {
      await storeDataset(db, {
        id: 'town-roads',
        title: { zh: '道路', en: 'Roads' },
        licence: 'ODbL-1.0',
        attribution: '© OpenStreetMap contributors',
        sourceUrl: null,
        badge: 'sample',
        osm: true,
      });
      const road = (placeId: string, name: string, line: number[][], properties: Record<string, string> = {}) => ({
        placeId,
        name,
        kind: 'road',
        category: 'residential',
        geometry: { type: 'LineString' as const, coordinates: line },
        properties,
      });
      await storePlaces(db, {
        dataset: 'town-roads',
        places: [
          road(
            '1',
            '南路',
            [
              [121.47, 31.2],
              [121.48, 31.2],
            ],
            { oneway: 'yes' },
          ),
          road('2', '东路', [
            [121.48, 31.2],
            [121.48, 31.21],
          ]),
          road('3', '远路', [
            [121.49, 31.23],
            [121.49, 31.24],
          ]),
        ],
      });
    });
    const found = (await post('/api/geo/route', ask)).json();
    expect(found).toMatchObject({ status: 'FOUND', attribution: ['© OpenStreetMap contributors'] });
    expect(found.steps.map(({ name }: { name: string }) => name)).toEqual(['南路', '东路']);
    expect(found.metres).toBeCloseTo(903.6 + 1056.4, -1);
    const away = { ...ask, to: [121.49, 31.235] };
    expect((await post('/api/geo/route', away)).json().status).toBe('UNREACHABLE');
    const back = { ...ask, mode: 'car', from: ask.to, to: ask.from };
    expect((await post('/api/geo/route', back)).json().status).toBe('UNREACHABLE');
  });

  it('need a declared datum, known modes and places in range', async () => {
    expect((await post('/api/geo/route', { ...ask, crs: undefined })).json().code).toBe('DATUM_UNDECLARED');
    for (const bad of [{ mode: 'fly' }, { from: [31.2, 121.4] }, { to: [121.4] }])
      expect((await post('/api/geo/route', { ...ask, ...bad })).statusCode).toBe(400);
    expect((await post('/api/geo/route/matrix', { ...ask, from: [ask.from], to: [ask.to] })).statusCode).toBe(401);
  });
});
