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
import { json, sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { space } from '#platform/basedata/space/app.ts';
import { doors } from '#platform/basedata/shared/fixtures/doors.ts';
import { sendClaims } from '#platform/basedata/shared/fixtures/send-claims.ts';
import { linkage } from '#platform/linkage/app.ts';
import { dispute } from '#platform/basedata/dispute/app.ts';
import { legalEntity } from './app.ts';
import { entityTarget } from './load-entities.ts';

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
