import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReadError, readRecords, type SourceRecord } from '#platform/exchange/read/read-records.ts';

async function read(text: string, input: { fileName?: string; size?: number } = {}): Promise<SourceRecord[]> {
  const bytes = Buffer.from(text);
  const size = input.size ?? 5;
  const stream = Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size)),
  );
  const records: SourceRecord[] = [];
  for await (const chunk of readRecords({ stream, fileName: input.fileName ?? 'x.json', chunkSize: 2 }))
    records.push(...chunk);
  return records;
}
const codeOf = (text: string, fileName?: string): Promise<string> =>
  read(text, { fileName }).then(
    () => 'none',
    (error: unknown) => (error instanceof ReadError ? error.code : String(error)),
  );

describe('reading JSON', () => {
  it.each([
    ['an array', '[{"a":1,"b":null},\n{"a":"","b":true}]'],
    [
      'an object with a data member',
      '{"code":0,"tags":[{"x":1}],"data":[{"a":1,"b":null},\n{"a":"","b":true}],"total":2}',
    ],
    ['an object inside an object', '{"result":{"page":1,"things":[{"a":1,"b":null},\n{"a":"","b":true}]}}'],
    ['one object a line', '{"a":1,"b":null}\n{"a":"","b":true}\n'],
  ])('finds the records of %s', async (_, text) => {
    expect((await read(text)).map((each) => [each.row, each.line, each.values])).toEqual([
      [1, 1, { a: '1', b: null }],
      [2, 2, { a: null, b: 'true' }],
    ]);
  });

  it('keeps every digit of an identity number written as a number', async () => {
    expect((await read('[{"id":310101198502011234,"n":12}]'))[0]?.values).toEqual({
      id: '310101198502011234',
      n: '12',
    });
  });

  it('gives back any records, cut anywhere', async () => {
    const value = fc.oneof(fc.string(), fc.constantFrom('{', '"', '\\', '\\"', ']', '张'), fc.array(fc.string()));
    const object = fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
      value,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(object), fc.integer({ min: 1, max: 9 }), fc.boolean(), async (objects, size, lines) => {
        if (lines && objects.length === 0) return;
        const text = lines ? objects.map((each) => JSON.stringify(each)).join('\n') : JSON.stringify(objects, null, 1);
        const expected = objects.map((each) =>
          Object.fromEntries(Object.entries(each).map(([key, cell]) => [key, cell === '' ? null : cell])),
        );
        const fileName = 'x.json';
        if (/^\s*[[{][\s\S]*"type"\s*:\s*"Feature/.test(text)) return;
        if (lines && objects.length === 1) return;
        expect((await read(text, { size, fileName })).map((each) => ({ ...each.values }))).toEqual(
          expected.map((each) => ({ ...each })),
        );
      }),
    );
  });

  it.each([
    ['', 'empty'],
    ['hello', 'json-syntax'],
    ['[{"a":1}', 'truncated'],
    ['[{"a":1},{"a', 'truncated'],
    ['{"data":[{"a":1}]', 'truncated'],
    ['[{"a":1} {"a":2}]', 'json-syntax'],
    ['[{"a":1},{"a":}]', 'json-syntax'],
    ['[1,2]', 'json-syntax'],
    ['{"data":[{"a":1}', 'truncated'],
  ])('%j is %s', async (text, code) => expect(await codeOf(text)).toBe(code));
});

describe('reading GeoJSON', () => {
  it('makes columns of the properties and keeps the geometry', async () => {
    const text = JSON.stringify({
      type: 'FeatureCollection',
      crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4490' } },
      features: [
        {
          type: 'Feature',
          id: 7,
          properties: { name: '外滩', level: 3 },
          geometry: { type: 'Point', coordinates: [121.49, 31.23] },
        },
      ],
    });
    const reader = readRecords({ stream: Readable.from([Buffer.from(text)]), fileName: 'x.bin' });
    expect(await reader.info()).toMatchObject({
      format: 'geojson',
      crs: 'urn:ogc:def:crs:EPSG::4490',
      columns: ['name', 'level', 'id', 'geometry'],
    });
    expect((await read(text))[0]?.values).toEqual({
      name: '外滩',
      level: '3',
      id: '7',
      geometry: { type: 'Point', coordinates: [121.49, 31.23] },
    });
  });
});

const OSM = `<?xml version="1.0"?><osm version="0.6"><bounds minlat="31"/>
<node id="2" lat="31.2" lon="121.4"/><node id="1" lat="31.1" lon="121.4"/><node id="3" lat="31.2" lon="121.5">
<tag k="name" v="外滩 &amp; 江"/></node>
<way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="building" v="yes"/></way>
<way id="11"><nd ref="1"/><nd ref="9"/><nd ref="3"/><tag k="highway" v="primary"/></way>
<relation id="20"><member type="way" ref="10" role="outer"/><tag k="type" v="multipolygon"/></relation></osm>`;

describe('reading OSM XML', () => {
  it('gives tagged nodes, ways with their line or area, and members of relations', async () => {
    const records = await read(OSM, { fileName: 'x.osm' });
    expect(records.map((each) => each.values)).toEqual([
      { '@type': 'node', '@id': '3', geometry: { type: 'Point', coordinates: [121.5, 31.2] }, name: '外滩 & 江' },
      {
        '@type': 'way',
        '@id': '10',
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [121.4, 31.1],
              [121.4, 31.2],
              [121.5, 31.2],
              [121.4, 31.1],
            ],
          ],
        },
        building: 'yes',
      },
      {
        '@type': 'way',
        '@id': '11',
        '@missing': '1',
        geometry: {
          type: 'LineString',
          coordinates: [
            [121.4, 31.1],
            [121.5, 31.2],
          ],
        },
        highway: 'primary',
      },
      {
        '@type': 'relation',
        '@id': '20',
        geometry: null,
        '@members': [{ type: 'way', ref: '10', role: 'outer' }],
        type: 'multipolygon',
      },
    ]);
    expect(records[0]?.line).toBe(2);
  });

  it('says that a cut file is incomplete, and refuses a DTD', async () => {
    expect(await codeOf(OSM.slice(0, 400), 'x.osm')).toBe('truncated');
    expect(await codeOf(OSM.slice(0, -6), 'x.osm')).toBe('truncated');
    expect(await codeOf('<!DOCTYPE x [<!ENTITY a "b">]><osm></osm>', 'x.osm')).toBe('xml-syntax');
    expect(await codeOf('<osm><node id="1"></way></osm>', 'x.osm')).toBe('xml-syntax');
  });
});
