import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import type { CheckedRow, Claim } from '#platform/exchange/target.ts';
import { geo } from '#platform/geo/app.ts';
import { storeAreas } from '#platform/geo/store-areas.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { space } from './app.ts';
import { findBuilding } from './find-building.ts';
import { buildingTarget } from './load-buildings.ts';

let house: TestHouse;
const as = <T>(module: string, work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);

const find = (text: string) => as('space', (db) => findBuilding({ services: house.services, db, text }));

const square = (lon: number, lat: number, size = 0.0004) => ({
  type: 'Polygon',
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
const CODE = '310101013001B00001';

/** Lands rows of a department as published claims and loads them, as the import does. */
async function send(dataset: string, unit: string, payloads: Record<string, string>[]) {
  const batch = uuidv7();
  await as('exchange', async (db) => {
    await db.run(
      sql`insert into exchange.dataset (id, app, target, unit, title, badge) values (${dataset}, 'space', 'space.building', ${unit}, '{"zh":"x","en":"x"}', 'sample') on conflict do nothing`,
    );
    await db.run(sql`insert into exchange.batch (id, app, dataset, unit, mapping_version, file_id, file_name, file_size, file_digest, state, sent_by, sent_name, received_at)
      values (${batch}::uuid, 'space', ${dataset}, ${unit}, 1, ${batch}::uuid, 'f', 1, ${batch}, 'publishing', 'a', 'a', kernel.now())`);
    await db.run(sql`insert into exchange.claim (app, dataset, unit, batch, row_no, source_key, digest, payload, received_at)
      select 'space', ${dataset}, ${unit}, ${batch}::uuid, n::int, ${dataset} || (p->>'buildingCode'), md5(p::text), p, kernel.now()
      from jsonb_array_elements(${json(payloads)}::text::jsonb) with ordinality as x (p, n)`);
  });
  const load = () =>
    as('space', async (db) => {
      const claims =
        await db.rows<Claim>(sql`select id, dataset, unit, batch, row_no as row, source_key as "sourceKey", received_at as "receivedAt", payload
        from exchange.claim where batch = ${batch}::uuid order by id`);
      const about = { id: dataset, title: { zh: '', en: '' }, unit, badge: 'sample' as const };
      return buildingTarget.load({ db, claims, keyring: house.services.keyring, dataset: about });
    });
  return { result: await load(), again: load };
}

beforeAll(async () => {
  house = await openHouse({
    manifests: [access, audit, search, rulebook, calendar, catalog, exchange, geo, space],
    work: false,
  });
  const outline = square(121.47, 31.2, 0.01) as { type: 'Polygon'; coordinates: number[][][] };
  await as('geo', (db) =>
    storeAreas(db, {
      dataset: 'areas',
      areas: [
        { code: '310101013001', name: '居委', geometry: outline },
        { code: '31010101300101', name: '网格', geometry: outline },
      ],
    }),
  );
}, 120_000);
afterAll(() => house?.close());

describe('golden buildings', () => {
  it('take each attribute from the unit that answers for it, and stand in their cell', async () => {
    const housing = await send('housing-buildings', 'housing', [
      {
        buildingCode: CODE,
        name: '瑞金公寓',
        address: '瑞金二路118弄12号',
        committeeCode: '310101013009',
        yearBuilt: '1930',
        floors: '4',
        heightM: '12',
        outline: JSON.stringify(square(121.475, 31.205)),
      },
    ]);
    expect(housing.result).toEqual({ created: 1, changed: 0, unchanged: 0, conflicts: 0 });
    const planning = await send('planning-buildings', 'planning', [
      {
        buildingCode: CODE,
        address: '瑞金二路１１８弄１２号',
        floors: '5',
        heightM: '13.5',
        heritageClass: '优秀历史建筑二类',
      },
    ]);
    expect(planning.result).toMatchObject({ created: 0, changed: 1 });
    const card = (await call(house, { url: `/api/space/buildings/${CODE}` })).json();
    const of = (name: string) => card.attributes.find((attribute: { name: string }) => attribute.name === name);
    expect(card).toMatchObject({
      committeeCode: '310101013001',
      cellCode: '31010101300101',
      addressKey: '瑞金二路118弄12号',
    });
    expect(of('floors')).toMatchObject({
      value: '4',
      source: { unit: 'housing' },
      others: [{ value: '5', source: { unit: 'planning' } }],
    });
    // Heights are kept, and are in no public answer.
    expect(of('heightM')).toBeUndefined();
    expect(
      await as('space', (db) => db.one(sql`select height_m as height from space.building where code = ${CODE}`)),
    ).toEqual({ height: 13.5 });
    expect(of('heritageClass')).toMatchObject({ value: '优秀历史建筑二类', others: [] });
  });

  it('stay as they are when the same claims are loaded again', async () => {
    const sent = await send('housing-buildings', 'housing', [
      { buildingCode: 'B2', name: '二号楼', address: '瑞金二路120号', floors: '2' },
    ]);
    expect(sent.result.created).toBe(1);
    expect(await sent.again()).toEqual({ created: 0, changed: 0, unchanged: 1, conflicts: 0 });
  });

  it('keep what was known before a change, and show it as of then', async () => {
    await send('housing-buildings', 'housing', [{ buildingCode: 'B3', name: '旧名', address: '瑞金二路130号' }]);
    const { known } = await as('space', (db) =>
      db.one<{ known: string }>(
        sql`select (tx_from + interval '1 microsecond')::text as known from space.building where code = 'B3'`,
      ),
    );
    await send('housing-buildings', 'housing', [{ buildingCode: 'B3', name: '新名', address: '瑞金二路130号' }]);
    const name = async (query: string) => {
      const card = (await call(house, { url: `/api/space/buildings/B3${query}` })).json();
      return card.attributes.find((attribute: { name: string }) => attribute.name === 'name').value;
    };
    expect(await name('')).toBe('新名');
    expect(await name(`?asOf=${encodeURIComponent(new Date(Date.parse(known) + 1).toISOString())}`)).toBe('旧名');
    expect((await call(house, { url: '/api/space/buildings/B3?asOf=1990-01-01T00:00:00Z' })).statusCode).toBe(404);
  });

  it('are found by any spelling of their address, and never guessed', async () => {
    expect((await find('上海市黄浦区瑞金二路１１８弄１２号301室'))?.code).toBe(CODE);
    expect((await find('瑞金二路一一八弄十二號三〇一室'))?.code).toBe(CODE);
    expect(await find('瑞金二路118弄13号')).toBeUndefined();
    await send('housing-buildings', 'housing', [{ buildingCode: 'B4', name: '同址', address: '瑞金二路118弄12号' }]);
    expect(await find('瑞金二路118弄12号')).toBeUndefined();
    const reply = await call(house, { url: `/api/space/address?text=${encodeURIComponent('瑞金二路120号')}` });
    expect(reply.json()).toMatchObject({ parts: { number: '120' }, building: { code: 'B2' } });
  });

  it('move to the new cell when areas change', async () => {
    await as('geo', (db) => db.run(sql`update geo.area set code = '31010101300102' where code = '31010101300101'`));
    await as('geo', (db) => db.emit({ type: 'geo.area.changed', subject: 'areas' }));
    await house.runtime.worker.drain();
    expect((await call(house, { url: `/api/space/buildings/${CODE}` })).json().cellCode).toBe('31010101300102');
    expect((await call(house, { url: '/api/space/buildings?under=31010101300102' })).json()).toMatchObject({
      total: 1,
      buildings: [{ code: CODE }],
    });
  });

  it('are a layer of the map, read under their own role', async () => {
    const page = (await call(house, { url: '/ogc/collections/buildings/items' })).json();
    expect(page).toMatchObject({
      numberMatched: 1,
      features: [{ id: CODE, geometry: { type: 'MultiPolygon' }, properties: { floors: 4 } }],
    });
  });
});

describe('checks of a building file', () => {
  it('report a missing name, an outline that crosses itself and one that is no area, by row', async () => {
    const bow = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
          [0, 0],
        ],
      ],
    };
    const rows: CheckedRow[] = [
      { row: 2, values: { buildingCode: 'X1', name: null } },
      { row: 3, values: { buildingCode: 'X2', name: 'a', outline: JSON.stringify(bow) } },
      { row: 4, values: { buildingCode: 'X3', outline: JSON.stringify({ type: 'Point', coordinates: [121, 31] }) } },
      { row: 5, values: { buildingCode: 'X4', outline: JSON.stringify(square(121, 31)) } },
    ];
    const faults = await as('space', async (db) => buildingTarget.check?.({ db, rows }) ?? []);
    expect(faults.map((fault) => [fault.row, fault.rule])).toEqual([
      [2, 'required'],
      [3, 'geometry-invalid'],
      [4, 'geometry-type'],
    ]);
  });
});
