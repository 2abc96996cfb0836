import { afterAll, beforeAll, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { population } from '#platform/basedata/population/app.ts';
import { space } from '#platform/basedata/space/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { dispute } from '#platform/basedata/dispute/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { linkage } from '#platform/linkage/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { buildingsFor } from './buildings.ts';

let house: TestHouse;
const as = <T>(module: string, work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test', purpose: 'data-quality' }) }, work);

beforeAll(async () => {
  house = await openHouse({
    manifests: [access, audit, search, rulebook, calendar, catalog, geo, exchange, linkage, space, dispute, population],
    work: false,
  });
  await as('space', async (db) => {
    await db.run(sql`insert into space.building (code, address, address_key, committee_code, sources, tx_from) values
      ('B1', '淮海中路300弄12号', '淮海中路300弄12号', '310101022001', '{}', kernel.now()), ('B2', '思南路7号', '思南路7号', '310101023001', '{}', kernel.now())`);
    await db.run(sql`insert into space.alias (alias, kind, target, source, claim_id) values
      ('霞飞路', 'road', '淮海中路', 'x', 0), ('静安区', 'district-other', '静安区', 'x', 0), ('黄浦区', 'district-own', '黄浦区', 'x', 0)`);
  });
  await as('catalog', async (db) => {
    await db.run(sql`update catalog.grant set state = 'approved', fields = wanted`);
    await db.run(sql`select share.apply(id) from catalog.grant`);
  });
}, 240_000);
afterAll(() => house?.close());

it('a base database finds buildings by addresses as files write them, by the one geocoder, and never guesses', async () => {
  const written = [
    '上海市黄浦区淮海中路300弄12号301室',
    '霞飛路三百弄十二號',
    '思南7号2楼',
    '静安区思南路7号',
    '思南路9号',
    '浙江省杭州市西湖区思南路7号',
  ];
  const { byAddress } = await as('population', (db) => buildingsFor(db, { codes: [], addresses: written }));
  expect(written.map((text) => byAddress.get(text)?.code)).toEqual(['B1', 'B1', 'B2', undefined, undefined, undefined]);
});

it('nobody is placed in a house that was demolished, by its code, its address or the geocoder, from the next chunk on', async () => {
  const find = async () => {
    const { byCode, byAddress } = await as('population', (db) =>
      buildingsFor(db, { codes: ['B2'], addresses: ['思南路7号', '思南7号2楼', '霞飞路三百弄十二號'] }),
    );
    return [...byCode.keys(), ...byAddress.keys()];
  };
  expect(await find()).toEqual(['B2', '思南路7号', '思南7号2楼', '霞飞路三百弄十二號']);
  await as('space', (db) =>
    db.run(sql`update space.building set status = 'demolished', ended_on = '2026-01-01' where code = 'B2'`),
  );
  expect(await find()).toEqual(['霞飞路三百弄十二號']);
});
