import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { openSdmxHouse } from './house.ts';

/* SDMX REST structure queries (sdmx-rest, doc/structures.md) and structure messages in SDMX-JSON 2.0.0 and SDMX-ML 2.1. */
let house: TestHouse;
beforeAll(async () => {
  ({ house } = await openSdmxHouse());
}, 300_000);
afterAll(() => house?.close());
const get = (url: string, accept?: string) => house.server.fastify.inject({ url, headers: accept ? { accept } : {} });
const V2 = '/sdmx/v2/structure';

describe('structure queries', () => {
  it('a dataflow with its descendants holds all that is needed to read the data', async () => {
    const reply = await get(`${V2}/dataflow/SMART_DISTRICT/ECONOMY/1.0.0?references=descendants`);
    expect(reply.headers['content-type']).toBe('application/vnd.sdmx.structure+json;version=2.0.0');
    const { data } = reply.json();
    expect(data.dataflows[0].structure).toBe(
      'urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=SMART_DISTRICT:DSD_ECONOMY(1.0.0)',
    );
    const components = data.dataStructures[0].dataStructureComponents;
    const lists = new Set(
      data.codelists.map(
        (c: { id: string }) => `urn:sdmx:org.sdmx.infomodel.codelist.Codelist=SMART_DISTRICT:${c.id}(1.0.0)`,
      ),
    );
    const concepts = new Set(data.conceptSchemes[0].concepts.map((c: { id: string }) => c.id));
    const all = [
      ...components.dimensionList.dimensions,
      ...components.attributeList.attributes,
      ...components.measureList.measures,
      components.dimensionList.timeDimension,
    ];
    for (const component of all) {
      expect(concepts).toContain(component.conceptIdentity.split('.').at(-1));
      if (component.localRepresentation.enumeration) expect(lists).toContain(component.localRepresentation.enumeration);
    }
    expect(components.dimensionList.dimensions.map((d: { position: number }) => d.position)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7,
    ]);
  });
  it.each([
    [`${V2}/codelist`, ['codelists']],
    [`${V2}/codelist/SMART_DISTRICT/CL_FREQ`, ['codelists']],
    [`${V2}/*/*/*/*`, ['agencySchemes', 'codelists', 'conceptSchemes', 'dataStructures', 'dataflows']],
    [`${V2}/datastructure/*/DSD_ECONOMY/+?references=children`, ['codelists', 'conceptSchemes', 'dataStructures']],
    [`${V2}/datastructure/*/*/~?references=parents`, ['dataStructures', 'dataflows']],
    [`${V2}/conceptscheme?references=parentsandsiblings`, ['codelists', 'conceptSchemes', 'dataStructures']],
    [`${V2}/dataflow?references=codelist`, ['codelists', 'dataflows']],
    [`${V2}/agencyscheme/SDMX`, ['agencySchemes']],
  ])('%s', async (url, collections) => {
    const reply = await get(url);
    expect(reply.statusCode, reply.body).toBe(200);
    expect(Object.keys(reply.json().data).sort()).toEqual(collections);
  });
  it('stubs have a name and where to find the rest; a single code can be asked for', async () => {
    const stub = (await get(`${V2}/codelist/*/CL_FREQ?detail=allstubs`)).json().data.codelists[0];
    expect(stub).toMatchObject({ id: 'CL_FREQ', isExternalReference: true });
    expect(stub.codes).toBeUndefined();
    const one = (await get(`${V2}/codelist/SMART_DISTRICT/CL_FREQ/1.0.0/M`)).json().data.codelists[0];
    expect(one.codes.map((c: { id: string }) => c.id)).toEqual(['M']);
  });
  it.each([
    [`${V2}/nonsense`, 400],
    [`${V2}/dataflow/a/b/c/d/e/f`, 400],
    [`${V2}/codelist?detail=some`, 400],
    [`${V2}/codelist?references=cousins`, 400],
    [`${V2}/categoryscheme`, 404],
    [`${V2}/codelist/SMART_DISTRICT/CL_NONE`, 404],
    [`${V2}/codelist/SMART_DISTRICT/CL_FREQ/7.0.0`, 404],
    ['/sdmx/2.1/codelist/SMART_DISTRICT/CL_NONE', 404],
  ])('%s → %i', async (url, status) => expect((await get(url)).statusCode).toBe(status));
  it('406 for a format that there is not', async () =>
    expect((await get(`${V2}/codelist`, 'application/vnd.sdmx.structure+xml;version=1.0')).statusCode).toBe(406));
});

describe('SDMX-ML 2.1', () => {
  it.each([
    '/sdmx/2.1/dataflow/all/all/latest?references=all',
    '/sdmx/2.1/datastructure/SMART_DISTRICT/DSD_ECONOMY/1.0.0?references=descendants',
    '/sdmx/2.1/codelist',
    '/sdmx/2.1/structure/SMART_DISTRICT',
  ])('%s is well-formed and every reference leads to something in it', async (url) => {
    const reply = await get(url);
    expect(reply.headers['content-type']).toBe('application/vnd.sdmx.structure+xml;version=2.1');
    const parser = new SaxesParser({ xmlns: true });
    const ids = new Set<string>();
    const refs: Record<string, string>[] = [];
    let root = '';
    parser.on('opentag', (tag) => {
      root ||= tag.local;
      const attributes = Object.fromEntries(Object.values(tag.attributes).map((a) => [a.local, a.value]));
      if (tag.local === 'Ref') refs.push(attributes);
      else if (attributes['id']) ids.add(attributes['id']);
    });
    parser.on('error', (error) => {
      throw error;
    });
    parser.write(reply.body).close();
    expect(root).toBe('Structure');
    for (const ref of refs) expect(ids).toContain(ref['id']);
  });
  it('a codelist in both forms holds the same codes', async () => {
    const json = (await get(`${V2}/codelist/*/CL_INDUSTRY`))
      .json()
      .data.codelists[0].codes.map((c: { id: string }) => c.id);
    const xml = [
      ...(await get('/sdmx/2.1/codelist/SMART_DISTRICT/CL_INDUSTRY')).body.matchAll(/<structure:Code id="([^"]+)"/g),
    ].map((m) => m[1]);
    expect(xml).toEqual(json);
  });
});
