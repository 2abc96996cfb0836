import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { forgetRules } from '#platform/access/policy/rules.ts';
import { ATTRIBUTES } from '#platform/basedata/population/attributes.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call } from '#platform/kernel/testing.ts';
import { openSeededHouse, type SeededHouse } from '../fixture.ts';

/*
 * Who sees which attribute of a card in clear, masked or not at all is decided by the policies, by level and disclosure; a
 * district policy narrows it at once, for the card, its lineage, the opening of one field and what people are told about it.
 */
let house: SeededHouse;
/** A resident of the clerk's street of whom phone and ethnic group are known. */
let pid: string;
beforeAll(async () => {
  house = await openSeededHouse({ examples: false });
  const actor = systemActor({ name: 'test', purpose: 'data-quality' });
  pid = await house.services.database.tx({ module: 'population', actor }, async (db) => {
    const found = await db.one<{ pid: string }>(sql`select pid from population.person
      where phone is not null and nation is not null and committee_code like '310101023%' and death_date is null order by pid limit 1`);
    return found.pid;
  });
}, 400_000);
afterAll(() => house?.close());

const policies = (run: ReturnType<typeof sql>) =>
  house.services.database.tx({ module: 'access', actor: systemActor({ name: 'test' }) }, async (db) => {
    await db.run(run);
    forgetRules(house.services);
  });
/** Puts a district policy in force, as two persons would. */
const inForce = (slug: string, action: string, when: string) =>
  policies(sql`insert into access.district_policy (id, slug, version, text, cases, reason, state, drafted_by, drafted_name, drafted_at, decided_by, decided_name, decided_at, valid_from)
    values (${crypto.randomUUID()}::uuid, ${slug}, 1, ${`@id("district.${slug}")\n@zh("本区规定（测试）。")\n@en("A rule of this district (test).")\nforbid (principal, action == Action::"access.attribute.${action}", resource)\nwhen { ${when} };`},
      '[]', 'test', 'approved', 'a', 'a', now(), 'b', 'b', now(), now() - interval '1 minute')`);
afterEach(() =>
  policies(sql`update access.district_policy set valid_to = now() where reason = 'test' and valid_to is null`),
);

const get = async (post: keyof SeededHouse['cookies'], url: string, purpose?: string) => {
  const reply = await call(house, { url, cookie: house.cookies[post], purpose });
  return { status: reply.statusCode, json: reply.json() };
};
const card = async () => (await get('street-clerk', `/api/population/persons/${pid}`, 'community-care')).json;
type Found = Record<string, ReturnType<typeof JSON.parse>>;
const named = (attributes: Found[], name: string): Found => attributes.find((a) => a.name === name) ?? {};
const open = async (field: string) => {
  const reply = await call(house, {
    method: 'POST',
    url: `/api/population/persons/${pid}/unmask`,
    body: { field },
    cookie: house.cookies['street-clerk'],
    purpose: 'verify-application',
  });
  return { status: reply.statusCode, json: reply.json() };
};
const explained = async (resource: string) =>
  (await get('street-clerk', `/api/access/explain?resource=${resource}`)).json.card;

describe('as shipped', () => {
  it('a clerk sees what comes with the card, a mask of the rest, and opens that one by one', async () => {
    const { attributes } = await card();
    for (const { name, disclosure } of ATTRIBUTES) {
      const shown = named(attributes, name);
      if (shown.value !== null) expect([name, shown.masked]).toEqual([name, disclosure === 'single']);
    }
    expect(named(attributes, 'phone').value).toMatch(/^1\d\d\*{4}\d{4}$/);
    expect((await open('phone')).json.value).toMatch(/^1\d{10}$/);
  });

  it('says why something is masked, and who sees more', async () => {
    const { assurance, attributes, policies: named_ } = await explained('population.resident');
    expect(assurance).toBe(2);
    const phone = named(attributes, 'phone');
    expect(phone).toMatchObject({ level: 'L3', disclosure: 'single', you: 'masked', mayOpen: true, clear: [] });
    expect(phone.why).toEqual(['access.attribute.mask']);
    expect(phone.masked.map(({ post }: { post: string }) => post).sort()).toEqual([
      'committee-worker',
      'data-officer',
      'duty-officer',
      'street-clerk',
    ]);
    expect(phone.opens.map(({ post }: { post: string }) => post)).not.toContain('duty-officer');
    expect(named(attributes, 'name')).toMatchObject({ you: 'clear', why: ['access.attribute.read'] });
    expect(named_.map(({ id }: { id: string }) => id)).toContain('access.attribute.reveal');
    // Who sees no residents is told so; a resource without a card has none.
    const auditor = await get('security-auditor', '/api/access/explain?resource=population.resident');
    expect(named(auditor.json.card.attributes, 'name')).toMatchObject({ you: 'hidden', why: [], mayOpen: false });
    expect(await explained('identity.unit')).toBeNull();
  });

  it('a resident sees every attribute of their own in clear', async () => {
    const { json } = await get('citizen', '/api/population/self');
    expect(json.attributes.filter(({ masked }: { masked: boolean }) => masked)).toEqual([]);
    expect(named(json.attributes, 'phone').value).toMatch(/^1\d{10}$/);
  });
});

describe('a district policy', () => {
  it('that takes a value out of sight masks it everywhere on the card, at once', async () => {
    const before = await card();
    await inForce('names', 'read', 'resource has attribute && resource.attribute == "name" && !resource.own');
    const after = await card();
    const name = named(before.attributes, 'name').value as string;
    expect(named(after.attributes, 'name')).toMatchObject({ masked: true });
    for (const value of [named(after.attributes, 'name').value, after.record.name]) {
      expect(value).not.toBe(name);
      expect(value).toContain('*');
    }
    for (const member of after.household?.members ?? []) expect(member.name).toContain('*');
    expect(named(after.attributes, 'sex').value).toBe(named(before.attributes, 'sex').value);
    const lineage = await get('street-clerk', `/api/population/lineage?pid=${pid}&attr=name`, 'verify-application');
    expect(JSON.stringify(lineage.json)).not.toContain(name);
    expect(named((await explained('population.resident')).attributes, 'name')).toMatchObject({
      you: 'masked',
      why: ['district.names', 'access.attribute.mask'],
    });
    // What the district masks is opened one by one like the rest.
    expect((await open('name')).json.value).toBe(name);
    // Nobody loses sight of their own.
    const own = await get('citizen', '/api/population/self');
    expect(named(own.json.attributes, 'name').masked).toBe(false);
  });

  it('that forbids the mask too leaves nothing: no value, no source, no lineage', async () => {
    await inForce('nation', 'mask', 'resource.level >= 4');
    const { attributes, record } = await card();
    expect(named(attributes, 'nation')).toMatchObject({ value: null, source: null, others: [] });
    expect(record.nation).toBeNull();
    const lineage = await get('street-clerk', `/api/population/lineage?pid=${pid}&attr=nation`, 'community-care');
    expect(lineage.status).toBe(404);
    expect(named((await explained('population.resident')).attributes, 'nation')).toMatchObject({
      you: 'hidden',
      mayOpen: false,
    });
  });

  it('that forbids opening refuses it, keeps the refusal, and opens nothing', async () => {
    await inForce('phones', 'reveal', 'resource has attribute && resource.attribute == "phone"');
    const { status, json } = await open('phone');
    expect([status, json.code, json.attribute]).toEqual([403, 'FORBIDDEN', 'phone']);
    expect(json.detail).toBe('本区规定（测试）。');
    expect((await open('nation')).status).toBe(200);
    const [refused] = await house.services.database.tx(
      { module: 'audit', actor: systemActor({ name: 'test' }) },
      (db) =>
        db.rows<{ outcome: string; code: string }>(
          sql`select outcome, code from audit.access where route = 'POST /api/population/persons/:pid/unmask' and outcome = 'refused' order by at desc limit 1`,
        ),
    );
    expect(refused).toEqual({ outcome: 'refused', code: 'FORBIDDEN' });
    expect(named((await explained('population.resident')).attributes, 'phone').mayOpen).toBe(false);
  });

  it('holds for the card of an enterprise as well, and not for its own agent', async () => {
    const found = await get('data-officer', '/api/legal-entity/entities');
    const { uscc } = found.json.entities[0];
    const url = `/api/legal-entity/entities/${uscc}`;
    const before = (await get('data-officer', url)).json;
    expect(before.attributes.some(({ masked }: { masked: boolean }) => masked)).toBe(false);
    await inForce(
      'representatives',
      'read',
      'resource.kind == "legal-entity.entity" && resource.level >= 2 && !resource.own',
    );
    const after = (await get('data-officer', url)).json;
    const hidden = after.attributes.filter(({ masked }: { masked: boolean }) => masked);
    expect(hidden.length).toBeGreaterThan(0);
    expect(hidden.every(({ level }: { level: string }) => level === 'L2')).toBe(true);
    if (before.record.legalRepresentative !== null) expect(after.record.legalRepresentative).toContain('*');
    const own = await get('enterprise-agent', '/api/legal-entity/self');
    expect(own.json.attributes.some(({ masked }: { masked: boolean }) => masked)).toBe(false);
    const told = await get('data-officer', '/api/access/explain?resource=legal-entity.entity');
    expect(told.json.card.assurance).toBeNull();
    expect(named(told.json.card.attributes, 'legalRepresentative')).toMatchObject({ you: 'masked', mayOpen: false });
  });
});
