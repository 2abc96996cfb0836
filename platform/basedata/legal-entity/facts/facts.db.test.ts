import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mapping } from '#platform/exchange/mapping.ts';
import { registerDataset } from '#platform/exchange/register-dataset.ts';
import { registerBatch } from '#platform/exchange/send-import.ts';
import { storeFile } from '#platform/exchange/store-file.ts';
import { stateOf } from '#platform/exchange/testing.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { composeCreditCode } from '#platform/kernel/codes/credit-code.ts';
import { sql } from '#platform/kernel/sql.ts';
import { legalEntity } from '../app.ts';
import { type EntityHouse, openEntityHouse } from '../fixtures/house.ts';
import { entityTarget } from '../load-entities.ts';
import { licenceTarget } from './load-licences.ts';
import { roleTarget } from './load-roles.ts';
import { taxAuthorisationTarget } from './load-tax-authorisations.ts';

let e: EntityHouse;
const code = (n: number) =>
  composeCreditCode({ kind: '91', region: '310199', organisation: `MA5${String(n).padStart(5, '0')}` });
const firm = (n: number, more: Record<string, string> = {}) => ({
  uscc: code(n),
  name: `上海样例${n}号餐饮有限公司`,
  status: '存续',
  statusOn: '2019-03-01',
  foundedOn: '2019-03-01',
  industryCode: 'H6210',
  registeredAddress: `上海市黄浦区四川中路1号${200 + n}室`,
  ...more,
});
beforeAll(async () => {
  e = await openEntityHouse();
  await e.send(
    entityTarget,
    'market-supervision',
    [1, 2, 3, 4].map((n) => firm(n)),
  );
  await e.send(taxAuthorisationTarget, 'tax', [
    { id: 'SQ-1', basis: 'statute', document: '样例授权', validFrom: '2025-01-01', validTo: null },
    { id: 'SQ-OLD', basis: 'consent', document: '样例授权', validFrom: '2020-01-01', validTo: '2021-01-01' },
  ]);
}, 240_000);
afterAll(() => e?.house.close());

/** Imports a file as a department does, columns that no field takes included. */
async function importCsv(text: string, mapping: Mapping): Promise<Awaited<ReturnType<typeof stateOf>>> {
  const { services } = e.house;
  const actor = systemActor({ name: 'test', unit: mapping.unit });
  await services.database.tx({ module: 'exchange', actor }, (db) => registerDataset(db, services, mapping));
  const file = await storeFile({ services, stream: Readable.from([Buffer.from(text)]) });
  const { id } = await services.database.tx({ module: 'exchange', actor }, async (db) => {
    const dataset = await db.one<{ id: string; app: string; unit: string; mapping_version: number }>(
      sql`select id, app, unit, mapping_version from exchange.dataset where id = ${mapping.dataset}`,
    );
    return registerBatch({ db, actor, dataset, file, fileName: 'f.csv' });
  });
  await e.settled();
  return stateOf(services, id);
}
const taxMapping = (dataset: string, fields: Record<string, string>): Mapping => ({
  dataset,
  version: 1,
  target: 'legal-entity.tax-standing',
  unit: 'tax',
  title: { zh: '纳税档次', en: 'Tax standing' },
  format: 'csv',
  key: ['税号'],
  fields: Object.fromEntries(Object.entries(fields).map(([field, column]) => [field, { column }])),
  badge: 'sample',
});

describe('tax secrecy', () => {
  const columns = { uscc: '税号', authorisation: '授权', period: '期', revenueBand: '收入档', assetsBand: '资产档' };

  it('a batch without authorisation is refused row by row: none, an unknown one, one that is over', async () => {
    const text = [
      '税号,授权,期,收入档,资产档',
      `${code(1)},,2025,R07,Z01`,
      `${code(2)},SQ-X,2025,R07,Z01`,
      `${code(3)},SQ-OLD,2025,R07,Z01`,
    ].join('\n');
    const batch = await importCsv(text, taxMapping('tax-no-authorisation', columns));
    expect(batch).toMatchObject({ rows_loaded: 0, rows_faulty: 3 });
    expect((await e.get('tax', `/api/legal-entity/entities/${code(1)}/tax`)).json()).toEqual({ standing: null });
    // A file that has not even the column cannot be mapped to the target.
    const without = await importCsv(
      `税号,期,收入档\n${code(1)},2025,R07\n`,
      taxMapping('tax-no-column', { uscc: '税号', period: '期', revenueBand: '收入档' }),
    );
    expect(without.rows_loaded).toBe(0);
  });

  it('an amount in the place of a band is refused, and amounts beside the bands go nowhere: no answer of the module holds one', async () => {
    const amounts = ['76543210.98', '1234567.89'];
    const text = [
      '税号,授权,期,收入档,资产档,应纳税额,营业收入',
      `${code(1)},SQ-1,2025,R07,Z01,${amounts[0]},${amounts[1]}`,
      `${code(2)},SQ-1,2025,${amounts[0]},Z01,,`,
    ].join('\n');
    expect(await importCsv(text, taxMapping('tax-amounts', columns))).toMatchObject({ rows_loaded: 1, rows_faulty: 1 });
    const claims = await e.as((db) =>
      db.rows<{ text: string }>(sql`select payload::text as text from exchange.claim where dataset = 'tax-amounts'`),
    );
    expect(claims).toHaveLength(1);
    for (const amount of amounts) expect(claims[0]?.text).not.toContain(amount.split('.')[0]);
    const answers: string[] = [];
    const bodies: string[] = [];
    for (const route of (legalEntity.routes ?? []).filter(({ method }) => method === 'GET')) {
      const url = route.path.replace(':uscc', code(1)).replace(/:\w+/g, '1');
      for (const who of ['tax', 'market', 'clerk', `agent:${code(1)}`]) {
        const query = route.path.endsWith('lineage') ? `?uscc=${code(1)}&attr=name` : '';
        const reply = await e.get(who, url + query);
        answers.push(`${route.path} ${reply.statusCode}`);
        bodies.push(reply.body);
        for (const amount of amounts) {
          expect(reply.body, url).not.toContain(amount);
          expect(reply.body, url).not.toContain(amount.split('.')[0]);
        }
      }
    }
    expect(answers.filter((line) => line.endsWith(' 200')).length).toBeGreaterThan(20);
    // What stands beside the amounts in the same line did come through.
    expect(bodies.some((body) => body.includes('R07'))).toBe(true);
    // Nor can one be declared: no field of any answer has a name or level by which an amount of tax could leave.
    const named = JSON.stringify((legalEntity.routes ?? []).map(({ reply }) => reply));
    expect(named).not.toMatch(/taxAmount|taxPaid|revenueAmount|turnover|应纳税额|已缴税|税额/);
  });

  it('bands are seen by the tax authority and the enterprise alone', async () => {
    const url = `/api/legal-entity/entities/${code(1)}/tax`;
    expect((await e.get('tax', url)).json()).toMatchObject({ standing: { revenueBand: 'R07', period: '2025' } });
    expect((await e.get('market', url)).json()).toEqual({ standing: null });
    expect((await e.get('clerk', url)).statusCode).toBe(403);
    expect((await e.get(`agent:${code(1)}`, '/api/legal-entity/self/tax')).json()).toMatchObject({
      standing: { revenueBand: 'R07' },
    });
    expect((await e.get(`agent:${code(2)}`, '/api/legal-entity/self/tax')).json()).toEqual({ standing: null });
  });
});

describe('what hangs on an enterprise', () => {
  it('size follows from staff and band; a missing fact makes it unknown', async () => {
    const size = () =>
      e.as((db) =>
        db.one<{ size: string }>(sql`select size_class as size from legal_entity.entity where uscc = ${code(1)}`),
      );
    expect(await size()).toEqual({ size: 'unknown' });
    await e.send(entityTarget, 'tax', [
      { uscc: code(1), name: firm(1).name, staff: '120', taxAddress: firm(1).registeredAddress },
    ]);
    // 120 persons and a band from 2,000 to 3,000: medium needs 100 and 2,000.
    const band = await e.as((db) =>
      db.one<{ band: string }>(sql`select revenue_band as band from legal_entity.tax_bands(array[${code(1)}])`),
    );
    expect(band).toEqual({ band: 'R07' });
    expect(await size()).toEqual({ size: 'medium' });
    const facts = (await e.get('market', `/api/legal-entity/entities/${code(1)}/facts`)).json<{
      size: { class: string; verified: boolean };
    }>();
    expect(facts.size).toMatchObject({ class: 'medium', verified: false });
  });

  it('life goes by the registers’ days; revoked is told by an event, cancelled is another', async () => {
    await e.send(entityTarget, 'market-supervision', [firm(2, { status: '吊销', statusOn: '2024-02-02' })]);
    await e.send(entityTarget, 'market-supervision', [firm(2, { status: '注销', statusOn: '2025-03-03' })]);
    const facts = (await e.get('market', `/api/legal-entity/entities/${code(2)}/facts`)).json<{
      life: { state: string; on: string }[];
    }>();
    expect(facts.life.map((s) => [s.state, s.on])).toEqual([
      ['live', '2019-03-01'],
      ['revoked', '2024-02-02'],
      ['cancelled', '2025-03-03'],
    ]);
    const told = await e.house.services.database.tx({ module: 'kernel', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows<{ type: string }>(sql`select type from kernel.event where subject = ${code(2)} order by seq`),
    );
    expect(told.map((t) => t.type)).toEqual([
      'legal-entity.entity.created',
      'legal-entity.entity.revoked',
      'legal-entity.entity.cancelled',
    ]);
  });

  it('a move is told, and the place of before stands in the past', async () => {
    await e.send(entityTarget, 'market-supervision', [firm(3, { registeredAddress: '上海市黄浦区太仓路58号301室' })]);
    const places = await e.as((db) =>
      db.rows<{ building: string; over: boolean }>(
        sql`select building_code as building, tx_to is not null as over from legal_entity.presence where uscc = ${code(3)} order by tx_from`,
      ),
    );
    expect(places).toEqual([
      { building: 'B-BUND', over: true },
      { building: 'B-XTD', over: false },
    ]);
    const told = await e.house.services.database.tx({ module: 'kernel', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows<{ type: string }>(sql`select type from kernel.event where subject = ${code(3)} and type like '%moved'`),
    );
    expect(told).toHaveLength(1);
  });

  it('three hundred firms on one room are a mark, not a fault', async () => {
    const rows = Array.from({ length: 300 }, (_, i) =>
      firm(1000 + i, { registeredAddress: '上海市黄浦区淮海中路16号101室' }),
    );
    expect(await e.send(entityTarget, 'market-supervision', rows, 'crowd')).toMatchObject({ created: 300 });
    const facts = (await e.get('market', `/api/legal-entity/entities/${code(1000)}/facts`)).json<{
      places: { sharing: number; crowded: boolean }[];
    }>();
    expect(facts.places[0]).toMatchObject({ sharing: 299, crowded: true });
  });

  it('licences say whether they are over', async () => {
    await e.send(licenceTarget, 'market-supervision', [
      { number: 'JY1', uscc: code(4), kind: '食品经营许可', scope: '热食', issuer: '样例局', validTo: '2020-01-01' },
      { number: 'JY2', uscc: code(4), kind: '食品经营许可', scope: '热食', issuer: '样例局', validTo: '2099-01-01' },
    ]);
    const facts = (await e.get('market', `/api/legal-entity/entities/${code(4)}/facts`)).json<{
      licences: { number: string; expired: boolean }[];
    }>();
    expect(facts.licences.map((l) => [l.number, l.expired])).toEqual([
      ['JY1', true],
      ['JY2', false],
    ]);
  });
});

describe('who stands behind an enterprise', () => {
  const holds = (uscc: string, holderNo: string, percent: string, more: Record<string, string> = {}) => ({
    uscc,
    kind: 'shareholder',
    holderKind: holderNo.startsWith('9') ? 'entity' : 'person',
    holderNo,
    holderName: holderNo.startsWith('9') ? '' : `样例${holderNo}`,
    percent,
    ...more,
  });
  type Graph = {
    nodes: { id: string; effective: number | null; level: number; more: boolean }[];
    owners: { holder: string; percent: number; name: string | null }[];
    controllers: { holder: string; by: string }[];
    incomplete: { firm: string; sum: number }[];
    closed: string[][];
  };
  const graph = async (uscc: string, depth = 3) =>
    (await e.get('market', `/api/legal-entity/entities/${uscc}/graph?depth=${depth}`)).json<Graph>();

  it('effective shares go through loops; control comes by share or by board', async () => {
    const [a, b] = [code(3), code(4)];
    await e.send(roleTarget, 'market-supervision', [
      holds(a, 'ZR1', '80'),
      holds(a, b, '20'),
      holds(b, 'ZR2', '80'),
      holds(b, a, '20'),
      {
        uscc: a,
        kind: 'director',
        holderKind: 'person',
        holderNo: 'ZR7',
        holderName: '样例董事',
        percent: null,
        appointedBy: 'ZR2',
      },
    ]);
    const shown = await graph(a);
    expect(shown.owners.map((o) => [o.holder, Number(o.percent.toFixed(4))])).toEqual([
      ['no:ZR1', 83.3333],
      ['no:ZR2', 16.6667],
    ]);
    expect(shown.controllers.map((c) => [c.holder, c.by])).toEqual([
      ['no:ZR1', 'share'],
      ['no:ZR2', 'board'],
    ]);
    expect(shown).toMatchObject({ incomplete: [], closed: [] });
    // B has holders of its own, one step further up.
    const near = await graph(code(4), 1);
    expect(near.nodes.find(({ id }) => id === `uscc:${a}`)).toMatchObject({ level: 1, more: true });
  });

  it('a closed loop and a sum that is not 100 % are said', async () => {
    const [x, y] = [code(1000), code(1001)];
    await e.send(
      roleTarget,
      'market-supervision',
      [holds(x, y, '100'), holds(y, x, '100'), holds(code(1002), 'ZR9', '60')],
      'loops',
    );
    expect((await graph(x)).closed).toEqual([[`uscc:${x}`, `uscc:${y}`].sort()]);
    expect((await graph(code(1002))).incomplete).toEqual([{ firm: `uscc:${code(1002)}`, sum: 60 }]);
  });

  it('names of persons need a purpose', async () => {
    const { call } = await import('#platform/kernel/testing.ts');
    const url = `/api/legal-entity/entities/${code(3)}/graph`;
    expect((await call(e.house, { url, cookie: 'sid=market' })).json()).toMatchObject({ code: 'PURPOSE_REQUIRED' });
  });

  it('a row that names somebody by an identity number does not come in, not even as a claim', async () => {
    const numbers = ['310199199001011234', '31019919900101123x', ' 310199 900101123 '];
    const row = (holder: string, by = '') => `${code(1003)},股东,自然人,${holder},100,${by}`;
    const text = [
      '代码,角色,类型,编号,比例,委派方',
      ...numbers.map((number) => row(number)),
      row('ZR8', numbers[0]),
      row(code(1)),
    ].join('\n');
    const batch = await importCsv(text, {
      dataset: 'roles-numbers',
      version: 1,
      target: 'legal-entity.role',
      unit: 'market-supervision',
      title: { zh: '股东', en: 'Shareholders' },
      format: 'csv',
      key: ['代码', '编号'],
      fields: {
        uscc: { column: '代码' },
        kind: { column: '角色' },
        holderKind: { column: '类型' },
        holderNo: { column: '编号' },
        percent: { column: '比例' },
        appointedBy: { column: '委派方' },
      },
      badge: 'sample',
    });
    expect(batch).toMatchObject({ rows_loaded: 1, rows_faulty: 4 });
    const claims = await e.as((db) =>
      db.rows<{ payload: Record<string, string> }>(
        sql`select payload from exchange.claim where dataset = 'roles-numbers'`,
      ),
    );
    expect(claims.map(({ payload }) => payload.holderNo)).toEqual([code(1)]);
    const kept = await e.as((db) =>
      db.rows<{ holder: string }>(sql`select holder from legal_entity.role where uscc = ${code(1003)}`),
    );
    expect(kept).toEqual([{ holder: `uscc:${code(1)}` }]);
  });
});
