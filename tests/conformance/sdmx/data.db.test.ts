import { parse } from 'csv-parse/sync';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { economySample } from '#districts/huangpu/generate/economy.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { openSdmxHouse } from './house.ts';

/*
 * SDMX REST 2.x data queries (github.com/sdmx-twg/sdmx-rest, doc/data.md) and SDMX-JSON 2.0.0, SDMX-CSV 2.0.0, SDMX-ML 2.1 messages, by
 * parameter and by format. The published sample is the truth.
 */
let house: TestHouse;
let history: ReturnType<typeof economySample>;
beforeAll(async () => {
  ({ house, history } = await openSdmxHouse());
}, 300_000);
afterAll(() => house?.close());

const RETAIL = 'M.RETAIL.310101._T._T.V.N.YTD';
const get = (url: string, accept?: string, headers: Record<string, string> = {}) =>
  house.server.fastify.inject({ url, headers: { ...(accept ? { accept } : {}), ...headers } });
const FLOW = '/sdmx/v2/data/dataflow/SMART_DISTRICT/ECONOMY/1.0.0';
const CSV = 'application/vnd.sdmx.data+csv;version=2.0.0';
const csv = async (url: string): Promise<Record<string, string>[]> => {
  const reply = await get(url, CSV);
  expect(reply.statusCode, reply.body).toBe(200);
  return parse(reply.body, { columns: true });
};
/** Newest value of each period of a series as known at a moment. */
const known = (series: string, at = Number.POSITIVE_INFINITY): Map<string, number> =>
  new Map(
    history.releases
      .filter((r) => r.state === 'published' && r.embargoUntil.getTime() <= at)
      .flatMap((r) => r.observations)
      .filter((o) => o.series === series)
      .map((o) => [o.period, o.value ?? Number.NaN]),
  );

describe('path', () => {
  it.each([
    '/sdmx/v2/data/dataflow/SMART_DISTRICT/ECONOMY/1.0.0/M.RETAIL.*._T._T',
    '/sdmx/v2/data/dataflow/SMART_DISTRICT/ECONOMY/+/M.RETAIL.310101._T._T.V.N.YTD',
    '/sdmx/v2/data/dataflow/*/ECONOMY/~/M.RETAIL.*._T._T.*.*.*',
    '/sdmx/v2/data/*/*/*/*/M.RETAIL.*._T._T',
    '/sdmx/v2/data/datastructure/SMART_DISTRICT/DSD_ECONOMY/1+.0.0/M.RETAIL.*._T._T',
    '/sdmx/v2/data/dataflow,datastructure/SMART_DISTRICT,OTHER/ECONOMY/1.0/M.RETAIL.*._T._T/',
  ])('%s gives the series', async (url) => {
    const rows = await csv(url);
    expect(new Map(rows.map((r) => [r['TIME_PERIOD'], Number(r['OBS_VALUE'])]))).toEqual(known(RETAIL));
  });
  it.each([
    ['/sdmx/v2/data', 'everything'],
    ['/sdmx/v2/data/dataflow/SMART_DISTRICT/ECONOMY', 'the flow'],
  ])('%s gives all of it', async (url) => {
    const rows = await csv(url);
    expect(new Set(rows.map((r) => r['INDICATOR']))).toEqual(
      new Set(['RETAIL', 'RETAIL_G', 'LOANS', 'LOANS_G', 'CPI']),
    );
  });
  it('takes several keys, and several codes at a place', async () => {
    const rows = await csv(`${FLOW}/M.RETAIL.*.F,M.RETAIL.*.H?lastNObservations=1`);
    expect(rows.map((r) => r['INDUSTRY']).sort()).toEqual(['F', 'H']);
  });
  it.each([
    [`${FLOW}/M.RETAIL.a.b.c.d.e.f.g.h`, 400, 140],
    [`${FLOW}/M.RE TAIL`, 400, 140],
    ['/sdmx/v2/data/nothing/SMART_DISTRICT/ECONOMY', 400, 140],
    ['/sdmx/v2/data/dataflow/SMART_DISTRICT/ECONOMY/1.x.0', 400, 140],
    ['/sdmx/v2/data/dataflow/SMART_DISTRICT/ECONOMY/2.0.0', 404, 100],
    ['/sdmx/v2/data/dataflow/NOBODY/ECONOMY', 404, 100],
    ['/sdmx/v2/data/dataflow/SMART_DISTRICT/OTHER', 404, 100],
    [`${FLOW}/Q.RETAIL`, 404, 100],
    ['/sdmx/v2/availability/dataflow/SMART_DISTRICT/ECONOMY', 501, 501],
    ['/sdmx/v2/schema/dataflow/SMART_DISTRICT/ECONOMY', 501, 501],
  ])('%s is answered with %i and code %i', async (url, status, code) => {
    const reply = await get(url.replaceAll(' ', '%20'));
    expect(reply.statusCode, reply.body).toBe(status);
    const body = reply.json();
    expect(body.errors[0]).toMatchObject({ code });
    expect(body.data).toBeUndefined();
    expect(body.meta).toMatchObject({
      id: expect.any(String),
      prepared: expect.any(String),
      sender: expect.anything(),
    });
  });
});

describe('component filters', () => {
  it.each([
    ['c[TIME_PERIOD]=ge:2025-01+le:2025-12', (p: string) => p >= '2025-01' && p <= '2025-12'],
    ['c[TIME_PERIOD]=2025', (p: string) => p.startsWith('2025')],
    ['c[TIME_PERIOD]=2025-Q2', (p: string) => ['2025-04', '2025-05', '2025-06'].includes(p)],
    ['c[TIME_PERIOD]=gt:2025', (p: string) => p >= '2026-01'],
    ['c[TIME_PERIOD]=lt:2013', (p: string) => p < '2013'],
    ['c[TIME_PERIOD]=ge:2013-01+le:2013-03,ge:2026-01+le:2026-02', (p: string) => /^(2013-0[123]|2026-0[12])$/.test(p)],
    // A period counts from its first day on: June begins before the 15th.
    ['c[TIME_PERIOD]=ge:2025-06-15', (p: string) => p >= '2025-07'],
    ['c%5BTIME_PERIOD%5D=ge:2025-01%2Ble:2025-02', (p: string) => ['2025-01', '2025-02'].includes(p)],
  ])('%s', async (filter, keep) => {
    const rows = await csv(`${FLOW}/${RETAIL}?${filter}`);
    const expected = [...known(RETAIL).keys()].filter(keep).sort();
    expect(rows.map((r) => r['TIME_PERIOD'])).toEqual(expected);
  });
  it('on dimensions, attributes and the measure, with operators', async () => {
    const industries = async (filter: string) =>
      [
        ...new Set(
          (await csv(`${FLOW}?lastNObservations=1&${filter}`)).map((r) => `${r['INDICATOR']}/${r['INDUSTRY']}`),
        ),
      ].sort();
    expect(await industries('c[INDICATOR]=RETAIL&c[INDUSTRY]=F,H')).toEqual(['RETAIL/F', 'RETAIL/H']);
    expect(await industries('c[INDICATOR]=sw:RET&c[INDUSTRY]=ne:_T')).toEqual([
      'RETAIL/F',
      'RETAIL/H',
      'RETAIL_G/F',
      'RETAIL_G/H',
    ]);
    expect(await industries('c[UNIT_MEASURE]=IX')).toEqual(['CPI/_T']);
    expect(await industries('c[TITLE]=co:Consumer')).toEqual(['CPI/_T']);
    const rows = await csv(`${FLOW}/${RETAIL}?c[OBS_VALUE]=ge:1000`);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((r) => Number(r['OBS_VALUE']) >= 1000)).toBe(true);
    const provisional = await csv(`${FLOW}/${RETAIL}?c[OBS_STATUS]=P`);
    expect(provisional.map((r) => r['TIME_PERIOD'])).toEqual(['2026-02', '2026-03']);
  });
  it.each([
    'c[NOTHING]=1',
    'c[TIME_PERIOD]=October',
    'c[FREQ]=',
    'c[FREQ]=zz:M',
    'c[OBS_VALUE]=ge:x',
    'c[FREQ]=M&c[FREQ]=A',
  ])('%s is a syntax error', async (filter) => {
    expect((await get(`${FLOW}?${filter}`)).statusCode).toBe(400);
  });
});

describe('parameters', () => {
  it('firstNObservations and lastNObservations count for each series; together both ends', async () => {
    const rows = await csv(`${FLOW}/M.RETAIL.*.F+H?firstNObservations=2&lastNObservations=1`);
    const periods = [...known('M.RETAIL.310101.F._T.V.N.YTD').keys()].sort();
    expect(rows.filter((r) => r['INDUSTRY'] === 'F').map((r) => r['TIME_PERIOD'])).toEqual([
      ...periods.slice(0, 2),
      periods.at(-1),
    ]);
    expect(rows).toHaveLength(6);
  });
  it('offset and limit', async () => {
    const all = await csv(`${FLOW}/${RETAIL}`);
    const some = await csv(`${FLOW}/${RETAIL}?offset=5&limit=7`);
    expect(some).toEqual(all.slice(5, 12));
  });
  it('updatedAfter gives what was added or revised since, in its newest version', async () => {
    const last = history.releases.filter((r) => r.state === 'published').at(-1);
    const since = new Date((last?.embargoUntil.getTime() ?? 0) - 1000).toISOString();
    const rows = await csv(`${FLOW}/${RETAIL}?updatedAfter=${encodeURIComponent(since)}`);
    expect(rows.map((r) => r['TIME_PERIOD'])).toEqual(
      ['2026-01', '2026-02', '2026-03'].filter((p) =>
        last?.observations.some((o) => o.series === RETAIL && o.period === p),
      ),
    );
    expect(rows.every((r) => r['ACTION'] === 'R')).toBe(true);
    expect((await get(`${FLOW}/${RETAIL}?updatedAfter=2030-01-01T00:00:00Z`)).statusCode).toBe(404);
    expect((await get(`${FLOW}/${RETAIL}?updatedAfter=2009-05-15T14:15:00+01:00`)).statusCode).toBe(200);
    expect((await get(`${FLOW}/${RETAIL}?updatedAfter=yesterday`)).statusCode).toBe(400);
    expect(
      (await get(`${FLOW}/${RETAIL}?updatedAfter=2026-01-01T00:00:00Z&asOf=2025-01-01T00:00:00Z`)).statusCode,
    ).toBe(400);
  });
  it('asOf gives the data as they were then', async () => {
    const then = history.releases[6]?.embargoUntil ?? new Date(0);
    const rows = await csv(`${FLOW}/${RETAIL}?asOf=${then.toISOString()}`);
    expect(new Map(rows.map((r) => [r['TIME_PERIOD'], Number(r['OBS_VALUE'])]))).toEqual(known(RETAIL, then.getTime()));
    expect((await get(`${FLOW}/${RETAIL}?asOf=2011-01-01`)).statusCode).toBe(404);
  });
  it('includeHistory gives one data set a release, with the times in which it held', async () => {
    const { data } = (await get(`${FLOW}/${RETAIL}?includeHistory=true`)).json();
    const expected = history.releases.filter(
      (r) => r.state === 'published' && r.observations.some((o) => o.series === RETAIL),
    );
    expect(data.dataSets.map((d: { validFrom: string }) => d.validFrom)).toEqual(
      expected.map((r) => r.embargoUntil.toISOString()),
    );
    expect(data.dataSets.slice(0, -1).map((d: { validTo: string }) => d.validTo)).toEqual(
      data.dataSets.slice(1).map((d: { validFrom: string }) => d.validFrom),
    );
    expect(data.structures[0].dataSets).toHaveLength(expected.length);
  });
  it('attributes and measures choose what stands in the answer', async () => {
    const head = async (query: string) =>
      (await get(`${FLOW}/${RETAIL}?lastNObservations=1&${query}`, CSV)).body.split('\r\n')[0];
    expect(await head('attributes=none')).not.toMatch(/UNIT_MEASURE|OBS_STATUS/);
    expect(await head('attributes=series')).toMatch(/UNIT_MEASURE,TITLE$/);
    expect(await head('attributes=OBS_STATUS')).toMatch(/OBS_VALUE,OBS_STATUS$/);
    expect(await head('measures=none')).not.toContain('OBS_VALUE');
    const keys = await csv('/sdmx/v2/data/?c[REF_AREA]=310101&c[INDICATOR]=RETAIL&attributes=none&measures=none');
    expect(keys.map((r) => `${r['FREQ']} ${r['INDUSTRY']} ${r['OWNERSHIP']}`)).toContain('M F _T');
    expect(new Set(keys.map((r) => r['TIME_PERIOD']))).toEqual(new Set(['']));
    expect((await get(`${FLOW}?attributes=WRONG`)).statusCode).toBe(400);
  });
  it.each([
    'firstNObservations=0',
    'lastNObservations=x',
    'dimensionAtObservation=NOTHING',
    'includeHistory=maybe',
    'limit=-1',
    'asOf=1&asOf=2',
  ])('%s is a syntax error', async (query) => expect((await get(`${FLOW}?${query}`)).statusCode).toBe(400));
});

describe('SDMX-JSON 2.0.0', () => {
  it('as time series: every value is found again through its indexes', async () => {
    const reply = await get(`${FLOW}/M.RETAIL?c[TIME_PERIOD]=ge:2025`);
    expect(reply.headers['content-type']).toBe('application/vnd.sdmx.data+json;version=2.0.0');
    const { meta, data, errors } = reply.json();
    expect(errors).toBeUndefined();
    expect(meta).toMatchObject({
      id: expect.stringMatching(/^[A-Za-z0-9_@$-]+$/),
      test: false,
      sender: { id: 'SMART_DISTRICT' },
    });
    const [structure] = data.structures;
    expect(structure.dimensions.series.map((d: { id: string }) => d.id)).toEqual([
      'FREQ',
      'INDICATOR',
      'REF_AREA',
      'INDUSTRY',
      'OWNERSHIP',
      'PRICE_BASE',
      'ADJUSTMENT',
      'ACCUMULATION',
    ]);
    let count = 0;
    for (const [key, series] of Object.entries(data.dataSets[0].series) as [
      string,
      { observations: Record<string, unknown[]>; attributes: number[] },
    ][]) {
      const id = key
        .split(':')
        .map((index, i) => structure.dimensions.series[i].values[Number(index)].id)
        .join('.');
      const expected = known(id);
      for (const [at, cells] of Object.entries(series.observations)) {
        const period = structure.dimensions.observation[0].values[Number(at)].value;
        expect(cells[0]).toBe(expected.get(period));
        expect(structure.attributes.observation[0].values[Number(cells[1])].id).toMatch(/^[AEPM]$/);
        count += 1;
      }
      expect(structure.attributes.series[0].values[series.attributes[0] ?? -1].id).toBe('CNY_100M');
    }
    expect(count).toBeGreaterThan(30);
    expect(data.dataSets[0]).toMatchObject({ structure: 0, action: 'Information', links: [{ rel: 'dataflow' }] });
  });
  it('flat, and across another dimension', async () => {
    const flat = (await get(`${FLOW}/M.RETAIL?lastNObservations=1&dimensionAtObservation=AllDimensions`)).json().data;
    expect(flat.structures[0].dimensions.observation).toHaveLength(9);
    expect(Object.keys(flat.dataSets[0].observations).every((key) => key.split(':').length === 9)).toBe(true);
    const cross = (await get(`${FLOW}/M.RETAIL?c[TIME_PERIOD]=2025-06&dimensionAtObservation=INDUSTRY`)).json().data;
    expect(cross.structures[0].dimensions.observation.map((d: { id: string }) => d.id)).toEqual(['INDUSTRY']);
    const [series] = Object.values(cross.dataSets[0].series) as { observations: object }[];
    expect(Object.keys(series?.observations ?? {})).toHaveLength(3);
  });
  it('in Chinese and English', async () => {
    const name = async (language: string) =>
      (await get(`${FLOW}/${RETAIL}?lastNObservations=1`, undefined, { 'accept-language': language })).json().data
        .structures[0].dimensions.series[1].values[0];
    expect((await name('zh-CN')).name).toBe('社会消费品零售总额');
    expect(await name('en')).toMatchObject({
      name: 'Retail sales of consumer goods',
      names: { zh: '社会消费品零售总额' },
    });
  });
});

describe('SDMX-CSV', () => {
  it('2.0.0 with labels and keys', async () => {
    const url = `${FLOW}/${RETAIL}?lastNObservations=1`;
    const [plain] = await csv(url);
    expect(plain).toMatchObject({
      STRUCTURE: 'dataflow',
      STRUCTURE_ID: 'SMART_DISTRICT:ECONOMY(1.0.0)',
      ACTION: 'I',
      FREQ: 'M',
    });
    const both = await get(url, `${CSV};labels=both;keys=both`, { 'accept-language': 'en' });
    expect(both.headers['content-type']).toContain('labels=both');
    expect(both.body.split('\r\n')[0]).toContain('SERIES_KEY,OBS_KEY,FREQ: Frequency');
    expect(both.body).toContain('M: Monthly');
    const named = await get(url, `${CSV};labels=name`, { 'accept-language': 'en' });
    expect(named.body.split('\r\n')[0]).toContain('STRUCTURE_NAME,ACTION,FREQ,Frequency,INDICATOR,Indicator');
  });
  it('1.0.0 for readers of SDMX 2.1', async () => {
    const reply = await get(`${FLOW}/${RETAIL}?lastNObservations=1`, 'application/vnd.sdmx.data+csv;version=1.0.0');
    expect(reply.body).toMatch(/^DATAFLOW,FREQ,INDICATOR,/);
  });
});

describe('SDMX REST 1.x (SDMX 2.1)', () => {
  const OLD = '/sdmx/2.1/data/SMART_DISTRICT,ECONOMY,1.0.0';
  /** Elements with their attributes, names without prefix. */
  const elements = (xml: string) => {
    const found: { name: string; attributes: Record<string, string> }[] = [];
    const parser = new SaxesParser({ xmlns: true });
    parser.on('error', (error) => {
      throw error;
    });
    parser.on('opentag', (tag) =>
      found.push({
        name: tag.local,
        attributes: Object.fromEntries(Object.values(tag.attributes).map((a) => [a.local, a.value])),
      }),
    );
    parser.write(xml).close();
    return found;
  };
  it.each([
    ['', 'application/vnd.sdmx.genericdata+xml;version=2.1', 'GenericData'],
    [
      'application/vnd.sdmx.structurespecificdata+xml;version=2.1',
      'application/vnd.sdmx.structurespecificdata+xml;version=2.1',
      'StructureSpecificData',
    ],
  ])('accept “%s” gives %s with all values', async (accept, type, root) => {
    const reply = await get(`${OLD}/M.RETAIL......YTD?startPeriod=2025&endPeriod=2025-06`, accept || undefined);
    expect(reply.headers['content-type']).toBe(type);
    const all = elements(reply.body);
    expect(all[0]?.name).toBe(root);
    const values = all
      .filter((e) => e.name === (root === 'GenericData' ? 'ObsValue' : 'Obs'))
      .map((e) => Number(e.attributes[root === 'GenericData' ? 'value' : 'OBS_VALUE']));
    const expected = [RETAIL, 'M.RETAIL.310101.F._T.V.N.YTD', 'M.RETAIL.310101.H._T.V.N.YTD'].flatMap((id) =>
      [...known(id)].filter(([p]) => p >= '2025-01' && p <= '2025-06').map(([, v]) => v),
    );
    expect(values.sort()).toEqual(expected.sort());
  });
  it.each([
    'dimensionAtObservation=AllDimensions',
    'dimensionAtObservation=INDUSTRY',
    'detail=serieskeysonly',
    'detail=dataonly',
    'detail=nodata',
    'includeHistory=true',
  ])('%s is well-formed in both', async (query) => {
    for (const accept of [
      'application/vnd.sdmx.genericdata+xml;version=2.1',
      'application/vnd.sdmx.structurespecificdata+xml;version=2.1',
    ]) {
      const reply = await get(`${OLD}/M.RETAIL?lastNObservations=2&${query}`, accept);
      expect(reply.statusCode, reply.body).toBe(200);
      expect(elements(reply.body).length).toBeGreaterThan(5);
    }
  });
  it('takes "all", several codes and the short flow', async () => {
    expect((await get('/sdmx/2.1/data/ECONOMY/all?lastNObservations=1')).statusCode).toBe(200);
    const reply = await get('/sdmx/2.1/data/ECONOMY/M.RETAIL+LOANS..F?lastNObservations=1', 'text/csv');
    expect(reply.body.trim().split('\r\n')).toHaveLength(2);
    expect((await get('/sdmx/2.1/data/OTHER/all')).headers['content-type']).toBe(
      'application/vnd.sdmx.error+xml;version=2.1',
    );
    expect((await get('/sdmx/2.1/data/OTHER/all')).body).toContain('code="100"');
    expect((await get('/sdmx/2.1/data/ECONOMY/all?startPeriod=never')).statusCode).toBe(400);
  });
});

describe('HTTP', () => {
  it('an address that is not encoded properly is a 400', async () =>
    expect((await get(`${FLOW}/%E0%A4%A`)).statusCode).toBe(400));

  it.each([
    ['application/vnd.sdmx.data+json;version=2.0.0', 200],
    ['application/vnd.sdmx.data+json', 200],
    ['application/vnd.sdmx.data+json;version=2.0.0+', 200],
    ['application/vnd.sdmx.data+json;version=2+.0.0', 200],
    ['application/json', 200],
    ['text/csv;q=0.9, application/pdf', 200],
    ['*/*', 200],
    ['application/vnd.sdmx.data+json;version=9.0.0', 406],
    ['application/pdf', 406],
    ['application/vnd.sdmx.data+json;q=0', 406],
  ])('Accept: %s → %i', async (accept, status) => {
    const reply = await get(`${FLOW}/${RETAIL}?lastNObservations=1`, accept);
    expect(reply.statusCode, reply.body).toBe(status);
    expect(reply.headers['vary']).toContain('accept');
  });
  it('304 for who has it already, 200 once something new was published', async () => {
    const url = `${FLOW}/${RETAIL}`;
    const first = await get(url);
    const etag = String(first.headers['etag']);
    expect((await get(url, undefined, { 'if-none-match': etag })).statusCode).toBe(304);
    expect(
      (await get(url, undefined, { 'if-modified-since': String(first.headers['last-modified']) })).statusCode,
    ).toBe(304);
    expect((await get(url, 'text/csv', { 'if-none-match': etag })).statusCode).toBe(200);
    expect((await get(url, undefined, { 'if-none-match': 'W/"other"' })).statusCode).toBe(200);
  });
  it('other sites may read it', async () => {
    expect((await get(`${FLOW}/${RETAIL}`)).headers['access-control-allow-origin']).toBe('*');
  });
});
