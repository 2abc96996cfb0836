import { afterAll, beforeAll, expect, it, vi } from 'vitest';
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
import { type FoundEntry, parseEntries } from './entry-file.ts';
import { amountAt, assertVerified, findRule, ruleAt } from './rule-at.ts';
import { storeEntries } from './store-entries.ts';

let house: TestHouse;
let head: string;
let citizen: string;
beforeAll(async () => {
  house = await openHouse({ manifests: [identity, rulebook, calendar, access, audit], work: false });
  head = await signIn(house, 'unit-head');
  citizen = await signIn(house, 'citizen');
}, 300_000);
afterAll(() => house?.close());

const tx = <T>(work: (db: Db) => Promise<T>, module = 'rulebook') =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);
const entry = (more: object = {}): FoundEntry => ({
  id: 'test.fee.rate',
  title: { zh: '费率', en: 'Rate' },
  value: 5,
  unit: 'percent',
  kind: 'law',
  source: { title: '测试法', article: '第一条' },
  validFrom: '2020-01-01',
  origin: 'test.json',
  ...more,
});
const store = (...entries: FoundEntry[]) => tx((db) => storeEntries(db, entries));
const valueOn = (on: string, knownAt?: Date) =>
  tx(async (db) => (await findRule(db, 'test.fee.rate', { on, knownAt }))?.value);
const verify = (body: object, cookie = head, id = 'test.fee.rate') =>
  call(house, { method: 'POST', url: `/api/rulebook/entries/${id}/verify`, cookie, body });

it('answers which rule applies on a day, by every module', async () => {
  await store(entry({ validTo: '2024-01-01' }), entry({ value: 6, validFrom: '2024-01-01' }));
  expect(await valueOn('2019-12-31')).toBeUndefined();
  expect(await valueOn('2020-01-01')).toBe(5);
  expect(await valueOn('2023-12-31')).toBe(5);
  expect(await valueOn('2024-01-01')).toBe(6);
  expect(await tx((db) => amountAt(db, 'test.fee.rate', '2024-05-01'), 'audit')).toMatchObject({
    amount: 6,
    unit: 'percent',
  });
  await expect(tx((db) => ruleAt(db, 'test.fee.other'))).rejects.toThrow('the rulebook has no test.fee.other');
});

it('keeps every version: what was known before a correction is still found', async () => {
  const { now } = await tx((db) => db.one<{ now: Date }>(sql`select clock_timestamp() as now`));
  // A date here has milliseconds, a moment of the database microseconds: the next whole one lies after what is stored already.
  const before = new Date(now.getTime() + 1);
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(before.getTime() + 1));
  const corrected = [entry({ validTo: '2024-01-01' }), entry({ value: 7, validFrom: '2024-01-01' })];
  expect(await store(...corrected)).toEqual({ written: ['test.fee.rate'] });
  expect(await store(...corrected)).toEqual({ written: [] });
  expect(await valueOn('2024-06-01')).toBe(7);
  expect(await valueOn('2024-06-01', before)).toBe(6);
  // A repeal: from that day on nothing applies, however the older versions read.
  await store(entry({ validTo: '2024-01-01' }), entry({ value: 7, validFrom: '2024-01-01', validTo: '2026-01-01' }));
  expect(await valueOn('2025-12-31')).toBe(7);
  expect(await valueOn('2026-01-01')).toBeUndefined();
  for (const statement of [sql`update rulebook.entry set value = '1'`, sql`delete from rulebook.verification`])
    await expect(tx((db) => db.run(statement))).rejects.toMatchObject({ code: '42501' });
});

it('reads the numbers that ship, each with its source and marked 待核', async () => {
  const { rules, unverified } = (await call(house, { url: '/api/rulebook/entries?on=2026-11-26' })).json();
  const byId = new Map(rules.map((rule: { id: string }) => [rule.id, rule]));
  expect(byId.get('access.break-glass.term')).toMatchObject({
    value: 4,
    unit: 'hour',
    kind: 'measure',
    verified: null,
  });
  expect(byId.get('access.break-glass.review')).toMatchObject({ value: 3, unit: 'working-day' });
  expect(byId.get('linkage.dispute.answer')).toMatchObject({ value: 10, unit: 'working-day' });
  expect(byId.get('audit.log.kept-at-least')).toMatchObject({ value: 6, unit: 'month', kind: 'law' });
  expect(unverified).toBe(rules.length);
  expect((await call(house, { url: '/api/rulebook/entries?on=2026-02-30' })).statusCode).toBe(400);
});

it('lets no automatic adverse act rest on a rule until a named person has verified it', async () => {
  const id = 'access.break-glass.term';
  const rule = () => tx((db) => ruleAt(db, id));
  const unverified = await rule();
  expect(() => assertVerified(unverified)).toThrow('RULE_UNVERIFIED');
  const note = '与措施文本核对';
  const reply = await verify({ version: 1, validFrom: '2026-01-01', note }, head, id);
  expect(reply.statusCode, reply.body).toBe(200);
  expect(reply.json().verified).toMatchObject({ name: '邵文远' });
  expect(assertVerified(await rule())).toBeUndefined();
  expect((await verify({ version: 1, validFrom: '2026-01-01', note }, head, id)).json()).toMatchObject({
    code: 'RULE_VERIFIED',
  });
});

it('is verified by no machine, no other post, and not in a version that is not the newest', async () => {
  const body = { version: 1, validFrom: '2020-01-01', note: '与法条文本核对' };
  expect((await verify(body)).json()).toMatchObject({ status: 409, code: 'CONFLICT' });
  expect((await verify(body, citizen)).json()).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  expect((await verify({ ...body, version: 99 })).json()).toMatchObject({ status: 404 });
  expect((await verify({ ...body, note: '' })).json()).toMatchObject({ status: 400 });
  const machine = tx((db) =>
    db.run(sql`insert into rulebook.verification (id, digest, verified_by, verified_name, verified_on, note)
      values ('test.fee.rate', 'x', 'system:robot', '机器人', '2026-01-01', 'checked')`),
  );
  await expect(machine).rejects.toMatchObject({ code: '23514' });
});

it('loses its verification when its text changes, and keeps it in the periods that did not', async () => {
  const periods = (value: number) => [entry({ validTo: '2024-01-01' }), entry({ value, validFrom: '2024-01-01' })];
  await store(...periods(8));
  const shown = async () => (await call(house, { url: '/api/rulebook/entries/test.fee.rate?on=2024-06-01' })).json();
  const { version } = (await shown()).applies;
  for (const validFrom of ['2020-01-01', '2024-01-01'])
    expect((await verify({ version, validFrom, note: '与法条文本核对' })).statusCode).toBe(200);
  await store(...periods(9));
  const now = await shown();
  expect(now.applies).toMatchObject({ value: 9, verified: null });
  const newest = now.versions.filter((each: { version: number }) => each.version === version + 1);
  expect(newest).toMatchObject([
    { validFrom: '2024-01-01', verified: null },
    { validFrom: '2020-01-01', verified: { name: '邵文远' } },
  ]);
});

it('refuses files that are not as they must be, naming the place', async () => {
  const parse = (value: unknown) => () => parseEntries(JSON.stringify(value), 'x.json');
  const { origin: _, ...plain } = entry();
  expect(parse([{ ...plain, article: '1' }])).toThrow('x.json/0');
  expect(parse([{ ...plain, source: undefined }])).toThrow('x.json/0');
  expect(parse([{ ...plain, validFrom: '2020-02-30' }])).toThrow('is no day');
  expect(parse([{ ...plain, validTo: '2019-01-01' }])).toThrow('ends before it begins');
  expect(parse([{ ...plain, value: { columns: ['a', 'b'], rows: [[1]] } }])).toThrow('2 columns');
  const overlapping = store(entry({ id: 'test.fee.twice' }), entry({ id: 'test.fee.twice', validFrom: '2021-01-01' }));
  await expect(overlapping).rejects.toMatchObject({ code: '23P01' });
});
