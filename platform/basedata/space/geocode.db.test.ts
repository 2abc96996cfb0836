import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { doors } from '#platform/basedata/shared/fixtures/doors.ts';
import { sendClaims } from '#platform/basedata/shared/fixtures/send-claims.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import type { CheckedRow, ImportTarget } from '#platform/exchange/target.ts';
import { geo } from '#platform/geo/app.ts';
import { convertGeometry } from '#platform/geo/coordinates.ts';
import { storeAreas } from '#platform/geo/store-areas.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { space } from './app.ts';
import { facilityTarget } from './facilities.ts';
import { buildingTarget } from './load-buildings.ts';
import { aliasTarget, responsibilityTarget } from './load-names.ts';
import { outlineTarget } from './load-outlines.ts';
import { roomTarget } from './load-rooms.ts';

let house: TestHouse;
const as = <T>(module: string, work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);
const send = (target: ImportTarget, dataset: string, rows: Record<string, string | null>[], unit = 'housing') =>
  sendClaims({
    house,
    target,
    module: 'space',
    dataset,
    unit,
    rows,
    keyOf: (row, i) => row.buildingCode ?? row.surveyId ?? String(i),
  });
const askAs = async (who: string | undefined, text: string) =>
  (
    await call(house, { url: `/api/space/geocode?text=${encodeURIComponent(text)}`, cookie: who && `sid=${who}` })
  ).json();
const ask = (text: string) => askAs('clerk', text);

const polygon = (lon: number, lat: number, size = 0.0003) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [lon, lat],
      [lon + size, lat],
      [lon + size, lat + size],
      [lon, lat + size],
      [lon, lat],
    ],
  ],
});
const LANE = '310101022B00010';
const SECRET = '310101022B00666';

beforeAll(async () => {
  house = await openHouse({
    manifests: [doors, access, audit, search, rulebook, calendar, catalog, exchange, geo, space],
    work: false,
  });
  const outline = polygon(121.47, 31.2, 0.02);
  await as('geo', (db) =>
    storeAreas(db, {
      dataset: 'areas',
      areas: [
        { code: '310101022', name: '淮海中路街道', geometry: outline },
        { code: '310101022001', name: '样例居委', geometry: outline },
        { code: '31010102200101', name: '样例居委第1网格', geometry: outline },
      ],
    }),
  );
  await send(buildingTarget, 'housing', [
    {
      buildingCode: LANE,
      name: '甲支弄住宅',
      address: '淮海中路300弄甲支弄12号',
      yearBuilt: '1932',
      floors: '3',
      heightM: '10.5',
      managedBy: '样例管理组',
      outline: JSON.stringify(polygon(121.475, 31.215)),
    },
    {
      buildingCode: '310101022B00011',
      name: '二号',
      address: '淮海中路300弄甲支弄14号',
      floors: '3',
      outline: JSON.stringify(polygon(121.476, 31.215)),
    },
    {
      buildingCode: SECRET,
      name: '某营区',
      address: '淮海中路888号',
      floors: '5',
      secrecy: 'military',
      outline: JSON.stringify(polygon(121.478, 31.215)),
    },
    {
      buildingCode: '310101022B00667',
      name: '某处',
      address: '淮海中路890号',
      floors: '5',
      secrecy: 'unheard',
      outline: JSON.stringify(polygon(121.479, 31.215)),
    },
  ]);
  await send(
    buildingTarget,
    'planning',
    [{ buildingCode: LANE, heritageClass: '优秀历史建筑三类', facadeClass: '立面和结构体系不得改变' }],
    'planning',
  );
  await send(roomTarget, 'rooms', [
    {
      buildingCode: LANE,
      rooms: JSON.stringify([
        { floor: 1, number: '后客堂', kind: '后客堂', areaM2: 11.8 },
        { floor: 2, number: '2层亭子间', kind: '亭子间' },
        { floor: 3, number: '3层亭子间', kind: '亭子间' },
      ]),
    },
  ]);
  await send(aliasTarget, 'names', [
    { alias: '霞飞路', kind: 'road', target: '淮海中路', validFrom: null, validTo: '1943-01-01', source: '测试' },
    { alias: '静安区', kind: 'district-other', target: '静安区', source: '测试' },
  ]);
  await send(responsibilityTarget, 'posts', [
    { scopeCode: '310101022001', duty: 'committee-head', unit: '样例居委', post: '居委会主任' },
    { scopeCode: '31010102200101', duty: 'grid-head', unit: '样例居委第1网格', post: '网格长' },
    { scopeCode: LANE, duty: 'house-repair', unit: '样例管理组', post: '房管员' },
  ]);
}, 120_000);
afterAll(() => house?.close());

describe('the address of a lane house', () => {
  it('becomes one room with committee, cell, year, façade class and the posts that answer for it', async () => {
    const answer = await ask('淮海中路300弄甲支弄12号后客堂');
    expect(answer).toMatchObject({
      status: 'found',
      candidates: [
        {
          confidence: 1,
          place: {
            code: LANE,
            yearBuilt: 1932,
            facadeClass: '立面和结构体系不得改变',
            heritageClass: '优秀历史建筑三类',
            managedBy: '样例管理组',
            committee: { code: '310101022001', name: '样例居委' },
            cell: { code: '31010102200101', name: '样例居委第1网格' },
            street: { name: '淮海中路街道' },
          },
          room: { state: 'matched', number: '后客堂', floor: 1 },
        },
      ],
    });
    expect(answer.candidates[0].place.posts.map((p: { post: string }) => p.post)).toEqual([
      '房管员',
      '网格长',
      '居委会主任',
    ]);
  });

  it('has no room facts for who is no official in service: what was written, and no more', async () => {
    for (const who of [undefined, 'citizen', 'agent', 'nobody'])
      for (const [written, text] of [
        ['后客堂', '淮海中路300弄甲支弄12号后客堂'],
        ['亭子间', '淮海中路300弄甲支弄12号亭子间'],
      ]) {
        const [candidate] = (await askAs(who, text ?? '')).candidates;
        expect(candidate.place.code).toBe(LANE);
        expect(candidate.room).toEqual({ state: 'none', written, number: null, floor: null, kind: null, among: [] });
      }
    const many = async (who: string) =>
      (
        await call(house, {
          method: 'POST',
          url: '/api/space/geocode',
          cookie: `sid=${who}`,
          body: { addresses: ['淮海中路300弄甲支弄12号后客堂'] },
        })
      ).json().answers[0].candidates[0].room.state;
    expect([await many('citizen'), await many('clerk')]).toEqual(['none', 'matched']);
    const listed = async (who: string) => {
      const cookie = `sid=${who}`;
      const body = { addresses: ['淮海中路300弄甲支弄12号后客堂'] };
      const sent = await call(house, { method: 'POST', url: '/api/space/geocode-jobs', cookie, body });
      await house.runtime.worker.drain();
      const { answers } = (await call(house, { url: `/api/space/geocode-jobs/${sent.json().id}`, cookie })).json();
      return [answers[0].building, answers[0].room];
    };
    expect([await listed('citizen'), await listed('clerk')]).toEqual([
      [LANE, null],
      [LANE, '后客堂'],
    ]);
  });

  it('is found by its old road name, and says so', async () => {
    const { candidates } = await ask('霞飛路三百弄甲支弄十二號亭子间');
    expect(candidates[0]).toMatchObject({
      place: { code: LANE },
      room: { state: 'ambiguous', among: ['2层亭子间', '3层亭子间'] },
    });
    expect(candidates[0].steps).toEqual([
      expect.objectContaining({ how: 'former-name', read: '霞飞路', matched: '淮海中路' }),
    ]);
  });

  it('of another district is answered with that district, one that does not exist with none', async () => {
    expect(await ask('静安区淮海中路300弄甲支弄12号')).toMatchObject({
      status: 'outside',
      district: '静安区',
      candidates: [],
    });
    expect((await ask('淮海中路300弄甲支弄16号')).status).not.toBe('found');
    expect((await ask('淮海中路999号')).status).toBe('unknown');
  });

  it('is followed when it changes, in the next answer: the former one still leads to the house', async () => {
    await send(buildingTarget, 'housing', [
      {
        buildingCode: '310101022B00011',
        name: '二号',
        address: '淮海中路302弄1号',
        floors: '3',
        outline: JSON.stringify(polygon(121.476, 31.215)),
      },
    ]);
    expect((await ask('淮海中路302弄1号')).candidates[0].place.code).toBe('310101022B00011');
    const former = await ask('淮海中路300弄甲支弄14号');
    expect(former).toMatchObject({ status: 'found', candidates: [{ place: { code: '310101022B00011' } }] });
    expect(former.candidates[0].steps.at(-1)).toMatchObject({ how: 'former-address' });
  });

  it('makes no new book where nothing of it changes: not for the same file, nor for what else is known of a house', async () => {
    const revision = async () =>
      (await as('space', (db) => db.one<{ at: string }>(sql`select space.book_revision() as at`))).at;
    const house = { buildingCode: '310101022B00013', name: '三号', address: '淮海中路306弄1号' };
    await send(buildingTarget, 'housing', [house]);
    const before = await revision();
    await send(buildingTarget, 'housing', [house]);
    await send(buildingTarget, 'housing', [{ ...house, floors: '6' }]);
    expect(await revision()).toBe(before);
    await send(buildingTarget, 'housing', [{ ...house, address: '淮海中路306弄2号' }]);
    expect(await revision()).not.toBe(before);
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask('淮海中路306弄2号')));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'found'));
  });

  it('many are answered in their order; too many at once are refused', async () => {
    const post = (addresses: string[]) =>
      call(house, { method: 'POST', url: '/api/space/geocode', cookie: 'sid=clerk', body: { addresses } });
    const reply = await post(['淮海中路302弄1号', '无此处', '淮海中路300弄甲支弄12号']);
    expect(reply.json().answers.map((a: { status: string }) => a.status)).toEqual(['found', 'unknown', 'found']);
    expect((await post(Array.from({ length: 1001 }, () => '淮海中路302弄1号'))).statusCode).toBe(400);
  });

  it('a long list is answered in the background, in its order, for who sent it and nobody else', async () => {
    const addresses = Array.from({ length: 1200 }, (_, i) => (i % 2 === 0 ? '淮海中路302弄1号' : '无此处'));
    const sent = await call(house, {
      method: 'POST',
      url: '/api/space/geocode-jobs',
      cookie: 'sid=clerk',
      body: { addresses },
    });
    expect(sent.statusCode).toBe(202);
    const url = `/api/space/geocode-jobs/${sent.json().id}`;
    expect((await call(house, { url, cookie: 'sid=clerk' })).json()).toMatchObject({ total: 1200, done: 0 });
    await house.runtime.worker.drain();
    const { done, answers } = (await call(house, { url, cookie: 'sid=clerk' })).json();
    expect(done).toBe(1200);
    expect(answers[0]).toMatchObject({ status: 'found', building: '310101022B00011' });
    expect(answers.at(-1)).toMatchObject({ status: 'unknown', building: null });
    expect((await call(house, { url, cookie: 'sid=officer' })).statusCode).toBe(404);
  });

  it('is found from a point with a declared datum only', async () => {
    const url = '/api/space/reverse?lon=121.4751&lat=31.2151';
    expect((await call(house, { url: `${url}&crs=EPSG:4490` })).json().places[0]).toMatchObject({
      metres: 0,
      place: { code: LANE },
    });
    expect((await call(house, { url })).json().code).toBe('DATUM_UNDECLARED');
    // 0.0003 degrees east of its wall: 28.6 m at this latitude, not 33.4.
    const east = '/api/space/reverse?lon=121.4756&lat=31.2151&crs=EPSG:4490';
    const { places } = (await call(house, { url: east })).json();
    const lane = places.find(({ place }: { place: { code: string } }) => place.code === LANE);
    expect(lane.metres).toBeCloseTo(28.6, 0);
  });
});

describe('what is secret', () => {
  it('stands in no public tile, feature, list, card, search or point: neither military sites nor pipes nor heights', async () => {
    await send(facilityTarget, 'facilities', [
      {
        facilityId: 'F-HYDRANT',
        kind: '消火栓',
        classCode: '0101',
        geometry: JSON.stringify({ type: 'Point', coordinates: [121.4752, 31.2152] }),
      },
      {
        facilityId: 'F-PIPE',
        kind: '燃气管',
        secrecy: 'pipe',
        geometry: JSON.stringify({
          type: 'LineString',
          coordinates: [
            [121.475, 31.215],
            [121.476, 31.2152],
          ],
        }),
      },
    ]);
    const z = 16;
    const x = Math.floor(((121.475 + 180) / 360) * 2 ** z);
    const y = Math.floor(((1 - Math.asinh(Math.tan((31.215 * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z);
    const seen: Record<string, unknown>[] = [];
    const raw: string[] = [];
    for (const layer of ['buildings', 'facilities'])
      for (const dx of [-1, 0, 1]) {
        const { rawPayload } = await call(house, { url: `/tiles/${layer}/${z}/${x + dx}/${y}.mvt` });
        raw.push(rawPayload.toString('latin1'));
        const decoded = new VectorTile(new PbfReader(rawPayload)).layers[layer];
        for (let i = 0; i < (decoded?.length ?? 0); i++) seen.push(decoded?.feature(i).properties ?? {});
      }
    expect(seen.some((p) => p.code === LANE)).toBe(true);
    expect(seen.some((p) => p.kind === '消火栓')).toBe(true);
    const said = [JSON.stringify(seen), ...raw];
    for (const url of [
      '/ogc/collections/buildings/items?limit=100',
      '/ogc/collections/facilities/items?limit=100',
      '/api/space/buildings?limit=100',
      '/api/space/reverse?lon=121.4781&lat=31.2151&crs=EPSG:4490',
      `/api/space/geocode?text=${encodeURIComponent('淮海中路888号')}`,
      `/api/space/address?text=${encodeURIComponent('淮海中路888号')}`,
      `/api/space/buildings/${LANE}`,
    ])
      said.push((await call(house, { url })).body);
    for (const text of said) {
      for (const secret of [SECRET, '310101022B00667', '某营区', 'F-PIPE', '燃气管', 'heightM', 'height_m'])
        expect(text).not.toContain(secret);
    }
    expect((await call(house, { url: `/api/space/buildings/${SECRET}` })).statusCode).toBe(404);
    expect((await call(house, { url: `/ogc/collections/buildings/items/${SECRET}` })).statusCode).toBe(404);
  });
});

describe('a file that is not right', () => {
  const check = (rows: CheckedRow[]) => as('space', async (db) => buildingTarget.check?.({ db, rows }) ?? []);

  it('with GCJ-02 declared as CGCS2000 is refused by the shift against its addresses, one that is right is not', async () => {
    const shape = polygon(121.475, 31.215);
    const moved = (to: 'GCJ-02' | 'BD-09') =>
      JSON.stringify(convertGeometry({ geometry: shape, from: 'EPSG:4490', to }));
    const faults = await check([
      { row: 1, values: { buildingCode: LANE, name: 'a', outline: moved('GCJ-02') } },
      { row: 2, values: { buildingCode: LANE, name: 'a', outline: moved('BD-09') } },
      { row: 3, values: { buildingCode: LANE, name: 'a', outline: JSON.stringify(shape) } },
      { row: 4, values: { address: '淮海中路300弄甲支弄12号', outline: moved('GCJ-02') } },
      // Somewhere else, but in no known datum: a house may have moved in the register.
      { row: 5, values: { buildingCode: LANE, name: 'a', outline: JSON.stringify(polygon(121.475, 31.211)) } },
    ]);
    expect(faults.map(({ row, rule }) => [row, rule])).toEqual([
      [1, 'datum-shift'],
      [2, 'datum-shift'],
      [4, 'datum-shift'],
    ]);
    expect(faults[0]?.reason.zh).toContain('GCJ-02');
  });

  it('with a bow-tie of a hand’s breadth is mended, with a real one refused', async () => {
    const [lon, lat, s] = [121.48, 31.21, 0.0003];
    const tiny = {
      type: 'Polygon',
      coordinates: [
        [
          [lon, lat],
          [lon + s, lat],
          [lon + s, lat + s],
          [lon + s / 2, lat + s],
          [lon + s / 2 + 1e-9, lat + s + 1e-9],
          [lon + s / 2 - 1e-9, lat + s + 1e-9],
          [lon, lat + s],
          [lon, lat],
        ],
      ],
    };
    const bow = {
      type: 'Polygon',
      coordinates: [
        [
          [lon, lat],
          [lon + s, lat + s],
          [lon + s, lat],
          [lon, lat + s],
          [lon, lat],
        ],
      ],
    };
    const faults = await check([
      { row: 1, values: { buildingCode: 'X1', name: 'a', outline: JSON.stringify(tiny) } },
      { row: 2, values: { buildingCode: 'X2', name: 'a', outline: JSON.stringify(bow) } },
    ]);
    expect(faults.map(({ row, rule }) => [row, rule])).toEqual([[2, 'geometry-invalid']]);
  });
});

describe('the queue', () => {
  const list = async () => (await call(house, { url: '/api/space/conflicts', cookie: 'sid=housing' })).json();
  const decide = (id: string, body: unknown) =>
    call(house, { method: 'POST', url: `/api/space/conflicts/${id}/decision`, cookie: 'sid=housing', body });
  type Conflict = { id: string; kind: string; relation: string | null; choices: string[]; outlines: { id: string }[] };

  it('holds two rooms with one number, houses on the same ground, and outlines that are nobody’s; each once', async () => {
    const rooms = [
      { floor: 1, number: '101', kind: '成套' },
      { floor: 1, number: '101', kind: '成套', areaM2: 40 },
    ];
    const twice = () => send(roomTarget, 'rooms', [{ buildingCode: '310101022B00011', rooms: JSON.stringify(rooms) }]);
    await twice();
    await twice();
    await send(buildingTarget, 'housing', [
      {
        buildingCode: '310101022B00012',
        name: '重叠',
        address: '淮海中路304弄1号',
        outline: JSON.stringify(polygon(121.4751, 31.2151)),
      },
    ]);
    await send(
      outlineTarget,
      'survey',
      [{ surveyId: 'S9', address: null, outline: JSON.stringify(polygon(121.485, 31.215)) }],
      'planning',
    );
    const { conflicts, open } = (await list()) as { open: number; conflicts: Conflict[] };
    expect(open).toBe(3);
    expect(conflicts.map(({ kind, choices }) => [kind, choices])).toEqual([
      ['room-twice', ['same', 'apart']],
      ['overlap', ['apart']],
      ['outline', ['apart']],
    ]);
    const [room, , outline] = conflicts as [Conflict, Conflict, Conflict];
    expect((await decide(room.id, { decision: 'split' })).json().code).toBe('NOT_A_CHOICE');
    expect((await decide(room.id, { decision: 'apart' })).statusCode).toBe(200);
    expect((await decide(room.id, { decision: 'apart' })).statusCode).toBe(404);
    expect(
      await as('space', (db) =>
        db.rows(sql`select number from space.room where building_code = '310101022B00011' order by 1`),
      ),
    ).toEqual([{ number: '101' }, { number: '101-2' }]);
    // The same file once more takes nothing back of what a person decided.
    await twice();
    expect(
      await as('space', (db) =>
        db.rows(sql`select number from space.room where building_code = '310101022B00011' order by 1`),
      ),
    ).toHaveLength(2);
    const built = (await decide(outline.id, { decision: 'apart' })).json();
    expect(built.created).toEqual(['310101022B00668']);
    const card = (await call(house, { url: `/api/space/buildings/${built.created[0]}` })).json();
    expect(card).toMatchObject({ status: 'standing', committeeCode: '310101022001' });
    // The survey corrects its outline: the house that was made of it follows.
    await send(
      outlineTarget,
      'survey',
      [{ surveyId: 'S9', address: null, outline: JSON.stringify(polygon(121.486, 31.215)) }],
      'planning',
    );
    const { west } = await as('space', (db) =>
      db.one<{ west: number }>(
        sql`select ST_XMin(geometry) as west from space.building where code = '310101022B00668'`,
      ),
    );
    expect(west).toBeCloseTo(121.486, 6);
  });

  it('a house measured in two parts: a person says that it was split, and the old card leads to the new ones', async () => {
    const half = 0.00015;
    const part = (dx: number) =>
      JSON.stringify({
        type: 'Polygon',
        coordinates: [
          [
            [121.476 + dx, 31.215],
            [121.476 + dx + half, 31.215],
            [121.476 + dx + half, 31.2153],
            [121.476 + dx, 31.2153],
            [121.476 + dx, 31.215],
          ],
        ],
      });
    await send(
      outlineTarget,
      'survey',
      [
        { surveyId: 'P1', address: '淮海中路302弄1号', outline: part(0) },
        { surveyId: 'P2', address: '淮海中路302弄2号', outline: part(half) },
      ],
      'planning',
    );
    const found = ((await list()) as { conflicts: Conflict[] }).conflicts.find((c) => c.relation === 'part');
    expect(found).toMatchObject({ choices: ['parts', 'split'], outlines: [{ id: 'survey:P1' }, { id: 'survey:P2' }] });
    const done = (await decide(found?.id ?? '', { decision: 'split', note: '测绘核实' })).json();
    expect(done).toMatchObject({ ended: ['310101022B00011'], created: ['310101022B00669', '310101022B00670'] });
    const old = (await call(house, { url: '/api/space/buildings/310101022B00011' })).json();
    expect(old).toMatchObject({
      status: 'split',
      history: [{ kind: 'split', successor: '310101022B00669', basis: '测绘核实' }, { successor: '310101022B00670' }],
    });
    expect((await ask('淮海中路302弄2号')).candidates[0].place.code).toBe('310101022B00670');
    expect(
      await as('space', (db) =>
        db.rows(sql`select 1 from space.address where building_code = '310101022B00011' and status = 'current'`),
      ),
    ).toEqual([]);
    const rows: CheckedRow[] = [{ row: 1, values: { buildingCode: '310101022B00011', name: '又来' } }];
    expect(
      (await as('space', async (db) => buildingTarget.check?.({ db, rows }) ?? [])).map(({ rule }) => rule),
    ).toEqual(['building-ended']);
  });

  it('is for data officers of the units that answer for buildings', async () => {
    await send(
      outlineTarget,
      'survey',
      [{ surveyId: 'S10', address: null, outline: JSON.stringify(polygon(121.487, 31.215)) }],
      'planning',
    );
    const open = ((await list()) as { conflicts: Conflict[] }).conflicts.at(-1);
    const post = (who: string, url: string, body: unknown) =>
      call(house, { method: 'POST', url, cookie: `sid=${who}`, body });
    for (const who of ['officer', 'centre']) {
      expect((await call(house, { url: '/api/space/conflicts', cookie: `sid=${who}` })).json()).toEqual({
        open: 0,
        conflicts: [],
      });
      const decided = await post(who, `/api/space/conflicts/${open?.id}/decision`, { decision: 'apart' });
      const ended = await post(who, `/api/space/buildings/${LANE}/demolition`, {
        happenedOn: '2026-01-01',
        basis: '误报',
      });
      expect([decided.statusCode, ended.statusCode]).toEqual([404, 404]);
    }
    expect((await call(house, { url: `/api/space/buildings/${LANE}` })).json().status).toBe('standing');
    expect((await call(house, { url: '/api/space/conflicts', cookie: 'sid=citizen' })).statusCode).toBe(403);
    expect(
      (await call(house, { url: `/api/space/buildings/${LANE}/rooms`, cookie: 'sid=clerk' })).json().rooms,
    ).toHaveLength(3);
  });
});
