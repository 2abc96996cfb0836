import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mapLayer } from '#platform/geo/layer.ts';
import { areaLayers } from '#platform/geo/layers.ts';
import { openGeoHouse } from '#platform/geo/testing.ts';
import { tileAt } from '#platform/geo/tiles.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';

/*
 * The abstract tests of OGC API – Features Part 1 (17-069r4, annex A, as the public suite ets-ogcapi-features10 runs them),
 * Part 2 (18-058r1, annex A), Part 3 (19-079r2) and Tiles (20-057), each over every collection; then GDAL as a client.
 */

type Link = { href: string; rel: string; type?: string };
type Feature = { id: string; geometry: { type: string; coordinates: unknown }; properties: Record<string, unknown> };
type Page = {
  type: string;
  features: Feature[];
  links: Link[];
  numberMatched: number;
  numberReturned: number;
  timeStamp: string;
};
type Collection = {
  id: string;
  links: Link[];
  crs: string[];
  storageCrs: string;
  extent: { spatial: { bbox: number[][]; crs: string }; temporal?: { interval: [string, string][] } };
};
type Parameter = {
  name: string;
  in: string;
  required?: boolean;
  style?: string;
  explode?: boolean;
  schema: Record<string, unknown>;
};

const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
const EPSG = (code: number) => `http://www.opengis.net/def/crs/EPSG/0/${code}`;

let house: TestHouse;
let all: Collection[];

beforeAll(async () => {
  const hidden = mapLayer.provide({
    id: 'cells-of-work',
    title: { zh: '内部网格', en: 'Cells at work' },
    description: { zh: '登录后可见', en: 'for those who have signed in' },
    resource: 'geo.area',
    fields: ['code', 'name'],
    readers: 'signed-in',
  });
  house = await openGeoHouse({ provides: [...areaLayers, hidden] });
  all = (await json<{ collections: Collection[] }>('/ogc/collections')).collections;
}, 120_000);
afterAll(() => house?.close());

const get = (url: string, headers?: Record<string, string>) =>
  call(house, { url: url.replace(/^http:\/\/[^/]+/, ''), headers });
async function json<T>(url: string, headers?: Record<string, string>): Promise<T> {
  const reply = await get(url, headers);
  expect([url, reply.statusCode]).toEqual([url, 200]);
  return reply.json() as T;
}
const itemsOf = (collection: Collection) => `/ogc/collections/${collection.id}/items`;
const query = (parameters: Record<string, string>) => `?${new URLSearchParams(parameters)}`;
const relsOf = (document: { links: Link[] }) => document.links.map(({ rel }) => rel);
const ids = (page: Page) => page.features.map(({ id }) => id);

describe('Part 1, Core', () => {
  it('A.2.2 landing page, A.2.3 API definition, A.2.4 conformance: each link answers with its type (tests 3–8)', async () => {
    const landing = await json<{ links: Link[] }>('/ogc/');
    expect(relsOf(landing)).toEqual(expect.arrayContaining(['service-desc', 'service-doc', 'conformance', 'data']));
    for (const { href, type } of landing.links) {
      const reply = await get(href);
      expect([href, reply.statusCode]).toEqual([href, 200]);
      expect(reply.headers['content-type']?.replace('; charset=utf-8', '')).toBe(type);
    }
    const { conformsTo } = await json<{ conformsTo: string[] }>('/ogc/conformance');
    for (const name of ['core', 'oas30', 'geojson', 'html'])
      expect(conformsTo).toContain(`http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`);
    expect(conformsTo).toContain('http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs');
    expect(conformsTo).toContain('http://www.opengis.net/spec/cql2/1.0/conf/cql2-text');
  });

  it('A.2.5 collections and A.2.6 collection: the same content in both, links with rel and type, extent (tests 9–12)', async () => {
    expect(all.length).toBeGreaterThan(4);
    for (const collection of all) {
      const alone = await json<Collection>(`/ogc/collections/${collection.id}`);
      const timeless = (entry: Collection) => ({ ...entry, links: [], extent: entry.extent.spatial });
      expect(timeless(alone)).toEqual(timeless(collection));
      expect(relsOf(alone)).toEqual(expect.arrayContaining(['self', 'alternate', 'items']));
      for (const link of alone.links.filter(({ rel }) => rel === 'items')) expect(link.type).toMatch(/geo\+json|html/);
      expect(alone.extent.spatial.bbox[0]).toHaveLength(4);
    }
  });

  it('A.2.7 the definitions of limit, bbox and datetime are those of the standard (tests 14, 16, 18)', async () => {
    const api = await json<{
      paths: Record<string, { get: { parameters: { $ref?: string }[] } }>;
      components: { parameters: Record<string, Parameter> };
    }>('/ogc/api');
    const used = api.paths['/collections/{collectionId}/items']?.get.parameters.map(({ $ref }) => $ref);
    for (const name of ['limit', 'bbox', 'datetime', 'crs', 'bbox-crs', 'filter', 'filter-lang', 'filter-crs']) {
      expect(used).toContain(`#/components/parameters/${name}`);
      expect(api.components.parameters[name]).toMatchObject({
        name,
        in: 'query',
        required: false,
        style: 'form',
        explode: false,
      });
    }
    expect(api.components.parameters.limit?.schema).toMatchObject({ type: 'integer', minimum: 1, default: 10 });
    expect(api.components.parameters.bbox?.schema).toMatchObject({
      type: 'array',
      minItems: 4,
      maxItems: 6,
      items: { type: 'number' },
    });
    expect(api.components.parameters.datetime?.schema).toMatchObject({ type: 'string' });
    expect(api.components.parameters.collectionId?.schema.enum).toEqual(all.map(({ id }) => id));
  });

  it('A.2.7 features of every collection: structure, links, time stamp, both counts, CRS84 (tests 2, 13, 22–26)', async () => {
    for (const collection of all) {
      const before = Date.now();
      const page = await json<Page>(itemsOf(collection));
      expect(page.type).toBe('FeatureCollection');
      expect(relsOf(page)).toEqual(expect.arrayContaining(['self', 'alternate']));
      for (const link of page.links) expect(link.type).toBeTruthy();
      expect(Date.parse(page.timeStamp)).toBeGreaterThanOrEqual(before - 1);
      expect(page.numberReturned).toBe(page.features.length);
      expect(await countByPages(`${itemsOf(collection)}?limit=4`)).toBe(page.numberMatched);
      for (const { geometry } of page.features) {
        for (const [lon, lat] of positions(geometry.coordinates)) {
          expect(lon).toBeCloseTo(121.47, 0);
          expect(lat).toBeCloseTo(31.2, 0);
        }
      }
    }
  });

  it('A.2.7 limit, also at its ends and past its maximum (test 17)', async () => {
    for (const collection of all)
      for (const limit of [1, 2, 10_000, 99_999])
        expect((await json<Page>(`${itemsOf(collection)}?limit=${limit}`)).features.length).toBeLessThanOrEqual(limit);
  });

  it('A.2.7 bbox: the extent finds everything, a box elsewhere nothing, and the antimeridian is crossed (test 15)', async () => {
    for (const collection of all) {
      const { numberMatched } = await json<Page>(itemsOf(collection));
      const [bbox = []] = collection.extent.spatial.bbox;
      const matched = async (box: readonly number[]) =>
        (await json<Page>(itemsOf(collection) + query({ bbox: box.join() }))).numberMatched;
      expect(await matched(bbox)).toBe(numberMatched);
      expect(await matched([bbox[0], bbox[1], -100, bbox[2], bbox[3], 100] as number[])).toBe(numberMatched);
      expect(await matched([-180, -90, 180, 90])).toBe(numberMatched);
      expect(await matched([0, 0, 1, 1])).toBe(0);
      // From 100° E eastward to 170° W holds Shanghai; from 170° E to 100° E the short way does not.
      expect(await matched([100, -90, -170, 90])).toBe(numberMatched);
      expect(await matched([170, -90, 100, 90])).toBe(0);
    }
  });

  it('A.2.7 datetime: instant, interval, duration, and features without time are always in (test 19)', async () => {
    for (const collection of all) {
      const [begin, end] = collection.extent.temporal?.interval[0] ?? ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'];
      for (const datetime of [
        begin,
        `${begin}/${end}`,
        `${begin.slice(0, 10)}/P2D`,
        `P1Y2M/${end}`,
        `${begin}/..`,
        `/${end}`,
      ]) {
        const page = await json<Page>(itemsOf(collection) + query({ datetime }));
        if (!collection.extent.temporal) expect(page.numberMatched).toBeGreaterThan(0);
      }
    }
    const cells = '/ogc/collections/cells/items';
    expect((await json<Page>(`${cells}?datetime=2998-12-30/P1D`)).numberMatched).toBe(3);
    expect((await json<Page>(`${cells}?datetime=2999-01-02/P1D`)).numberMatched).toBe(2);
  });

  it('A.2.8 one feature: the same as in its collection, with links (tests 27–29)', async () => {
    for (const collection of all) {
      const [first] = (await json<Page>(itemsOf(collection))).features;
      const alone = await json<Feature & { links: Link[] }>(
        `${itemsOf(collection)}/${encodeURIComponent(first?.id ?? '')}`,
      );
      expect(alone).toMatchObject({
        type: 'Feature',
        id: first?.id,
        geometry: first?.geometry,
        properties: first?.properties,
      });
      expect(relsOf(alone)).toEqual(expect.arrayContaining(['self', 'alternate', 'collection']));
    }
  });

  it('A.2.7 refuses unknown parameters and bad values with a problem that names them (tests 20, 21)', async () => {
    const items = '/ogc/collections/cells/items';
    const bad: Record<string, Record<string, string>> = {
      unknownQueryParameter: { unknownQueryParameter: '1' },
      limit: { limit: '0' },
      bbox: { bbox: '1,2,3' },
      datetime: { datetime: '2026-01-02/P' },
      crs: { crs: 'GCJ-02' },
      'bbox-crs': { 'bbox-crs': EPSG(4490) },
      filter: { filter: 'nothing = 1' },
      'filter-lang': { filter: 'TRUE', 'filter-lang': 'ecql' },
      'filter-crs': { filter: 'TRUE', 'filter-crs': EPSG(2154) },
      validFrom: { validFrom: 'yesterday' },
      generated: { generated: 'yes' },
    };
    for (const [parameter, parameters] of Object.entries(bad)) {
      const reply = await get(items + query(parameters));
      expect([parameter, reply.statusCode]).toEqual([parameter, 400]);
      expect(reply.headers['content-type']).toMatch('application/problem+json');
      expect(reply.json().fields[0].pointer).toBe(`/query/${parameter}`);
    }
    // What can be read but not computed is the caller's fault, too.
    const incalculable = ["name LIKE 'a\\\\'", '10 ^ 400 > 1'];
    for (const filter of incalculable)
      expect([filter, (await get(items + query({ filter }))).statusCode]).toEqual([filter, 400]);
    expect((await get(items + query({ filter: '1 / 0 > 1' }))).statusCode).toBe(200);
    const nowhere = await get(items + query({ bbox: '1e30,1e30,2e30,2e30', 'bbox-crs': EPSG(32651) }));
    expect([nowhere.statusCode, nowhere.json().fields?.[0].pointer]).toEqual([400, '/query/bbox']);
    expect((await get(`${items}/%00`)).statusCode).toBe(404);
  });

  it('HTML: every document, by f and by Accept with weights', async () => {
    for (const path of [
      '',
      '/api',
      '/conformance',
      '/collections',
      '/collections/cells',
      '/collections/cells/items',
      '/collections/cells/queryables',
    ]) {
      const page = await get(`/ogc${path}`, { accept: 'application/json;q=0.4, text/html;q=0.9' });
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.body).toContain('<!doctype html>');
      expect((await get(`/ogc${path}?f=json`, { accept: 'text/html' })).headers['content-type']).toMatch('json');
    }
  });
});

describe('Part 2, coordinate reference systems', () => {
  const near = (a: unknown, b: unknown, metres: number) => {
    const [left, right] = [positions(a), positions(b)];
    expect(left.length).toBe(right.length);
    left.forEach((position, i) =>
      position.forEach((value, k) => expect(Math.abs(value - (right[i]?.[k] ?? 0))).toBeLessThan(metres)),
    );
  };

  it('tests 1–3: every collection lists valid URIs, the default first, and its storage system among them', () => {
    for (const { crs, storageCrs } of all) {
      expect(crs[0]).toBe(CRS84);
      expect(crs).toContain(storageCrs);
      for (const uri of crs)
        expect(uri).toMatch(/^http:\/\/www\.opengis\.net\/def\/crs\/(?:OGC\/1\.3\/CRS84|EPSG\/0\/\d+)$/);
    }
  });

  it('tests 4–6: every system is given out with its header, the default without being asked, and none unlisted', async () => {
    for (const collection of all) {
      const [first] = (await json<Page>(itemsOf(collection))).features;
      for (const path of [itemsOf(collection), `${itemsOf(collection)}/${encodeURIComponent(first?.id ?? '')}`]) {
        expect((await get(path)).headers['content-crs']).toBe(`<${CRS84}>`);
        for (const crs of collection.crs) {
          const reply = await get(path + query({ crs }));
          expect([crs, reply.statusCode, reply.headers['content-crs']]).toEqual([crs, 200, `<${crs}>`]);
        }
        expect((await get(path + query({ crs: `${CRS84}0` }))).statusCode).toBe(400);
      }
    }
  });

  // Reference values by GDAL's gdaltransform (PROJ 9.1) for 121.47° E, 31.205° N, axes in the order of the EPSG dataset.
  it.each([
    [CRS84, [121.47, 31.205], 1e-8],
    [EPSG(4326), [31.205, 121.47], 1e-8],
    [EPSG(4490), [31.205, 121.47], 1e-8],
    [EPSG(3857), [13521978.5467, 3659401.0114], 0.01],
    [EPSG(4549), [3454634.1798, 640097.2096], 0.01],
    [EPSG(32651), [354242.2415, 3453329.8832], 0.01],
  ])('test 7: %s has its own order of axes', async (crs, expected, tolerance) => {
    const id = encodeURIComponent('osm-heritage:n/0');
    const feature = await json<Feature>(`/ogc/collections/places-osm-heritage/items/${id}${query({ crs })}`);
    near(feature.geometry.coordinates, expected, tolerance);
  });

  it('tests 8–10: a box in any system finds what the same box finds in the default one', async () => {
    for (const collection of all) {
      const [bbox = []] = collection.extent.spatial.bbox;
      const expected = ids(await json<Page>(itemsOf(collection) + query({ bbox: bbox.join() })));
      for (const crs of collection.crs) {
        const page = await json<Page>(itemsOf(collection) + query({ bbox: boxIn(crs, bbox).join(), 'bbox-crs': crs }));
        expect([crs, ids(page)]).toEqual([crs, expected]);
      }
    }
    const items = '/ogc/collections/cells/items';
    // The order of the axes is not guessed: longitude first is out of range where latitude comes first.
    expect((await get(items + query({ bbox: '121.4,31.1,121.5,31.3', 'bbox-crs': EPSG(4490) }))).statusCode).toBe(400);
    expect(
      (await json<Page>(items + query({ bbox: '31.1,121.4,31.3,121.5', 'bbox-crs': EPSG(4490) }))).numberMatched,
    ).toBe(3);
    expect((await json<Page>(items + query({ bbox: '-90,100,90,-170', 'bbox-crs': EPSG(4326) }))).numberMatched).toBe(
      3,
    );
  });
});

/** A box in degrees, longitude first, as it reads in another system: by the service's own, tested, transformation. */
function boxIn(crs: string, [west = 0, south = 0, east = 0, north = 0]: readonly number[]): number[] {
  if (crs === CRS84) return [west, south, east, north];
  if (crs === EPSG(4326) || crs === EPSG(4490)) return [south, west, north, east];
  // Projected systems: a box that surely holds it, and nothing else of the sample lies within a kilometre.
  const spread: Record<string, [number, number, number, number]> = {
    [EPSG(3857)]: [13_521_900, 3_658_700, 13_524_300, 3_661_600],
    [EPSG(4549)]: [3_454_000, 640_000, 3_456_500, 642_100],
    [EPSG(32651)]: [354_100, 3_452_700, 356_300, 3_455_200],
  };
  return spread[crs] as number[];
}

describe('Part 3, filtering', () => {
  const items = '/ogc/collections/places-osm-heritage/items';
  const matched = async (filter: unknown, more: Record<string, string> = {}) => {
    const text = typeof filter === 'string' ? filter : JSON.stringify(filter);
    const language: Record<string, string> = typeof filter === 'string' ? {} : { 'filter-lang': 'cql2-json' };
    return (await json<Page>(items + query({ filter: text, ...language, ...more }))).numberMatched;
  };

  it('describes the queryables of every collection as JSON Schema and links to it', async () => {
    for (const collection of all) {
      const link = collection.links.find(({ rel }) => rel === 'http://www.opengis.net/def/rel/ogc/1.0/queryables');
      expect(link?.type).toBe('application/schema+json');
      const schema = await json<{ $id: string; properties: Record<string, { format?: string }> }>(link?.href ?? '');
      expect(schema.$id).toBe(link?.href);
      expect(schema.properties.geometry?.format).toBe('geometry-any');
      for (const name of Object.keys(schema.properties))
        expect((await get(itemsOf(collection) + query({ filter: `"${name}" IS NULL` }))).statusCode).toBe(200);
    }
  });

  it.each<[string, number]>([
    ["name = '地点 3'", 1],
    ["name <> '地点 3'", 24],
    ["name LIKE '地点 1%'", 11],
    ["name NOT LIKE '地点 1%'", 14],
    ["name IN ('地点 1','地点 2','no')", 2],
    ["nameEn IS NULL AND NOT name = '地点 1'", 24],
    ["CASEI(kind) = CASEI('HISTORIC')", 25],
    ["ACCENTI(kind) = ACCENTI('hïstoric')", 25],
    ["kind = name OR name = '地点 7'", 1],
    ["'a' = 'a'", 25],
    ['TRUE', 25],
    ['NOT TRUE', 0],
    ['2 * 3 - 6 = 0 AND 7 % 4 = 3 AND 7 div 2 = 3 AND 2 ^ 3 = 8', 25],
    ['S_INTERSECTS(geometry, BBOX(121.4699,31.2,121.4711,31.21))', 3],
    ['S_INTERSECTS(geometry, BBOX(170,-10,-170,10))', 0],
    ['S_INTERSECTS(geometry, BBOX(100,-10,-170,40))', 25],
    ['S_WITHIN(geometry, POLYGON((121.4699 31.2,121.4711 31.2,121.4711 31.21,121.4699 31.21,121.4699 31.2)))', 3],
    ['S_DISJOINT(geometry, POINT(121.47 31.205))', 24],
    ['S_EQUALS(geometry, POINT Z(121.47 31.205 4))', 1],
    ['S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(121.47 31.205), POINT(121.4705 31.205)))', 2],
    ["T_AFTER(DATE('2026-01-02'), TIMESTAMP('2026-01-01T23:59:59Z'))", 0],
    ["T_DURING(TIMESTAMP('2026-01-02T00:00:00Z'), INTERVAL('2026-01-01','..'))", 25],
    [
      "A_OVERLAPS(('a','b'), ('b','c')) AND A_CONTAINS((1,2),(2)) AND A_EQUALS((1,2),(2,1)) AND A_CONTAINEDBY(('a'),('a','b'))",
      25,
    ],
  ])('filters by %s', async (filter, expected) => {
    expect(await matched(filter)).toBe(expected);
  });

  it('takes the JSON encoding, the system of the filter, and joins all conditions', async () => {
    const point = { type: 'Point', coordinates: [31.205, 121.47] };
    const filter = { op: 's_intersects', args: [{ property: 'geometry' }, point] };
    expect(await matched(filter, { 'filter-crs': EPSG(4490) })).toBe(1);
    expect((await get(items + query({ filter: JSON.stringify(filter), 'filter-lang': 'cql2-json' }))).statusCode).toBe(
      400,
    );
    expect(await matched("name LIKE '地点 1%'", { bbox: '121.4699,31.2,121.4711,31.21' })).toBe(1);
    expect(await matched("name LIKE '地点 1%'", { name: '地点 10' })).toBe(1);
    expect((await json<Page>(`${items}${query({ name: '地点 10', kind: 'historic' })}`)).numberMatched).toBe(1);
    expect((await json<Page>(`/ogc/collections/cells/items?generated=true&validFrom=2000-01-01`)).numberMatched).toBe(
      3,
    );
  });

  it('compares periods of features', async () => {
    const cells = '/ogc/collections/cells/items';
    const count = async (filter: string) => (await json<Page>(cells + query({ filter }))).numberMatched;
    expect(await count('validTo IS NULL')).toBe(2);
    expect(await count("validTo > DATE('2998-01-01')")).toBe(1);
    expect(await count("T_INTERSECTS(INTERVAL(validFrom, validTo), DATE('2999-06-01'))")).toBe(2);
    expect(await count("T_BEFORE(validFrom, DATE('2026-01-01'))")).toBe(3);
  });

  it('keeps the filter in the links of its pages', async () => {
    expect(await countByPages(items + query({ filter: "name LIKE '地点 1%'", limit: '4' }))).toBe(11);
  });
});

describe('layers that not everybody may see', () => {
  it('are in no list and answer as if they were not there', async () => {
    expect(all.map(({ id }) => id)).not.toContain('cells-of-work');
    for (const path of ['', '/items', '/queryables', '/tiles', '/tiles/WebMercatorQuad']) {
      const [hidden, absent] = await Promise.all([
        get(`/ogc/collections/cells-of-work${path}`),
        get(`/ogc/collections/absent${path}`),
      ]);
      expect(hidden.statusCode).toBe(404);
      expect(hidden.json().code).toBe(absent.json().code);
    }
    expect((await get('/tiles/cells-of-work/0/0/0.mvt')).statusCode).toBe(404);
    expect((await get('/tiles/cells-of-work.json')).statusCode).toBe(404);
    expect((await get('/api/geo/layers')).body).not.toContain('cells-of-work');
    expect((await get('/ogc/api')).body).not.toContain('cells-of-work');
  });
});

describe('Tiles', () => {
  it('leads from a collection to its tiles by links alone', async () => {
    const [cells] = all.filter(({ id }) => id === 'cells');
    const list = await json<{ tilesets: { links: Link[] }[] }>(
      cells?.links.find(({ rel }) => rel.endsWith('/tilesets-vector'))?.href ?? '',
    );
    const set = await json<{ links: Link[]; tileMatrixSetURI: string; dataType: string }>(
      list.tilesets[0]?.links.find(({ rel }) => rel === 'self')?.href ?? '',
    );
    expect(set).toMatchObject({
      dataType: 'vector',
      tileMatrixSetURI: 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad',
    });
    const matrices = await json<{ tileMatrices: { id: string; matrixWidth: number; scaleDenominator: number }[] }>(
      set.links.find(({ rel }) => rel.endsWith('/tiling-scheme'))?.href ?? '',
    );
    // 17-083r4, annex D.1.
    expect(matrices.tileMatrices[0]?.scaleDenominator).toBeCloseTo(559082264.0287178, 3);
    expect(matrices.tileMatrices[13]?.matrixWidth).toBe(2 ** 13);
    const template = set.links.find(({ rel }) => rel === 'item')?.href ?? '';
    const at = tileAt({ lon: 121.475, lat: 31.205, z: 13 });
    const fill = (z: number, y: number, x: number) =>
      template.replace('{tileMatrix}', String(z)).replace('{tileRow}', String(y)).replace('{tileCol}', String(x));
    const tile = await get(fill(13, at.y, at.x));
    expect(tile.headers['content-type']).toBe('application/vnd.mapbox-vector-tile');
    expect(new VectorTile(new PbfReader(tile.rawPayload)).layers.cells?.length).toBe(3);
    expect((await get(fill(13, 0, 0))).statusCode).toBe(204);
    expect((await get(fill(1, 2, 0))).statusCode).toBe(404);
  });

  it('describes every layer as TileJSON', async () => {
    for (const { id } of all) {
      const described = await json<{
        tilejson: string;
        tiles: string[];
        bounds: number[];
        vector_layers: { id: string; fields: object }[];
      }>(`/tiles/${id}.json`);
      expect(described.tilejson).toBe('3.0.0');
      // Areas carry the points of their names beside.
      expect([[id], [id, `${id}-names`]]).toContainEqual(described.vector_layers.map((layer) => layer.id));
      expect(described.bounds).toHaveLength(4);
      expect(described.tiles[0]).toMatch(new RegExp(`/tiles/${id}/\\{z\\}/\\{x\\}/\\{y\\}\\.mvt$`));
    }
  });
});

const OGRINFO = ['/usr/bin/ogrinfo', '/usr/local/bin/ogrinfo'].find((path) => existsSync(path));
const run = promisify(execFile);

describe.skipIf(OGRINFO === undefined)('GDAL (driver OAPIF) as a client', () => {
  let source: string;
  const info = async (...options: string[]) =>
    (await run(OGRINFO as string, [source, ...options], { timeout: 60_000 })).stdout;

  beforeAll(async () => {
    await house.server.fastify.listen({ port: 0, host: '127.0.0.1' });
    source = `OAPIF:http://127.0.0.1:${(house.server.fastify.server.address() as AddressInfo).port}/ogc`;
  });

  it('lists every layer and counts its features', async () => {
    const list = await info();
    for (const { id } of all) expect(list).toContain(id);
    for (const collection of all) {
      const { numberMatched } = await json<Page>(itemsOf(collection));
      expect(await info('-so', collection.id)).toContain(`Feature Count: ${numberMatched}`);
    }
  });

  it('pages, filters by place and attribute, and copies every layer to GeoJSON whole', async () => {
    expect(await info('-so', 'places-osm-heritage', '-spat', '121.4699', '31.2', '121.4711', '31.21')).toContain(
      'Feature Count: 3',
    );
    expect(await info('-so', 'places-osm-heritage', '-where', "name = '地点 3'")).toContain('Feature Count: 1');
    const folder = await mkdtemp(join(tmpdir(), 'ogr-'));
    try {
      for (const collection of all) {
        const file = join(folder, `${collection.id}.geojson`);
        await run(
          (OGRINFO as string).replace('ogrinfo', 'ogr2ogr'),
          ['-f', 'GeoJSON', file, source, collection.id, '-oo', 'PAGE_SIZE=4'],
          { timeout: 60_000 },
        );
        const copy = JSON.parse(await readFile(file, 'utf8')) as Page;
        const given = await json<Page>(`${itemsOf(collection)}?limit=100`);
        expect(copy.features).toHaveLength(given.numberMatched);
        expect(copy.features.map(({ geometry }) => geometry.type)).toEqual(
          given.features.map(({ geometry }) => geometry.type),
        );
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

async function countByPages(from: string): Promise<number> {
  const seen = new Set<string>();
  for (let url: string | undefined = from; url; ) {
    const page: Page = await json<Page>(url);
    for (const { id } of page.features) seen.add(id);
    url = page.links.find(({ rel }) => rel === 'next')?.href;
  }
  return seen.size;
}

function positions(coordinates: unknown): number[][] {
  const parts = coordinates as unknown[];
  return typeof parts[0] === 'number' ? [parts as number[]] : parts.flatMap(positions);
}
