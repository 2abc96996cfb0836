import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessDigest, type DigestedAccess } from '#platform/audit/digest.ts';
import { sql } from '#platform/kernel/sql.ts';
import { disabledAccounts } from '#platform/identity/accounts.ts';
import { forgetSessions } from '#platform/identity/authenticate.ts';
import { endByFact } from './end-delegation.ts';
import { type DelegationHouse, FIRM, inDays, openDelegationHouse, PID, type Who } from './fixtures/house.ts';
import { residents } from './fixtures/records/app.ts';

let house: DelegationHouse;
beforeAll(async () => {
  house = await openDelegationHouse();
});
afterAll(() => house?.close());
beforeEach(async () => {
  for (const who of ['father', 'daughter', 'neighbour', 'owner', 'worker'] as const) await forOneself(who);
  await house.within(
    'access',
    sql`update access.delegation set state = 'ended', ended_at = now(), ended_why = 'record', ended_by = 'test'
    where state in ('offered', 'accepted')`,
  );
  forgetSessions(house.services);
  for (const fact of residents.values()) fact.deathDate = null;
});

const offer = (who: Who, more: object = {}) =>
  house.as(who, {
    method: 'POST',
    url: '/api/access/delegations',
    body: { basis: 'consent', to: { account: 'citizen.daughter' }, scopes: ['booking'], until: inDays(30), ...more },
  });
const answer = (who: Who, id: string, what: 'accept' | 'decline' | 'end') =>
  house.as(who, { method: 'POST', url: `/api/access/delegations/${id}/${what}` });
const actFor = (who: Who, delegation: string) =>
  house.as(who, { method: 'PUT', url: '/api/identity/acting', body: { delegation } });
const forOneself = (who: Who) => house.as(who, { method: 'DELETE', url: '/api/identity/acting' });
const book = (who: Who, key?: string) => house.as(who, { method: 'POST', url: '/api/records/bookings', body: {}, key });
const acts = async (who: Who) => (await house.as(who, { url: '/api/access/delegations/acts' })).json.acts;
const mine = async (who: Who) => (await house.as(who, { url: '/api/access/delegations' })).json;

/** The father lets his daughter book for him, and she has accepted. */
async function consent(more: object = {}): Promise<string> {
  const { json } = await offer('father', more);
  expect((await answer('daughter', json.id, 'accept')).json).toMatchObject({ state: 'active', takerName: '徐洁佳' });
  return json.id;
}

describe('a daughter acts for her father', () => {
  it('books for him within his consent, is refused his record, and he sees both; he ends it and she is refused', async () => {
    const id = await consent();
    expect((await actFor('daughter', id)).json).toEqual({ name: '徐发炳', scopes: ['booking'] });
    expect((await house.as('daughter', { url: '/api/identity/me' })).json).toMatchObject({
      account: 'citizen.daughter',
      name: '徐洁佳',
      acting: { name: '徐发炳', ended: false, scopes: [{ id: 'booking' }] },
    });
    expect((await book('daughter')).json).toMatchObject({ for: PID.father });
    expect(await house.within('records', sql`select pid, made_by from records.booking`)).toEqual([
      { pid: PID.father, made_by: 'citizen.daughter' },
    ]);
    const refused = await house.as('daughter', { url: `/api/records/files/${PID.father}` });
    expect(refused.json).toMatchObject({ status: 403, code: 'DELEGATION_OUT_OF_SCOPE', scope: 'file-read' });
    expect(await acts('father')).toMatchObject([
      { who: '徐洁佳', what: { zh: '查看files' }, outcome: 'refused', code: 'DELEGATION_OUT_OF_SCOPE', delegation: id },
      { who: '徐洁佳', what: { zh: '预约就诊' }, outcome: 'done', code: null, delegation: id },
    ]);
    expect(await acts('neighbour')).toEqual([]);

    expect((await answer('father', id, 'end')).json).toMatchObject({ state: 'withdrawn', endedWhy: 'giver' });
    expect((await book('daughter')).json).toMatchObject({ status: 403, code: 'DELEGATION_ENDED' });
    expect((await house.as('daughter', { url: '/api/identity/me' })).json.acting).toMatchObject({ ended: true });
    expect((await acts('father'))[0]).toMatchObject({ outcome: 'refused', code: 'DELEGATION_ENDED' });
    expect((await actFor('daughter', id)).json).toMatchObject({ status: 403, code: 'DELEGATION_ENDED' });
    await forOneself('daughter');
    expect((await book('daughter')).json).toMatchObject({ for: PID.daughter });
  });

  it('cannot do what she may do for herself while she acts for him, and it goes on afterwards', async () => {
    const own = { url: `/api/records/letters/${PID.daughter}` };
    expect((await house.as('daughter', own)).json).toMatchObject({ note: 'of daughter' });
    await actFor('daughter', await consent());
    expect((await house.as('daughter', own)).json.code).toBe('DELEGATION_OUT_OF_SCOPE');
    expect((await house.as('daughter', { url: '/api/identity/sessions' })).json.code).toBe('DELEGATION_OUT_OF_SCOPE');
    expect((await house.as('daughter', { url: '/api/access/purposes' })).json.code).toBe('DELEGATION_OUT_OF_SCOPE');
    // What anybody may read goes on, for herself.
    expect((await house.as('daughter', { url: '/api/records/hours' })).json).toEqual({
      hours: '9–17',
      person: PID.daughter,
    });
    await forOneself('daughter');
    expect((await house.as('daughter', own)).json).toMatchObject({ note: 'of daughter' });
  });

  it('sees her own delegations while she acts, not his', async () => {
    const id = await consent();
    await offer('father', { to: { account: 'citizen.wei' } });
    await actFor('daughter', id);
    const seen = await mine('daughter');
    expect(seen.given).toEqual([]);
    expect(seen.held.filter((d: { state: string }) => d.state === 'active')).toMatchObject([
      { id, giverName: '徐发炳' },
    ]);
  });

  it('cannot hand it on: while acting nothing can be offered, and his delegations are none of hers', async () => {
    const id = await consent();
    await actFor('daughter', id);
    expect((await offer('daughter', { to: { account: 'citizen.wei' } })).json.code).toBe('DELEGATION_OUT_OF_SCOPE');
    expect((await answer('daughter', id, 'end')).json.code).toBe('DELEGATION_OUT_OF_SCOPE');
    // Nor for the database: under the giver's name a delegate sees no delegation.
    const behalf = {
      delegation: id,
      name: '',
      person: PID.father,
      scopes: [],
      ended: false,
      own: { reach: 'own' as const },
    };
    const rows = await house.services.database.tx(
      {
        module: 'access',
        actor: {
          kind: 'person',
          account: 'citizen.daughter',
          name: '',
          reach: 'own',
          person: PID.father,
          trace: 't',
          behalf,
        },
      },
      (db) => db.rows(sql`select id from access.delegation`),
    );
    expect(rows).toEqual([]);
  });

  it('does not get the reply of one person for another by the same idempotency key', async () => {
    const key = crypto.randomUUID();
    expect((await book('daughter', key)).json).toMatchObject({ for: PID.daughter });
    await actFor('daughter', await consent());
    expect((await book('daughter', key)).json).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('is refused within the cache of 5 s when another process has written the end', async () => {
    const id = await consent();
    await actFor('daughter', id);
    expect((await book('daughter')).status).toBe(201);
    await house.within(
      'access',
      sql`update access.delegation set state = 'withdrawn', ended_at = now(), ended_by = 'other', ended_why = 'giver' where id = ${id}::uuid`,
    );
    await house.later(5_001, async () => expect((await book('daughter')).json.code).toBe('DELEGATION_ENDED'));
  });

  it('keeps in the audit for whom each act was done, and the row’s digest covers it', async () => {
    const id = await consent();
    await actFor('daughter', id);
    await book('daughter');
    const rows = await house.within<DigestedAccess & { post: string; digest: string; at: Date }>(
      'audit',
      sql`select * from audit.access where route = 'POST /api/records/bookings' and behalf = ${id}`,
    );
    expect(rows).toMatchObject([{ account: 'citizen.daughter', post: 'citizen', behalf: id }]);
    const [row] = rows;
    if (!row) return;
    const stored = { ...row, at: row.at.toISOString() };
    const subjects = (
      await house.within<{ kind: string; subject: string }>(
        'audit',
        sql`select kind, subject from audit.access_subject where access_id = ${row.id}::uuid`,
      )
    ).map(({ kind, subject }) => ({ kind, id: subject }));
    expect(subjects).toEqual([{ kind: 'person', id: PID.father }]);
    expect(accessDigest(stored, subjects)).toBe(row.digest);
    expect(accessDigest({ ...stored, behalf: null }, subjects)).not.toBe(row.digest);
    expect(accessDigest(stored, [])).not.toBe(row.digest);
  });
});

describe('the term', () => {
  it('ends by itself when its time is over', async () => {
    const id = await consent({ until: inDays(1) });
    await actFor('daughter', id);
    await house.within(
      'access',
      sql`update access.delegation set valid_from = now() - interval '1 day', valid_to = now() - interval '1 second' where id = ${id}::uuid`,
    );
    forgetSessions(house.services);
    expect((await book('daughter')).json.code).toBe('DELEGATION_ENDED');
    expect((await mine('father')).given[0]).toMatchObject({ id, state: 'expired' });
  });

  it('is at most a year and never in the past', async () => {
    expect((await offer('father', { until: inDays(400) })).json.fields).toMatchObject([
      { pointer: '/until', rule: 'too-long' },
    ]);
    expect((await offer('father', { until: inDays(-2) })).json.fields).toMatchObject([
      { pointer: '/until', rule: 'past' },
    ]);
    expect((await offer('father', { until: undefined })).json.fields).toMatchObject([
      { pointer: '/until', rule: 'missing' },
    ]);
  });

  it('ends when the giver has died, at once for what she does and soon in the record', async () => {
    const id = await consent();
    await actFor('daughter', id);
    expect((await book('daughter')).status).toBe(201);
    residents.get(PID.father)!.deathDate = '2026-11-23';
    forgetSessions(house.services);
    expect((await book('daughter')).json.code).toBe('DELEGATION_ENDED');
    expect(await endByFact(house.services)).toBe(1);
    expect((await mine('daughter')).held[0]).toMatchObject({ id, state: 'ended', endedWhy: 'giver-died' });
  });

  it('ends when the taker’s account is disabled', async () => {
    const id = await consent();
    const enable = (enabled: boolean) =>
      house.within(
        'identity',
        sql`update identity.account set enabled = ${enabled}::boolean where account = 'citizen.daughter'`,
      );
    await enable(false);
    try {
      expect([
        ...(await disabledAccounts({
          services: house.services,
          accounts: ['citizen.daughter', 'citizen.wei', 'nobody'],
        })),
      ]).toEqual(['citizen.daughter', 'nobody']);
      expect(await endByFact(house.services)).toBe(1);
    } finally {
      await enable(true);
    }
    expect((await mine('father')).given[0]).toMatchObject({ id, state: 'ended', endedWhy: 'taker-gone' });
  });
});

describe('an offer', () => {
  it('answers alike whether or not such an account exists, and only the one who is meant sees it', async () => {
    const there = await offer('father', { to: { account: 'citizen.wei' } });
    const nobody = await offer('father', { to: { account: 'no.such.account' } });
    expect([there.status, nobody.status]).toEqual([201, 201]);
    expect(Object.keys(there.json)).toEqual(Object.keys(nobody.json));
    expect({ ...there.json, id: '', toLabel: '', offeredAt: '', validFrom: '' }).toEqual({
      ...nobody.json,
      id: '',
      toLabel: '',
      offeredAt: '',
      validFrom: '',
    });
    expect((await mine('neighbour')).held.map((d: { id: string }) => d.id)).toContain(there.json.id);
    expect((await mine('daughter')).held.map((d: { id: string }) => d.id)).not.toContain(there.json.id);
    expect((await answer('daughter', there.json.id, 'accept')).json).toMatchObject({ status: 404 });
  });

  it('finds the resident by name and phone, of which only a digest and a masked number are kept', async () => {
    const { json } = await offer('father', { to: { name: '徐洁佳', phone: '199 0000 0002' } });
    expect(json.toLabel).toBe('徐洁佳（199****0002）');
    expect(JSON.stringify(await house.within('access', sql`select * from access.delegation`))).not.toContain(
      '19900000002',
    );
    expect((await mine('daughter')).held.map((d: { id: string }) => d.id)).toContain(json.id);
    expect((await answer('daughter', json.id, 'accept')).json).toMatchObject({ state: 'active' });
  });

  it('is for scopes that exist and that the giver can give', async () => {
    expect((await offer('father', { scopes: ['booking', 'everything'] })).json.fields).toMatchObject([
      { pointer: '/scopes/1', rule: 'enum' },
    ]);
    expect((await offer('father', { scopes: ['firm-read'] })).json.fields).toMatchObject([{ pointer: '/scopes/0' }]);
    expect((await offer('father', { scopes: [] })).json.fields).toMatchObject([
      { pointer: '/scopes', rule: 'minItems' },
    ]);
  });

  it('is not for oneself, nor for nobody', async () => {
    expect((await offer('father', { to: { account: 'Citizen.Father' } })).json.fields).toMatchObject([
      { pointer: '/to/account', rule: 'self' },
    ]);
    expect((await offer('father', { to: {} })).json.fields).toMatchObject([
      { pointer: '/to/name' },
      { pointer: '/to/phone' },
    ]);
    const byPhone = await offer('father', { to: { name: '徐发炳', phone: '19900000001' } });
    await mine('father');
    expect((await answer('father', byPhone.json.id, 'accept')).json.code).toBe('TAKER_NOT_ELIGIBLE');
  });

  it('can be declined, and is answered once', async () => {
    const { json } = await offer('father');
    expect((await answer('daughter', json.id, 'decline')).json.state).toBe('declined');
    expect((await answer('daughter', json.id, 'accept')).json.code).toBe('DELEGATION_NOT_OPEN');
    expect((await actFor('daughter', json.id)).status).toBe(404);
  });

  it('gives nothing before it is accepted, and lapses after 14 days', async () => {
    const { json } = await offer('father');
    expect((await actFor('daughter', json.id)).status).toBe(404);
    await house.within(
      'access',
      sql`update access.delegation set offered_at = now() - interval '14 days', lapses_at = now() where id = ${json.id}::uuid`,
    );
    expect((await answer('daughter', json.id, 'accept')).json.code).toBe('DELEGATION_NOT_OPEN');
  });

  it('is not taken by an account without a resident behind it, nor by an official', async () => {
    const { json } = await offer('father', { to: { account: 'worker.yandang' } });
    expect((await answer('worker', json.id, 'accept')).json.code).toBe('TAKER_NOT_ELIGIBLE');
  });

  it('of a minor is refused: the guardian acts', async () => {
    residents.get(PID.neighbour)!.birthDate = '2012-01-01';
    expect((await offer('neighbour')).json.code).toBe('GIVER_UNDER_AGE');
    residents.get(PID.neighbour)!.birthDate = '1985-02-13';
  });

  it('can be open twenty times, not more', async () => {
    for (let i = 0; i < 20; i += 1)
      expect((await offer('neighbour', { to: { account: `account.${i}` } })).status).toBe(201);
    expect((await offer('neighbour')).json.code).toBe('TOO_MANY_DELEGATIONS');
  });
});

describe('other bases', () => {
  it('a committee worker helps a resident who is present for two hours at most, with the resident’s rights and no others', async () => {
    const helper = {
      basis: 'helper',
      to: { account: 'worker.yandang' },
      until: undefined,
      evidence: '本人在居委会窗口',
    };
    expect((await offer('father', { ...helper, minutes: 121 })).json.fields).toMatchObject([
      { pointer: '/minutes', rule: 'too-long' },
    ]);
    expect((await offer('father', { ...helper, minutes: 60, evidence: '' })).json.fields).toMatchObject([
      { pointer: '/evidence' },
    ]);
    const { json } = await offer('father', { ...helper, minutes: 60 });
    await answer('worker', json.id, 'accept');
    expect((await house.as('worker', { url: '/api/records/official' })).json).toEqual({
      unit: 'committee-310101023001',
    });
    await actFor('worker', json.id);
    expect((await book('worker')).json).toMatchObject({ for: PID.father });
    // The scope is right, the post is not the resident's.
    expect((await house.as('worker', { url: '/api/records/official' })).json.code).toBe('FORBIDDEN');
    expect((await acts('father'))[0]).toMatchObject({ outcome: 'refused', code: 'FORBIDDEN', who: '沈佳宁' });
  });

  it('an enterprise lets an agent act for it, and a person’s scopes are not among what it can give', async () => {
    const agent = { basis: 'agent', to: { account: 'citizen.wei' } };
    expect((await offer('owner', { ...agent, scopes: ['booking'] })).json.fields).toMatchObject([
      { pointer: '/scopes/0' },
    ]);
    expect((await offer('father', { ...agent, scopes: ['firm-read'] })).json.code).toBe('GIVER_NOT_LINKED');
    const { json } = await offer('owner', { ...agent, scopes: ['firm-read'] });
    await answer('neighbour', json.id, 'accept');
    await actFor('neighbour', json.id);
    const found = await house.within<{ giver_entity: string }>(
      'access',
      sql`select giver_entity from access.delegation where id = ${json.id}::uuid`,
    );
    expect(found).toEqual([{ giver_entity: FIRM }]);
    expect((await book('neighbour')).json.code).toBe('DELEGATION_OUT_OF_SCOPE');
    // The enterprise, and nothing of the agent's or the owner's own person.
    expect((await house.as('neighbour', { url: '/api/records/firm' })).json).toEqual({ entity: FIRM, person: null });
    expect(await acts('owner')).toMatchObject([
      { outcome: 'done', who: '魏薇婷', what: { zh: '查看企业' } },
      { outcome: 'refused', who: '魏薇婷' },
    ]);
  });

  it('civil affairs records a guardian with a document; the right lasts until the ward is eighteen, the ward cannot end it, the register can', async () => {
    const person = (pid: string) => ({ name: residents.get(pid)!.name, idNumber: residents.get(pid)!.idNumber });
    const body = {
      ward: person(PID.child),
      guardian: person(PID.neighbour),
      scopes: ['booking'],
      evidence: '监护登记 2026-0117',
    };
    const record = (who: Who, more: object = {}) =>
      house.as(who, { method: 'POST', url: '/api/access/guardianships', body: { ...body, ...more } });
    expect((await record('police')).json.code).toBe('FORBIDDEN');
    expect((await record('registrar', { ward: { ...body.ward, name: '别人' } })).json.fields).toMatchObject([
      { pointer: '/ward', rule: 'unknown' },
    ]);
    expect((await record('registrar', { guardian: person(PID.child) })).json.fields).toMatchObject([
      { pointer: '/guardian' },
      { pointer: '/guardian' },
    ]);
    expect((await record('registrar', { evidence: '' })).json.fields).toMatchObject([{ pointer: '/evidence' }]);
    expect((await record('registrar', { ward: person(PID.father) })).json.fields).toMatchObject([
      { pointer: '/until', rule: 'missing' },
    ]);
    const { json } = await record('registrar');
    expect(json.validTo).toBe('2032-04-14T16:00:00.000Z');
    expect((await answer('neighbour', json.id, 'accept')).json).toMatchObject({ state: 'active', giverName: '韩可妍' });
    await actFor('neighbour', json.id);
    expect((await book('neighbour')).json).toMatchObject({ for: PID.child });
    const stop = (who: Who) => house.as(who, { method: 'POST', url: `/api/access/guardianships/${json.id}/end` });
    expect((await stop('police')).json.code).toBe('FORBIDDEN');
    expect((await stop('registrar')).status).toBe(200);
    expect((await book('neighbour')).json.code).toBe('DELEGATION_ENDED');
  });
});
