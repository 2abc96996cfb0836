import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { identity } from '#platform/identity/app.ts';
import { inIdentity, postIn } from '#platform/identity/organisation/testing.ts';
import { signIn } from '#platform/identity/testing.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { hashPassword } from '#platform/identity/password.ts';

/* SCIM 2.0 by clause of RFC 7643 and RFC 7644, over HTTP on a socket. */
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
type Json = ReturnType<typeof JSON.parse>;
type Answer = { status: number; type: string; headers: Headers; json: ReturnType<typeof JSON.parse> };

let house: TestHouse;
let root: string;
let admin: string;
/** Tokens of a source that may fill posts, of one that may not. */
let token: string;
let second: string;

beforeAll(async () => {
  house = await openHouse({ manifests: [identity, access, audit], work: false });
  root = `${await house.server.fastify.listen({ host: '127.0.0.1', port: 0 })}/scim/v2`;
  admin = await signIn(house, 'admin.system');
  token = await tokenOf('人事系统', true);
  second = await tokenOf('教师登记系统', false);
}, 240_000);
afterAll(() => house?.close());

async function tokenOf(name: string, assigns: boolean): Promise<string> {
  const made = await call(house, {
    method: 'POST',
    url: '/api/identity/scim-sources',
    cookie: admin,
    body: { name, assigns },
  });
  expect(made.statusCode, made.body).toBe(201);
  const issued = await call(house, {
    method: 'POST',
    url: `/api/identity/scim-sources/${made.json().id}/tokens`,
    cookie: admin,
  });
  expect(issued.statusCode, issued.body).toBe(201);
  return issued.json().token as string;
}

async function send(
  method: string,
  path: string,
  body?: unknown,
  more: { bearer?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const bearer = more.bearer ?? token;
  const reply = await fetch(path.startsWith('http') ? path : `${root}${path}`, {
    method,
    headers: {
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
      ...more.headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await reply.text();
  return {
    status: reply.status,
    type: reply.headers.get('content-type') ?? '',
    headers: reply.headers,
    json: text === '' ? undefined : JSON.parse(text),
  };
}
let count = 0;
const join = async (more: Record<string, unknown> = {}, bearer = token): Promise<Json> => {
  count += 1;
  const made = await send(
    'POST',
    '/Users',
    { schemas: [USER], userName: `joiner.${count}`, displayName: `新人${count}`, ...more },
    { bearer },
  );
  expect(made.status, JSON.stringify(made.json)).toBe(201);
  return made.json;
};
const patch = (path: string, operations: unknown[], more: { bearer?: string; headers?: Record<string, string> } = {}) =>
  send('PATCH', path, { schemas: [PATCH], Operations: operations }, more);
const found = async (filter: string, path = '/Users') =>
  (await send('GET', `${path}?filter=${encodeURIComponent(filter)}`)).json;

describe('RFC 7644 § 2: authentication', () => {
  it('asks for a bearer token; unknown, revoked and malformed ones get one answer, in the form of the protocol', async () => {
    const none = await send('GET', '/Users', undefined, { bearer: '' });
    expect(none).toMatchObject({ status: 401, json: { schemas: [ERROR], status: '401' } });
    expect(none.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(none.type).toMatch(/^application\/scim\+json/);
    const gone = await tokenOf('旧系统', false);
    const sources = (await call(house, { url: '/api/identity/scim-sources', cookie: admin })).json().sources as {
      name: string;
      tokens: { id: string }[];
    }[];
    const id = sources.find(({ name }) => name === '旧系统')?.tokens[0]?.id;
    expect((await send('GET', '/Users', undefined, { bearer: gone })).status).toBe(200);
    await call(house, { method: 'DELETE', url: `/api/identity/scim-tokens/${id}`, cookie: admin });
    for (const bearer of [gone, `${token.slice(0, -1)}x`, 'x'])
      expect((await send('GET', '/Users', undefined, { bearer })).json).toEqual(none.json);
    // A session is no token, and the token stands nowhere in clear.
    expect((await fetch(`${root}/Users`, { headers: { cookie: admin } })).status).toBe(401);
    expect(JSON.stringify(await inIdentity(house, sql`select * from identity.scim_token`))).not.toContain(token);
  });

  it('limits a source to the people that it brought', async () => {
    const mine = await join();
    expect((await send('GET', `/Users/${mine.id}`, undefined, { bearer: second })).json).toMatchObject({
      status: '404',
    });
    expect(
      (await patch(`/Users/${mine.id}`, [{ op: 'replace', path: 'active', value: false }], { bearer: second })).status,
    ).toBe(404);
    expect((await send('DELETE', `/Users/${mine.id}`, undefined, { bearer: second })).status).toBe(404);
    expect((await send('GET', '/Users', undefined, { bearer: second })).json.totalResults).toBe(0);
    // Officials whom no source brought are there for none.
    expect((await found('userName eq "clerk.bund"')).totalResults).toBe(0);
  });
});

describe('RFC 7643 §§ 5–7, RFC 7644 § 4: discovery', () => {
  it('says what it can do, which types there are and what they hold, without a token', async () => {
    const config = await send('GET', '/ServiceProviderConfig', undefined, { bearer: '' });
    expect(config).toMatchObject({
      status: 200,
      json: {
        patch: { supported: true },
        bulk: { supported: false },
        filter: { supported: true, maxResults: 200 },
        etag: { supported: true },
        sort: { supported: false },
      },
    });
    expect(config.type).toMatch(/^application\/scim\+json/);
    const types = (await send('GET', '/ResourceTypes')).json;
    expect(types.Resources.map((t: { name: string; endpoint: string }) => [t.name, t.endpoint])).toEqual([
      ['User', '/Users'],
      ['Group', '/Groups'],
    ]);
    const schema = (await send('GET', `/Schemas/${USER}`)).json;
    expect(schema).toMatchObject({ id: USER, name: 'User', meta: { resourceType: 'Schema' } });
    expect((await send('GET', '/Schemas')).json.totalResults).toBe(2);
    expect((await send('GET', '/ResourceTypes/User')).json.schema).toBe(USER);
    expect((await send('GET', '/Schemas?filter=id%20pr')).status).toBe(403);
    expect((await send('GET', '/Nothing')).json).toMatchObject({ schemas: [ERROR], status: '404' });
    expect((await send('GET', '/Me')).status).toBe(501);
  });
});

describe('RFC 7644 § 3.3: creating', () => {
  it('answers 201 with location, version and the whole resource; what is not kept here is not there', async () => {
    const made = await send('POST', '/Users', {
      schemas: [USER],
      userName: 'zhang.san',
      name: { familyName: '张', givenName: '三' },
      externalId: 'E-1',
      password: 'is-never-taken-2026',
      phoneNumbers: [{ value: '13800138000' }],
    });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      userName: 'zhang.san',
      displayName: '张三',
      externalId: 'E-1',
      active: true,
      groups: [],
      meta: { resourceType: 'User' },
    });
    expect(made.headers.get('location')).toBe(made.json.meta.location);
    expect(made.headers.get('etag')).toBe(made.json.meta.version);
    expect(JSON.stringify(made.json)).not.toMatch(/13800138000|never-taken/);
    expect((await send('GET', made.json.meta.location)).json).toEqual(made.json);
    // No password, so nobody can sign in before the person has opened the account.
    const login = await call(house, {
      method: 'POST',
      url: '/api/identity/login',
      body: { account: 'zhang.san', password: 'is-never-taken-2026' },
    });
    expect(login.statusCode).toBe(401);
  });

  it('refuses a name that is taken, anybody’s, and what is not a user', async () => {
    const taken = { status: 409, json: { schemas: [ERROR], status: '409', scimType: 'uniqueness' } };
    expect(
      await send('POST', '/Users', { schemas: [USER], userName: 'clerk.bund', displayName: '他人' }),
    ).toMatchObject(taken);
    await join({ externalId: 'E-2' });
    expect(
      await send('POST', '/Users', { schemas: [USER], userName: 'other.name', displayName: '他人', externalId: 'E-2' }),
    ).toMatchObject(taken);
    for (const body of [
      {},
      { schemas: [USER] },
      { schemas: [USER], userName: 'Bad Name', displayName: 'x' },
      { schemas: [USER], userName: 'no.name' },
      { userName: 'no.schema', displayName: 'x' },
      [],
    ])
      expect(await send('POST', '/Users', body)).toMatchObject({ status: 400, json: { schemas: [ERROR] } });
    expect(await send('POST', '/Users', '{"broken')).toMatchObject({
      status: 400,
      json: { scimType: 'invalidSyntax' },
    });
    expect((await send('POST', '/Users', 'x', { headers: { 'content-type': 'text/xml' } })).status).toBe(415);
    expect((await send('POST', '/Groups', { displayName: 'x' })).status).toBe(403);
  });
});

describe('RFC 7644 § 3.4.2: queries', () => {
  it('filters by every operator, with and, or, not, groups and the schema’s name', async () => {
    const a = await join({ displayName: '甲 Filter', externalId: 'F-100%' });
    const b = await join({ displayName: '乙 Filter', active: false });
    const ids = async (filter: string) =>
      ((await found(filter)).Resources as { id: string }[])
        .map(({ id }) => id)
        .filter((id) => [a.id, b.id].includes(id));
    expect(await ids(`userName eq "${String(a.userName).toUpperCase()}"`)).toEqual([a.id]);
    expect(await ids(`${USER}:userName eq "${a.userName}"`)).toEqual([a.id]);
    expect(await ids('displayName co "filter"')).toEqual([a.id, b.id]);
    expect(await ids('displayName sw "甲" and active eq true')).toEqual([a.id]);
    expect(await ids('displayName ew "FILTER" and not (active eq true)')).toEqual([b.id]);
    expect(await ids('(displayName sw "甲" or displayName sw "乙") and active eq false')).toEqual([b.id]);
    expect(await ids('externalId pr')).toEqual([a.id]);
    expect(await ids('externalId co "0%"')).toEqual([a.id]);
    expect(await ids('externalId co "_"')).toEqual([]);
    expect(await ids(`name.formatted ne "甲 Filter" and displayName co "Filter"`)).toEqual([b.id]);
    expect(await ids('meta.created gt "2020-01-01T00:00:00Z"')).toEqual([a.id, b.id]);
    expect(await ids(`id eq "${b.id}"`)).toEqual([b.id]);
    const groups = await found('displayName co "街道" and displayName ew "街道经办"', '/Groups');
    expect(groups.totalResults).toBeGreaterThan(0);
  });

  it('answers invalidFilter for what is no filter, whatever stands in it', async () => {
    for (const filter of [
      '',
      'bad',
      'userName zz "x"',
      'userName eq',
      'userName eq x',
      'userName eq "a" or',
      '(userName eq "a"',
      'password eq "x"',
      'userName eq "a"; drop table identity.account',
      'active co "x"',
      'not userName pr',
      `${'('.repeat(30)}userName pr${')'.repeat(30)}`,
      'userName.x pr',
      '__proto__ pr',
      'constructor pr',
    ])
      expect(await send('GET', `/Users?filter=${encodeURIComponent(filter)}`), filter).toMatchObject({
        status: 400,
        json: { schemas: [ERROR], scimType: 'invalidFilter' },
      });
  });

  it('pages from 1, corrects indices below, and counts with count=0', async () => {
    const total = (await send('GET', '/Users')).json.totalResults as number;
    expect((await send('GET', '/Users?startIndex=2&count=1')).json).toMatchObject({
      totalResults: total,
      startIndex: 2,
      itemsPerPage: 1,
    });
    expect((await send('GET', '/Users?startIndex=0&count=1')).json).toMatchObject({ startIndex: 1, itemsPerPage: 1 });
    expect((await send('GET', '/Users?count=-5')).json).toMatchObject({
      totalResults: total,
      itemsPerPage: 0,
      Resources: [],
    });
    expect((await send('GET', '/Users?startIndex=99999')).json).toMatchObject({ totalResults: total, itemsPerPage: 0 });
    expect((await send('GET', '/Users?count=x')).status).toBe(400);
    const seen = new Set<string>();
    for (let start = 1; start <= total; start += 2)
      for (const { id } of (await send('GET', `/Users?startIndex=${start}&count=2`)).json.Resources) seen.add(id);
    expect(seen.size).toBe(total);
  });

  it('searches by POST, and gives the attributes that were asked for', async () => {
    const { userName, id } = await join();
    const search = await send('POST', '/Users/.search', {
      schemas: [SEARCH],
      filter: `userName eq "${userName}"`,
      attributes: ['userName'],
      count: 10,
    });
    expect(search).toMatchObject({ status: 200, json: { totalResults: 1 } });
    expect(search.json.Resources).toEqual([{ schemas: [USER], id, userName }]);
    const without = (await send('GET', `/Users/${id}?excludedAttributes=groups,meta`)).json;
    expect(Object.keys(without)).not.toContain('groups');
  });
});

describe('RFC 7644 § 3.5: changing', () => {
  it('PATCH adds, replaces and removes, by path and without, and the old version is refused (§ 3.14)', async () => {
    const user = await join();
    const path = `/Users/${user.id}`;
    const tag = String(user.meta.version);
    const one = await patch(path, [{ op: 'replace', path: 'displayName', value: '改名' }], {
      headers: { 'if-match': tag },
    });
    expect(one).toMatchObject({ status: 200, json: { displayName: '改名' } });
    expect(one.headers.get('etag')).not.toBe(tag);
    expect(
      await patch(path, [{ op: 'replace', path: 'displayName', value: '又改' }], { headers: { 'if-match': tag } }),
    ).toMatchObject({ status: 412, json: { status: '412' } });
    expect((await send('DELETE', path, undefined, { headers: { 'if-match': tag } })).status).toBe(412);
    expect((await patch(path, [{ op: 'Add', value: { externalId: 'P-1' } }])).json.externalId).toBe('P-1');
    expect((await patch(path, [{ op: 'remove', path: 'externalId' }])).json).not.toHaveProperty('externalId');
    expect(
      (
        await patch(path, [
          { op: 'replace', path: `${USER}:name.formatted`, value: '全名' },
          { op: 'remove', path: 'displayName' },
        ])
      ).json.displayName,
    ).toBe('全名');
    const current = await send('GET', path);
    expect(
      (await send('GET', path, undefined, { headers: { 'if-none-match': current.headers.get('etag') ?? '' } })).status,
    ).toBe(304);
  });

  it('says what is wrong with a PATCH, and changes nothing of it', async () => {
    const user = await join();
    const path = `/Users/${user.id}`;
    const cases: [unknown[], string][] = [
      [[{ op: 'remove' }], 'noTarget'],
      [[{ op: 'move', path: 'active', value: true }], 'invalidSyntax'],
      [[{ op: 'replace', path: 'id', value: 'x' }], 'mutability'],
      [[{ op: 'replace', path: 'userName', value: 'other.name' }], 'mutability'],
      [[{ op: 'add', path: 'groups', value: [{ value: user.id }] }], 'mutability'],
      [[{ op: 'replace', path: 'active' }], 'invalidValue'],
      [[{ op: 'replace', path: 'active', value: 'maybe' }], 'invalidValue'],
      [[{ op: 'replace', path: 'emails[type eq "work"].value', value: 'x' }], 'noTarget'],
      [[{ op: 'replace', path: 'a b[c', value: 'x' }], 'invalidPath'],
      [[], 'invalidSyntax'],
      [[{ op: 'replace', path: 'displayName', value: '先改' }, { op: 'remove' }], 'noTarget'],
    ];
    for (const [operations, scimType] of cases)
      expect(await patch(path, operations), JSON.stringify(operations)).toMatchObject({
        status: 400,
        json: { scimType },
      });
    expect((await send('PATCH', path, { Operations: [] })).status).toBe(400);
    expect((await send('GET', path)).json).toEqual(user);
  });

  it('PUT replaces the whole; DELETE is for good and the account stays for the record (§ 3.6)', async () => {
    const user = await join({ externalId: 'D-1' });
    const path = `/Users/${user.id}`;
    const put = await send('PUT', path, { schemas: [USER], userName: user.userName, displayName: '整体替换' });
    expect(put.json).toMatchObject({ displayName: '整体替换', active: true });
    expect(put.json).not.toHaveProperty('externalId');
    expect((await send('DELETE', path)).status).toBe(204);
    expect((await send('GET', path)).status).toBe(404);
    expect((await send('DELETE', path)).status).toBe(404);
    expect(
      await send('POST', '/Users', { schemas: [USER], userName: user.userName, displayName: '又来' }),
    ).toMatchObject({ status: 409 });
    expect(
      await inIdentity(house, sql`select enabled from identity.account where account = ${String(user.userName)}`),
    ).toEqual([{ enabled: false }]);
  });
});

describe('joiners, movers, leavers', () => {
  const openAccount = async (account: string): Promise<string> => {
    const hash = await hashPassword('opened-by-person-2026');
    await inIdentity(
      house,
      sql`update identity.account set password_hash = ${hash} where account = ${account} returning account`,
    );
    const reply = await call(house, {
      method: 'POST',
      url: '/api/identity/login',
      body: { account, password: 'opened-by-person-2026' },
    });
    return (reply.headers['set-cookie'] as string[])[0]?.split(';')[0] as string;
  };
  const me = async (cookie: string) => (await call(house, { url: '/api/identity/me', cookie })).json();

  it('a joiner gets a post, moves to another, and loses session and posts at once on leaving', async () => {
    const user = await join();
    const cookie = await openAccount(String(user.userName));
    expect(await me(cookie)).toMatchObject({ signedIn: true, withoutPost: true });
    const ruijin = await postIn(house, 'street-310101023', 'street-clerk');
    const bund = await postIn(house, 'street-310101013', 'street-clerk');
    const added = await patch(`/Groups/${ruijin}`, [{ op: 'add', path: 'members', value: [{ value: user.id }] }]);
    expect(added.json).toMatchObject({ members: [{ value: user.id }] });
    expect(await me(cookie)).toMatchObject({ area: '310101023' });
    expect((await found(`members.value eq "${user.id}"`, '/Groups')).Resources).toMatchObject([{ id: ruijin }]);
    expect(
      (await patch(`/Groups/${ruijin}`, [{ op: 'remove', path: `members[value eq "${user.id}"]` }])).json.members,
    ).toEqual([]);
    await patch(`/Groups/${bund}`, [{ op: 'add', path: 'members', value: [{ value: user.id }] }]);
    expect(await me(cookie)).toMatchObject({ area: '310101013' });
    expect((await send('GET', `/Users/${user.id}`)).json.groups).toMatchObject([
      { value: bund, display: expect.stringContaining('外滩') },
    ]);
    expect((await patch(`/Users/${user.id}`, [{ op: 'replace', value: { active: false } }])).json).toMatchObject({
      active: false,
      groups: [],
    });
    expect(await me(cookie)).toMatchObject({ signedIn: false });
    // Coming back opens the account, not the posts.
    expect((await patch(`/Users/${user.id}`, [{ op: 'replace', path: 'active', value: 'True' }])).json).toMatchObject({
      active: true,
      groups: [],
    });
  });

  it('what an administrator has closed no source opens', async () => {
    const user = await join();
    const closed = await call(house, {
      method: 'PUT',
      url: `/api/identity/people/${user.userName}/enabled`,
      cookie: admin,
      body: { enabled: false },
    });
    expect(closed.statusCode).toBe(200);
    expect(await patch(`/Users/${user.id}`, [{ op: 'replace', path: 'active', value: true }])).toMatchObject({
      status: 409,
    });
  });

  it('no source fills a post with power over others, and one that may not fill posts fills none', async () => {
    const user = await join();
    for (const [unit, kind] of [
      ['data-centre', 'system-administrator'],
      ['cyberspace', 'security-administrator'],
      ['staffing', 'staffing-officer'],
      ['street-310101023', 'unit-head'],
      ['data-centre', 'data-officer'],
    ] as const) {
      const post = await postIn(house, unit, kind);
      expect(
        await patch(`/Groups/${post}`, [{ op: 'add', path: 'members', value: [{ value: user.id }] }]),
        kind,
      ).toMatchObject({ status: 403, json: { schemas: [ERROR] } });
    }
    const theirs = await join({}, second);
    const clerk = await postIn(house, 'street-310101013', 'street-clerk');
    expect(
      (
        await patch(`/Groups/${clerk}`, [{ op: 'add', path: 'members', value: [{ value: theirs.id }] }], {
          bearer: second,
        })
      ).status,
    ).toBe(403);
    expect(
      (await patch(`/Groups/${clerk}`, [{ op: 'add', path: 'members', value: [{ value: theirs.id }] }])).status,
    ).toBe(400);
    expect((await patch(`/Groups/${clerk}`, [{ op: 'replace', path: 'displayName', value: 'x' }])).json.scimType).toBe(
      'mutability',
    );
  });

  it('every change stands in the audit under the name of the source', async () => {
    await join();
    const kept = await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows<{ route: string; name: string }>(
        sql`select route, name from audit.access where route like '% /scim/v2/%' and name = '人事系统'`,
      ),
    );
    for (const what of [
      'POST /scim/v2/Users',
      'PATCH /scim/v2/Users',
      'PUT /scim/v2/Users',
      'DELETE /scim/v2/Users',
      'PATCH /scim/v2/Groups',
    ])
      expect(kept.map(({ route }) => route)).toContain(what);
  });
});
