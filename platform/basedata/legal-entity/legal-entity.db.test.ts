import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { search } from '#platform/search/app.ts';
import { exchange } from '#platform/exchange/app.ts';
import { geo } from '#platform/geo/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { composeCreditCode } from '#platform/kernel/codes/credit-code.ts';
import { dispatchEvents, eventsWait } from '#platform/kernel/events.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { space } from '#platform/basedata/space/app.ts';
import { doors } from '#platform/basedata/shared/fixtures/doors.ts';
import { sendClaims } from '#platform/basedata/shared/fixtures/send-claims.ts';
import { linkage } from '#platform/linkage/app.ts';
import { dispute } from '#platform/basedata/dispute/app.ts';
import { legalEntity } from './app.ts';
import { storeMatches } from './link-claims.ts';
import { entityTarget, rebuildEntities } from './load-entities.ts';
import { entityVerification } from './verify-service.ts';

const FIRM = '91310199MA003Q6R3B';
const BASE = {
  uscc: FIRM,
  name: '上海样例文化（集团）有限公司',
  kind: '有限责任公司',
  status: '存续',
  legalRepresentative: '张伟',
  registeredAddress: '上海市黄浦区南京东路1号101室',
};
let house: TestHouse;
const as = <T>(module: string, work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);
const send = (dataset: string, unit: string, rows: Record<string, string | null>[]) =>
  sendClaims({ house, target: entityTarget, module: 'legal-entity', dataset, unit, rows, keyOf: (r) => r.uscc ?? '' });
const get = (who: string, url: string, purpose = 'enterprise-service') =>
  call(house, { url, cookie: `sid=${who}`, purpose });
const firm = () =>
  as('legal-entity', (db) =>
    db.one<Record<string, unknown>>(sql`select * from legal_entity.entity where uscc = ${FIRM}`),
  );

beforeAll(async () => {
  house = await openHouse({
    manifests: [
      doors,
      access,
      audit,
      search,
      rulebook,
      calendar,
      catalog,
      geo,
      exchange,
      linkage,
      space,
      dispute,
      legalEntity,
    ],
    work: false,
  });
  await as('space', (db) =>
    db.run(sql`insert into space.building (code, address, address_key, committee_code, sources, tx_from)
      select r.code, r.address, r.address, r.committee, '{}', kernel.now()
      from jsonb_to_recordset(${json([
        { code: 'B2', address: '瑞金二路200号', committee: '310101013002' },
        { code: 'B9', address: '南京东路1号', committee: '310101002001' },
      ])}::text::jsonb) as r(code text, address text, committee text)`),
  );
}, 240_000);
afterAll(() => house?.close());

describe('golden enterprises', () => {
  it('are loaded before any building is granted, and placed when the grant is there', async () => {
    expect(await send('market', 'market-supervision', [BASE])).toMatchObject({ created: 1, changed: 0 });
    expect(await firm()).toMatchObject({ committee_code: null, building_code: null });
    await as('catalog', async (db) => {
      await db.run(sql`update catalog.grant set state = 'approved', fields = wanted`);
      await db.run(sql`select share.apply(id) from catalog.grant`);
      await db.emit({ type: 'catalog.grant.approved', subject: 'x', data: { taker: 'legal-entity' } });
    });
    // Events wait for every older transaction of the server, also of other tests.
    await vi.waitFor(async () => {
      house.services.wake();
      await house.runtime.worker.drain();
      expect((await firm()).committee_code).not.toBeNull();
    }, 20_000);
    expect(await firm()).toMatchObject({ building_code: 'B9', committee_code: '310101002001' });
  });

  it('one code with two names is one enterprise with a history of names', async () => {
    const sent = await send('tax', 'tax', [
      {
        uscc: FIRM,
        name: '上海样例文化(集团) 有限责任公司',
        businessAddress: '黄浦区瑞金二路200号3层',
        staff: '12',
        taxRating: 'A',
      },
    ]);
    expect(sent).toMatchObject({ created: 0, changed: 1 });
    expect(await sent.again()).toMatchObject({ created: 0, changed: 0 });
    const card = (await get('officer', `/api/legal-entity/entities/${FIRM}`)).json();
    expect(card.record).toMatchObject({
      name: '上海样例文化（集团）有限公司',
      committeeCode: '310101013002',
      staff: '12',
    });
    expect(card.names.map((n: { name: string; current: boolean }) => [n.name, n.current])).toEqual([
      ['上海样例文化（集团）有限公司', true],
      ['上海样例文化（集团）有限责任公司', false],
    ]);
    expect(card.registers.map((r: { dataset: string }) => r.dataset)).toEqual(['market', 'tax']);
    expect(card.attributes.find((a: { name: string }) => a.name === 'name')).toMatchObject({
      source: { unit: 'market-supervision' },
      others: [{ source: { unit: 'tax' } }],
    });
  });

  it('nothing is overwritten: each change leaves the version before', async () => {
    await send('market', 'market-supervision', [{ ...BASE, status: '注销' }]);
    const versions = await as('legal-entity', (db) =>
      db.rows<{ status: string }>(
        sql`select record ->> 'status' as status from legal_entity.entity_version where uscc = ${FIRM} order by tx_from`,
      ),
    );
    expect(versions.map((v) => v.status)).toContain('存续');
    expect((await firm()).status).toBe('注销');
  });

  it('lineage leads to file, row and column', async () => {
    const reply = (await get('officer', `/api/legal-entity/lineage?uscc=${FIRM}&attr=staff`)).json();
    expect(reply.chain).toMatchObject([{ golden: true, file: 'tax.csv', row: 1, column: '从业人数', unit: 'tax' }]);
  });
});

describe('reading', () => {
  it('finds by a part of the name, by code, and nothing by a wildcard', async () => {
    for (const [q, n] of [
      ['样例文化', 1],
      [FIRM, 1],
      ['%', 0],
    ] as const) {
      expect(
        (await get('officer', `/api/legal-entity/entities?q=${encodeURIComponent(q)}`)).json().entities,
      ).toHaveLength(n);
    }
  });

  it('the agent sees the own enterprise and who looked at it', async () => {
    expect((await get(`agent:${FIRM}`, '/api/legal-entity/self')).json()).toMatchObject({ uscc: FIRM });
    const log = (await get(`agent:${FIRM}`, '/api/legal-entity/self/accesses')).json();
    expect(log.accesses).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          unit: 'civil-affairs',
          post: 'data-officer',
          purpose: 'enterprise-service',
          self: false,
        }),
      ]),
    );
    expect((await get('agent', '/api/legal-entity/self')).statusCode).toBe(404);
  });
});

describe('a dispute about an enterprise', () => {
  const OTHER = composeCreditCode({ kind: '91', region: '310199', organisation: 'MA900001' });
  type Card = {
    attributes: { name: string; value: string | null; source: { dataset: string } | null }[];
    registers: { dataset: string }[];
  };
  const own = async () => (await get(`agent:${FIRM}`, '/api/legal-entity/self')).json<Card>();
  const representative = async () => (await own()).attributes.find(({ name }) => name === 'legalRepresentative');
  const post = (who: string, url: string, body: unknown) =>
    call(house, {
      method: 'POST',
      url: `/api/dispute/disputes${url}`,
      body,
      cookie: `sid=${who}`,
      purpose: 'data-quality',
    });
  const accept = async (attribute: string, claimed: string) => {
    const body = { base: 'legal-entity', attribute, claimed, reason: '登记有误，请核对。' };
    const filed = await post(`agent:${FIRM}`, '/own', body);
    expect(filed.statusCode, filed.body).toBe(201);
    const { id, unit } = filed.json<{ id: string; unit: string }>();
    expect(unit).toBe('market-supervision');
    const answered = await post('marketOfficer', `/${id}/answer`, { accept: true, text: '经核对档案，予以更正。' });
    expect(answered.json(), answered.body).toMatchObject({ state: 'accepted' });
    return id;
  };
  async function settle(): Promise<void> {
    house.services.wake();
    do await dispatchEvents(house.services);
    while (await eventsWait(house.services));
    await house.runtime.worker.drain();
  }
  const adopted = (id: string) =>
    as('dispute', (db) =>
      db.one<{ at: Date | null }>(sql`select adopted_at as at from dispute.correction where dispute = ${id}::uuid`),
    );

  it('takes effect as a claim of the source, which is no register of its own', async () => {
    await accept('legalRepresentative', '张伟民');
    await settle();
    expect(await representative()).toMatchObject({
      value: '张伟民',
      source: { dataset: 'correction-legal-entity-market-supervision' },
    });
    expect((await own()).registers.map(({ dataset }) => dataset)).toEqual(['market', 'tax']);
    expect((await firm()).registers).toBe('market-supervision,tax');
  });

  it('goes with the claim that it corrects, and is filed before and effective after a merge', async () => {
    await send('market-2', 'market-supervision', [{ ...BASE, uscc: OTHER, name: '上海另一样例有限公司' }]);
    const move = async (to: string) =>
      as('legal-entity', async (db) => {
        const claims = await db.rows<{ id: number }>(sql`
          select c.id from exchange.claim c where c.dataset = 'market' and c.payload ->> 'uscc' = ${FIRM} order by c.id`);
        const { eid } = await db.one<{ eid: string }>(sql`select eid from legal_entity.subject where uscc = ${to}`);
        await storeMatches(
          db,
          claims.map(({ id }) => ({ record: Number(id), from: undefined, to: eid })),
        );
        await rebuildEntities(db, [FIRM, OTHER]);
        return db.rows<{ uscc: string }>(sql`select uscc from legal_entity.entity_claim where method = 'correction'`);
      });
    await settle();
    // The answer wakes the worker: here the merge comes first.
    const { wake } = house.services;
    house.services.wake = () => undefined;
    await accept('registeredAddress', '上海市黄浦区南京东路1号102室');
    expect(await move(OTHER)).toEqual([{ uscc: OTHER }]);
    house.services.wake = wake;
    await settle();
    expect(await move(FIRM)).toEqual([{ uscc: FIRM }, { uscc: FIRM }]);
    const { payload } = await as('legal-entity', (db) =>
      db.one<{ payload: Record<string, string> }>(
        sql`select payload from exchange.claim where dataset like 'correction-%' order by id desc limit 1`,
      ),
    );
    expect(payload).toMatchObject({ uscc: OTHER, refuted: BASE.registeredAddress });
  });

  it('is adopted when the source says something else, however it writes its brackets', async () => {
    const id = await accept('name', '上海样例文化传媒（集团）有限公司');
    await settle();
    for (const [name, at] of [
      ['上海样例文化 (集团) 有限公司', null],
      ['上海样例文化传媒(集团)有限公司', expect.any(Date)],
    ] as const) {
      const { batch } = await send('market', 'market-supervision', [{ ...BASE, name }]);
      await as('exchange', (db) =>
        db.emit({ type: 'exchange.batch.loaded', subject: batch, data: { batch, target: 'legal-entity.entity' } }),
      );
      await settle();
      expect(await adopted(id)).toEqual({ at });
    }
  });
});

const RUIFENG = {
  ...BASE,
  uscc: composeCreditCode({ kind: '91', region: '310199', organisation: 'MA900002' }),
  name: '瑞丰（上海）餐饮有限公司',
};

describe('verification', () => {
  const verify = (id: string, fields: Record<string, string>) =>
    house.services.database.tx(
      { module: 'legal-entity', actor: { ...systemActor({ name: 'test' }), purpose: 'verify-application' } },
      (db) => entityVerification.verify({ db, services: house.services, statements: [{ id, fields }] }),
    );

  it('says yes to a name with brackets of either kind', async () => {
    const { uscc, name } = RUIFENG;
    await send('market-3', 'market-supervision', [RUIFENG]);
    for (const said of [name, '瑞丰(上海)餐饮有限公司', ' 瑞丰（上海）餐饮 有限公司'])
      expect((await verify(uscc, { name: said, legalRepresentative: ' 张伟 ' }))[0]?.answers).toEqual({
        name: 'yes',
        legalRepresentative: 'yes',
      });
    expect((await verify(uscc, { name: '瑞丰（北京）餐饮有限公司' }))[0]?.answers).toEqual({ name: 'no' });
  });
});

describe('a place in another district', () => {
  it('is no building of ours, though road and number are the same', async () => {
    await as('space', (db) =>
      db.run(
        sql`insert into space.alias (alias, kind, target, source, claim_id) values ('浦东新区', 'district-other', '浦东新区', 'test', 0)`,
      ),
    );
    await send('market-3', 'market-supervision', [{ ...RUIFENG, registeredAddress: '上海市浦东新区南京东路1号101室' }]);
    const found = await as('legal-entity', (db) =>
      db.one(sql`select building_code, committee_code from legal_entity.entity where uscc = ${RUIFENG.uscc}`),
    );
    expect(found).toEqual({ building_code: null, committee_code: null });
  });
});
