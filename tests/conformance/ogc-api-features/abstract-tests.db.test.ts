import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readText } from '#platform/geo/cql2/read-text.ts';
import { areaLayers } from '#platform/geo/layers.ts';
import { openGeoHouse } from '#platform/geo/testing.ts';
import { tileAt } from '#platform/geo/tiles.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';

/*
 * The abstract tests of Part 3 (19-079, classes queryables and filter) and of CQL2 (21-065, annex A) as far as they can be asked of any data, and what a stranger
 * looks at first: the definition of the interface, headers, the methods that browsers ask with. The table of all tests is in README.md.
 */

const AREAS = 'cells';
const POINTS = 'places-osm-heritage';
let house: TestHouse;
beforeAll(async () => {
  house = await openGeoHouse({ provides: areaLayers });
}, 120_000);
afterAll(() => house?.close());

type Page = { features: { id: string }[]; numberMatched: number };
type Property = { type?: string; format?: string };
const get = (url: string, headers?: Record<string, string>) => call(house, { url, headers });
const itemsOf = (collection: string, parameters: Record<string, string>) =>
  get(`/ogc/collections/${collection}/items?${new URLSearchParams({ limit: '100', ...parameters })}`);
async function found(collection: string, filter: string): Promise<string[]> {
  const reply = await itemsOf(collection, { filter });
  expect([filter, reply.statusCode, reply.body.slice(0, 300)]).toMatchObject([filter, 200, {}]);
  return reply.json<Page>().features.map(({ id }) => id);
}
const status = async (collection: string, parameters: Record<string, string>) =>
  (await itemsOf(collection, parameters)).statusCode;
async function queryables(collection: string): Promise<Record<string, Property>> {
  return (await get(`/ogc/collections/${collection}/queryables`)).json<{ properties: Record<string, Property> }>()
    .properties;
}
const common = (a: readonly string[], b: readonly string[]) => a.filter((id) => b.includes(id));

/** A literal of each type, as the abstract tests have it; undefined for geometries and arrays. */
function literalOf({ type, format }: Property): string | undefined {
  if (type === 'string' && format === 'date') return "DATE('2022-04-14')";
  if (type === 'string' && format === 'date-time') return "TIMESTAMP('2022-04-14T14:48:46Z')";
  return { string: "'foo'", number: '3.14', integer: '1', boolean: 'true' }[type ?? ''];
}
/** Predicates that were sound, to be joined by the tests named `logical`. */
const sound: string[] = [];

describe('Part 3, classes queryables and filter', () => {
  it('expression-construction, filter-param, filter-lang-default: what is no filter, or names what is not there, is refused', async () => {
    for (const collection of [AREAS, POINTS]) {
      for (const filter of ['THIS IS NOT A FILTER', 'this_is_not_a_queryable IS NULL', '', "name = 'a", 'name ='])
        for (const language of [{}, { 'filter-lang': 'cql2-text' }] as Record<string, string>[])
          expect([filter, await status(collection, { filter, ...language })]).toEqual([filter, 400]);
      for (const filter of ['{"op":"=","args":[]}', '{"op":"none","args":[1,1]}', '[', '{"property":1}', '7'])
        expect([filter, await status(collection, { filter, 'filter-lang': 'cql2-json' })]).toEqual([filter, 400]);
    }
  });

  it('filter-crs-wgs84 and filter-crs-param: places outside of the system are refused, in either order of axes', async () => {
    const outside = ['BBOX(1000000,1000000,2000000,2000000)', 'POINT(90 180)', 'BBOX(0,10,1,5)', 'BBOX(0,0,181,1)'];
    for (const place of outside)
      expect([place, await status(AREAS, { filter: `S_INTERSECTS(geometry,${place})` })]).toEqual([place, 400]);
    const crs = 'http://www.opengis.net/def/crs/EPSG/0/4490';
    const asked = (place: string) => ({ filter: `S_INTERSECTS(geometry,${place})`, 'filter-crs': crs });
    expect(await status(AREAS, asked('POINT(121.47 31.2)'))).toBe(400);
    expect(await status(AREAS, asked('POLYGON((31 121,32 121,32 122,31 122,31 121))'))).toBe(200);
    expect(await status(AREAS, asked('BBOX(121,31,122,32)'))).toBe(400);
    expect((await itemsOf(AREAS, asked('BBOX(31,121,32,122)'))).json<Page>().numberMatched).toBe(3);
    const nowhere = 'http://www.opengis.net/def/crs/OGC/0/does_not_exist';
    expect(await status(AREAS, { filter: 'S_INTERSECTS(geometry,POINT(1 1))', 'filter-crs': nowhere })).toBe(400);
  });

  it('mixing-expression: filter and bbox hold together', async () => {
    const everywhere = 'S_INTERSECTS(geometry,BBOX(-180,-90,180,90))';
    const matched = async (bbox: string) =>
      (await itemsOf(AREAS, { filter: everywhere, bbox })).json<Page>().numberMatched;
    expect([await matched('121,31,122,32'), await matched('0,0,1,1')]).toEqual([3, 0]);
  });

  it('names the parameter that could not be computed', async () => {
    const reply = await itemsOf(AREAS, { datetime: '0000-01-01T00:00:00Z' });
    if (reply.statusCode !== 200) expect(reply.json().fields[0].pointer).toBe('/query/datetime');
    expect([200, 400]).toContain(reply.statusCode);
  });
});

describe('CQL2, annex A', () => {
  it('basic-cql2: comparison, is-null and boolean over every queryable', async () => {
    for (const collection of [AREAS, POINTS]) {
      const all = await found(collection, 'true');
      expect(await found(collection, 'false')).toEqual([]);
      for (const [name, property] of Object.entries(await queryables(collection))) {
        const [empty, full] = [
          await found(collection, `"${name}" IS NULL`),
          await found(collection, `"${name}" is not null`),
        ];
        expect(common(empty, full)).toEqual([]);
        expect([...empty, ...full].sort()).toEqual([...all].sort());
        const literal = literalOf(property);
        if (literal === undefined) continue;
        for (const [one, other] of [
          ['=', '<>'],
          ['>', '<='],
          ['<', '>='],
        ] as const) {
          const sets = [
            await found(collection, `"${name}" ${one} ${literal}`),
            await found(collection, `"${name}" ${other} ${literal}`),
          ] as const;
          expect(common(...sets)).toEqual([]);
          // Nothing but what has no value is in neither.
          expect(sets[0].length + sets[1].length).toBe(full.length);
        }
        if (collection === POINTS) sound.push(`"${name}" IS NULL`, `"${name}" <> ${literal}`);
      }
    }
  });

  it('advanced-comparison-operators: like with its signs, in with every type, between with sums', async () => {
    expect(await found(POINTS, "name LIKE '%'")).toEqual(await found(POINTS, "name like '%%'"));
    expect(common(await found(POINTS, "name like '_%'"), await found(POINTS, "name like ''"))).toEqual([]);
    expect(await found(POINTS, "name like '\\%\\_'")).toEqual([]);
    expect(await found(POINTS, "name in ('foo', '地点 3')")).toHaveLength(1);
    expect(await found(POINTS, "CASEI(kind) IN (CASEI('HISTORIC'), CASEI('foo'))")).toHaveLength(25);
    expect(await found(AREAS, 'generated in (true)')).toHaveLength(3);
    expect(await found(AREAS, "validTo in ('2022-04-14', '2999-01-01')")).toHaveLength(1);
    expect(await found(AREAS, "validTo not in (DATE('2022-04-14'))")).toHaveLength(1);
    expect(await status(AREAS, { filter: "validTo in ('2022-04-31')" })).toBe(400);
    expect(await found(POINTS, '3 BETWEEN 2*1 AND 2^2')).toHaveLength(25);
    sound.push("name LIKE '地点 1%'", "CASEI(kind) LIKE casei('H%')");
  });

  it('spatial functions: the world finds all, and contraries have nothing in common', async () => {
    const world = ['BBOX(-180,-90,180,90)', 'POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))'] as const;
    const line = 'LINESTRING(121.47 31.2,121.48 31.21)';
    for (const collection of [AREAS, POINTS]) {
      const by = (name: string, shape: string) => found(collection, `${name}(geometry,${shape})`);
      const all = await found(collection, 'true');
      for (const shape of world) {
        expect(await by('S_INTERSECTS', shape)).toEqual(all);
        expect(await by('S_DISJOINT', shape)).toEqual([]);
        expect(await by('S_WITHIN', shape)).toEqual(all);
        for (const name of ['S_CONTAINS', 'S_TOUCHES', 'S_EQUALS', 'S_OVERLAPS', 'S_CROSSES'])
          expect([name, await by(name, shape)]).toEqual([name, []]);
      }
      for (const shape of [line, 'POINT(121.47 31.205)', 'MULTIPOINT(121.47 31.205,121.4705 31.205)']) {
        const [meets, misses] = [await by('S_INTERSECTS', shape), await by('s_disjoint', shape)];
        expect(common(meets, misses)).toEqual([]);
        expect(meets.length + misses.length).toBe(all.length);
        expect(common(await by('S_CONTAINS', shape), misses)).toEqual([]);
      }
      expect(await by('S_INTERSECTS', 'MULTIPOINT((121.47 31.205),(121.4705 31.205))')).toEqual(
        await by('S_INTERSECTS', 'MULTIPOINT(121.47 31.205,121.4705 31.205)'),
      );
    }
    sound.push(`S_INTERSECTS(geometry,${line})`, 'S_DISJOINT(geometry,BBOX(121.471,31,122,32))');
  });

  it('temporal functions: all fifteen, of dates and of periods', async () => {
    const names =
      't_after t_before t_disjoint t_equals t_intersects t_contains t_during t_finishedBy t_finishes t_meets t_metBy t_overlappedBy t_overlaps t_startedBy t_starts';
    const year = "INTERVAL('2021-01-01','2021-12-31')";
    for (const name of names.split(' ')) {
      for (const written of [name, name.toUpperCase()])
        await found(AREAS, `${written}(INTERVAL(validFrom,validTo),${year})`);
      if (names.indexOf(name) <= names.indexOf('t_intersects'))
        for (const operand of ["DATE('2022-04-24')", year]) await found(AREAS, `${name}(validFrom,${operand})`);
    }
    const over = "INTERVAL('2998-01-01','..')";
    expect(await found(AREAS, `T_INTERSECTS(INTERVAL(validFrom,validTo),${over})`)).toHaveLength(3);
    expect(await found(AREAS, "T_METBY(INTERVAL('2999-01-01','..'),INTERVAL(validFrom,validTo))")).toHaveLength(1);
    expect(
      await found(AREAS, "T_FINISHEDBY(INTERVAL('..','2999-01-01'),INTERVAL('2000-01-01','2999-01-01'))"),
    ).toHaveLength(3);
  });

  it('logical: predicates of all classes joined, the same in both encodings', async () => {
    for (let n = 0; n < sound.length; n += 1) {
      const [p1, p2, p3, p4] = [0, 3, 5, 7].map((step) => sound[(n + step) % sound.length] as string);
      const filter = `((NOT (${p1}) AND ${p2}) OR (${p3} and NOT (${p4})) or not (${p1} AND ${p4}))`;
      const json = await itemsOf(POINTS, { filter: JSON.stringify(readText(filter)), 'filter-lang': 'cql2-json' });
      expect(json.json<Page>().features.map(({ id }) => id)).toEqual(await found(POINTS, filter));
    }
  });
});

describe('what a stranger looks at first', () => {
  it('the definition is OpenAPI 3.0 by an independent validator, and every parameter that it names is taken', async () => {
    const document = (await get('/ogc/api')).json<{
      paths: Record<string, { get: { parameters: { $ref?: string; name?: string }[] } }>;
      components: { parameters: Record<string, { name: string; schema: { enum?: string[]; default?: unknown } }> };
    }>();
    const checked = new Validator();
    const { valid, errors } = await checked.validate(structuredClone(document));
    expect([valid, errors ?? null]).toEqual([true, null]);
    expect(checked.version).toBe('3.0');
    expect(() => checked.resolveRefs()).not.toThrow();
    const samples: Record<string, string> = {
      limit: '1',
      bbox: '121,31,122,32',
      datetime: '2026-01-01T00:00:00Z',
      filter: 'true',
      after: 'a',
      collectionId: '',
    };
    for (const { $ref } of document.paths['/collections/{collectionId}/items']?.get.parameters ?? []) {
      const name = $ref?.split('/').at(-1);
      if (!name || name === 'collectionId') continue;
      const one = document.components.parameters[name];
      const value = samples[name] ?? one?.schema.enum?.[0] ?? '';
      const more: Record<string, string> = name === 'bbox-crs' ? { bbox: '1,1,2,2' } : {};
      expect([name, await status(AREAS, { [one?.name ?? name]: value, ...more })]).toEqual([name, 200]);
    }
  });

  it('queryables are sound JSON Schema', async () => {
    const schemas = new Ajv2020({ strict: false, validateFormats: false });
    for (const collection of [AREAS, POINTS]) {
      const reply = await get(`/ogc/collections/${collection}/queryables`, { accept: 'application/schema+json' });
      expect(reply.headers['content-type']).toBe('application/schema+json');
      expect(schemas.validateSchema(reply.json())).toBe(true);
      expect(schemas.compile(reply.json())({ unknown: 1 })).toBe(false);
    }
  });

  it('HEAD answers like GET without a body, OPTIONS to browsers of other sites, and every answer may be read there', async () => {
    const inject = (method: 'HEAD' | 'OPTIONS' | 'POST', url: string) =>
      house.server.fastify.inject({ method, url, headers: { origin: 'https://elsewhere.example' } });
    for (const url of ['/ogc/', '/ogc/collections', `/ogc/collections/${AREAS}/items`, `/tiles/${AREAS}.json`]) {
      const [head, whole] = [await inject('HEAD', url), await get(url)];
      expect([url, head.statusCode, head.body]).toEqual([url, 200, '']);
      expect(head.headers['content-type']).toBe(whole.headers['content-type']);
      expect(whole.headers['access-control-allow-origin']).toBe('*');
      const options = await inject('OPTIONS', url);
      expect([url, options.statusCode, options.headers['access-control-allow-methods']]).toEqual([
        url,
        204,
        'GET, HEAD',
      ]);
    }
    const refused = await get('/ogc/collections/none');
    expect([refused.statusCode, refused.headers['access-control-allow-origin']]).toEqual([404, '*']);
  });

  it('chooses by Accept: what is excluded by its weight is not sent', async () => {
    const type = async (accept: string) => String((await get('/ogc/', { accept })).headers['content-type']);
    expect(await type('text/html;q=0, */*;q=0.1')).toMatch('json');
    expect(await type('text/html;q=0')).toMatch('json');
    expect(await type('text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8')).toMatch('html');
    expect(await type('application/geo+json;q=0.5, text/html;q=0.4')).toMatch('json');
  });

  it('README.md lists every class that is declared, and no other as met', async () => {
    const { conformsTo } = (await get('/ogc/conformance')).json<{ conformsTo: string[] }>();
    const table = await readFile(join(import.meta.dirname, 'README.md'), 'utf8');
    const listed = [...table.matchAll(/^\| `([a-z0-9-]+\/\d\.\d\/conf\/[a-z0-9-]+)` \| declared /gm)].map(
      ([, name]) => name,
    );
    expect(listed.sort()).toEqual(conformsTo.map((uri) => uri.replace('http://www.opengis.net/spec/', '')).sort());
  });
});

const OGRINFO = ['/usr/bin/ogrinfo', '/usr/local/bin/ogrinfo'].find((path) => existsSync(path));

describe('tiles', () => {
  it('outside the pyramid are none, empty ones are told, and a known one is not sent again', async () => {
    const at = tileAt({ lon: 121.475, lat: 31.205, z: 13 });
    const url = `/tiles/${AREAS}/13/${at.x}/${at.y}.mvt`;
    const tile = await get(url);
    expect((await get(url, { 'if-none-match': String(tile.headers.etag) })).statusCode).toBe(304);
    expect([
      (await get(`/tiles/${AREAS}/13/0/0.mvt`)).statusCode,
      (await get(`/tiles/${AREAS}/13/0/0.mvt`)).rawPayload.length,
    ]).toEqual([200, 0]);
    for (const path of ['13/8192/0', '23/0/0', '-1/0/0', '1.5/0/0', '0x1/0/0', '1/NaN/0'])
      expect([path, (await get(`/tiles/${AREAS}/${path}.mvt`)).statusCode]).toEqual([path, 404]);
    const json = (await get(`/tiles/${AREAS}.json`)).json<{ bounds: number[]; minzoom: number; maxzoom: number }>();
    const [west = 0, south = 0, east = 0, north = 0] = json.bounds;
    expect(west < east && south < north && json.minzoom <= json.maxzoom).toBe(true);
  });

  it.skipIf(OGRINFO === undefined)('GDAL (driver MVT) reads a tile: its features with their properties', async () => {
    const at = tileAt({ lon: 121.475, lat: 31.205, z: 13 });
    const folder = await mkdtemp(join(tmpdir(), 'mvt-'));
    try {
      const file = join(folder, 'tile.mvt');
      await writeFile(file, (await get(`/tiles/${AREAS}/13/${at.x}/${at.y}.mvt`)).rawPayload);
      const { stdout } = await promisify(execFile)(OGRINFO as string, ['-al', `MVT:${file}`], { timeout: 60_000 });
      expect(stdout).toContain(`Layer name: ${AREAS}`);
      expect(stdout).toContain('Feature Count: 3');
      expect(stdout).toContain('网格01');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
