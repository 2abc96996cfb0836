import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { DataFactory, type Quad } from 'n3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { LOGIN_ROLE } from '#platform/kernel/db/engine.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { signIn } from '#platform/identity/testing.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { afterLoad, loadSample } from '#districts/huangpu/load.ts';
import { startCityNode } from '#districts/huangpu/partners/city-node/server.ts';
import { manifests } from '#manifests';
import { faultsOf as faultsOfPackage, harvestCkan, harvestDcat } from '#tests/conformance/ckan/harvester.ts';
import { faultsOf, readJsonLd, readTurtle } from '#tests/conformance/dcat/check.ts';
import { createHash } from 'node:crypto';
import { attackCells, attackRows, type Register } from './attack/linkage-attack.ts';
import { exchangeWithCity } from './node/city-node.ts';
import { deriveTable } from './publish/derive.ts';
import { gateRule, prepareVersion } from './publish/prepare-version.ts';
import { publishVersion } from './publish/publish-version.ts';
import { expand, type Family, type Recipe } from './publish/recipe.ts';
import { readDatasets } from './portal/read-dataset.ts';
import { readAllRows } from './publish/store-version.ts';
import { ALL, COUNT, type Table } from './schema.ts';

/*
 * The whole sample district, as it opens: 120 sets through the decision, the gate and two hands.
 */
let house: TestHouse;
// A CommonJS package, whose default export TypeScript and the test runner see differently.
const { default: CkanRequest } = createRequire(import.meta.url)(
  '@portaljs/ckan-api-client-js',
) as typeof import('@portaljs/ckan-api-client-js');
const city = await startCityNode({ token: 'city-secret' });
const declared = expand(JSON.parse(readFileSync('districts/huangpu/open-data.json', 'utf8')) as Family[]);

/** What the sets are derived from: the rest of the district is not needed here. */
const OPENED = [
  'generated-areas',
  'area-streets',
  'area-committees',
  'housing-buildings',
  'planning-buildings',
  'public-security-population',
  'civil-affairs-household',
  'market-supervision-entities',
  'osm-heritage-tourism',
  'osm-roads',
  'osm-metro',
  'wikidata-places',
  'metro-stations',
  'guangan-service-items',
  'shanghai-air-hours',
  'industry-codes-2011',
];

beforeAll(async () => {
  house = await openHouse({
    manifests,
    env: { NODE_ROLE: 'branch', CITY_NODE: city.origin, CITY_NODE_TOKEN: city.token },
  });
  await loadSample({
    services: house.services,
    only: OPENED,
    // Enough for all days, months and winds, and for groups of all sizes.
    every: { 'shanghai-air-hours': 7, 'public-security-population': 3, 'civil-affairs-household': 3 },
  });
  await afterLoad({ services: house.services });
}, 600_000);
afterAll(async () => {
  await house?.close();
  await city.close();
});

const get = (url: string, headers: Record<string, string> = {}) =>
  house.server.fastify.inject({ method: 'GET', url, headers });
const ckan = (action: string, body: object = {}, headers: Record<string, string> = {}) =>
  house.server.fastify.inject({
    method: 'POST',
    url: `/api/3/action/${action}`,
    headers: { 'content-type': 'application/json', ...headers },
    payload: body,
  });
const inside = <T>(work: (db: Db) => Promise<T>): Promise<T> =>
  house.services.database.tx(
    { module: 'open-data', actor: systemActor({ name: 'test', purpose: 'public-statistics' }) },
    work,
  );
/** Moves both clocks by days. */
async function moveDays(days: number): Promise<void> {
  house.services.clock.setOffset(days * 86_400_000);
  await byAdmin(`select kernel.set_clock(interval '${days} days')`);
}
async function byAdmin(script: string): Promise<void> {
  if (house.admin) return house.admin(script);
  const session = await house.engine.session();
  await session.script(`set session authorization postgres; ${script}; set session authorization ${LOGIN_ROLE}`);
  session.release();
}

describe('the sample', () => {
  it('opens all 120 sets that the district declares', async () => {
    const reply = await get('/open');
    expect(reply.statusCode, reply.body).toBe(200);
    const ids = new Set(reply.json().datasets.map(({ id }: { id: string }) => id));
    expect(declared.map(({ id }) => id).filter((id) => !ids.has(id))).toEqual([]);
    expect(reply.json().total).toBe(120);
    expect(reply.headers['access-control-allow-origin']).toBe('*');
  });

  it('names the licence of every set, and the contributors where it is OpenStreetMap', async () => {
    const { datasets } = (await get('/open')).json() as {
      datasets: { id: string; licence: string; attribution: string | null }[];
    };
    for (const { licence, attribution } of datasets)
      if (licence === 'ODbL-1.0') expect(attribution).toContain('OpenStreetMap');
    expect(datasets.filter(({ licence }) => licence === 'ODbL-1.0').length).toBeGreaterThan(8);
  });
});

describe('an attack on every open set', () => {
  /** What a neighbour, an employer or a clerk may know of everybody, under the names of the recipe. */
  async function register(recipe: Recipe): Promise<Register> {
    const { count: _count, mean: _mean, noise: _noise, ...rest } = recipe;
    const table = await inside((db) => deriveTable(db, { recipe: rest, about: 'person', on: '2026-11-26' }));
    return table.rows.map((row) => Object.fromEntries(table.fields.map(({ name }, at) => [name, row[at] ?? null])));
  }

  it('finds at most one person or firm in a thousand again, in no set more', async () => {
    const most = await inside((db) => amountAt(db, 'open-data.gate.reidentified'));
    const { persons: fewPersons, firms: fewFirms } = await inside((db) => gateRule(db, '2026-11-26'));
    const results: { id: string; share: number; opened: number; population: number }[] = [];
    for (const set of await inside((db) => readDatasets(db))) {
      const recipe = declared.find(({ id }) => id === set.id)?.recipe;
      if (set.about === 'thing' || !recipe) continue;
      const people = await register(recipe);
      const rows = await inside((db) => readAllRows(db, set.version));
      const header = set.fields.map(({ name }) => name);
      const attack = header.includes(COUNT)
        ? attackCells({
            published: { header, rows, count: COUNT },
            total: ALL,
            few: set.about === 'person' ? fewPersons : fewFirms,
            population: people.length,
          })
        : attackRows({
            published: { header, rows },
            register: people,
            secret: set.fields.filter(({ role }) => role === 'sensitive').map(({ name }) => name),
          });
      results.push({ id: set.id, ...attack });
    }
    expect(results.length).toBeGreaterThan(30);
    expect(results.filter(({ share }) => share > most.amount)).toEqual([]);
    console.log(
      `attack: ${results.length} sets about persons and firms, ${results[0]?.population} persons, worst share ${Math.max(...results.map(({ share }) => share))}`,
    );
  });

  it('would find persons in the same rows without the gate', async () => {
    const recipe = declared.find(({ id }) => id === 'residents-by-committee')?.recipe as Recipe;
    const table = await inside((db) => deriveTable(db, { recipe, about: 'person', on: '2026-11-26' }));
    const attack = attackCells({
      published: { header: table.fields.map(({ name }) => name), rows: table.rows, count: COUNT },
      total: ALL,
      few: 10,
      population: 100,
    });
    expect(attack.opened).toBeGreaterThan(0);
  });
});

describe('houses that are kept off public maps', () => {
  it('stand in no set, in no answer of CKAN and in nothing that is pushed, nor do those that stand no more', async () => {
    const codes = new Set(
      await inside(async (db) =>
        (
          await db.rows<{ code: string }>(
            sql`select code from ${db.share('building')} where secrecy is not null or status <> 'standing'`,
          )
        ).map(({ code }) => code),
      ),
    );
    expect(codes.size).toBeGreaterThan(0);
    const standing = await inside(
      async (db) =>
        (
          await db.one<{ n: number }>(
            sql`select count(*)::int as n from ${db.share('building')} where secrecy is null and status = 'standing'`,
          )
        ).n,
    );
    const sets = await inside((db) => readDatasets(db));
    const [first = ''] = codes;
    for (const { id, item } of sets) {
      if (item !== 'space.building') continue;
      const csv = (await get(`/open/${id}/latest.csv`)).body;
      expect(
        [...codes].filter((code) => csv.includes(code)),
        id,
      ).toEqual([]);
      const { result } = (await ckan('package_show', { id })).json();
      const [{ id: resource_id }] = result.resources;
      expect((await ckan('datastore_search', { resource_id, q: first })).json().result.total, id).toBe(0);
    }
    expect(sets.find(({ id }) => id === 'buildings')?.rows).toBe(standing);
    const [counted] = sets.filter(({ id }) => id === 'buildings-by-use');
    const total = (await inside((db) => readAllRows(db, counted?.version ?? ''))).find((row) =>
      row.slice(0, -1).every((value) => value === ALL),
    );
    expect(total?.at(-1)).toBe(standing);
  });
});

describe('a house that is demolished, or kept off the map by a kind that no rule knows', () => {
  it('is in no new version', async () => {
    const recipe = declared.find(({ id }) => id === 'buildings')?.recipe as Recipe;
    const codes = async () =>
      (await inside((db) => deriveTable(db, { recipe, about: 'thing', on: '2026-11-26' }))).rows.map(([code]) => code);
    const [gone, secret, ...rest] = await codes();
    await byAdmin(
      `update space.building set status = 'demolished', ended_on = current_date where code = '${gone}'; update space.building set secrecy = 'unheard' where code = '${secret}'`,
    );
    expect(await codes()).toEqual(rest);
  });
});

describe('downloads', () => {
  it('gives CSV, JSON, JSON Lines and GeoJSON of the same rows, with ranges and validators', async () => {
    const csv = await get('/open/committees/latest.csv');
    expect(csv.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'accept-ranges': 'bytes',
      'access-control-allow-origin': '*',
    });
    const lines = csv.body.trimEnd().split('\r\n');
    expect(lines[0]).toBe('code,name,parent,outline');
    const rows = lines.length - 1;
    expect((await get('/open/committees/latest.json')).json()).toHaveLength(rows);
    expect((await get('/open/committees/latest.jsonl')).body.trimEnd().split('\n')).toHaveLength(rows);
    const { features } = (await get('/open/committees/latest.geojson')).json() as {
      features: { geometry: { type: string } }[];
    };
    expect(features).toHaveLength(rows);
    expect(features[0]?.geometry.type).toBe('MultiPolygon');
    expect((await get('/open/committees/latest.bom.csv')).rawPayload.subarray(0, 3)).toEqual(
      Buffer.from([0xef, 0xbb, 0xbf]),
    );
    const etag = String(csv.headers.etag);
    expect((await get('/open/committees/v1.csv', { 'if-none-match': etag })).statusCode).toBe(304);
    const part = await get('/open/committees/v1.csv', { range: 'bytes=5-12' });
    expect(part.statusCode).toBe(206);
    expect(part.body).toBe(csv.body.slice(5, 13));
    expect((await get('/open/committees/v1.csv', { range: 'bytes=5-12', 'if-range': '"other"' })).statusCode).toBe(200);
    expect((await get('/open/committees/v1.csv', { range: 'bytes=99999999-' })).statusCode).toBe(416);
    expect((await get('/open/service-items/latest.geojson')).statusCode).toBe(404);
  });

  it('describes a table as CSVW and as a Frictionless package', async () => {
    const csvw = (await get('/open/buildings/v1.csv-metadata.json')).json();
    expect(csvw).toMatchObject({ '@context': ['http://www.w3.org/ns/csvw', { '@language': 'zh' }] });
    const header = (await get('/open/buildings/v1.csv')).body.split('\r\n')[0]?.split(',');
    expect(csvw.tableSchema.columns.map(({ name }: { name: string }) => name)).toEqual(header);
    expect((await get('/open/buildings/datapackage.json')).json().resources[0].schema.fields).toHaveLength(
      header?.length ?? 0,
    );
  });

  it('tells what is new as JSON, RSS and Atom', async () => {
    const { changes } = (await get('/open/changes.json')).json() as { changes: { cite: string }[] };
    expect(changes.length).toBe(120);
    expect((await get('/open/changes.rss')).body).toContain('<guid isPermaLink="false">sd.');
    expect((await get('/open/changes.atom')).body).toMatch(/<entry>[\s\S]*<updated>/);
    expect(
      (await get(`/open/changes.json?since=${new Date(Date.now() + 60_000).toISOString()}`)).json().changes,
    ).toEqual([]);
  });
});

describe('the action API of CKAN', () => {
  it('is harvested completely: every package with its files, and each file is there', async () => {
    const names = (await ckan('package_list')).json().result as string[];
    expect(names).toHaveLength(120);
    const found = new Map<string, { resources: { url: string; format: string }[] }>();
    for (let start = 0; start < 120; start += 50) {
      const { result } = (await ckan('package_search', { q: '*:*', rows: 50, start, sort: 'name asc' })).json();
      expect(result.count).toBe(120);
      for (const each of result.results) found.set(each.name, each);
    }
    expect([...found.keys()]).toEqual(names);
    for (const [, { resources }] of found) {
      const csv = resources.find(({ format }) => format === 'CSV');
      expect((await get(new URL(csv?.url ?? '').pathname, { range: 'bytes=0-20' })).statusCode).toBeOneOf([206, 401]);
    }
  });

  it('answers in the envelope that clients expect, by GET and by POST', async () => {
    const shown = (await get('/api/3/action/package_show?id=committees')).json();
    expect(shown).toMatchObject({
      success: true,
      help: expect.stringContaining('help_show?name=package_show'),
      result: { name: 'committees', num_resources: 4, isopen: true, state: 'active' },
    });
    expect((await ckan('package_show', { id: shown.result.id })).json().result.name).toBe('committees');
    expect((await ckan('status_show')).json().result).toMatchObject({
      ckan_version: expect.any(String),
      extensions: ['datastore'],
    });
    expect((await ckan('organization_show', { id: 'housing' })).json().result.package_count).toBe(15);
    expect((await ckan('group_list', { all_fields: true })).json().result.length).toBeGreaterThan(5);
    expect((await ckan('help_show', { name: 'package_search' })).json().result).toContain(':param q:');
    const form = await house.server.fastify.inject({
      method: 'POST',
      url: '/api/3/action/package_show',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'id=committees',
    });
    expect(form.json().success).toBe(true);
  });

  it('filters, counts and orders like CKAN', async () => {
    const search = async (body: object) => (await ckan('package_search', body)).json().result;
    expect((await search({ fq: 'organization:housing' })).count).toBe(15);
    expect((await search({ fq: '+organization:housing -title:"建筑物名录"' })).count).toBe(14);
    expect((await search({ fq: 'license_id:("ODbL-1.0" OR "CC0-1.0")' })).count).toBeGreaterThan(9);
    expect((await search({ fq: 'metadata_modified:[2020-01-01T00:00:00Z TO *]' })).count).toBe(120);
    expect((await search({ q: 'kongqi' })).count).toBeGreaterThan(5);
    const faceted = await search({ rows: 0, 'facet.field': '["organization","res_format"]' });
    expect(faceted.search_facets.res_format.items[0]).toMatchObject({ name: 'CSV', count: 120 });
    const sorted = (await search({ sort: 'title_string desc', rows: 2 })).results as { title: string }[];
    expect((sorted[0]?.title ?? '') >= (sorted[1]?.title ?? '')).toBe(true);
  });

  it('answers faults as CKAN does', async () => {
    expect((await ckan('package_show', { id: 'nothing' })).json()).toMatchObject({
      success: false,
      error: { __type: 'Not Found Error' },
    });
    expect((await ckan('package_show', {})).json()).toMatchObject({
      success: false,
      error: { __type: 'Validation Error', id: ['Missing value'] },
    });
    const search = await ckan('package_search', { fq: 'a:b:(' });
    expect(search.statusCode).toBe(409);
    expect(search.json().error.__type).toBe('Search Query Error');
    const unknown = await ckan('package_destroy', {});
    expect([unknown.statusCode, JSON.parse(unknown.body)]).toEqual([
      400,
      'Bad request - Action name not known: package_destroy',
    ]);
    expect((await ckan('constructor')).statusCode).toBe(400);
  });

  it('searches the rows of a table', async () => {
    const { result } = (await ckan('package_show', { id: 'metro-stations' })).json();
    const resource = result.resources.find(
      ({ datastore_active }: { datastore_active: boolean }) => datastore_active,
    ).id;
    const rows = async (body: object) => (await ckan('datastore_search', { resource_id: resource, ...body })).json();
    expect((await rows({ limit: 3 })).result).toMatchObject({
      total: 413,
      records: [{ _id: 1 }, { _id: 2 }, { _id: 3 }],
    });
    const here = await rows({ filters: { district: '黄浦区' }, sort: 'year desc, name', fields: 'name,year' });
    expect(here.result.total).toBe(17);
    expect(here.result.records[0].year).toBeGreaterThanOrEqual(here.result.records[16].year);
    expect(Object.keys(here.result.records[0])).toEqual(['name', 'year']);
    expect((await rows({ q: '人民广场' })).result.total).toBeGreaterThan(0);
    expect((await rows({ offset: 400 })).result.records).toHaveLength(13);
    expect((await rows({ filters: { nothing: 1 } })).error).toMatchObject({ __type: 'Validation Error' });
    expect((await rows({ limit: 'x' })).error).toMatchObject({ __type: 'Validation Error' });
    const quoted = await rows({ filters: { name: "x'; drop table open_data.chunk; --" } });
    expect(quoted.result.total).toBe(0);
  });
});

describe('a client and harvesters of other hands', () => {
  let base = '';
  beforeAll(async () => {
    await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
    base = `http://127.0.0.1:${(house.server.fastify.server.address() as AddressInfo).port}`;
  });

  it('finds, filters, counts, pages and reads with a client library of CKAN', async () => {
    type Found = {
      count: number;
      results: { id: string; name: string; title: string; metadata_modified: string; resources: Resource[] }[];
      search_facets: Record<string, { items: { name: string; count: number }[] }>;
    };
    type Resource = { id: string; format: string; url: string; datastore_active: boolean };
    const ask = async <T>(action: string, json: object): Promise<T> =>
      (await CkanRequest.post<{ result: T }>(action, { ckanUrl: base, json })).result;
    const names = (await CkanRequest.get<{ result: string[] }>('package_list', { ckanUrl: base })).result;
    expect(names).toHaveLength(120);
    const pages = await Promise.all(
      [0, 50, 100].map((start) =>
        ask<Found>('package_search', { fq: 'state:active', sort: 'metadata_modified desc, name asc', rows: 50, start }),
      ),
    );
    const all = pages.flatMap(({ results }) => results);
    expect(all.map(({ name }) => name).toSorted()).toEqual(names);
    expect(all.map((one) => one.metadata_modified)).toEqual(
      all.map((one) => one.metadata_modified).toSorted((a, b) => (a < b ? 1 : a > b ? -1 : 0)),
    );
    const housing = await ask<Found>('package_search', {
      fq: '(organization:housing OR organization:public-security) -res_format:GeoJSON',
      'facet.field': ['organization', 'res_format'],
      rows: 1000,
    });
    const { organization, res_format: formats } = housing.search_facets;
    expect(organization?.items.map(({ name }) => name).toSorted()).toEqual(['housing', 'public-security']);
    expect(organization?.items.reduce((sum, { count }) => sum + count, 0)).toBe(housing.count);
    expect(formats?.items.map(({ name }) => name)).not.toContain('GeoJSON');
    const shown = await ask<Found['results'][number]>('package_show', { id: 'metro-stations' });
    const table = shown.resources.find(({ datastore_active: active }) => active);
    const rows = await ask<{ total: number; records: { name: string; year: number }[] }>('datastore_search', {
      resource_id: table?.id,
      filters: { district: '黄浦区' },
      sort: 'year desc',
      limit: 5,
    });
    expect([rows.total, rows.records.length]).toEqual([17, 5]);
    const text = await (await fetch(table?.url ?? '')).text();
    expect(text.trimEnd().split('\r\n')).toHaveLength(414);
    await expect(ask('package_show', { id: 'nothing' })).rejects.toThrow('Not found');
    await expect(ask('package_show', {})).rejects.toThrow('Missing value');
  });

  it('imports all 120 sets as the harvester of CKAN does, and then what changed', async () => {
    const { imported, faults, requests } = await harvestCkan({ base });
    expect(faults).toEqual([]);
    expect([...imported.keys()].toSorted()).toEqual(declared.map(({ id }) => id).toSorted());
    expect(requests).toBeLessThan(40);
    const since = async (at: string) => (await harvestCkan({ base, since: at })).imported.size;
    expect(await since('2020-01-01T00:00:00Z')).toBe(120);
    expect(await since('2126-01-01T00:00:00Z')).toBe(0);
    const some = await harvestCkan({ base, organizations: ['housing', 'public-security'] });
    expect(some.imported.size).toBeGreaterThan(15);
    expect(some.imported.size).toBeLessThan(120);
    // The harvester can refuse.
    const [first] = imported.values();
    const wrong = { ...first, name: 'Nicht erlaubt', owner_org: null, metadata_modified: '2026-11-26T00:00:00Z' };
    expect(faultsOfPackage(wrong)).toEqual(['name Nicht erlaubt', 'owner_org', 'metadata_modified']);
  });

  it('imports all 120 sets with their files from the DCAT document, too', async () => {
    const { imported, faults } = await harvestDcat({ base, path: '/catalog.ttl', language: 'en' });
    expect(faults).toEqual([]);
    const withFiles = [...imported.values()].filter(({ resources }) => (resources as unknown[]).length > 0);
    expect(withFiles.map(({ guid }) => String(guid).replace(`${base}/open/`, '')).toSorted()).toEqual(
      declared.map(({ id }) => id).toSorted(),
    );
  });
});

/** The statements of a node and of what it names, and so on; what it came from is named only. */
function sliceOf(quads: readonly Quad[], start: string): Quad[] {
  const wanted = new Set([start]);
  for (const node of wanted)
    for (const { subject, object, predicate } of quads)
      if (subject.value === node && object.termType === 'NamedNode' && !predicate.value.endsWith('/source'))
        wanted.add(object.value);
  return quads.filter(({ subject, predicate }) => wanted.has(subject.value) && !predicate.value.endsWith('/source'));
}

describe('the DCAT export', () => {
  it('lists every open set with its files, and conforms to the shapes of DCAT-AP', async () => {
    const host = { host: 'district.example' };
    const quads = readTurtle((await get('/catalog.ttl', host)).body);
    expect(await faultsOf(quads)).toEqual([]);
    expect(await faultsOf(await readJsonLd((await get('/catalog.jsonld', host)).body))).toEqual([]);
    const having = (predicate: string) =>
      quads.filter((quad) => quad.predicate.value === `http://www.w3.org/ns/dcat#${predicate}`);
    expect(new Set(having('distribution').map(({ subject }) => subject.value)).size).toBe(120);
    const [first] = having('downloadURL');
    expect((await get(new URL(first?.object.value ?? '').pathname, { range: 'bytes=0-9' })).statusCode).toBe(206);
    // The check can fail for the files too; one set and what it names is enough to see it.
    const { literal, quad } = DataFactory;
    const one = sliceOf(quads, 'http://district.example/open/committees');
    expect(await faultsOf(one)).toEqual([]);
    const gone = (name: string) => one.filter(({ predicate }) => !predicate.value.endsWith(name));
    expect((await faultsOf(gone('#accessURL'))).length).toBe(4);
    expect((await faultsOf(gone('#prefLabel'))).length).toBe(1);
    const odd = one.map((q) =>
      q.predicate.value.endsWith('#mediaType') ? quad(q.subject, q.predicate, literal('text/csv')) : q,
    );
    expect((await faultsOf(odd)).length).toBeGreaterThanOrEqual(4);
  });
});

describe('the city node of a branch', () => {
  it('holds 120 of 120 entries equal to ours, also after a push that broke off', async () => {
    // What the house has pushed by itself is forgotten, here and there.
    await inside((db) => db.run(sql`delete from open_data.push`));
    city.entries.clear();
    city.data.clear();
    city.fail(7, 'answer');
    const first = await exchangeWithCity(house.services);
    expect(first.failed).toBeGreaterThan(0);
    city.fail(2, 'cut');
    await exchangeWithCity(house.services);
    const third = await exchangeWithCity(house.services);
    expect(third).toMatchObject({ entries: 120, failed: 0 });
    expect(city.entries.size).toBe(120);
    const { results } = (await ckan('package_search', { rows: 1000 }, { host: 'localhost' })).json().result as {
      results: { name: string }[];
    };
    const theirs = new Map([...city.entries].map(([name, { body }]) => [name, JSON.parse(body) as unknown]));
    expect(theirs).toEqual(new Map(results.map((each) => [each.name, each])));
    // The data too, byte for byte; of conditional sets the city has the entry only.
    const files = new Map<string, { sha256: string; bytes: number }>();
    for (const { id, opening } of await inside((db) => readDatasets(db))) {
      if (opening !== 'open') continue;
      const { rawPayload } = await get(`/open/${id}/latest.csv`);
      files.set(id, { sha256: createHash('sha256').update(rawPayload).digest('hex'), bytes: rawPayload.length });
    }
    expect(files.size).toBeGreaterThan(110);
    expect(city.data).toEqual(files);
    const puts = city.puts;
    expect(await exchangeWithCity(house.services)).toMatchObject({ pushed: 0, kept: 120 });
    expect(city.puts).toBe(puts);
  });

  it('lets the city record win for an item that a city department owns, and pushes no rival', async () => {
    city.records.push({
      id: 'air-years',
      cityOwned: true,
      title: { zh: '全市空气质量年均值（市级）', en: 'City record' },
      summary: { zh: '市级目录', en: 'City' },
    });
    // Records that another system got wrong are left out, and break nothing.
    city.records.push(
      { id: 'committees', cityOwned: true, title: null, summary: null },
      { id: 'streets', cityOwned: 'yes', title: { zh: 'x', en: 'x' }, summary: { zh: 'x', en: 'x' } },
      { id: 'buildings', cityOwned: true, title: { zh: 'x' }, summary: { zh: 'x', en: 'x' } },
      null,
    );
    const { received } = await exchangeWithCity(house.services);
    expect(received).toBe(1);
    expect((await get('/api/open-data/datasets/committees')).json().dataset.title.zh).toContain('居民委员会');
    expect((await get('/open')).statusCode).toBe(200);
    expect((await get('/api/open-data/datasets/air-years')).json().dataset.title.zh).toBe('全市空气质量年均值（市级）');
  });
});

describe('the gate in the house', () => {
  const at = () => house.services.clock.now();

  it('keeps the old version when the owner adds a column that singles people out', async () => {
    const before = await inside(async (db) => (await readDatasets(db, { ids: ['residents-anonymous'] }))[0]);
    const recipe = declared.find(({ id }) => id === 'residents-anonymous')?.recipe as Recipe;
    const finer: Recipe = {
      ...recipe,
      columns: [
        ...recipe.columns,
        { name: 'born', title: { zh: '出生日期', en: 'Born' }, from: 'birthDate', type: 'string' },
      ],
    };
    const { report } = await inside(async (db) => {
      const table = await deriveTable(db, { recipe: finer, about: 'person', on: '2026-11-26' });
      return prepareVersion(db, { dataset: 'residents-anonymous', table, at: at() });
    });
    expect(report.verdict).toBe('block');
    expect(report.quasi).toContainEqual({ name: 'born', why: 'unique' });
    const after = await inside(async (db) => (await readDatasets(db, { ids: ['residents-anonymous'] }))[0]);
    expect(after?.version).toBe(before?.version);
  });

  it('blocks a version that differs from the one before by one person', async () => {
    const { report } = await inside(async (db) => {
      const [set] = await readDatasets(db, { ids: ['residents-by-age-sex'] });
      const rows = await readAllRows(db, set?.version ?? '');
      const shown = rows.findIndex(([age, sex, count]) => age !== ALL && sex !== ALL && count !== null);
      const table: Table = {
        about: 'person',
        fields: set?.fields ?? [],
        rows: rows.map((row, no) => (no === shown ? [row[0] ?? null, row[1] ?? null, Number(row[2]) + 1] : row)),
      };
      return prepareVersion(db, { dataset: 'residents-by-age-sex', table, at: at() });
    });
    expect(report).toMatchObject({ verdict: 'block', findings: [{ code: 'DIFFERENCE' }] });
  });

  it('refuses a question once the noise budget of the year is spent', async () => {
    expect(
      (
        await call(house, {
          method: 'POST',
          url: '/api/open-data/datasets/residents-noisy/counts',
          cookie: await signIn(house, 'data.civil'),
          purpose: 'public-statistics',
          body: { epsilon: 0.1 },
        })
      ).statusCode,
    ).toBe(404);
    let officer = await signIn(house, 'data.centre');
    const ask = (epsilon: number) =>
      call(house, {
        method: 'POST',
        url: '/api/open-data/datasets/residents-noisy/counts',
        cookie: officer,
        purpose: 'public-statistics',
        body: { epsilon },
      });
    // The version that is published has cost half of it.
    const first = await ask(0.4);
    expect(first.statusCode, first.body).toBe(200);
    expect(first.json().left).toBeCloseTo(0.1);
    expect((await ask(0.2)).json()).toMatchObject({ code: 'NOISE_BUDGET_SPENT', allowed: 1, spent: 0.9, asked: 0.2 });
    await moveDays(60);
    officer = await signIn(house, 'data.centre');
    expect((await ask(0.2)).statusCode).toBe(200);
    // The second version is not compared with the first: only the noise differs.
    const again = await call(house, {
      method: 'POST',
      url: '/api/open-data/datasets/residents-noisy/versions',
      cookie: officer,
      purpose: 'public-statistics',
      body: {},
    });
    expect(again.json(), again.body).toMatchObject({ verdict: 'pass', findings: 0 });
    await moveDays(0);
  });

  it('marks a set that its owner does not update as stale, and the score of the unit falls', async () => {
    const score = async () =>
      ((await get('/api/open-data/scores')).json().scores as { unit: string; total: number }[]).find(
        ({ unit }) => unit === 'housing',
      )?.total ?? 0;
    const before = await score();
    await moveDays(60);
    expect((await get('/api/open-data/datasets/buildings')).json().dataset.stale).toBe(true);
    expect(await score()).toBeLessThan(before);
    await moveDays(0);
  });
});

describe('an open set that is taken down', () => {
  it('leaves the portal, the search, CKAN and the city, and comes back only by a new decision', async () => {
    const centre = await signIn(house, 'data.centre');
    const withdraw = (body: object, cookie: string) =>
      call(house, { method: 'POST', url: '/api/open-data/datasets/metro-lines/withdraw', cookie, body });
    const reason = { reason: '含有不应公开的内容' };
    expect((await withdraw(reason, await signIn(house, 'data.civil'))).statusCode).toBe(404);
    expect((await withdraw({}, centre)).statusCode).toBe(400);
    expect(city.entries.has('metro-lines')).toBe(true);
    const done = await withdraw(reason, centre);
    expect(done.json(), done.body).toMatchObject({ state: 'withdrawn' });
    expect((await withdraw(reason, centre)).json()).toMatchObject({ code: 'WRONG_STATE' });
    for (const url of [
      '/open/metro-lines/latest.csv',
      '/open/metro-lines/v1.csv',
      '/api/open-data/datasets/metro-lines',
    ])
      expect((await get(url)).statusCode, url).toBe(404);
    expect((await ckan('package_list')).json().result).not.toContain('metro-lines');
    const found = await inside((db) =>
      db.rows(sql`select id from search.document where app = 'open-data' and id = 'metro-lines'`),
    );
    expect(found).toEqual([]);
    // The house may have told the city by itself already.
    expect(await exchangeWithCity(house.services)).toMatchObject({ failed: 0 });
    expect([city.entries.has('metro-lines'), city.data.has('metro-lines')]).toEqual([false, false]);
    const version = await call(house, {
      method: 'POST',
      url: '/api/open-data/datasets/metro-lines/versions',
      cookie: centre,
      body: {},
    });
    expect(version.json()).toMatchObject({ code: 'WRONG_STATE', state: 'withdrawn' });
    const facts = {
      secret: false,
      commercial: false,
      personal: false,
      anonymised: false,
      security: false,
      timely: false,
    };
    const again = (path: string, body: object) =>
      call(house, { method: 'POST', url: `/api/open-data/datasets/metro-lines/${path}`, cookie: centre, body });
    expect((await again('decision', facts)).json()).toMatchObject({ state: 'decided' });
    expect((await get('/open/metro-lines/v1.csv')).statusCode).toBe(404);
    const next = (await again('versions', {})).json();
    await inside((db) =>
      publishVersion(db, {
        version: next.id,
        at: house.services.clock.now(),
        by: { account: 'second', name: '第二人' },
      }),
    );
    expect((await get(`/open/metro-lines/v${next.no}.csv`)).statusCode).toBe(200);
    expect((await get('/open/metro-lines/v1.csv')).statusCode).toBe(404);
    expect((await get('/api/open-data/datasets/metro-lines')).json().versions).toHaveLength(1);
    const [kept] = await inside((db) =>
      db.rows(sql`select withdrawn_why as why from open_data.dataset where id = 'metro-lines'`),
    );
    expect(kept).toEqual({ why: reason.reason });
  });
});

// Last: it uses up the calls of this minute.
describe('a scraper', () => {
  it('slows a scraper down, says how much is left and names the bulk file', async () => {
    const from = { 'x-forwarded-for': '198.51.100.7' };
    let last = await ckan('status_show', {}, from);
    for (let calls = 0; calls < 200 && last.statusCode === 200; calls++) last = await ckan('status_show', {}, from);
    expect(last.statusCode).toBe(429);
    expect(last.headers).toMatchObject({
      'ratelimit-remaining': '0',
      'retry-after': expect.any(String),
      link: expect.stringContaining('rel="alternate"'),
    });
    expect(last.json()).toMatchObject({ code: 'TOO_MANY_CALLS', bulk: expect.stringContaining('/open') });
    expect((await get('/open/committees/latest.csv')).statusCode).toBe(200);
  });
});
