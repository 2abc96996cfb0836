import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type FoundEntry, readEntries } from '#platform/rulebook/entry-file.ts';
import { storeEntries } from '#platform/rulebook/store-entries.ts';
import { delegationTerms } from './delegation-terms.ts';
import { type DelegationHouse, inDays, openDelegationHouse } from './fixtures/house.ts';

/* How long a delegation may last and how many there may be is what the rulebook says on the day, with its source. */
let house: DelegationHouse;
beforeAll(async () => {
  house = await openDelegationHouse();
});
afterAll(() => house?.close());

const entries = (): FoundEntry[] => {
  const { registry, config } = house.services;
  return readEntries({ root: config.root, folders: registry.modules.map(({ folder }) => folder) });
};
/** The rulebook with other values of delegation. */
const write = (values: Record<string, number>) =>
  house.services.database.tx({ module: 'rulebook', actor: systemActor({ name: 'test' }) }, (db) =>
    storeEntries(
      db,
      entries().map((entry) => {
        const value = values[entry.id.replace('access.delegation.', '')];
        return value === undefined ? entry : { ...entry, value };
      }),
    ),
  );
const offer = (more: object) =>
  house.as('father', {
    method: 'POST',
    url: '/api/access/delegations',
    body: { basis: 'consent', to: { account: 'citizen.daughter' }, scopes: ['booking'], until: inDays(30), ...more },
  });
const helper = { basis: 'helper', to: { account: 'worker.yandang' }, until: undefined, evidence: '在居委会窗口' };

describe('terms of delegations', () => {
  it('stand in the rulebook with unit, source and date, unverified until a person has compared them', async () => {
    const about = entries().filter(({ id }) => id.startsWith('access.delegation.'));
    expect(about.map(({ id, value, unit, kind }) => [id.slice(18), value, unit, kind]).sort()).toEqual([
      ['full-age', 18, 'year', 'law'],
      ['longest-agent', 366, 'day', 'measure'],
      ['longest-consent', 366, 'day', 'measure'],
      ['longest-guardian', 366, 'day', 'measure'],
      ['longest-helper', 120, 'minute', 'measure'],
      ['most-open', 20, 'delegation', 'measure'],
      ['offer-lapses', 14, 'day', 'measure'],
    ]);
    expect(about.every(({ source, validFrom }) => source.title !== '' && validFrom !== '')).toBe(true);
    const { json } = await house.as('father', { url: '/api/rulebook/entries/access.delegation.full-age' });
    expect(json.applies).toMatchObject({
      source: { title: '中华人民共和国民法典', article: '第十七条' },
      validFrom: '2021-01-01',
      verified: null,
    });
  });

  it('a longer one is refused at its field, with the number of the day; a changed rule changes both', async () => {
    const long = await offer({ until: inDays(400) });
    expect(long.json.fields).toMatchObject([{ pointer: '/until', rule: 'too-long', message: '期限过长：最长 366 天' }]);
    expect((await offer({ until: inDays(60) })).status).toBe(201);
    await write({ 'longest-consent': 40, 'longest-helper': 30 });
    expect((await offer({ until: inDays(60) })).json.fields).toMatchObject([{ pointer: '/until', rule: 'too-long' }]);
    expect((await offer({ until: inDays(39) })).status).toBe(201);
    expect((await offer({ ...helper, minutes: 31 })).json.fields).toMatchObject([{ pointer: '/minutes' }]);
    expect((await offer({ ...helper, minutes: 30 })).status).toBe(201);
    await write({});
  });

  it('an offer lapses by the rule of the day on which it was made', async () => {
    const { json: old } = await offer({});
    await write({ 'offer-lapses': 2 });
    const { json: young } = await offer({});
    const rows = await house.within<{ id: string; days: number }>(
      'access',
      sql`select id, extract(day from lapses_at - offered_at)::int as days from access.delegation where id in (${old.id}::uuid, ${young.id}::uuid)`,
    );
    expect(Object.fromEntries(rows.map(({ id, days }) => [id, days]))).toEqual({ [old.id]: 14, [young.id]: 2 });
    await house.within(
      'access',
      sql`update access.delegation set offered_at = offered_at - interval '3 days', lapses_at = lapses_at - interval '3 days'`,
    );
    const answer = (id: string) =>
      house.as('daughter', { method: 'POST', url: `/api/access/delegations/${id}/accept` });
    expect((await answer(young.id)).json.code).toBe('DELEGATION_NOT_OPEN');
    expect((await answer(old.id)).json.state).toBe('active');
    await write({});
  });

  it('one more than the rule allows is refused, and goes when the rule allows more', async () => {
    const { open } = (
      await house.within<{ open: number }>(
        'access',
        sql`select count(*)::int as open from access.delegation where state in ('offered', 'accepted') and offered_by = 'citizen.father'`,
      )
    )[0]!;
    await write({ 'most-open': open });
    expect((await offer({})).json.code).toBe('TOO_MANY_DELEGATIONS');
    await write({ 'most-open': open + 1 });
    expect((await offer({})).status).toBe(201);
    await write({});
  });

  it('whoever is under the age of the rule gives none', async () => {
    await write({ 'full-age': 100 });
    expect((await offer({})).json.code).toBe('GIVER_UNDER_AGE');
    await write({});
    expect((await offer({})).status).toBe(201);
  });

  it('a book without them, or with another unit, is an error that names the entry', async () => {
    const ask = (on: Date) =>
      house.services.database.tx({ module: 'access', actor: systemActor({ name: 'test' }) }, (db) =>
        delegationTerms(db, on),
      );
    await expect(ask(new Date('2019-06-01T00:00:00Z'))).rejects.toThrow('access.delegation.longest-consent');
    await house.services.database.tx({ module: 'rulebook', actor: systemActor({ name: 'test' }) }, (db) =>
      storeEntries(
        db,
        entries().map((entry) =>
          entry.id === 'access.delegation.longest-helper' ? { ...entry, unit: 'hour' } : entry,
        ),
      ),
    );
    await expect(ask(house.services.clock.now())).rejects.toThrow(
      'access.delegation.longest-helper is no number of minute',
    );
    await write({});
  });
});
