import jsonld from 'jsonld';
import { DataFactory, Writer } from 'n3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { manifests } from '#manifests';
import { faultsOf, readJsonLd, readTurtle } from './check.ts';

/* The export of the whole catalogue, read by parsers of other hands and held to the shapes of DCAT-AP 3.0. */
let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ manifests, work: false });
});
afterAll(() => house?.close());

const get = (path: string, accept?: string) =>
  house.server.fastify.inject({ url: path, headers: { host: 'district.example', ...(accept && { accept }) } });
const turtle = async () => readTurtle((await get('/catalog.ttl')).body);
const DATASET = 'http://www.w3.org/ns/dcat#Dataset';

describe('DCAT 3 in Turtle', () => {
  it('conforms to the shapes, and holds every item once', async () => {
    const quads = await turtle();
    expect(await faultsOf(quads)).toEqual([]);
    const datasets = new Set(quads.filter((q) => q.object.value === DATASET).map((q) => q.subject.value));
    const items = (await get('/api/catalog/items')).json().total as number;
    expect(items).toBeGreaterThan(5);
    expect(datasets.size).toBe(items);
  });

  it('is refused by the shapes where something obligatory is missing: the check can fail', async () => {
    for (const gone of [
      'http://purl.org/dc/terms/title',
      'http://xmlns.com/foaf/0.1/name',
      'http://www.w3.org/ns/dcat#dataset',
    ]) {
      const found = await faultsOf((await turtle()).filter((q) => q.predicate.value !== gone));
      expect(found.length, gone).toBeGreaterThan(0);
      expect(found.every((fault) => fault.includes(gone))).toBe(true);
    }
    const odd = (await turtle()).map((q) =>
      q.predicate.value.endsWith('modified')
        ? DataFactory.quad(q.subject, q.predicate, DataFactory.literal('yesterday'))
        : q,
    );
    expect((await faultsOf(odd)).length).toBeGreaterThan(0);
  });

  it('names the unit that answers for an item, in both languages', async () => {
    const quads = await turtle();
    const names = quads.filter(
      (q) => q.predicate.value.endsWith('/name') && q.subject.value.endsWith(':civil-affairs'),
    );
    expect([...new Set(names.map((q) => q.object.value))].toSorted()).toEqual(['Civil Affairs Bureau', '区民政局']);
  });
});

describe('DCAT 3 in JSON-LD', () => {
  it('conforms to the shapes as well', async () => {
    const quads = await readJsonLd((await get('/catalog.jsonld')).body);
    expect(quads.length).toBeGreaterThan(100);
    expect(await faultsOf(quads)).toEqual([]);
  });

  it('says the same as the Turtle', async () => {
    const document = (await get('/catalog.jsonld')).json() as jsonld.JsonLdDocument;
    const canonical = async (input: unknown, form?: string): Promise<string> =>
      String(
        await jsonld.canonize(input as jsonld.JsonLdDocument, {
          algorithm: 'URDNA2015',
          format: 'application/n-quads',
          ...(form && { inputFormat: form as 'application/n-quads' }),
        }),
      );
    const one = await canonical(document);
    const written = new Writer({ format: 'N-Quads' }).quadsToString(await turtle());
    const other = await canonical(written, 'application/n-quads');
    expect(one).toBe(other);
    expect(one.length).toBeGreaterThan(2_000);
  });

  it.each([
    [undefined, 'application/ld+json'],
    ['text/turtle', 'text/turtle'],
    ['text/turtle;q=0.5, application/ld+json', 'application/ld+json'],
    ['application/*;q=0.2, text/turtle;q=0.9', 'text/turtle'],
    ['text/html, */*;q=0.1', 'application/ld+json'],
  ])('at /catalog, who accepts %s gets %s', async (accept, type) => {
    const reply = await get('/catalog', accept);
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-type']).toContain(type);
    expect(reply.headers.vary).toContain('accept');
  });

  it('speaks of addresses of this house only, whole ones', async () => {
    for (const { subject } of await turtle())
      expect(subject.value).toMatch(/^(http:\/\/district\.example\/|urn:|http:\/\/publications\.europa\.eu\/)/);
  });
});
