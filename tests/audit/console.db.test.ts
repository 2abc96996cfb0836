import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trail } from '#platform/audit/record.ts';
import { sealAccess } from '#platform/audit/seal.ts';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { signIn } from '#platform/identity/testing.ts';
import { manifests } from '#manifests';

const PERSON = '01900000-0000-7000-8000-0000000000aa';
const FIRM = '91310101MA1FPX1234';

let house: TestHouse;
let auditor = '';

type Entry = {
  id: string;
  at: string;
  account: string;
  post: string | null;
  unit: string | null;
  outcome: string;
  what: { zh: string };
};
async function search(query: Record<string, string>): Promise<{ entries: Entry[]; next: string | null }> {
  const reply = await call(house, { url: `/api/audit/entries?${new URLSearchParams(query)}`, cookie: auditor });
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json();
}

async function look(options: { account: string; unit: string; purpose: string; subject?: string }): Promise<void> {
  const { account, unit, purpose, subject } = options;
  const actor: Actor = { ...systemActor({ name: account, unit, purpose }), account };
  await house.services.database.tx({ module: 'population', actor }, (db) =>
    trail.record(db, {
      route: 'GET /api/identity/units',
      fields: [{ resource: 'population.person', field: 'name', level: 'L3' }],
      subjects: subject ? [{ kind: subject.length === 18 ? 'entity' : 'person', id: subject }] : [],
      outcome: 'read',
    }),
  );
}

beforeAll(async () => {
  house = await openHouse({ manifests, work: false });
  auditor = await signIn(house, 'security-auditor');
  await look({ account: 'a.one', unit: 'unit-one', purpose: 'community-care', subject: PERSON });
  await look({ account: 'a.two', unit: 'unit-two', purpose: 'data-quality', subject: FIRM });
  for (let i = 0; i < 120; i++) await look({ account: 'a.many', unit: 'unit-many', purpose: 'data-quality' });
});
afterAll(async () => house?.close());

describe('the auditor’s console', () => {
  it('finds entries by actor, unit, purpose, outcome, and by the resident or enterprise they are about', async () => {
    for (const query of [
      { account: 'a.one' },
      { unit: 'unit-one' },
      { purpose: 'community-care' },
      { subject: PERSON },
    ]) {
      const { entries } = await search(query as unknown as Record<string, string>);
      expect(entries.map(({ account }) => account)).toEqual(['a.one']);
    }
    expect((await search({ subject: FIRM })).entries).toMatchObject([{ account: 'a.two', what: { zh: '组织机构' } }]);
    expect((await search({ account: 'a.one', outcome: 'refused' })).entries).toEqual([]);
    expect((await search({ subject: PERSON, unit: 'unit-two' })).entries).toEqual([]);
  });

  it('goes through all pages without a gap or a repeat, newest first, and within the time asked for', async () => {
    const seen: Entry[] = [];
    for (let before: string | null | undefined; before !== null; ) {
      const page = await search({ account: 'a.many', ...(before ? { before } : {}) });
      seen.push(...page.entries);
      before = page.next;
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(120);
    expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).toSorted((a, b) => b.localeCompare(a)));
    const middle = seen[60]?.at ?? '';
    const later = await search({ account: 'a.many', from: middle });
    expect(later.entries.every(({ at }) => at >= middle)).toBe(true);
    expect((await search({ account: 'a.many', to: '2020-01-01T00:00:00+08:00' })).entries).toEqual([]);
  });

  it('is the auditor’s alone; a refused look and the auditor’s own searches stand in the log', async () => {
    const officer = await signIn(house, 'data-officer');
    for (const url of ['/api/audit/entries', '/api/audit/chain'])
      expect((await call(house, { url, cookie: officer })).statusCode).toBe(403);
    expect((await call(house, { method: 'POST', url: '/api/audit/verify', cookie: officer })).statusCode).toBe(403);
    expect((await search({ outcome: 'refused' })).entries[0]).toMatchObject({
      post: 'data-officer',
      outcome: 'refused',
    });
    const own = await search({ account: 'auditor.li' });
    expect(own.entries[0]?.what.zh).toBe('检索审计日志');
  });

  it('refuses a subject or a time that is none, at its field', async () => {
    for (const [name, value] of [
      ['subject', '张三'],
      ['from', 'yesterday'],
      ['outcome', 'anything'],
    ] as const) {
      const reply = await call(house, {
        url: `/api/audit/entries?${new URLSearchParams({ [name]: value })}`,
        cookie: auditor,
      });
      expect(reply.statusCode).toBe(400);
      expect(JSON.stringify(reply.json())).toContain(`/${name}`);
    }
  });

  it('shows what is sealed and waits, and verifies on demand', async () => {
    await sealAccess(house.services);
    const chain = (await call(house, { url: '/api/audit/chain', cookie: auditor })).json();
    expect(chain).toMatchObject({ waiting: expect.any(Number) });
    const verdict = await call(house, { method: 'POST', url: '/api/audit/verify', cookie: auditor });
    expect(verdict.json()).toMatchObject({ ok: true, fault: null });
  });
});
