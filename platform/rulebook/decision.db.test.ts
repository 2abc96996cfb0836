import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { identity } from '#platform/identity/app.ts';
import { signIn } from '#platform/identity/testing.ts';
import { rulebook } from './app.ts';
import { decide } from './decide.ts';
import { assertVerified } from './rule-at.ts';
import { storeEntries } from './store-entries.ts';
import { declareUse, writeUses } from './uses.ts';

let house: TestHouse;
let head: string;
let other: string;
let officer: string;
beforeAll(async () => {
  house = await openHouse({ manifests: [identity, rulebook, calendar, access, audit], work: false });
  head = await signIn(house, 'unit-head');
  other = await signIn(house, 'security-administrator');
  officer = await signIn(house, 'data-officer');
}, 300_000);
afterAll(() => house?.close());

const ID = 'service.elder-allowance';
const LATER = '2099-01-01';
const tx = <T>(work: (db: Db) => Promise<T>, module = 'rulebook') =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);
const ask = (input: object, on: string, module = 'audit', decision = ID) =>
  tx((db) => decide(db, { decision, on, input: { ...input } }), module);
const person = (birth: string, hukou = true) => ({ 'birth date': birth, on: '2026-05-01', 'Shanghai hukou': hukou });
const send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, cookie: string, body?: object) =>
  call(house, { method, url: `/api/rulebook/decisions/${ID}${path}`, cookie, body });
const shown = async () => (await call(house, { url: `/api/rulebook/decisions/${ID}` })).json();

it('decides by the table that applies on the day, and says by which row of which version', async () => {
  expect(await ask(person('1950-01-01'), '2026-05-01')).toMatchObject({
    value: { eligible: true, amount: 150 },
    matched: [{ decision: 'elder allowance', rows: [4] }],
    entry: ID,
    version: 1,
  });
  expect(await ask(person('1950-01-01', false), '2026-05-01')).toMatchObject({ value: { eligible: false, amount: 0 } });
  await expect(ask(person('1950-01-01'), '2016-04-30')).rejects.toThrow('the rulebook has no');
  await expect(ask({}, '2026-05-01', 'audit', 'audit.objection.answer')).rejects.toThrow('is no decision');
});

it('lets no automatic adverse act rest on a decision by a rule that nobody has verified', async () => {
  const refusal = await ask(person('1980-01-01'), '2026-05-01');
  expect(refusal.value).toMatchObject({ eligible: false });
  expect(() => assertVerified(refusal)).toThrow('RULE_UNVERIFIED');
  const reply = await call(house, {
    method: 'POST',
    url: `/api/rulebook/entries/${ID}/verify`,
    cookie: head,
    body: { version: 1, validFrom: '2016-05-01', note: '与文件原文逐字核对' },
  });
  expect(reply.statusCode, reply.body).toBe(200);
  expect(assertVerified(await ask(person('1980-01-01'), '2026-05-01'))).toBeUndefined();
});

it('remembers who asks for a rule, and who has declared that it rests on it', async () => {
  await tx(
    (db) => declareUse(db, { rule: ID, kind: 'process', id: 'elder-allowance-apply', title: '老年综合津贴申领' }),
    'access',
  );
  await tx(writeUses);
  const { users } = (await send('GET', '/draft', head)).json();
  expect(users).toMatchObject([
    { kind: 'module', id: 'audit', title: audit.title, lastUsed: expect.any(String) },
    { kind: 'process', id: 'elder-allowance-apply', title: { zh: '老年综合津贴申领' }, lastUsed: null },
  ]);
});

it('refuses a draft that is not ready, and one that its own author would publish', async () => {
  const { table, tests } = await shown();
  const save = (change: object, cookie = officer) =>
    send('PUT', '/draft', cookie, { table, tests, validFrom: LATER, reason: '按新文件调整', ...change });
  const publish = (body: object, cookie = other) => send('POST', '/draft/publish', cookie, body);

  // A row twice contradicts itself under U; the case of 65 is decided by two rows then.
  const twice = { ...table, rules: [...table.rules, table.rules[2]] };
  const faulty = (await save({ table: twice })).json();
  expect(faulty.check).toMatchObject({ ready: false, conflicts: 1 });
  expect(faulty.check.analysis.overlaps).toMatchObject([{ rows: [3, 8], conflict: true }]);
  expect((await publish({ revision: 1, findings: faulty.check.findings })).json()).toMatchObject({
    code: 'DRAFT_NOT_READY',
  });
  // No test case at all; a cell that cannot be read.
  expect((await save({ tests: [] })).json().check.ready).toBe(false);
  const broken = { ...table, rules: [{ ...table.rules[0], inputs: ['< ', '-'] }, ...table.rules.slice(1)] };
  expect((await save({ table: broken })).json().check.faults).toMatchObject([{ row: 1, column: 0 }]);
  // Somebody else cannot write in it; its day must lie ahead.
  expect((await save({}, head)).json()).toMatchObject({ status: 409, code: 'DRAFT_TAKEN' });
  const { revision } = (await save({ validFrom: '2020-01-01' })).json();
  expect((await publish({ revision, findings: 0 })).json()).toMatchObject({ code: 'DRAFT_LATE' });
  expect((await publish({ revision: 1, findings: 0 })).json()).toMatchObject({ code: 'CONFLICT' });
  expect((await send('DELETE', '/draft', head)).json()).toMatchObject({ code: 'DRAFT_TAKEN' });
  expect((await send('DELETE', '/draft', officer)).json()).toEqual({ withdrawn: true });

  const mine = (await save({}, head)).json();
  expect((await publish({ revision: mine.revision, findings: 0 }, head)).json()).toMatchObject({ code: 'DRAFT_OWN' });
  expect((await send('DELETE', '/draft', head)).statusCode).toBe(200);
});

it('publishes a change as the next version from its day on, only forward, and tells whom it concerns', async () => {
  const { table, tests } = await shown();
  const raised = {
    ...table,
    rules: table.rules.map((rule: { inputs: string[]; outputs: string[] }) =>
      rule.inputs[0] === '[65..70)' ? { ...rule, outputs: ['true', '100'] } : rule,
    ),
  };
  const cases = tests.map((test: { expected: { amount: number } }) =>
    test.expected.amount === 75 ? { ...test, expected: { eligible: true, amount: 100 } } : test,
  );
  const saved = (
    await send('PUT', '/draft', officer, { table: raised, tests: cases, validFrom: LATER, reason: '按新文件提高标准' })
  ).json();
  expect(saved.check).toMatchObject({ ready: true, findings: 0 });
  const reply = await send('POST', '/draft/publish', other, { revision: saved.revision, findings: 0 });
  expect(reply.statusCode, reply.body).toBe(201);
  expect(reply.json()).toEqual({ version: 2, validFrom: LATER, told: 2 });

  // Before the day nothing has changed, the verification neither; after it the new table holds, unverified.
  const before = await ask(person('1960-01-01'), '2098-12-31');
  expect(before).toMatchObject({ value: { amount: 75 }, version: 2, verified: { name: '邵文远' } });
  const after = await ask(person('1960-01-01'), LATER);
  expect(after).toMatchObject({ value: { amount: 100 }, version: 2 });
  expect(() => assertVerified(after)).toThrow('RULE_UNVERIFIED');
  const events = await house.services.database.tx({ module: 'kernel', actor: systemActor({ name: 'test' }) }, (db) =>
    db.rows<{ data: object }>(
      sql`select data from kernel.event where type = 'rulebook.entry.changed' and subject = ${ID} order by data->>'user'`,
    ),
  );
  expect(events.map(({ data }) => data)).toMatchObject([
    { user: 'audit', kind: 'module', validFrom: LATER, version: '2' },
    { user: 'elder-allowance-apply', kind: 'process' },
  ]);
  expect(
    (await call(house, { url: `/api/rulebook/decisions/${ID}?on=2026-05-01` })).json().table.rules[2].outputs[1],
  ).toBe('75');
});

it('keeps what people have published when the software starts anew with its files', async () => {
  const entries = await tx((db) =>
    db.rows<{ value: object }>(sql`select value from rulebook.entry where id = ${ID} and version = 1`),
  );
  expect(entries).toHaveLength(1);
  const first = {
    id: ID,
    title: { zh: '老年综合津贴', en: 'Elder allowance' },
    value: 1,
    kind: 'measure' as const,
    source: { title: '区级措施' },
    validFrom: '2016-05-01',
    origin: 'service.json',
  };
  expect(await tx((db) => storeEntries(db, [first]))).toEqual({ written: [] });
  expect((await shown()).version).toBe(2);
});

it('is not edited by posts without the right, nor where it is no table', async () => {
  const citizen = await signIn(house, 'citizen');
  expect((await send('GET', '/draft', citizen)).statusCode).toBe(403);
  const reply = await call(house, { url: '/api/rulebook/decisions/audit.objection.answer' });
  expect(reply.statusCode).toBe(404);
});
