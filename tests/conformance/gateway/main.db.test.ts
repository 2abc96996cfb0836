import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call } from '#platform/kernel/testing.ts';
import { ALGORITHMS, type Algorithm, keyIdOf, type PrivateKey } from '#platform/exchange/gateway/algorithms.ts';
import { sealAccess } from '#platform/audit/seal.ts';
import { messageDigest } from '#platform/exchange/gateway/message-log.ts';
import { type Evidence, verifyEvidence } from '#platform/exchange/gateway/verify-evidence.ts';
import { signIn } from '#platform/identity/testing.ts';
import { send, signRequest } from '#tools/gateway-client.ts';
import {
  addKey,
  ask,
  type GatewayHouse,
  grantToUnit,
  inGateway,
  logged,
  openGatewayHouse,
  PURPOSE,
  registerSystem,
} from './house.ts';

/*
 * The main path over real sockets: a system of the market authority reads households of civil affairs and has statements verified;
 * both sides see it, whoever it is about sees it, and the end of grant or key ends it.
 */
const ITEM = 'population.household';
const PATH = `/gateway/v1/items/${ITEM}`;
const FIELDS = ['householdNo', 'members', 'committeeCode'];

let house: GatewayHouse;
let keys: Record<Algorithm, PrivateKey>;
let market: string;
let civil: string;
let grant: { id: string; ref: string };
beforeAll(async () => {
  house = await openGatewayHouse();
  market = await signIn(house, 'data.market');
  civil = await signIn(house, 'data.civil');
  keys = await registerSystem(house, {
    id: 'market-licences',
    unit: 'market-supervision',
    permits: [
      {
        service: 'verify.person',
        purposes: [PURPOSE],
        fields: ['name', 'birthDate', 'sex'],
        perMinute: null,
        perDay: null,
      },
      {
        service: 'verify.legal-entity',
        purposes: [PURPOSE],
        fields: ['name', 'legalRepresentative'],
        perMinute: null,
        perDay: null,
      },
    ],
  });
  grant = await grantToUnit(house, { asker: market, owner: civil, resource: ITEM, fields: FIELDS });
}, 300_000);
afterAll(() => house?.close());

type Page = { rows: Record<string, unknown>[]; next: string | null; item: string };

it.each(ALGORITHMS)('reads the granted fields with a key of %s and gets a signed answer', async (algorithm) => {
  const answer = await ask(house, { key: keys[algorithm], path: PATH, service: 'items.read' });
  expect(answer.status, answer.body.toString()).toBe(200);
  expect(answer.fault).toBeUndefined();
  const { rows, item } = answer.json as unknown as Page;
  expect(item).toBe(ITEM);
  expect(rows.length).toBeGreaterThan(5);
  expect(Object.keys(rows[0] ?? {}).sort()).toEqual([...FIELDS, 'head'].sort());
  const row = await logged(house, answer.message);
  expect(row).toMatchObject({
    system: 'market-licences',
    unit: 'market-supervision',
    key: keyIdOf(keys[algorithm]),
    service: 'items.read',
    item: ITEM,
    purpose: PURPOSE,
    case_no: 'BJ-2026-0001',
    outcome: 'answered',
    rows: rows.length,
  });
});

it('hands out no number by which two units could join their copies', async () => {
  const answer = await ask(house, { key: keys.ed25519, path: PATH, service: 'items.read' });
  const heads = (answer.json as unknown as Page).rows.map(({ head }) => head);
  const pids = await house.services.database.tx(
    { module: 'population', actor: systemActor({ name: 'test', purpose: 'data-quality' }) },
    (db) => db.rows<{ pid: string }>(sql`select head as pid from population.household where head is not null`),
  );
  expect(heads.some((head) => typeof head === 'string')).toBe(true);
  expect(pids.some(({ pid }) => heads.includes(pid))).toBe(false);
});

it('gives page after page, every row once', async () => {
  const all = (await ask(house, { key: keys.ed25519, path: PATH, service: 'items.read' })).json as unknown as Page;
  const seen: unknown[] = [];
  let cursor = '';
  do {
    const answer = await ask(house, {
      key: keys.ed25519,
      path: `${PATH}?limit=3${cursor && `&cursor=${cursor}`}`,
      service: 'items.read',
    });
    expect(answer.status, answer.body.toString()).toBe(200);
    const page = answer.json as unknown as Page;
    seen.push(...page.rows.map(({ householdNo }) => householdNo));
    cursor = page.next ?? '';
  } while (cursor !== '');
  expect(seen).toEqual(all.rows.map(({ householdNo }) => householdNo));
});

it('gives the rows and fields that were asked for, and refuses what the grant does not hold', async () => {
  const [first] = ((await ask(house, { key: keys.ed25519, path: PATH, service: 'items.read' })).json as unknown as Page)
    .rows;
  const body = { fields: ['members'], filter: [{ field: 'householdNo', in: [first?.householdNo] }] };
  const answer = await ask(house, { key: keys['sm2-sm3'], path: PATH, body, service: 'items.read' });
  expect((answer.json as unknown as Page).rows).toEqual([{ members: first?.members }]);
  const more = await ask(house, {
    key: keys['sm2-sm3'],
    path: PATH,
    body: { fields: ['headName'] },
    service: 'items.read',
  });
  expect(more.json).toMatchObject({
    status: 400,
    code: 'INVALID_INPUT',
    fields: [{ pointer: '/fields/0', rule: 'granted' }],
  });
  expect(more.fault).toBeUndefined();
});

it('verifies statements about persons and sends no value back', async () => {
  const [person] = await house.services.database.tx(
    { module: 'population', actor: systemActor({ name: 'test', purpose: 'data-quality' }) },
    (db) =>
      db.rows<{ name: string; birth: string; sealed: string; pid: string; kind: string }>(sql`
        select p.name, p.birth_date::text as birth, i.sealed, p.pid, i.kind from population.person p join population.identifier i on i.pid = p.pid
        where i.kind = 'id18' and p.name is not null and p.birth_date < '2000-01-01' order by p.pid limit 1`),
  );
  const id = await identityNumber(person?.pid ?? '');
  const body = {
    items: [
      { ref: 'a', id, fields: { name: person?.name ?? '', birthDate: '1900-01-01' } },
      { ref: 'b', id: '310199190001010017', fields: { name: '无此人' } },
      // As the number was written until 1999.
      { ref: 'c', id: id.slice(0, 6) + id.slice(8, 17), fields: { name: person?.name ?? '' } },
    ],
  };
  const answer = await ask(house, {
    key: keys['sm2-sm3'],
    path: '/gateway/v1/verify/person',
    body,
    service: 'verify.person',
  });
  expect(answer.status, answer.body.toString()).toBe(200);
  expect(answer.fault).toBeUndefined();
  expect(answer.json).toEqual({
    items: [
      { ref: 'a', answers: { name: 'yes', birthDate: 'no' } },
      { ref: 'b', answers: { name: 'unknown' } },
      { ref: 'c', answers: { name: 'yes' } },
    ],
  });
  expect(answer.body.toString()).not.toContain(person?.birth);
  const seen = await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
    db.rows(sql`select a.name, a.purpose, a.fields from audit.access a join audit.access_subject s on s.access_id = a.id
      where s.subject = ${person?.pid ?? ''} and a.trace = ${answer.message}`),
  );
  expect(seen).toEqual([
    {
      name: '系统 market-licences',
      purpose: PURPOSE,
      fields: ['population.resident.birthDate', 'population.resident.name'],
    },
  ]);
});

it('writes down each of many calls that came at once: own answer, own line, own entry with its purpose', async () => {
  const people = await house.services.database.tx(
    { module: 'population', actor: systemActor({ name: 'test', purpose: 'data-quality' }) },
    (db) =>
      db.rows<{ name: string; pid: string }>(sql`
        select p.name, p.pid from population.person p where p.name is not null
          and exists (select from population.identifier i where i.pid = p.pid and i.kind = 'id18')
          and not exists (select from population.conflict c where c.pid = p.pid and c.state = 'frozen') order by p.pid limit 24`),
  );
  const bodies = await Promise.all(
    people.map(async ({ name, pid }, at) => ({
      items: [{ ref: pid, id: await identityNumber(pid), fields: { name: at % 2 === 0 ? name : '无此人' } }],
    })),
  );
  const other = await registerSystem(house, {
    id: 'civil-desk',
    unit: 'civil-affairs',
    permits: [{ service: 'verify.person', purposes: [PURPOSE], fields: ['name'], perMinute: null, perDay: null }],
  });
  const answers = await Promise.all(
    bodies.map((body, at) =>
      ask(house, {
        key: at % 3 === 0 ? other.ed25519 : keys.ed25519,
        path: '/gateway/v1/verify/person',
        body,
        service: 'verify.person',
        caseNo: `BJ-LOT-${at}`,
      }),
    ),
  );
  for (const [at, answer] of answers.entries()) {
    expect(answer.status, answer.body.toString()).toBe(200);
    expect(answer.fault).toBeUndefined();
    const { pid } = people[at] as { pid: string };
    expect(answer.json).toEqual({ items: [{ ref: pid, answers: { name: at % 2 === 0 ? 'yes' : 'no' } }] });
    expect(await logged(house, answer.message)).toMatchObject({ case_no: `BJ-LOT-${at}`, rows: 1, subjects: 1 });
    const entries = await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows(
        sql`select a.purpose, a.name, a.unit, a.fields, a.subjects, s.subject from audit.access a join audit.access_subject s on s.access_id = a.id where a.trace = ${answer.message}`,
      ),
    );
    expect(entries).toEqual([
      {
        purpose: PURPOSE,
        name: at % 3 === 0 ? '系统 civil-desk' : '系统 market-licences',
        unit: at % 3 === 0 ? 'civil-affairs' : 'market-supervision',
        fields: ['population.resident.name'],
        subjects: 1,
        subject: pid,
      },
    ]);
  }
  const counted = await inGateway(
    house,
    sql`select sum(calls)::int as calls from gateway.calls where counted = 'permit:civil-desk:verify.person' and period = 'day'`,
  );
  expect(counted).toEqual([{ calls: answers.filter((_, at) => at % 3 === 0).length }]);
  const one = answers[1];
  await sealAccess(house.services);
  const reply = await call(house, { url: `/api/gateway/messages/${one?.message}/evidence`, cookie: market });
  expect(verifyEvidence(reply.json() as Evidence).filter(({ holds }) => holds === false)).toEqual([]);
  // Only the gateway, whose callers prove who they are, may write in others' names.
  await expect(
    house.services.database.tx({ module: 'population', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows(sql`select audit.record_all('[]'::json)`),
    ),
  ).rejects.toMatchObject({ code: '42501' });
});

it('answers those of a lot that were right where one of them is a replay', async () => {
  const request = (caseNo: string) =>
    signRequest({
      method: 'POST',
      url: `${house.origin}/gateway/v1/verify/person`,
      body: JSON.stringify({ items: [{ id: '310199190001010017', fields: { name: '无此人' } }] }),
      service: 'verify.person',
      purpose: PURPOSE,
      caseNo,
      key: keys.ed25519,
    });
  const twice = request('BJ-TWICE');
  const answers = await Promise.all(
    [request('BJ-1'), twice, twice, request('BJ-2'), request('BJ-3')].map((r) => send(r)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 409]);
  for (const { status, headers } of answers)
    expect(await logged(house, headers['gateway-message'] ?? '')).toMatchObject({ status });
});

/** The number behind a person, opened with the key ring as only the installation can. */
async function identityNumber(pid: string): Promise<string> {
  const { sealedColumns } = await import('#platform/basedata/population/app.ts').then(({ population }) => ({
    sealedColumns: population.sealed ?? [],
  }));
  const column = sealedColumns.find(({ table }) => table === 'population.identifier');
  if (!column) throw new Error('population.identifier is not sealed');
  const names = Object.keys(column.key);
  const [row] = await house.services.database.tx(
    { module: 'population', actor: systemActor({ name: 'test', purpose: 'data-quality' }) },
    (db) =>
      db.rows<Record<string, string | null>>(
        sql`select * from population.identifier where pid = ${pid}::uuid and kind = 'id18'`,
      ),
  );
  expect(names.length).toBeGreaterThan(0);
  return house.services.keyring.open(String(row?.sealed), column.context(row ?? {}));
}

it('verifies statements about enterprises', async () => {
  const [firm] = await house.services.database.tx(
    { module: 'legal-entity', actor: systemActor({ name: 'test', purpose: PURPOSE }) },
    (db) =>
      db.rows<{ uscc: string; name: string }>(
        sql`select uscc, name from legal_entity.entity where name is not null order by uscc limit 1`,
      ),
  );
  const body = { items: [{ id: firm?.uscc, fields: { name: firm?.name, legalRepresentative: '无此人' } }] };
  const answer = await ask(house, {
    key: keys.ed25519,
    path: '/gateway/v1/verify/legal-entity',
    body,
    service: 'verify.legal-entity',
  });
  expect(answer.status, answer.body.toString()).toBe(200);
  expect(answer.json).toMatchObject({ items: [{ answers: { name: 'yes' } }] });
});

it('shows the use of the grant to both sides', async () => {
  for (const cookie of [market, civil]) {
    const usage = await call(house, { url: `/api/catalog/grants/${grant.id}/usage`, cookie });
    expect(usage.statusCode, usage.body).toBe(200);
    expect(usage.json().reads).toBeGreaterThan(3);
    expect(usage.json().days[0]).toMatchObject({ purpose: PURPOSE });
  }
  const mine = await call(house, { url: '/api/gateway/systems/market-licences/calls', cookie: market });
  expect(mine.json().days).toContainEqual(
    expect.objectContaining({ service: 'items.read', item: ITEM, outcome: 'answered' }),
  );
  const others = await call(house, { url: '/api/gateway/systems/market-licences/calls', cookie: civil });
  expect(others.statusCode).toBe(404);
});

it('shows a person that a system outside has read about them', async () => {
  const answer = await ask(house, { key: keys.ed25519, path: PATH, service: 'items.read' });
  const rows = await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
    db.rows<{ n: number; unit: string; statement: string }>(sql`
      select count(*)::int as n, min(a.unit) as unit, min(a.statement) as statement from audit.access a join audit.access_subject s on s.access_id = a.id where a.trace = ${answer.message}`),
  );
  const heads = (answer.json as unknown as Page).rows.filter(({ head }) => head !== null);
  expect(rows[0]?.n).toBe(new Set(heads.map(({ head }) => head)).size);
  expect(rows[0]?.unit).toBe('market-supervision');
  const [kept] = await inGateway<{ digest: string }>(
    house,
    sql`select digest from gateway.message where id = ${answer.message}::uuid`,
  );
  expect(rows[0]?.statement).toBe(`gateway message ${answer.message} sm3 ${kept?.digest}`);
});

it('gives evidence of a message that proves it elsewhere, and shows each change', async () => {
  const answer = await ask(house, { key: keys['sm2-sm3'], path: PATH, service: 'items.read' });
  // Other open transactions of the server may hold the row back for a moment.
  const evidence = await vi.waitFor(
    async () => {
      await sealAccess(house.services);
      const reply = await call(house, { url: `/api/gateway/messages/${answer.message}/evidence`, cookie: market });
      expect(reply.statusCode, reply.body).toBe(200);
      const shown = reply.json() as Evidence;
      expect(shown.audit?.seal).toBeTruthy();
      return shown;
    },
    { timeout: 20_000, interval: 200 },
  );
  const contents = { request: Buffer.alloc(0), answer: answer.body };
  const holds = (changed: Evidence) =>
    Object.fromEntries(verifyEvidence(changed, contents).map(({ what, holds: h }) => [what, h]));
  const all = [
    'format',
    'record',
    'request signature',
    'answer signature',
    'request content',
    'answer content',
    'audit entry',
    'audit seal',
  ];
  expect(holds(evidence)).toEqual(Object.fromEntries(all.map((what) => [what, true])));
  const purpose = { ...evidence, message: { ...evidence.message, purpose: 'community-care' } };
  expect(holds(purpose)).toMatchObject({ record: false, 'audit entry': true });
  const base = {
    ...evidence,
    message: { ...evidence.message, requestBase: evidence.message.requestBase?.replace('GET', 'POST') ?? null },
  };
  expect(holds(base)).toMatchObject({ record: false, 'request signature': false });
  const rewritten = { ...purpose, digest: messageDigest(purpose.message) };
  expect(holds(rewritten)).toMatchObject({ record: true, 'audit entry': false });
  const { audit } = evidence;
  if (!audit?.seal) throw new Error('not sealed');
  const entry = { ...audit.entry, name: '别的系统' };
  expect(holds({ ...evidence, audit: { ...audit, entry } })).toMatchObject({ 'audit entry': false });
  const seal = { ...audit.seal, rows: [...(audit.seal.rows ?? []), 'x:y'] };
  expect(holds({ ...evidence, audit: { ...audit, seal } })).toMatchObject({ 'audit seal': false });
  expect(
    (await call(house, { url: `/api/gateway/messages/${answer.message}/evidence`, cookie: civil })).statusCode,
  ).toBe(404);
});

it('refuses the next call once the owner has withdrawn the grant, and again when it is over', async () => {
  const revoked = await call(house, {
    method: 'POST',
    url: `/api/catalog/grants/${grant.id}/revoke`,
    cookie: civil,
    body: { reason: '专项工作结束' },
  });
  expect(revoked.statusCode, revoked.body).toBe(200);
  const answer = await ask(house, { key: keys.ed25519, path: PATH, service: 'items.read' });
  expect(answer.json).toMatchObject({ status: 403, code: 'GRANT_WITHDRAWN' });
  expect(answer.fault).toBeUndefined();
  expect(await logged(house, answer.message)).toMatchObject({ outcome: 'refused', code: 'GRANT_WITHDRAWN', rows: 0 });
  grant = await grantToUnit(house, { asker: market, owner: civil, resource: ITEM, fields: ['members'] });
  const narrower = await ask(house, { key: keys.ed25519, path: PATH, service: 'items.read' });
  expect(Object.keys((narrower.json as unknown as Page).rows[0] ?? {}).sort()).toEqual([
    'head',
    'householdNo',
    'members',
  ]);
});

it('refuses the next message once its key is revoked', async () => {
  const revoked = await call(house, {
    method: 'POST',
    url: `/api/gateway/keys/${keyIdOf(keys['ecdsa-p256-sha256'])}/revoke`,
    cookie: house.cookies['security-administrator'],
    body: { reason: '密钥疑似泄露' },
  });
  expect(revoked.statusCode, revoked.body).toBe(200);
  const answer = await ask(house, { key: keys['ecdsa-p256-sha256'], path: PATH, service: 'items.read' });
  expect(answer.json).toMatchObject({ status: 401, code: 'GATEWAY_KEY_REVOKED' });
  expect((await ask(house, { key: keys.ed25519, path: PATH, service: 'items.read' })).status).toBe(200);
});

it('refuses to verify once the permit is taken back, by whichever process', async () => {
  const verify = () =>
    ask(house, {
      key: keys.ed25519,
      path: '/gateway/v1/verify/person',
      body: { items: [{ id: '310199190001010017', fields: { name: '无此人' } }] },
      service: 'verify.person',
    });
  expect((await verify()).status).toBe(200);
  await inGateway(
    house,
    sql`delete from gateway.permit where system = 'market-licences' and service = 'verify.person'`,
  );
  // What is known of a key is kept for two seconds; ten are the most that a withdrawal may take.
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  const answer = await verify();
  expect(answer.json).toMatchObject({ status: 403, code: 'GATEWAY_SERVICE_NOT_ALLOWED' });
});

it('takes both keys of a system that changes them, until the old one is retired', async () => {
  const next = await addKey(house, 'market-licences', 'ed25519');
  const statuses = async () =>
    Promise.all(
      [keys.ed25519, next].map(async (key) => (await ask(house, { key, path: PATH, service: 'items.read' })).status),
    );
  expect(await statuses()).toEqual([200, 200]);
  const retire = (until: string) =>
    call(house, {
      method: 'POST',
      url: `/api/gateway/keys/${keyIdOf(keys.ed25519)}/retire`,
      cookie: house.cookies['system-administrator'],
      body: { until },
    });
  expect((await retire('2199-01-01T00:00:00Z')).json().fields[0].pointer).toBe('/until');
  expect((await retire(new Date().toISOString())).statusCode).toBe(200);
  expect(await statuses()).toEqual([401, 200]);
  expect((await retire(new Date().toISOString())).json().code).toBe('GATEWAY_KEY_ENDED');
});
