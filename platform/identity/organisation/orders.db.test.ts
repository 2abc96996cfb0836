import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { linkAccount } from '../accounts.ts';
import { identity } from '../app.ts';
import { forgetSessions } from '../authenticate.ts';
import { seedDemoAccounts } from '../demo-accounts.ts';
import { districtFolder, readOrganisation, storeOrganisation } from '../organisation.ts';
import { signIn } from '../testing.ts';
import { applyDueOrders } from './apply-orders.ts';
import { giveOrder, inIdentity, postIn } from './testing.ts';
import { unitAt } from './units-over-time.ts';

const RUIJIN = 'street-310101023';
const BUND = 'street-310101013';
const HOUR = 3_600_000;
/** Before a session is idle. */
const SOON = 20 * 60_000;

let house: TestHouse;
let tang: string;
let qin: string;
beforeAll(async () => {
  house = await openHouse({ manifests: [identity, access, audit], work: false });
  tang = await signIn(house, 'staffing.tang');
  qin = await signIn(house, 'staffing.qin');
}, 120_000);
afterAll(() => house?.close());

const me = async (cookie: string) => (await call(house, { url: '/api/identity/me', cookie })).json();
const rows = <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) => inIdentity<T>(house, query);
const order = (body: Record<string, unknown>, more: { effectiveAt?: string; reviewer?: string } = {}) =>
  giveOrder({ house, drafter: tang, reviewer: more.reviewer ?? qin, body, effectiveAt: more.effectiveAt });
const draft = (body: unknown, more: Record<string, unknown> = {}, cookie = tang) =>
  call(house, { method: 'POST', url: '/api/identity/orders', cookie, body: { body, reason: '工作需要', ...more } });
const review = (id: string, cookie: string, decision = 'approve') =>
  call(house, { method: 'POST', url: `/api/identity/orders/${id}/review`, cookie, body: { decision } });
const stateOf = async (id: string) =>
  (
    await rows<{ state: string; why: string | null }>(
      sql`select state, failed_why as why from identity.transfer_order where id = ${id}::uuid`,
    )
  )[0];
/** Moves the clock, and back when the work is done. */
async function later<T>(ms: number, work: () => Promise<T>): Promise<T> {
  house.services.clock.setOffset(ms);
  try {
    return await work();
  } finally {
    house.services.clock.setOffset(0);
    forgetSessions(house.services);
  }
}

describe('a transfer order', () => {
  it('moves a clerk who is signed in: the next question is answered by the new post, and the old one is history', async () => {
    const clerk = await signIn(house, 'clerk.ruijin');
    expect(await me(clerk)).toMatchObject({ area: '310101023', unit: { code: RUIJIN }, kind: 'street-clerk' });
    const post = await postIn(house, BUND, 'street-clerk');
    const head = await signIn(house, 'head.bund');
    const preview = await call(house, {
      method: 'POST',
      url: '/api/identity/orders/preview',
      cookie: tang,
      body: { body: { kind: 'move', account: 'clerk.ruijin', post } },
    });
    expect(preview.json()).toMatchObject({
      faults: [],
      impact: {
        ends: [{ name: '顾思源', post: expect.stringContaining('瑞金二路') }],
        begins: [{ name: '顾思源', post: expect.stringContaining('外滩') }],
        sessions: 1,
        others: [{ title: { zh: '有效委托' }, count: 0 }],
      },
    });
    const done = await order({ kind: 'move', account: 'clerk.ruijin', post }, { reviewer: head });
    expect(done.state).toBe('approved');
    expect(await me(clerk)).toMatchObject({ area: '310101013', unit: { code: BUND }, kind: 'street-clerk' });
    expect(await stateOf(done.id)).toMatchObject({ state: 'applied' });
    const mine = (await call(house, { url: '/api/identity/assignments', cookie: clerk })).json();
    expect(mine.assignments).toMatchObject([
      { when: 'now', current: true, unit: { code: BUND }, order: done.no, to: null },
      { when: 'past', current: false, unit: { code: RUIJIN }, from: null },
    ]);
    const events = await house.services.database.tx({ module: 'kernel', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows(sql`select data from kernel.event where type = 'identity.transfer.applied' and subject = ${done.id}`),
    );
    expect(events).toEqual([{ data: { kind: 'move', account: 'clerk.ruijin', post } }]);
    // A start of the program brings demo accounts up to date, and undoes no order.
    await house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'seed' }) }, (db) =>
      seedDemoAccounts({ db, services: house.services }),
    );
    forgetSessions(house.services);
    expect(await me(clerk)).toMatchObject({ area: '310101013' });
  });

  it('takes effect at its time, not before, and without waiting for the worker', async () => {
    const market = await signIn(house, 'data.market');
    const post = await postIn(house, 'civil-affairs', 'data-officer');
    const effectiveAt = new Date(Date.now() + SOON).toISOString();
    const done = await order({ kind: 'move', account: 'data.market', post }, { effectiveAt });
    expect(await me(market)).toMatchObject({ unit: { code: 'market-supervision' } });
    await later(SOON - 60_000, async () => {
      expect(await me(market)).toMatchObject({ unit: { code: 'market-supervision' } });
    });
    // The queue goes by the clock of the database, which stands: the sign-in check itself finds that the order is due.
    await later(SOON + 1000, async () => {
      expect(await me(market)).toMatchObject({ unit: { code: 'civil-affairs' } });
      expect(await stateOf(done.id)).toMatchObject({ state: 'applied' });
    });
    const [made] = await rows<{ from: Date }>(
      sql`select valid_from as from from identity.assignment where account = 'data.market' and by_order = ${done.id}::uuid`,
    );
    expect(made?.from.toISOString()).toBe(effectiveAt);
  });

  it('is reviewed by another person: neither the drafter, nor the one concerned, nor a second account of the same person', async () => {
    const drafted = (await draft({ kind: 'leave', account: 'duty.ops' })).json();
    expect((await review(drafted.id, tang)).json()).toMatchObject({ status: 403, code: 'REVIEWER_MUST_BE_ANOTHER' });
    expect((await draft({ kind: 'leave', account: 'staffing.tang' })).json()).toMatchObject({
      code: 'REVIEWER_MUST_BE_ANOTHER',
    });
    const about = (await draft({ kind: 'leave', account: 'staffing.qin' })).json();
    expect((await review(about.id, qin)).json()).toMatchObject({ code: 'REVIEWER_MUST_BE_ANOTHER' });
    // The head of another unit does not even find it.
    const stranger = await signIn(house, 'head.ruijin');
    expect((await review(drafted.id, stranger)).statusCode).toBe(404);
    expect((await call(house, { url: `/api/identity/orders/${drafted.id}`, cookie: stranger })).statusCode).toBe(404);
    // What the program should ever forget, the database refuses.
    const by = (account: string, holder: string) =>
      rows(
        sql`update identity.transfer_order set state = 'approved', reviewed_by = ${account}, reviewed_holder = ${holder}, reviewed_at = now() where id = ${drafted.id}::uuid returning id`,
      );
    await expect(by('staffing.tang', 'x')).rejects.toThrow(/reviewer_is_another/);
    await expect(by('other', 'staffing.tang')).rejects.toThrow(/reviewer_is_another/);
    await expect(by('duty.ops', 'duty.ops')).rejects.toThrow(/nobody_decides_for_oneself/);
    await expect(
      rows(
        sql`update identity.transfer_order set state = 'applied', applied_at = now() where id = ${drafted.id}::uuid returning id`,
      ),
    ).rejects.toThrow(/cannot go from waiting|reviewed_before/);
    await expect(
      rows(sql`update identity.transfer_order set body = '{}' where id = ${drafted.id}::uuid returning id`),
    ).rejects.toThrow(/permission denied/);
    expect((await review(drafted.id, qin, 'refuse')).json()).toMatchObject({ state: 'refused' });
    await call(house, { method: 'POST', url: `/api/identity/orders/${about.id}/withdraw`, cookie: tang });
  });

  it('happens once: a second review, a second application and a withdrawn order change nothing', async () => {
    const drafted = (
      await draft({ kind: 'leave', account: 'duty.ops' }, { effectiveAt: new Date(Date.now() + HOUR).toISOString() })
    ).json();
    const withdrawn = await call(house, {
      method: 'POST',
      url: `/api/identity/orders/${drafted.id}/withdraw`,
      cookie: tang,
    });
    expect(withdrawn.json()).toMatchObject({ state: 'withdrawn' });
    expect((await review(drafted.id, qin)).json()).toMatchObject({ status: 409, code: 'ORDER_CLOSED' });
    const late = await order(
      { kind: 'leave', account: 'duty.ops' },
      { effectiveAt: new Date(Date.now() + HOUR).toISOString() },
    );
    await call(house, { method: 'POST', url: `/api/identity/orders/${late.id}/withdraw`, cookie: tang });
    await later(2 * HOUR, async () => expect(await applyDueOrders(house.services)).toBe(0));
    expect(await stateOf(late.id)).toMatchObject({ state: 'withdrawn' });
    const post = await postIn(house, RUIJIN, 'street-clerk');
    const [one, two] = await Promise.all([
      order({ kind: 'acting', account: 'clerk.bund', post, until: new Date(Date.now() + 2 * HOUR).toISOString() }),
      applyDueOrders(house.services),
    ]);
    await Promise.all([applyDueOrders(house.services), applyDueOrders(house.services)]);
    expect(await applyDueOrders(house.services)).toBe(0);
    expect(two).toBeLessThanOrEqual(1);
    const made = await rows(sql`select 1 from identity.assignment where by_order = ${one.id}::uuid`);
    expect(made).toHaveLength(1);
  });

  it('of acting lends a post for a term: chosen in a session, gone at its end', async () => {
    const clerk = await signIn(house, 'clerk.bund');
    const before = await me(clerk);
    expect(before).toMatchObject({ unit: { code: BUND }, caretaker: false });
    expect(before.assignments).toMatchObject([
      { unit: { zh: expect.stringContaining('外滩') }, caretaker: false },
      { unit: { zh: expect.stringContaining('瑞金') }, caretaker: true },
    ]);
    const choose = (id: string, cookie = clerk) =>
      call(house, { method: 'PUT', url: '/api/identity/assignment', cookie, body: { assignment: id } });
    expect((await choose(before.assignments[1].id)).statusCode).toBe(200);
    expect(await me(clerk)).toMatchObject({ unit: { code: RUIJIN }, area: '310101023', caretaker: true });
    // Another session of the same person works on under the own post, and nobody takes a post of somebody else.
    const other = await signIn(house, 'clerk.bund');
    expect(await me(other)).toMatchObject({ unit: { code: BUND } });
    expect((await choose(before.assignments[1].id, tang)).statusCode).toBe(404);
    await rows(
      sql`update identity.session set seen_at = ${new Date(Date.now() + 2 * HOUR)}::timestamptz where ended_at is null returning id`,
    );
    await later(2 * HOUR + 1000, async () => {
      expect(await me(clerk)).toMatchObject({ unit: { code: BUND }, area: '310101013', caretaker: false });
      expect((await choose(before.assignments[1].id)).statusCode).toBe(404);
    });
  });

  it('of leaving leaves the person signed in without any right, and says so', async () => {
    const police = await signIn(house, 'data.police');
    await order({ kind: 'leave', account: 'data.police' });
    expect(await me(police)).toMatchObject({
      signedIn: true,
      withoutPost: true,
      kind: null,
      unit: null,
      entrances: ['gov'],
      assignments: [],
    });
    expect((await call(house, { url: '/api/identity/sessions', cookie: police })).statusCode).toBe(200);
    expect((await call(house, { url: '/api/identity/orders', cookie: police })).json()).toMatchObject({
      status: 403,
      code: 'FORBIDDEN',
    });
  });
});

describe('bad orders', () => {
  const faultsOf = async (body: unknown, more: Record<string, unknown> = {}) => {
    const reply = (await draft(body, more)).json();
    expect(reply.code).toBe('ORDER_NOT_POSSIBLE');
    return (reply.fields as { rule: string }[]).map(({ rule }) => rule);
  };

  it('are refused at their field: unknown person, resident, taken post, ended unit, circle, past', async () => {
    const clerk = await postIn(house, RUIJIN, 'street-clerk');
    const head = await postIn(house, RUIJIN, 'unit-head');
    expect(await faultsOf({ kind: 'move', account: 'nobody.here', post: clerk })).toEqual(['no-account']);
    expect(await faultsOf({ kind: 'move', account: 'citizen.wei', post: clerk })).toEqual(['not-official']);
    expect(await faultsOf({ kind: 'move', account: 'head.bund', post: head })).toEqual(['taken']);
    expect(await faultsOf({ kind: 'move', account: 'clerk.bund', post: crypto.randomUUID() })).toEqual(['no-post']);
    expect(
      await faultsOf({ kind: 'acting', account: 'worker.yandang', post: clerk, until: '2020-01-01T00:00:00Z' }),
    ).toEqual(['past']);
    expect(
      await faultsOf(
        { kind: 'leave', account: 'duty.ops' },
        { effectiveAt: new Date(Date.now() - 48 * HOUR).toISOString() },
      ),
    ).toEqual(['past']);
    expect(await faultsOf({ kind: 'merge', units: ['party'], into: 'party-office' })).toEqual(['circular']);
    expect(await faultsOf({ kind: 'merge', units: [BUND], into: BUND })).toEqual(['circular']);
    expect(await faultsOf({ kind: 'abolish', unit: BUND })).toEqual(['has-children']);
    expect(await faultsOf({ kind: 'rename', unit: 'no-such-unit', name: '新单位', nameEn: 'New unit' })).toEqual([
      'no-unit',
    ]);
    expect((await draft({ kind: 'rename', unit: BUND })).json()).toMatchObject({ status: 400, code: 'INVALID_INPUT' });
  });

  it('that have become impossible stand aside with the reason, and nothing of them was done', async () => {
    const head = await postIn(house, BUND, 'unit-head');
    const effectiveAt = new Date(Date.now() + HOUR).toISOString();
    await order({ kind: 'leave', account: 'head.bund' });
    const first = await order({ kind: 'move', account: 'worker.yandang', post: head }, { effectiveAt });
    const second = await order({ kind: 'move', account: 'clerk.bund', post: head }, { effectiveAt });
    await later(HOUR + 1000, async () => {
      await applyDueOrders(house.services);
    });
    expect(await stateOf(first.id)).toMatchObject({ state: 'applied' });
    expect(await stateOf(second.id)).toMatchObject({ state: 'failed', why: expect.stringContaining('沈佳宁') });
    const held = await rows(
      sql`select 1 from identity.assignment where account = 'clerk.bund' and ended_by is not null`,
    );
    expect(held).toHaveLength(0);
  });
});

describe('the three administrators', () => {
  it('are three persons: the same account, or the same person by another account, is refused by order and by the database', async () => {
    const security = await postIn(house, 'cyberspace', 'security-administrator');
    const audits = await postIn(house, 'security-centre', 'security-auditor');
    const until = new Date(Date.now() + HOUR).toISOString();
    const faults = async (account: string, post: string) =>
      ((await draft({ kind: 'acting', account, post, until })).json().fields as { rule: string }[]).map(
        ({ rule }) => rule,
      );
    expect(await faults('admin.system', security)).toEqual(['three-administrators']);
    expect(await faults('admin.system', audits)).toEqual(['three-administrators']);
    // A second account of the auditor's person.
    const idNumber = '310199198502130021';
    for (const account of ['auditor.li', 'clerk.bund'])
      await linkAccount({ services: house.services, account, subject: { idNumber } });
    expect(await faults('clerk.bund', security)).toEqual(['three-administrators']);
    const insert = rows(
      sql`insert into identity.assignment (account, post, valid_from, origin) values ('clerk.bund', ${security}::uuid, now(), 'scim') returning id`,
    );
    await expect(insert).rejects.toThrow(/three_administrators_apart/);
    // Two persons who turn out to be one are found when the accounts are tied to the person.
    await expect(
      linkAccount({ services: house.services, account: 'admin.system', subject: { idNumber } }),
    ).rejects.toThrow(/three_administrators_apart/);
  });
});

describe('units over time', () => {
  const name = async (code: string, at: Date) =>
    house.services.database.tx(
      { module: 'identity', actor: systemActor({ name: 'test' }) },
      async (db) => (await unitAt({ db, code, at }))?.name,
    );
  const longAgo = new Date('2020-01-01');

  it('a record of last year shows the name of last year, and the file never undoes an order', async () => {
    const before = await name('publicity', new Date());
    await order({
      kind: 'rename',
      unit: 'publicity',
      name: '区委宣传与文明建设部',
      nameEn: 'Publicity and Civility Department',
    });
    await applyDueOrders(house.services);
    expect(await name('publicity', longAgo)).toBe(before);
    expect(await name('publicity', house.services.clock.now())).toBe('区委宣传与文明建设部');
    const list = async (query = '') =>
      (await call(house, { url: `/api/identity/units${query}` })).json().units as { code: string; name: string }[];
    expect((await list()).find(({ code }) => code === 'publicity')?.name).toBe('区委宣传与文明建设部');
    expect((await list('?at=2020-01-01T00:00:00Z')).find(({ code }) => code === 'publicity')?.name).toBe(before);
    const again = async () =>
      house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'seed' }) }, async (db) =>
        storeOrganisation(db, await readOrganisation(districtFolder(house.services.config.root))),
      );
    await again();
    await again();
    expect(await name('publicity', house.services.clock.now())).toBe('区委宣传与文明建设部');
    const history = (await call(house, { url: '/api/identity/units/publicity/history' })).json();
    expect(history.versions.map((v: { name: string }) => v.name)).toEqual(['区委宣传与文明建设部', before]);
  });

  it('a merger moves posts, people and what is below; the old units keep their names and say who does their work', async () => {
    const centre = await signIn(house, 'data.centre');
    await order({ kind: 'merge', units: ['data-centre'], into: 'cyberspace' });
    expect(await me(centre)).toMatchObject({ kind: 'data-officer', unit: { code: 'cyberspace' }, reach: 'district' });
    const history = (await call(house, { url: '/api/identity/units/data-centre/history' })).json();
    expect(history).toMatchObject({
      successors: ['cyberspace'],
      today: ['cyberspace'],
      versions: [{ to: expect.any(String) }],
    });
    expect((await draft({ kind: 'merge', units: ['publicity'], into: 'data-centre' })).json()).toMatchObject({
      fields: [{ rule: 'ended' }],
    });
    expect(await rows(sql`select code from identity.unit where parent = 'data-centre' and valid_to is null`)).toEqual(
      [],
    );
    await expect(
      rows(
        sql`insert into identity.unit_successor (unit, successor, at, by_order) values ('cyberspace', 'data-centre', now(), gen_random_uuid()) returning unit`,
      ),
    ).rejects.toThrow(/succeed itself/);
  });

  it('a division gives each post to a successor; one that is left out is named', async () => {
    const civil = await signIn(house, 'data.civil');
    const posts = await rows<{ id: string }>(
      sql`select id from identity.post where unit = 'civil-affairs' and valid_to is null`,
    );
    const into = [
      { code: 'civil-affairs-elder', name: '区养老服务局', nameEn: 'Elder Care Bureau' },
      { code: 'civil-affairs-register', name: '区社会事务局', nameEn: 'Social Affairs Bureau' },
    ];
    const missing = (await draft({ kind: 'split', unit: 'civil-affairs', into, posts: {} })).json();
    expect(missing.fields).toHaveLength(posts.length);
    await order({
      kind: 'split',
      unit: 'civil-affairs',
      into,
      posts: Object.fromEntries(posts.map(({ id }) => [id, 'civil-affairs-register'])),
    });
    expect(await me(civil)).toMatchObject({
      kind: 'data-officer',
      unit: { code: 'civil-affairs-register', name: '区社会事务局' },
    });
    expect(await name('civil-affairs-elder', longAgo)).toBeUndefined();
  });

  it('an abolished unit takes its posts with it', async () => {
    const auditor = await signIn(house, 'auditor.li');
    const children = await rows(
      sql`select code from identity.unit where parent = 'security-centre' and valid_to is null`,
    );
    expect(children).toEqual([]);
    await order({ kind: 'abolish', unit: 'security-centre' });
    expect(await me(auditor)).toMatchObject({ signedIn: true, withoutPost: true });
  });
});
