import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { parseCertificateId } from '#platform/kernel/codes/certificate-id.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { dispatchEvents, eventsWait } from '#platform/kernel/events.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { readOfd } from '#platform/document/ofd/read-ofd.ts';
import { verifyOfd } from '#platform/document/ofd/verify-ofd.ts';
import { makeCertificate } from './certificate-make.ts';
import type { Card, CertificateView } from './certificate-view.ts';
import {
  ITEMS,
  openCaseHouse,
  outside,
  OUTSIDE_TYPE,
  PERSON,
  STALL_TYPE,
  upload,
  type Who,
} from './fixtures/case-house.ts';
import { checkCode, type Lists } from './web/read-code.ts';

let house: TestHouse;
const UNIT_CODE = '11310101MB2F30403X';
beforeAll(async () => {
  house = await openCaseHouse();
  await inside(async (db) => {
    await db.run(sql`insert into service.unit_code (unit, credit_code) values ('market-supervision', ${UNIT_CODE})`);
    await db.run(sql`insert into service.certificate_type (code, title, issuer, issuer_title, holder, months) values
      (${STALL_TYPE}, '{"zh":"食品小作坊登记证","en":"Food workshop registration"}', 'market-supervision', '{"zh":"样例市场监督管理局","en":"Sample market supervision"}', 'person', 36),
      (${OUTSIDE_TYPE}, '{"zh":"健康合格证明","en":"Health card"}', null, '{"zh":"市卫生健康委员会","en":"Municipal health commission"}', 'person', 12)`);
  });
}, 240_000);
afterAll(() => house?.close());
// Keys and seals are made as time goes on, so it never goes back.
let hour = 6;
beforeEach(() => setNow(`2026-11-26T${String(++hour).padStart(2, '0')}:00:00`));

const setNow = (moment: string): Promise<void> => moveClock(house, (Date.parse(`${moment}+08:00`) - Date.now()) / 1000);
const inside = <T>(work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module: 'service', actor: systemActor({ name: 'test' }) }, work);
async function settle(): Promise<void> {
  do await dispatchEvents(house.services);
  while (await eventsWait(house.services));
}
const get = (who: Who | undefined, url: string, purpose?: string) =>
  call(house, { url: `/api/service/${url}`, ...(who && { cookie: `sid=${who}` }), purpose });
const post = (who: Who | undefined, url: string, body: unknown = {}, purpose?: string) =>
  call(house, { method: 'POST', url: `/api/service/${url}`, body, ...(who && { cookie: `sid=${who}` }), purpose });

const ID_NUMBER = '11010519491231002X';
const file = async (item: keyof typeof ITEMS, more: Record<string, unknown> = {}, who: Who = 'citizen') => {
  const all: Record<string, unknown> = { 'shop-name': '石库门酱园', name: '沈若水', 'id-number': ID_NUMBER };
  const filed = await post(who, 'cases', {
    form: crypto.randomUUID(),
    channel: 'web',
    items: [{ code: ITEMS[item].terms.code, version: 1 }],
    answers: Object.fromEntries(ITEMS[item].fields.map(({ element }) => [element, all[element]])),
    materials: [],
    contact: { name: '沈若水', phone: '13812345678' },
    ...more,
  });
  return filed;
};
/** A certificate that is still being made: the case is granted, the job has not run. */
const issued = async (): Promise<{ id: string; code: string }> => {
  const filed = await file('stall');
  expect(filed.statusCode, filed.body).toBe(201);
  const { code } = filed.json<{ code: string }>();
  // A verified decision grants it at once: nobody has to accept it first.
  await settle();
  const { id } = await inside((db) =>
    db.one<{ id: string }>(sql`select id from service.certificate where case_code = ${code}`),
  );
  return { id, code };
};
const inForce = async (font = false) => {
  const made = await issued();
  // A Chinese font takes a second to cut down: one certificate is set in it, the others have none of their own.
  if (!font) vi.stubEnv('DOCUMENT_FONT', '/no/font');
  await makeCertificate(house.services, made.id);
  vi.unstubAllEnvs();
  await settle();
  return made;
};
const own = async (id: string, who: Who = 'citizen') =>
  (await get(who, `own-certificates/${id}`)).json<CertificateView>();
const lists = async () => (await get(undefined, 'certificates/lists')).json<Lists>();
const verify = async (identifier: string, more: object = {}) =>
  (await post(undefined, 'certificates/verify', { identifier, ...more })).json<Record<string, unknown>>();
const WORDS = { basis: '《中华人民共和国行政许可法》第七十条', reason: '持证人申请注销经营。' };

describe('issuing', () => {
  it('makes a certificate of a granted case, numbered without a gap, sealed by the unit, and delivers it into the wallet', async () => {
    const first = await inForce(true);
    const second = await inForce();
    const view = await own(first.id);
    expect(view).toMatchObject({
      state: 'in-force',
      version: 1,
      type: STALL_TYPE,
      validFrom: '2026-11-26',
      validUntil: '2029-11-25',
      name: '沈若水',
      holderCode: '110105********002X',
      caseCode: first.code,
      acts: [{ act: 'issue' }, { act: 'activate' }],
    });
    expect(view.number).toMatch(/^MB0000000X9012026\d{6}$/);
    expect(Number((await own(second.id)).number.slice(-6))).toBe(Number(view.number.slice(-6)) + 1);
    expect(parseCertificateId(view.identifier)).toMatchObject({
      ok: true,
      value: { type: STALL_TYPE, issuer: UNIT_CODE, version: 1 },
    });
    expect((await get('citizen', `own-cases/${first.code}`)).json()).toMatchObject({
      state: 'delivered',
      items: [{ state: 'delivered' }],
    });
    // Nothing personal stands in the table in clear.
    const rows = await inside((db) => db.rows(sql`select c.*, c.content as x from service.certificate c`));
    expect(JSON.stringify(rows)).not.toMatch(/沈若水|11010519491231002X|石库门酱园/);
    const content = await call(house, { url: `/api/document/files/${view.ofd}/content`, cookie: 'sid=citizen' });
    const seals = verifyOfd(content.rawPayload);
    expect(seals).toMatchObject([{ intact: true, changed: [], added: [] }]);
    expect(readOfd(content.rawPayload).pages).toHaveLength(1);
    expect(
      (await call(house, { url: `/api/document/files/${view.ofd}/content`, cookie: 'sid=stranger' })).statusCode,
    ).toBe(404);
  });

  it('is made once, whatever is repeated: the follow-up, the job, the act of the officer', async () => {
    const { id, code } = await inForce();
    await makeCertificate(house.services, id);
    await settle();
    expect((await post('market', 'certificates', { code, no: 1 })).json()).toEqual({ id });
    const { n } = await inside((db) =>
      db.one<{ n: number }>(sql`select count(*)::int as n from service.certificate where case_code = ${code}`),
    );
    expect(n).toBe(1);
    const acts = (await own(id)).acts.map(({ act }) => act);
    expect(acts).toEqual(['issue', 'activate']);
  });

  it('is nothing for other people and units, and a unit reads it for a purpose that the holder sees', async () => {
    const { id } = await inForce();
    expect((await get('stranger', `own-certificates/${id}`)).statusCode).toBe(404);
    expect((await get('stranger', 'own-certificates')).json()).toEqual({ certificates: [] });
    for (const who of ['fire', 'wide'] as const)
      expect((await get(who, `certificates/${id}`, 'handle-case')).statusCode, who).toBe(404);
    expect((await get('market', `certificates/${id}`)).json()).toMatchObject({ code: 'PURPOSE_REQUIRED' });
    expect((await get('market', `certificates/${id}`, 'handle-case')).statusCode).toBe(200);
    expect((await own(id)).uses).toMatchObject([
      { kind: 'read', unit: 'market-supervision', purpose: 'handle-case', byName: null },
    ]);
    const found = await post('market', 'certificates/search', { text: ID_NUMBER }, 'handle-case');
    expect(found.json<{ certificates: Card[] }>().certificates.map((card) => card.id)).toContain(id);
    expect((await post('fire', 'certificates/search', { text: ID_NUMBER }, 'handle-case')).json()).toEqual({
      certificates: [],
    });
    expect((await get('market', 'certificates')).body).not.toContain('沈若水');
  });

  it('makes a new version that names the old one, which holds until the new one does', async () => {
    const { id } = await inForce();
    const before = await own(id);
    expect((await post('market', `certificates/${id}/versions`, { cause: 'change', changes: [] })).statusCode).toBe(
      400,
    );
    const made = await post('market', `certificates/${id}/versions`, {
      cause: 'change',
      changes: [{ title: '店名', value: '石库门老酱园' }],
    });
    const next = made.json<{ id: string }>().id;
    expect((await own(id)).state).toBe('in-force');
    expect(
      (await post('market', `certificates/${id}/versions`, { cause: 'reissue', changes: [] })).json(),
    ).toMatchObject({
      code: 'CERTIFICATE_NOT_IN_STATE',
    });
    await makeCertificate(house.services, next);
    const after = await own(next);
    expect(after).toMatchObject({
      version: 2,
      number: before.number,
      state: 'in-force',
      cause: 'change',
      validUntil: before.validUntil,
    });
    expect(after.fields.map(({ value }) => value)).toContain('石库门老酱园');
    expect(after.versions.map(({ version, state }) => [version, state])).toEqual([
      [2, 'in-force'],
      [1, 'replaced'],
    ]);
    expect(await verify(before.identifier)).toMatchObject({
      valid: false,
      state: 'replaced',
      replacedBy: after.identifier,
    });
  });
});

describe('verification', () => {
  it('answers anybody by identifier, with nothing of the holder but whether what was said agrees', async () => {
    const { id } = await inForce();
    const { identifier, number } = await own(id);
    const found = await get(undefined, `certificates/verify?identifier=${identifier}`);
    expect(found.json()).toMatchObject({ valid: true, state: 'in-force', statusCode: '01', holder: 'not-asked' });
    expect(found.body).not.toMatch(/沈若水|石库门|11010519/);
    expect(await verify(identifier, { name: '沈若水', tail: '002x', number })).toMatchObject({
      valid: true,
      holder: 'agrees',
      number: 'agrees',
    });
    expect(await verify(identifier, { name: '沈若冰', tail: '002X' })).toMatchObject({
      valid: false,
      holder: 'differs',
    });
    expect(await verify(identifier, { name: '沈若水' })).toMatchObject({ holder: 'differs' });
    const wrong = identifier.replace('.001.', '.002.');
    expect(await verify(wrong)).toMatchObject({ valid: false, state: 'check', certificate: null });
    expect((await own(id)).uses.filter(({ kind }) => kind === 'verify')).toHaveLength(4);
    const waiting = await issued();
    const { identifier: unmade } = await inside((db) =>
      db.one<{ identifier: string }>(sql`select identifier from service.certificate where id = ${waiting.id}::uuid`),
    );
    expect(await verify(unmade)).toMatchObject({ valid: false, state: 'unknown' });
  });

  it('works without a network on the code alone; a changed code, another holder and a revoked certificate are told', async () => {
    const { id } = await inForce();
    const { code, identifier } = await own(id);
    const published = await lists();
    const now = new Date(published.at);
    const checked = checkCode({ code: code ?? '', lists: published, now });
    expect(checked).toMatchObject({
      result: 'holds',
      kind: 'certificate',
      identifier,
      issuer: expect.any(String) as string,
    });
    expect(code?.length).toBeLessThan(260);
    const holder = (name: string, tail: string) =>
      checkCode({ code: code ?? '', lists: published, now, holder: { name, tail } });
    expect(holder('沈若水', '002X')).toMatchObject({ result: 'holds', holder: 'agrees' });
    expect(holder('沈若冰', '002X')).toMatchObject({ result: 'holds', holder: 'differs' });
    const forged = (code ?? '').replace('~2029', '~2039');
    expect(checkCode({ code: forged, lists: published, now })).toMatchObject({ result: 'forged' });
    const late = new Date('2029-11-26T00:00:00+08:00');
    expect(checkCode({ code: code ?? '', lists: published, now: late })).toMatchObject({ result: 'expired' });
    expect((await post('marketHead', `certificates/${id}/cancel`, WORDS)).json()).toEqual({ state: 'cancelled' });
    // At once online; offline as soon as the list is fetched anew.
    expect(await verify(identifier)).toMatchObject({ valid: false, state: 'cancelled', statusCode: '04' });
    expect(checkCode({ code: code ?? '', lists: published, now })).toMatchObject({ result: 'holds' });
    expect(checkCode({ code: code ?? '', lists: await lists(), now })).toMatchObject({ result: 'cancelled' });
  });

  it('shows chosen fields for minutes, and only to whoever the holder shows the code', async () => {
    const { id } = await inForce();
    const shown = await post('citizen', `own-certificates/${id}/presentations`, {
      fields: ['name', 'until'],
      minutes: 5,
    });
    expect(shown.statusCode, shown.body).toBe(200);
    const { code, until } = shown.json<{ code: string; until: string }>();
    const published = await lists();
    const now = new Date(published.at);
    expect(checkCode({ code, lists: published, now })).toMatchObject({
      result: 'holds',
      kind: 'presentation',
      fields: { 持证主体: '沈若水', 有效期至: '2029-11-25' },
    });
    expect(checkCode({ code, lists: published, now: new Date(Date.parse(until) + 1000) })).toMatchObject({
      result: 'late',
    });
    expect(
      (await post('stranger', `own-certificates/${id}/presentations`, { fields: ['name'], minutes: 5 })).statusCode,
    ).toBe(404);
    expect(
      (await post('citizen', `own-certificates/${id}/presentations`, { fields: ['face-77'], minutes: 5 })).statusCode,
    ).toBe(400);
    expect((await own(id)).uses[0]).toMatchObject({ kind: 'present' });
    const kept = await inside((db) =>
      db.rows(sql`select * from service.certificate_use where certificate = ${id}::uuid`),
    );
    expect(JSON.stringify(kept)).not.toContain(createHash('sm3').update(code).digest('hex').slice(0, 8));
  });
});

describe('the end of a certificate', () => {
  it('is a person’s act with basis and reason, in code and in the database; a suspension ends', async () => {
    const { id } = await inForce();
    expect((await post('market', `certificates/${id}/revoke`, WORDS)).statusCode).toBe(403);
    expect((await post('fireHead', `certificates/${id}/revoke`, WORDS)).statusCode).toBe(404);
    expect((await post('marketHead', `certificates/${id}/revoke`, { basis: '', reason: '' })).statusCode).toBe(400);
    expect((await post('marketHead', `certificates/${id}/suspend`, WORDS)).json()).toEqual({ state: 'suspended' });
    expect(
      (await post('citizen', `own-certificates/${id}/presentations`, { fields: ['name'], minutes: 5 })).statusCode,
    ).toBe(409);
    expect((await post('marketHead', `certificates/${id}/resume`, WORDS)).json()).toEqual({ state: 'in-force' });
    expect((await post('marketHead', `certificates/${id}/revoke`, WORDS)).json()).toEqual({ state: 'revoked' });
    expect((await post('marketHead', `certificates/${id}/resume`, WORDS)).json()).toMatchObject({
      code: 'CERTIFICATE_NOT_IN_STATE',
    });
    expect((await own(id)).acts.at(-1)).toMatchObject({ act: 'revoke', ...WORDS, byName: null });
    for (const [by, basis] of [
      ['system:x', WORDS.basis],
      ['marketHead', null],
    ] as const)
      await expect(
        inside((db) =>
          db.run(sql`insert into service.certificate_act (certificate, at, act, basis, reason, by_account, by_name)
            values (${id}::uuid, kernel.now(), 'revoke', ${basis}::text, '理由', ${by}, 'x')`),
        ),
      ).rejects.toMatchObject({ code: '23514' });
  });

  it('comes with its last day by itself', async () => {
    const { id } = await inForce();
    const { identifier } = await own(id);
    await setNow('2029-11-25T23:00:00');
    expect((await own(id)).state).toBe('in-force');
    await setNow('2029-11-26T00:00:01');
    expect((await own(id)).state).toBe('expired');
    expect(await verify(identifier)).toMatchObject({ valid: false, state: 'expired', statusCode: '05' });
  });
});

describe('in place of papers', () => {
  const offers = async (who: Who = 'citizen') =>
    (await post(who, 'own-certificates/offers', { types: [STALL_TYPE, OUTSIDE_TYPE] })).json<{
      offers: { type: string; state: string; certificates: { id: string | null; number: string }[] }[];
    }>().offers;
  const chosen = (id: string | undefined) => ({
    materials: [{ item: 'market-stand', id: 'stall-licence', source: 'certificate', ...(id && { document: id }) }],
  });

  it('is offered to its holder, taken into the case, read by the unit that handles it, and the holder sees both', async () => {
    const { id } = await inForce();
    const [house0] = await offers();
    expect(house0).toMatchObject({ type: STALL_TYPE, state: 'held' });
    expect(house0?.certificates.map((each) => each.id)).toContain(id);
    expect((await offers('stranger'))[0]).toMatchObject({ state: 'none' });
    const filed = await file('market', chosen(id));
    expect(filed.statusCode, filed.body).toBe(201);
    const { code } = filed.json<{ code: string }>();
    const used = await get('fire', `cases/${code}/certificates/${id}`, 'handle-case');
    expect(used.json()).toMatchObject({ name: '沈若水', state: 'in-force', uses: [], acts: [] });
    expect((await get('fire', `cases/${code}/certificates/${id}`)).json()).toMatchObject({ code: 'PURPOSE_REQUIRED' });
    expect((await get('market', `cases/${code}/certificates/${id}`, 'handle-case')).statusCode).toBe(404);
    expect((await own(id)).uses).toMatchObject([
      { kind: 'read', unit: 'emergency', caseCode: code },
      { kind: 'material', unit: 'emergency', caseCode: code },
    ]);
    const read = await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows(sql`select s.access_id from audit.access_subject s where s.subject = ${PERSON.mine}`),
    );
    expect(read.length).toBeGreaterThan(0);
  });

  it('is refused where it is another person’s, of another type or holds no longer, and nothing is filed', async () => {
    const { id } = await inForce();
    expect((await file('market', chosen(id), 'stranger')).json()).toMatchObject({
      code: 'CERTIFICATE_NOT_USABLE',
      material: 'stall-licence',
    });
    await post('marketHead', `certificates/${id}/suspend`, WORDS);
    const form = crypto.randomUUID();
    expect((await file('market', { ...chosen(id), form })).json()).toMatchObject({ code: 'CERTIFICATE_NOT_USABLE' });
    const { n } = await inside((db) =>
      db.one<{ n: number }>(sql`select count(*)::int as n from service.case_file where form = ${form}::uuid`),
    );
    expect(n).toBe(0);
  });

  it('has no dead end where its source is down: the paper is uploaded', async () => {
    outside.answer = () => Promise.reject(new Error('connection refused'));
    expect((await offers())[1]).toEqual({ type: OUTSIDE_TYPE, state: 'down', certificates: [] });
    outside.answer = async () => [
      {
        number: '沪健20260001',
        title: { zh: '健康合格证明', en: 'Health card' },
        issuer: { zh: '市卫健委', en: 'Commission' },
        validUntil: null,
      },
    ];
    expect((await offers())[1]).toMatchObject({ state: 'held', certificates: [{ id: null, number: '沪健20260001' }] });
    outside.answer = async () => [];
    const filed = await file('market', {
      materials: [
        { item: 'market-stand', id: 'health-card', source: 'upload', document: await upload(house, 'citizen') },
      ],
    });
    expect(filed.statusCode, filed.body).toBe(201);
    const { code } = filed.json<{ code: string }>();
    const seen = (await get('fire', `cases/${code}`, 'handle-case')).json<{
      items: { materials: { id: string; source: string }[] }[];
    }>();
    expect(seen.items[0]?.materials).toMatchObject([
      { source: 'certificate' },
      { id: 'health-card', source: 'upload' },
    ]);
  });
});
