import { readFileSync } from 'node:fs';
import { Compile } from 'typebox/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EAST, openCaseHouse, photo, type Who } from '#platform/case/fixtures/case-house.ts';
import { addressFinder, partRegister, type PartFound } from '#platform/case/hooks.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { app } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { type Client, discover, type Json, readXml, type Reply } from './client.ts';

/*
 * Open311 GeoReport v2 by clause, over a socket. Headings in “…” are those of wiki.open311.org/GeoReport_v2; `schema.json` holds the definitions that the Open311
 * community publishes.
 */

const COVER: PartFound = {
  code: '9901010101000001',
  classes: ['P0101'],
  name: { zh: '样例井盖', en: 'Sample cover' },
  lon: 121.5051,
  lat: 31.2051,
  owner: 'water-works',
  keeper: 'construction-transport',
  distanceM: 5,
};
const registers = app({
  id: 'test-registers',
  kind: 'capability',
  folder: 'platform/case/fixtures/registers',
  title: { zh: '样例登记', en: 'Sample registers' },
  provides: [
    partRegister.provide({
      find: async ({ code }) => (code === COVER.code ? COVER : undefined),
      near: async () => [COVER],
    }),
    addressFinder.provide({
      find: async ({ text, id }) =>
        text === '样例路 1 号' || id === 'B-1' ? { lon: 121.5077, lat: 31.2077, address: '样例路 1 号' } : undefined,
    }),
  ],
});

let house: TestHouse;
let client: Client;
let root: string;
let key: string;
let holder: string;
beforeAll(async () => {
  house = await openCaseHouse([registers]);
  // A Thursday morning, so that the desk is within its hours.
  await moveClock(house, (new Date('2026-11-26T10:00:00+08:00').getTime() - Date.now()) / 1000);
  root = await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
  client = (await discover(`${root}/open311/v2/discovery.xml`)).client;
  const made = await desk('admin', 'api-keys', { holder: '样例市民应用' });
  ({ key, id: holder } = made as { key: string; id: string });
  await inside((db) =>
    db.run(sql`
      insert into incident.neighbour (code, name, accuracy, source, outline)
      values ('990102', '{"zh":"样例邻区","en":"Sample Neighbour"}', 100, 'fixture', ST_Multi(ST_GeomFromText('POLYGON((121.6 31.2, 121.7 31.2, 121.7 31.3, 121.6 31.3, 121.6 31.2))', 4490)))`),
  );
}, 240_000);
afterAll(() => house?.close());

const inside = <T>(work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module: 'incident', actor: systemActor({ name: 'test' }) }, work);
/** The other side of the counter: people of the district, by their own pages' interface. */
async function desk(who: Who, url: string, body?: unknown): Promise<unknown> {
  const reply = await call(house, {
    method: body === undefined ? 'GET' : 'POST',
    url: `/api/incident/${url}`,
    body,
    cookie: `sid=${who}`,
  });
  expect(reply.statusCode, `${url}: ${reply.body}`).toBeLessThan(300);
  return reply.json();
}

type Fields = Record<string, string>;
type Sent = { service_request_id?: string; token?: string; service_notice?: string | null; account_id?: string | null };
type Read = Record<string, string | number | null>;
let places = 0;
/** The example request of the standard, in this district; each at a place of its own. */
const hole = (): Fields => {
  places += 1;
  return {
    api_key: key,
    jurisdiction_id: 'huangpu.shanghai',
    service_code: 'P0101',
    lat: (31.2005 + places * 0.0002).toFixed(4),
    long: '121.5085',
    address_string: '样例路口，东侧',
    email: 'smit333@sfgov.org',
    device_id: 'tt222111',
    account_id: '123456',
    first_name: 'John',
    last_name: 'Smith',
    phone: '111111111',
    description: 'A large <sinkhole> & no cover\nis destroying the street',
    media_url: 'http://farm3.static.flickr.com/2002/2212426634_5ed477a060.jpg',
  };
};
const send = (fields: Fields, format = 'json', also: [string, string][] = []) =>
  client.post(`requests.${format}`, [...Object.entries(fields), ...also]);
async function made(fields: Fields, format = 'json', also: [string, string][] = []): Promise<Sent> {
  const reply = await send(fields, format, also);
  expect(reply.status, reply.text).toBe(200);
  expect(reply.body).toHaveLength(1);
  return (reply.body as Sent[])[0] ?? {};
}
const read = async (id: string | undefined): Promise<Read> =>
  ((await client.get(`requests/${id}.json`)).body as Read[])[0] ?? {};
const ids = async (query: string) =>
  ((await client.get(`requests.json?${query}`)).body as Read[]).map((each) => each.service_request_id);
/** Both formats carry the same (“JSON Support”: a programmatic mapping of the XML). */
async function both(path: string, query = ''): Promise<Json> {
  const [xml, json] = [await client.get(`${path}.xml${query}`), await client.get(`${path}.json${query}`)];
  expect([xml.status, xml.type], xml.text).toEqual([json.status, 'text/xml; charset=utf-8']);
  expect(json.type).toBe('application/json; charset=utf-8');
  expect(xml.text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>/);
  expect(xml.body).toEqual(json.body);
  return json.body;
}

const schema = JSON.parse(readFileSync(new URL('schema.json', import.meta.url), 'utf8')) as {
  definitions: Record<string, object>;
};
/** Members that “may not be returned” come empty here; the published definitions know no null. */
const withoutNulls = (body: Json): Json =>
  Array.isArray(body)
    ? body.map(withoutNulls)
    : body !== null && typeof body === 'object'
      ? Object.fromEntries(
          Object.entries(body)
            .filter(([, value]) => value !== null)
            .map(([name, value]) => [name, withoutNulls(value)]),
        )
      : body;
function published(name: string, body: Json): void {
  const check = Compile({ ...schema.definitions[name], definitions: schema.definitions });
  const [ok, faults] = check.Errors(withoutNulls(body));
  expect(ok ? [] : faults, name).toEqual([]);
}

describe('“Service Discovery”', () => {
  it('names the endpoint, its formats and whom to ask, in XML and JSON alike', async () => {
    const file = (await both('discovery')) as Record<string, unknown>;
    expect(file).toEqual({
      changeset: expect.stringMatching(/^\d{4}-\d{2}-\d{2}/),
      contact: expect.stringMatching(/\S/),
      key_service: expect.stringMatching(/https?:\/\//),
      endpoints: [
        {
          specification: 'http://wiki.open311.org/GeoReport_v2',
          url: `${root}/open311/v2`,
          changeset: expect.stringMatching(/^\d{4}-\d{2}-\d{2}/),
          type: expect.stringMatching(/^(production|test)$/),
          formats: ['text/xml', 'application/json'],
        },
      ],
    });
  });
});

describe('“GET Service List” and “GET Service Definition”', () => {
  it('lists what can be reported, the same in both formats and of the published shape', async () => {
    const services = (await both('services', '?jurisdiction_id=huangpu.shanghai')) as Json[];
    for (const each of services) published('Service', each);
    expect(services).toContainEqual(
      expect.objectContaining({ service_code: 'P0101', metadata: true, type: 'realtime' }),
    );
    // “A null parameter should be treated as equivalent to a non-declared parameter”.
    expect((await client.get('services.json?jurisdiction_id=')).body).toEqual(services);
  });

  it('says what a service asks for, with orders of their own', async () => {
    const definition = (await both('services/P0101')) as {
      attributes: { code: string; order: number; values: Json }[];
    };
    published('ServiceDefinition', definition as unknown as Json);
    expect(definition.attributes.map(({ code }) => code)).toEqual(['part_code', 'same_as']);
    expect(new Set(definition.attributes.map(({ order }) => order)).size).toBe(2);
  });
});

describe('the whole way of a request', () => {
  it('discovery, services, attributes, request, list, detail, and closed by the desk', async () => {
    const service = ((await client.get('services.xml')).body as Read[]).find((each) => each.service_code === 'P0101');
    const fields = hole();
    const sent = await made(fields, 'xml');
    published('RequestResponse', sent as Json);
    // “This should not be returned if token is returned”, and the other way round.
    expect(sent.token).toBeUndefined();
    expect(sent).toMatchObject({ service_notice: expect.any(String), account_id: '123456' });
    const id = sent.service_request_id ?? '';
    const detail = (await both(`requests/${id}`)) as Json[];
    published('Request', detail[0] ?? null);
    expect(detail).toEqual([
      expect.objectContaining({
        service_request_id: id,
        status: 'open',
        service_code: 'P0101',
        service_name: service?.service_name,
        description: fields.description,
        address: fields.address_string,
        lat: Number(fields.lat),
        long: Number(fields.long),
        media_url: fields.media_url,
        // “w3 format, eg 2010-01-01T00:00:00Z”.
        requested_datetime: expect.stringMatching(/^2026-11-26T02:\d\d:\d\dZ$/),
        expected_datetime: null,
        agency_responsible: null,
      }),
    ]);
    // Nothing of who sent it comes back.
    expect(JSON.stringify(detail)).not.toMatch(/Smith|sfgov|111111111|tt222111/);
    expect(await ids('status=open')).toContain(id);
    await desk('clerk', `cases/${id}/accept`, {});
    await desk('clerk', `cases/${id}/establish`, {});
    await desk('clerk', `cases/${id}/dispatch`, { unit: `street-${EAST}` });
    await desk('clerk', `cases/${id}/take`, {});
    // Only now it is known by when it will be done.
    expect(await read(id)).toMatchObject({
      agency_responsible: expect.any(String),
      expected_datetime: expect.stringMatching(/Z$/),
    });
    await desk('clerk', `cases/${id}/secure`, { text: '已设围栏和警示灯' });
    await desk('clerk', `cases/${id}/feedback`, { text: '已更换新井盖并清理现场' });
    await desk('worker', `cases/${id}/verify`, { text: '现场核查已完成', files: [await photo(house, 'worker')] });
    await desk('duty', `cases/${id}/close`, {});
    const closed = await read(id);
    expect(closed).toMatchObject({ status: 'closed', status_notes: '已结案', expected_datetime: null });
    // “For requests with status=closed, this will be the date the request was closed”: also once it has gone to the archive.
    await moveClock(house, (new Date('2026-11-26T10:20:00+08:00').getTime() - Date.now()) / 1000);
    await desk('duty', `cases/${id}/archive`, {});
    expect((await read(id)).updated_datetime).toBe(closed.updated_datetime);
    expect(await ids('status=closed')).toContain(id);
    expect(await ids('status=open')).not.toContain(id);
    expect(await ids('status=open,closed')).toContain(id);
  });

  it('goes by the registers of the house: the part says where and whose, its gap is told', async () => {
    const known = await made(hole(), 'json', [['attribute[part_code]', COVER.code]]);
    expect(await desk('clerk', `cases/${known.service_request_id}`)).toMatchObject({
      part: COVER.code,
      owner: 'water-works',
      keeper: 'construction-transport',
      // The pin is far from the part: it stays, and a person looks.
      flags: ['part-far'],
    });
    const missing = await made(hole(), 'json', [['attribute[part_code]', '9901010101009999']]);
    expect(await desk('clerk', `cases/${missing.service_request_id}`)).toMatchObject({ flags: ['part-unknown'] });
  });

  it('joins a request that is the same, instead of a case of its own', async () => {
    const first = await made(hole());
    const again = await made(hole(), 'xml', [['attribute[same_as]', first.service_request_id ?? '']]);
    expect(again.service_request_id).toBe(first.service_request_id);
    expect(await desk('clerk', `cases/${first.service_request_id}`)).toMatchObject({ reports: 2 });
    expect(await ids(`service_request_id=${first.service_request_id}`)).toEqual([first.service_request_id]);
  });

  it('outside the district has a receipt and the neighbour’s name, and is closed once it is handed over', async () => {
    const sent = await made({ ...hole(), lat: '31.25', long: '121.65' });
    const id = sent.service_request_id ?? '';
    expect(id).toMatch(/^WQ\d{14}$/);
    expect(await read(id)).toMatchObject({
      status: 'open',
      agency_responsible: '样例邻区',
      status_notes: expect.stringContaining('样例邻区'),
    });
    await desk('duty', `outside-reports/${id}/hand-over`, { to: '样例邻区', note: '已电话移交' });
    expect(await read(id)).toMatchObject({ status: 'closed', status_notes: '已移交：样例邻区' });
  });
});

describe('“POST Service Request”', () => {
  it('takes one of lat and long, address_string, or address_id', async () => {
    const { lat: _lat, long: _long, address_string: _address, ...rest } = hole();
    const byWords = await made({ ...rest, address_string: '样例路 1 号' });
    expect(await read(byWords.service_request_id)).toMatchObject({
      lat: 31.2077,
      long: 121.5077,
      address: '样例路 1 号',
    });
    const byId = await made({ ...rest, address_id: 'B-1' });
    expect(await read(byId.service_request_id)).toMatchObject({ lat: 31.2077, address: '样例路 1 号' });
    for (const fields of [rest, { ...rest, lat: '31.2' }, { ...rest, address_string: '不存在的路 9 号' }])
      expect((await send(fields)).status).toBe(400);
  });

  it('works with the required arguments alone', async () => {
    const { lat = '', long = '' } = hole();
    const sent = await made({ api_key: key, service_code: 'E0101', lat, long });
    expect(await read(sent.service_request_id)).toMatchObject({ media_url: null, address: null });
  });

  it('is form-encoded, its arguments are in the body, and no other kind is guessed at', async () => {
    const json = await client.raw('requests.json', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(hole()),
    });
    expect([json.status, (json.body as { code: number }[])[0]?.code]).toEqual([400, 400]);
    const inAddress = await client.raw(`requests.xml?${new URLSearchParams(hole())}`, { method: 'POST' });
    expect(inAddress.status).toBe(403);
  });
});

describe('“GET service_request_id from a token”', () => {
  it('has a token in place of a number while a person looks at a heap, and the number afterwards', async () => {
    await flood(200);
    const sent = await made(hole(), 'xml');
    expect(sent.service_request_id).toBeUndefined();
    const token = sent.token ?? '';
    expect(await both(`tokens/${token}`)).toEqual([{ service_request_id: null, token }]);
    const { heaps } = (await desk('clerk', 'held')) as { heaps: { heap: string; holder: string; count: number }[] };
    expect(heaps).toMatchObject([{ holder: '样例市民应用', count: 1 }]);
    await desk('clerk', 'held/take-in', { heap: heaps[0]?.heap });
    const [found] = (await both(`tokens/${token}`)) as Sent[];
    published('TokenResponse', found as Json);
    expect(await read(found?.service_request_id)).toMatchObject({ status: 'open', description: hole().description });
    // What a person does not take in is closed, with its reason.
    const second = await made(hole());
    const [heap] = ((await desk('clerk', 'held')) as { heaps: { heap: string }[] }).heaps;
    await desk('clerk', 'held/refuse', { heap: heap?.heap, reason: 'repeated', text: '同一问题已经受理' });
    const [refused] = (await client.get(`tokens/${second.token}.json`)).body as Sent[];
    expect(await read(refused?.service_request_id)).toMatchObject({ status: 'closed', status_notes: '不予受理' });
    expect((await client.get('tokens/12345.xml')).status).toBe(404);
  });

  it('says 429 and when to come back above the last limit only', async () => {
    await flood(2000);
    const reply = await send(hole(), 'xml');
    expect(reply.status).toBe(429);
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(readXml(reply.text).root).toBe('errors');
    await inside((db) => db.run(sql`update incident.report set at = at - interval '2 hours' where text = '样例洪水'`));
  });
  /** So many reports of the key within the hour, as if sent before. */
  const flood = (n: number) =>
    inside(async (db) => {
      const { id } = await db.one<{ id: string }>(sql`select id from incident.case_file limit 1`);
      await db.run(sql`
        insert into incident.report (id, case_id, first_case, client_id, account, channel, text, at, token)
        select gen_random_uuid(), ${id}::uuid, ${id}::uuid, gen_random_uuid(), ${systemActor({ name: `open311:${holder}` }).account}, 'grid', '样例洪水', kernel.now(), gen_random_uuid()
        from generate_series(1, ${n}::int)`);
    });
});

describe('“GET Service Requests”', () => {
  it('filters by number, class, place and time; a number overrides the rest', async () => {
    const fields: Fields = { ...hole(), service_code: 'E0501' };
    const { service_request_id: id } = await made(fields);
    const other = (await made({ ...hole(), service_code: 'E0301' })).service_request_id;
    expect(await ids(`service_request_id=${id},AJ20200101000001&status=closed&start_date=wrong`)).toEqual([id]);
    expect(new Set(await ids(`service_request_id=${id}&service_request_id=${other}`))).toEqual(new Set([id, other]));
    expect(await ids('service_code=E0501')).toEqual([id]);
    expect(new Set(await ids('service_code=E0501,E0301'))).toEqual(new Set([id, other]));
    expect(await ids('start_date=2026-11-25T00:00:00%2B08:00&end_date=2026-11-27T00:00:00Z')).toContain(id);
    expect(await ids('start_date=2026-01-01T00:00:00Z&end_date=2026-02-01T00:00:00Z')).toEqual([]);
    expect(await ids(`lat=${fields.lat}&long=${fields.long}&radius=5`)).toEqual([id]);
    const extended = (await client.get(`requests/${id}.json?extensions=true`)).body as {
      extended_attributes: object;
    }[];
    expect(extended[0]?.extended_attributes).toEqual({ state: 'reported', reports: 1 });
    await both('requests');
  });

  it('spans 90 days at most, dates have a time zone, and states are two', async () => {
    for (const query of [
      'start_date=2026-01-01T00:00:00Z&end_date=2026-11-01T00:00:00Z',
      'start_date=2026-11-01T00:00:00Z&end_date=2026-10-01T00:00:00Z',
      'start_date=2026-01-01',
      'status=new',
    ])
      expect((await client.get(`requests.json?${query}`)).status, query).toBe(400);
  });

  it('keeps to itself what residents tell the district, and what came by GeoReport is masked as well', async () => {
    const own = (await desk('citizen', 'reports', {
      clientId: crypto.randomUUID(),
      class: 'P0101',
      text: '样例路口井盖没有了',
      lon: 121.501,
      lat: 31.2001,
    })) as { no: string };
    expect(await ids(`service_request_id=${own.no}`)).toEqual([]);
    const { service_request_id: id } = await made({ ...hole(), description: '他妈的，打 13812345678' });
    expect((await read(id)).description).toBe('***，打 138****5678');
  });
});

describe('“Errors”', () => {
  const faults = ({ status, body }: Reply) => [
    status,
    (body as { code: number; description: string }[]).map(({ code }) => code),
  ];

  it('are a list in both formats, with all that is wrong at once', async () => {
    const wrong = { ...hole(), lat: 'north', email: 'nobody', media_url: 'javascript:alert(1)' };
    const [xml, json] = [await send(wrong, 'xml'), await send(wrong, 'json')];
    expect(faults(json)).toEqual([400, [400, 400, 400]]);
    expect(xml.body).toEqual(json.body);
    expect(readXml(xml.text).root).toBe('errors');
    expect(json.text).toMatch(/lat.*media_url.*email/s);
  });

  it('have 403 for a key, 404 for what does not exist, 400 for any other', async () => {
    for (const [fields, status, word] of [
      [{ api_key: '' }, 403, 'api_key'],
      [{ api_key: 'wrong' }, 403, 'api_key'],
      [{ jurisdiction_id: 'city.gov' }, 404, 'jurisdiction_id'],
      [{ service_code: 'P9999' }, 404, 'service_code'],
      [{ service_code: '' }, 400, 'service_code'],
      [{ description: 'x'.repeat(4001) }, 400, 'description'],
      [{ lat: '91' }, 400, 'lat'],
    ] as const) {
      const reply = await send({ ...hole(), ...fields });
      expect(faults(reply), reply.text).toEqual([status, [status]]);
      expect(reply.text).toContain(word);
    }
    for (const attribute of ['attribute[part_code]', 'attribute[nothing]'])
      expect((await send(hole(), 'json', [[attribute, 'abc']])).status, attribute).toBe(400);
    // “attribute[code][]=value” twice, of one that has one value.
    const twice: [string, string][] = [COVER.code, COVER.code].map((code) => ['attribute[part_code][]', code]);
    expect((await send(hole(), 'json', twice)).status).toBe(400);
    expect((await send(hole(), 'json', [['attribute[same_as]', 'AJ20200101000001']])).status).toBe(404);
  });

  it('are told in the words of the standard for whatever is asked', async () => {
    for (const path of [
      'services/P9999.xml',
      'requests/AJ20200101000001.xml',
      'tokens/x.json',
      'nothing.json',
      'services.yaml',
    ])
      expect(faults(await client.get(path)), path).toEqual([404, [404]]);
    expect(faults(await client.raw('services.json', { method: 'DELETE' }))).toEqual([404, [404]]);
    const huge = await client.raw('requests.json', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `description=${'x'.repeat(70_000)}`,
    });
    expect(faults(huge)).toEqual([400, [400]]);
  });

  it('refuse a key from the moment at which it is taken back', async () => {
    await desk('admin', `api-keys/${holder}/revoke`, {});
    expect((await send(hole())).status).toBe(403);
  });
});
