import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ward } from '#platform/access/fixtures/ward/app.ts';
import { linkAccount } from '#platform/identity/accounts.ts';
import {
  Browser,
  openProviderHouse,
  type ProviderHouse,
  relyingParty,
  type RelyingParty,
  tokensOf,
} from '#platform/identity/oidc/testing.ts';
import { forgetClients } from '#platform/identity/oidc/clients.ts';
import { personResolver } from '#platform/identity/subjects.ts';
import { signIn } from '#platform/identity/testing.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call } from '#platform/kernel/testing.ts';

/*
 * A system of the district asks what somebody may do (S11): by its own token about the people that it knows, by a person's token
 * about that person.
 */
const PID = '00000000-0000-4000-8000-0000000000e1';
const STREET = 'street-310101023';
const HERE = '310101023001';
const ELSEWHERE = '310101013001';
const SCOPE = 'openid decide';

let house: ProviderHouse;
/** Of the street's office, for its task. */
let office: RelyingParty;
/** Of nobody's unit: it knows who signed in to it, and nobody else. */
let outside: RelyingParty;
let other: RelyingParty;
beforeAll(async () => {
  const provides = (ward.provides ?? []).filter((one) => one.port !== authenticator.name);
  const resolver = personResolver.provide({ personOf: async () => PID });
  house = await openProviderHouse({ also: [{ ...ward, provides: [...provides, resolver] }] });
  // Ten in the morning here, whenever the test runs: one policy of the fixture looks at the hour.
  const hour = (new Date().getUTCHours() + 8) % 24;
  house.services.clock.setOffset(((10 - hour + 24) % 24) * 3_600_000);
  const { services } = house;
  await linkAccount({ services, account: 'citizen.wei', subject: { idNumber: '310199198502130021', name: '魏薇婷' } });
  office = await relyingParty(house, { id: 'street-desk', unit: STREET, consent: 'task', scopes: SCOPE.split(' ') });
  outside = await relyingParty(house, { id: 'legacy-desk', scopes: SCOPE.split(' ') });
  other = await relyingParty(house, { id: 'without-right', scopes: ['openid', 'profile'] });
}, 400_000);
afterAll(() => house?.close());

const ownToken = async (party: RelyingParty): Promise<string> =>
  (await oidc.clientCredentialsGrant(party.configuration, { scope: 'decide' })).access_token;
const personToken = async (party: RelyingParty, account: string) => {
  const parameters = { scope: SCOPE, prompt: 'consent' };
  const { tokens } = await tokensOf({ house, browser: new Browser(), party, account, parameters });
  return { token: tokens.access_token, sub: tokens.claims()?.sub ?? '' };
};
const ask = async (token: string | undefined, body: unknown) => {
  const reply = await fetch(`${house.issuer}/authz/decide`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
  return { status: reply.status, headers: reply.headers, json: JSON.parse(await reply.text()) };
};
const identityTx = (query: ReturnType<typeof sql>) =>
  house.services.database.tx({ module: 'identity', actor: systemActor({ name: 'test' }) }, (db) => db.run(query));
const short = (json: { answers: { decision: string; reason: string }[] }) =>
  json.answers.map(({ decision, reason }) => `${decision} ${reason}`);
const visit = (area?: string) => ({ kind: 'ward.visit', ...(area ? { area } : {}) });
const entries = (client: string) =>
  house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
    db.rows<{ outcome: string; code: string | null; statement: string | null; subjects: number }>(sql`
      select outcome, code, statement, subjects from audit.access where account = ${`system:client:${client}`} order by at`),
  );

describe('a system of a unit, by its own token', () => {
  it('asks about the people of its unit, each from the post that they hold there', async () => {
    const clerk = { subject: { account: 'clerk.ruijin' }, action: 'ward.visit.read', purpose: 'community-care' };
    const { status, json } = await ask(await ownToken(office), {
      questions: [
        { ...clerk, resource: visit(HERE) },
        { ...clerk, resource: visit(ELSEWHERE) },
        // A row whose place is not said is nobody's to see.
        { ...clerk, resource: visit() },
        { ...clerk, purpose: 'no-such-purpose', resource: visit(HERE) },
        { subject: clerk.subject, action: clerk.action, resource: visit(HERE) },
        // What is catalogued here keeps its level and owner, whatever is said of it.
        { subject: clerk.subject, action: clerk.action, resource: { ...visit(HERE), level: 1, owner: 'housing' } },
        { ...clerk, action: 'ward.file.read', resource: { kind: 'ward.file', unit: STREET } },
      ],
    });
    expect(status).toBe(200);
    expect(short(json)).toEqual([
      'allow PERMITTED',
      'deny OUT_OF_SCOPE',
      'deny OUT_OF_SCOPE',
      'deny PURPOSE_NOT_ALLOWED',
      'deny PURPOSE_REQUIRED',
      'deny PURPOSE_REQUIRED',
      'deny NOT_PERMITTED',
    ]);
    expect(json.answers[0].obligations).toEqual([{ do: 'mask' }, { do: 'record-subjects' }]);
    expect(json.answers[4].obligations).toEqual([{ do: 'state-purpose' }]);
    // Nothing but the answer: no name, no post, no unit.
    expect(new Set(json.answers.flatMap(Object.keys))).toEqual(new Set(['decision', 'reason', 'obligations']));
  });

  it('is told the same of another unit’s people, of residents and of accounts that do not exist', async () => {
    const about = (account: string) => ({ subject: { account }, action: 'access.explain' });
    const names = ['clerk.bund', 'citizen.wei', 'no.such.account', 'clerk.ruijin'];
    const { json } = await ask(await ownToken(office), { questions: names.map(about) });
    expect(short(json)).toEqual([
      'deny SUBJECT_UNKNOWN',
      'deny SUBJECT_UNKNOWN',
      'deny SUBJECT_UNKNOWN',
      'allow PERMITTED',
    ]);
  });

  it('gets a refusal for an action or a resource that nobody has declared', async () => {
    const subject = { account: 'clerk.ruijin' };
    const { json } = await ask(await ownToken(office), {
      questions: [
        { subject, action: 'public' },
        { subject, action: 'signed-in' },
        { subject, action: 'ward.visit.burn' },
        { subject, action: 'access.explain', resource: { kind: 'ward.ghost' } },
      ],
    });
    expect(short(json)).toEqual([
      'deny ACTION_UNKNOWN',
      'deny ACTION_UNKNOWN',
      'deny ACTION_UNKNOWN',
      'deny RESOURCE_UNKNOWN',
    ]);
  });

  it('hears no more of somebody whose assignment has ended', async () => {
    const token = await ownToken(office);
    const question = { subject: { account: 'worker.yandang' }, action: 'access.explain' };
    const committee = await relyingParty(house, {
      id: 'committee-desk',
      unit: 'committee-310101023001',
      consent: 'task',
      scopes: SCOPE.split(' '),
    });
    const theirs = await ownToken(committee);
    expect(short((await ask(theirs, { questions: [question] })).json)).toEqual(['allow PERMITTED']);
    await identityTx(
      sql`update identity.assignment set valid_to = ${house.services.clock.now()}::timestamptz where account = 'worker.yandang' and valid_to is null`,
    );
    expect(short((await ask(theirs, { questions: [question] })).json)).toEqual(['deny SUBJECT_UNKNOWN']);
    expect(short((await ask(token, { questions: [question] })).json)).toEqual(['deny SUBJECT_UNKNOWN']);
  });
});

describe('a system that people sign in to', () => {
  it('asks about them by the number that they have there, and about nobody before they came', async () => {
    const token = await ownToken(outside);
    const { sub } = await personToken(outside, 'data.civil');
    const { sub: elsewhere } = await personToken(office, 'clerk.ruijin');
    const file = { action: 'ward.file.read', resource: { kind: 'ward.file', unit: 'civil-affairs' } };
    const { json } = await ask(token, {
      questions: [
        { ...file, subject: { sub }, assurance: 2 },
        { ...file, subject: { sub }, assurance: 2, resource: { kind: 'ward.file', unit: 'housing' } },
        { ...file, subject: { sub } },
        { ...file, subject: { sub: elsewhere } },
        { ...file, subject: { sub: 'guessed' } },
        // It is of no unit: accounts mean nothing to it.
        { ...file, subject: { account: 'data.civil' }, assurance: 2 },
      ],
    });
    expect(short(json)).toEqual([
      'allow PERMITTED',
      'deny OUT_OF_SCOPE',
      'deny NOT_PERMITTED',
      'deny SUBJECT_UNKNOWN',
      'deny SUBJECT_UNKNOWN',
      'deny SUBJECT_UNKNOWN',
    ]);
  });

  it('asks by a person’s token about that person only, at the level of their sign-in', async () => {
    const { token, sub } = await personToken(outside, 'data.police');
    const { sub: another } = await personToken(outside, 'clerk.bund');
    const file = { action: 'ward.file.read', resource: { kind: 'ward.file', unit: 'public-security' } };
    const { json } = await ask(token, {
      questions: [
        { action: 'access.explain' },
        { action: 'access.explain', subject: { sub } },
        { action: 'access.explain', subject: { sub: another } },
        // Signed in by a password: what the system says of it does not count.
        { ...file, assurance: 4 },
      ],
    });
    expect(short(json)).toEqual(['allow PERMITTED', 'allow PERMITTED', 'deny SUBJECT_UNKNOWN', 'deny NOT_PERMITTED']);
  });

  it('asks about a resident what is the resident’s own, and nothing by area', async () => {
    const { token } = await personToken(outside, 'citizen.wei');
    const letter = { action: 'ward.letter.read', purpose: 'community-care' };
    const { json } = await ask(token, {
      questions: [
        { ...letter, resource: { kind: 'ward.letter', own: true } },
        { ...letter, resource: { kind: 'ward.letter', area: HERE, own: false } },
        { action: 'ward.visit.read', resource: visit(HERE) },
      ],
    });
    expect(short(json)[0]).toBe('allow PERMITTED');
    expect(short(json)[1]).toMatch(/^deny /);
    expect(short(json)[2]).toBe('deny NOT_PERMITTED');
  });

  it('knows nothing of a person any more who has taken the consent back, nor by the token that it held', async () => {
    const { token, sub } = await personToken(outside, 'citizen.daughter');
    const question = { action: 'access.consent.give', subject: { sub }, resource: { own: true } };
    const theirs = await ownToken(outside);
    expect(short((await ask(theirs, { questions: [question] })).json)).toEqual(['allow PERMITTED']);
    const cookie = await signIn(house, 'citizen.daughter');
    const gone = await call(house, { method: 'DELETE', url: '/api/identity/consents/legacy-desk', cookie });
    expect(gone.statusCode).toBe(200);
    expect(short((await ask(theirs, { questions: [question] })).json)).toEqual(['deny SUBJECT_UNKNOWN']);
    expect((await ask(token, { questions: [question] })).status).toBe(401);
  });
});

describe('who may not ask', () => {
  const questions = [{ subject: { account: 'clerk.ruijin' }, action: 'access.explain' }];

  it('RFC 6750 3 nobody without a token, with a false one, or with one of a system out of use', async () => {
    const token = await ownToken(office);
    for (const bad of [undefined, 'x', `${token}x`, token.slice(1), 'a'.repeat(43)]) {
      const { status, json, headers } = await ask(bad, { questions });
      expect([status, json.code]).toEqual([401, 'CLIENT_TOKEN_REQUIRED']);
      expect(headers.get('www-authenticate')).toContain('Bearer');
    }
    const retired = await relyingParty(house, { id: 'retired-desk', unit: STREET, scopes: SCOPE.split(' ') });
    const held = await ownToken(retired);
    expect((await ask(held, { questions })).status).toBe(200);
    await identityTx(sql`update identity.client set enabled = false where id = 'retired-desk'`);
    forgetClients(house.services);
    expect((await ask(held, { questions })).status).toBe(401);
  });

  it('no session of a person: the cookie of an official opens nothing here', async () => {
    const cookie = await signIn(house, 'admin.security');
    const reply = await call(house, { method: 'POST', url: '/authz/decide', body: { questions }, cookie });
    expect([reply.statusCode, reply.json().code]).toEqual([401, 'CLIENT_TOKEN_REQUIRED']);
  });

  it('no system whose registration does not say so, whatever its token', async () => {
    await expect(ownToken(other)).rejects.toMatchObject({ error: 'invalid_request' });
    const parameters = { scope: 'openid profile', prompt: 'consent' };
    const browser = new Browser();
    const { tokens } = await tokensOf({ house, browser, party: other, account: 'clerk.ruijin', parameters });
    const { status, json, headers } = await ask(tokens.access_token, { questions });
    expect([status, json.code]).toEqual([403, 'CLIENT_SCOPE_MISSING']);
    expect(headers.get('www-authenticate')).toContain('insufficient_scope');
    expect((await entries('without-right')).at(-1)).toMatchObject({ outcome: 'refused', code: 'CLIENT_SCOPE_MISSING' });
  });

  it('no system any more from which the administrator has taken the right, with the token that it still holds', async () => {
    const party = await relyingParty(house, { id: 'narrowed-desk', unit: STREET, scopes: SCOPE.split(' ') });
    const token = await ownToken(party);
    expect((await ask(token, { questions })).status).toBe(200);
    await identityTx(sql`update identity.client set scopes = '{openid}' where id = 'narrowed-desk'`);
    forgetClients(house.services);
    expect((await ask(token, { questions })).status).toBe(403);
  });

  it('is registered with a secret, or not at all', async () => {
    const cookie = await signIn(house, 'admin.system');
    const form = {
      id: 'open-desk',
      kind: 'oidc',
      subjectType: 'pairwise',
      leastLevel: 1,
      confidential: false,
      name: '公开应用',
      nameEn: 'Open',
      unit: STREET,
      owner: null,
      redirectUris: ['https://desk.example/callback'],
      postLogoutRedirectUris: [],
      backchannelLogoutUri: null,
      networks: [],
      scopes: ['openid', 'decide'],
      consent: 'task',
    };
    const refused = await call(house, { method: 'POST', url: '/api/identity/clients', body: form, cookie });
    expect(refused.statusCode).toBe(400);
    expect(refused.json().fields).toMatchObject([{ pointer: '/scopes', rule: 'secret' }]);
    const body = { ...form, confidential: true };
    expect((await call(house, { method: 'POST', url: '/api/identity/clients', body, cookie })).statusCode).toBe(201);
    const list = await call(house, { url: '/api/identity/clients', cookie });
    expect(list.json().scopes.find(({ id }: { id: string }) => id === 'decide').title).toEqual({
      zh: '询问您能否办理某事',
      en: 'Ask whether you may do something',
    });
  });
});

describe('bad input', () => {
  const subject = { account: 'clerk.ruijin' };
  const base = { subject, action: 'access.explain' };
  it.each<[string, unknown, string]>([
    ['nothing', {}, '/questions'],
    ['no question', { questions: [] }, '/questions'],
    ['too many questions', { questions: Array(101).fill(base) }, '/questions'],
    ['something else than a list', { questions: 'all' }, '/questions'],
    ['a question without an action', { questions: [{ subject }] }, '/questions/0/action'],
    ['a question about nobody', { questions: [base, { action: 'access.explain' }] }, '/questions/1/subject'],
    ['a post that the system would like', { questions: [{ ...base, post: 'unit-head' }] }, '/questions/0/post'],
    ['a level that there is not', { questions: [{ ...base, resource: { level: 5 } }] }, '/questions/0/resource/level'],
    ['a pattern for an area', { questions: [{ ...base, resource: { area: '31%' } }] }, '/questions/0/resource/area'],
    ['a text for a number', { questions: [{ ...base, assurance: '2' }] }, '/questions/0/assurance'],
    ['a statement for a purpose', { questions: [{ ...base, purpose: "x'; --" }] }, '/questions/0/purpose'],
  ])('%s is refused at its field', async (_name, body, pointer) => {
    const { status, json } = await ask(await ownToken(office), body);
    expect([status, json.code]).toEqual([400, 'INVALID_INPUT']);
    expect(json.fields.map((fault: { pointer: string }) => fault.pointer)).toContain(pointer);
  });
});

describe('on record', () => {
  it('each batch is one entry: the system, how many questions, about whom; the person finds it', async () => {
    const { sub } = await personToken(outside, 'citizen.wei');
    const token = await ownToken(outside);
    const before = (await entries('legacy-desk')).length;
    const one = { subject: { sub }, action: 'access.consent.give', resource: { own: true } };
    await ask(token, { questions: [one, one, { ...one, subject: { sub: 'nobody' } }] });
    const after = await entries('legacy-desk');
    expect(after.length).toBe(before + 1);
    expect(after.at(-1)).toEqual({
      outcome: 'read',
      code: null,
      statement: 'questions 3, allowed 2; accounts citizen.wei',
      subjects: 1,
    });
    const cookie = await signIn(house, 'auditor.li');
    const found = await call(house, { url: `/api/audit/entries?subject=${PID}`, cookie });
    expect(found.json().entries[0]).toMatchObject({
      route: 'POST /authz/decide',
      name: '系统 legacy-desk',
      what: { en: 'Registered systems ask what somebody may do (batch)' },
    });
  });

  it('answers a hundred questions, and as the policies do', async () => {
    const subject = { account: 'clerk.ruijin' };
    const questions = Array.from({ length: 100 }, (_, i) => ({
      subject,
      action: i % 2 === 0 ? 'access.explain' : 'access.policy.draft',
    }));
    const { json } = await ask(await ownToken(office), { questions });
    expect(short(json)).toEqual(questions.map((_, i) => (i % 2 === 0 ? 'allow PERMITTED' : 'deny NOT_PERMITTED')));
  });
});
