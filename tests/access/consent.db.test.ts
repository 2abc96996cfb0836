import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call } from '#platform/kernel/testing.ts';
import { useConsent } from '#platform/access/consent/check-consent.ts';
import { signIn } from '#platform/identity/testing.ts';
import { openSeededHouse, type SeededHouse } from '../fixture.ts';

/** A bank asks for the name and the address of a resident: only what they consented to, only for that, only until they say no. */
const BANK = '91310000MA1FP0009R';
let house: SeededHouse;
let citizen = '';
let pid = '';
beforeAll(async () => {
  house = await openSeededHouse({ examples: false });
  citizen = await signIn(house, 'citizen.daughter');
  pid = (await call(house, { url: '/api/population/self', cookie: citizen })).json().pid;
}, 300_000);
afterAll(() => house?.close());

const give = async (more: object = {}) => {
  const reply = await call(house, {
    method: 'POST',
    url: '/api/access/consents',
    cookie: citizen,
    body: {
      recipient: BANK,
      recipientName: '样例银行',
      purpose: 'loan',
      items: ['population.resident.name', 'population.resident.address'],
      mode: 'continuous',
      days: 30,
      ...more,
    },
  });
  return { status: reply.statusCode, json: reply.json() };
};
const revoke = async (id: string, cookie = citizen) =>
  (await call(house, { method: 'POST', url: `/api/access/consents/${id}/revoke`, cookie })).json();
/** As a module that hands data over would ask, in its own transaction. */
const use = (more: object = {}) =>
  house.services.database.tx({ module: 'exchange', actor: systemActor({ name: 'hand-over' }) }, (db) =>
    useConsent(db, {
      subject: { kind: 'person', id: pid },
      recipient: BANK,
      purpose: 'loan',
      items: ['population.resident.name'],
      ...more,
    }),
  );

describe('a consent', () => {
  it('holds for one recipient, one purpose and the named items, and not after it is revoked', async () => {
    await expect(use()).rejects.toThrow(/CONSENT_REQUIRED/);
    const made = await give();
    expect(made).toMatchObject({ status: 201, json: { state: 'active', signatureHolds: true, subjectPerson: pid } });
    expect(await use()).toBe(made.json.id);
    await expect(use({ items: ['population.resident.phone'] })).rejects.toThrow(/CONSENT_REQUIRED/);
    await expect(use({ items: ['population.resident.name', 'population.resident.phone'] })).rejects.toThrow(
      /CONSENT_REQUIRED/,
    );
    await expect(use({ items: [] })).rejects.toThrow(/CONSENT_REQUIRED/);
    await expect(use({ purpose: 'insurance' })).rejects.toThrow(/CONSENT_REQUIRED/);
    await expect(use({ recipient: '91310000MA0000000X' })).rejects.toThrow(/CONSENT_REQUIRED/);
    await expect(use({ subject: { kind: 'person', id: crypto.randomUUID() } })).rejects.toThrow(/CONSENT_REQUIRED/);
    expect(await revoke(made.json.id)).toMatchObject({ state: 'revoked' });
    await expect(use()).rejects.toThrow(/CONSENT_REQUIRED/);
    expect((await revoke(made.json.id)).code).toBe('CONSENT_ENDED');
  });

  it('for once is used up by its use, which the person sees', async () => {
    const made = await give({ mode: 'once' });
    await use();
    await expect(use()).rejects.toThrow(/CONSENT_REQUIRED/);
    const { consents } = (await call(house, { url: '/api/access/consents', cookie: citizen })).json();
    expect(consents.find((one: { id: string }) => one.id === made.json.id)).toMatchObject({
      state: 'used',
      uses: [{ module: 'exchange', items: ['population.resident.name'] }],
    });
  });

  it('ends with its term', async () => {
    const made = await give({ days: 1 });
    await house.services.database.tx({ module: 'access', actor: systemActor({ name: 'test' }) }, (db) =>
      db.run(
        sql`update access.consent set valid_from = valid_from - interval '1 day', valid_to = valid_to - interval '1 day' where id = ${made.json.id}::uuid`,
      ),
    );
    await expect(use()).rejects.toThrow(/CONSENT_REQUIRED/);
  });

  it('has no form for a bundle, for an unknown purpose, item or recipient', async () => {
    expect((await give({ purpose: 'loan,insurance' })).status).toBe(400);
    expect((await give({ purposes: ['loan', 'insurance'] })).status).toBe(400);
    expect((await give({ items: ['population.resident.*'] })).status).toBe(400);
    expect((await give({ recipient: '91310000MA1FP0009X' })).status).toBe(400);
  });

  it('shows a changed text as unsigned, and belongs to the person alone', async () => {
    const made = await give();
    await house.services.database.tx({ module: 'access', actor: systemActor({ name: 'test' }) }, (db) =>
      db.run(
        sql`update access.consent set statement = replace(statement, 'loan', 'insurance') where id = ${made.json.id}::uuid`,
      ),
    );
    const { consents } = (await call(house, { url: '/api/access/consents', cookie: citizen })).json();
    expect(consents.find((one: { id: string }) => one.id === made.json.id)).toMatchObject({ signatureHolds: false });
    const other = await signIn(house, 'citizen.father');
    expect((await revoke(made.json.id, other)).code).toBe('NOT_FOUND');
    expect((await call(house, { url: '/api/access/consents', cookie: other })).json().consents).toEqual([]);
  });
});
