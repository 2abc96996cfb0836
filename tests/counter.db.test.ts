import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call } from '#platform/kernel/testing.ts';
import { signIn } from '#platform/identity/testing.ts';
import { endForgotten } from '#apps/government/service-hall/counter/end-forgotten.ts';
import { handle, readCard } from '#districts/huangpu/partners/peripherals/desk.ts';
import { readStreets } from '#districts/huangpu/district.ts';
import { sampleCentres } from '#districts/huangpu/generate/service-centres.ts';
import { loadCentres } from '#districts/huangpu/load-centres.ts';
import { loadCounter } from '#districts/huangpu/load-counter.ts';
import { loadServices } from '#districts/huangpu/load-services.ts';
import { demoOf, openSeededHouse, type SeededHouse } from './fixture.ts';

/*
 * The comprehensive window on a whole installation: a resident of 瑞金二路 at the window of 打浦桥. What the browser sees of it is in e2e/window.test.ts.
 */
const CENTRE = 'affairs-centre-310101021';
const HOME = 'street-310101023';
const ALWAYS = { working: { from: '00:00', to: '24:00' }, off: { from: '00:00', to: '24:00' } };
const PURPOSE = 'verify-application';

let house: SeededHouse;
let clerk: string;
let second: string;
let relief: string;
let pupil: string;
beforeAll(async () => {
  house = await openSeededHouse({ examples: false });
  const { services } = house;
  await loadServices(services);
  await loadCentres(services, {
    centres: sampleCentres(readStreets()).map((each) => ({ ...each, hours: ALWAYS })),
    visits: false,
  });
  const { citizen, family } = demoOf(house);
  await loadCounter(services, { citizen, daughter: family?.daughter });
  clerk = await signIn(house, 'clerk.dapuqiao');
  second = await signIn(house, 'clerk.dapuqiao.second');
  const codes = await services.database.tx({ module: 'service', actor: systemActor({ name: 'test' }) }, (db) =>
    db.rows<{ code: string; zh: string }>(
      sql`select code, title->>'zh' as zh from service.item where title->>'zh' in ('临时救助', '公租房申请') or unit = 'education' order by code`,
    ),
  );
  relief = codes.find(({ zh }) => zh === '临时救助')?.code ?? '';
  pupil = codes.find(({ zh }) => zh !== '临时救助')?.code ?? '';
  await post(clerk, `centres/${CENTRE}/windows/1/seat`, { sit: true });
}, 300_000);
afterAll(() => house?.close());

type Method = 'GET' | 'POST' | 'PUT';
const ask = (method: Method, cookie: string | undefined, url: string, body?: unknown) =>
  call(house, {
    method,
    url: `/api/service-hall/${url}`,
    ...(body !== undefined && { body }),
    ...(cookie && { cookie }),
    purpose: PURPOSE,
  });
const post = (cookie: string | undefined, url: string, body?: unknown) => ask('POST', cookie, url, body);
const put = (cookie: string | undefined, url: string, body?: unknown) => ask('PUT', cookie, url, body);
const get = (cookie: string | undefined, url: string) => ask('GET', cookie, url);
const ok = <T>(reply: { statusCode: number; body: string; json(): unknown }): T => {
  expect(reply.statusCode, reply.body).toBeLessThan(300);
  return reply.json() as T;
};
const place = { centre: CENTRE, no: 1 };

/** Begins anew at the window, whoever stood there before. */
async function begin(): Promise<{ id: string; challenge: string }> {
  const { session } = ok<{ session: { id: string } | null }>(await get(clerk, 'counter'));
  if (session) ok(await post(clerk, `counter/sessions/${session.id}/end`));
  return ok(await post(clerk, 'counter/sessions'));
}
async function pair(): Promise<string> {
  const { code } = ok<{ code: string }>(await post(clerk, 'counter/screen-codes'));
  return ok<{ token: string }>(await post(undefined, 'second-screens', { code })).token;
}
type Draft = {
  next: { item: string; id: string; options: { value: string }[] }[];
  situations: Record<string, Record<string, string>>;
  fields: {
    element: string;
    required: boolean;
    type: string;
    choices: string[] | null;
    value: unknown;
    verified: boolean;
    origin: { kind: string } | null;
  }[];
  materials: { id: string; source: string; required: boolean }[];
  contact: { name: string; phone: string };
};
/** Card on the reader, photo compared, consent given. */
async function identified(card: string): Promise<{ id: string; token: string }> {
  const token = await pair();
  const { id, challenge } = await begin();
  await handle(house.services, place, { card });
  const read = await readCard(house.services, place, challenge);
  ok(await post(clerk, `counter/sessions/${id}/card`, { read }));
  ok(await post(clerk, `counter/sessions/${id}/photo`, { same: true }));
  ok(await post(undefined, 'second-screens/consent', { token, session: id }));
  return { id, token };
}
/** The form with its questions answered by the first choice, and everything that is still missing filled in. */
async function filled(id: string): Promise<Draft> {
  let situations = {};
  let draft: Draft;
  do {
    draft = ok<{ draft: Draft }>(
      await put(clerk, `counter/sessions/${id}/form`, { items: [relief], situations }),
    ).draft;
    situations = Object.fromEntries(
      [relief].map((item) => [
        item,
        {
          ...draft.situations[item],
          ...Object.fromEntries(draft.next.map((question) => [question.id, question.options[0]?.value ?? ''])),
        },
      ]),
    );
  } while (draft.next.length > 0);
  const answers = Object.fromEntries(
    draft.fields
      .filter(({ required, value }) => required && value === null)
      .map(({ element, type, choices }) => [
        element,
        choices?.[0] ?? (type === 'number' ? 3 : type === 'date' ? '2026-12-01' : '样例内容'),
      ]),
  );
  const files: Record<string, object> = {};
  for (const { id: material, source, required } of draft.materials)
    if (source === 'upload' && required) files[material] = { document: await scan(), name: '扫描件.txt', keep: true };
  ok(await put(clerk, `counter/sessions/${id}/draft`, { answers, files, contact: draft.contact }));
  return draft;
}
async function scan(): Promise<string> {
  const reply = await house.server.fastify.inject({
    method: 'POST',
    url: `/api/document/files?kind=material&name=${encodeURIComponent('扫描件.txt')}`,
    headers: { cookie: clerk, 'idempotency-key': crypto.randomUUID(), 'content-type': 'application/octet-stream' },
    payload: Buffer.from('样例扫描件'),
  });
  return ok<{ id: string }>(reply).id;
}
const STROKE =
  `data:image/png;base64,${'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mP8//8/AzbAxIADAACTzwP9sb7mjwAAAABJRU5ErkJggg=='}`.padEnd(
    200,
    '=',
  );
const inHall = <T>(work: Parameters<typeof house.services.database.tx<T>>[1]) =>
  house.services.database.tx({ module: 'service-hall', actor: systemActor({ name: 'test' }) }, work);

describe('a card', () => {
  it('counts as read only as the window’s own device has signed it for this session', async () => {
    const { id, challenge } = await begin();
    await handle(house.services, place, { card: 'citizen' });
    const old = await readCard(house.services, place, 'a'.repeat(32));
    const own = await readCard(house.services, place, challenge);
    const forged = own && { ...own, facts: { ...own.facts, name: '别人' } };
    for (const read of [old, forged])
      expect((await post(clerk, `counter/sessions/${id}/card`, { read })).json()).toMatchObject({
        code: 'CARD_NOT_READ',
      });
    expect(ok(await post(clerk, `counter/sessions/${id}/card`, { read: own }))).toMatchObject({
      card: 'read',
      identified: false,
    });
    expect((await post(second, `counter/sessions/${id}/card`, { read: own })).statusCode).toBe(404);
  });

  it('is typed twice where the reader is absent, and that stays on the intake', async () => {
    const { id } = await begin();
    const number = demoOf(house).citizen.idNumber;
    const url = `counter/sessions/${id}/card`;
    const wrong = `${number.slice(0, 16)}${number[16] === '1' ? '2' : '1'}${number.slice(17)}`;
    expect((await post(clerk, url, { typed: { name: '样例', number, again: wrong } })).json()).toMatchObject({
      fields: [{ pointer: '/typed/again' }],
    });
    expect((await post(clerk, url, { typed: { name: '样例', number: wrong, again: wrong } })).json()).toMatchObject({
      fields: [{ pointer: '/typed/number' }],
    });
    // The screen asks by the name: under another one nobody agrees to what is read by this number.
    expect((await post(clerk, url, { typed: { name: '样例', number, again: number } })).json()).toMatchObject({
      fields: [{ pointer: '/typed/name' }],
    });
    const { name } = demoOf(house).citizen;
    expect(ok(await post(clerk, url, { typed: { name, number, again: number } }))).toMatchObject({ card: 'manual' });
    // One clerk's word is not enough: what they typed and compared themselves waits for a second means.
    expect(ok(await post(clerk, `counter/sessions/${id}/photo`, { same: true }))).toMatchObject({
      identified: false,
      doubted: true,
    });
    expect((await get(clerk, `counter/sessions/${id}/person`)).json()).toMatchObject({ code: 'NOT_IDENTIFIED' });
    expect(ok(await post(clerk, `counter/sessions/${id}/officer`))).toMatchObject({ wantsOfficer: true });
  });
});

describe('a person', () => {
  it('is read only once it is them and they have agreed; each look is theirs to see', async () => {
    const token = await pair();
    const { id, challenge } = await begin();
    await handle(house.services, place, { card: 'citizen' });
    ok(await post(clerk, `counter/sessions/${id}/card`, { read: await readCard(house.services, place, challenge) }));
    expect((await get(clerk, `counter/sessions/${id}/person`)).json()).toMatchObject({ code: 'NOT_IDENTIFIED' });
    ok(await post(clerk, `counter/sessions/${id}/photo`, { same: true }));
    expect((await get(clerk, `counter/sessions/${id}/person`)).json()).toMatchObject({ code: 'COUNTER_NO_CONSENT' });
    ok(await post(undefined, 'second-screens/consent', { token, session: id }));
    const plain = await call(house, { url: `/api/service-hall/counter/sessions/${id}/person`, cookie: clerk });
    expect(plain.json()).toMatchObject({ code: 'PURPOSE_REQUIRED' });
    const { record } = ok<{ record: { pid: string; name: string; phone: string | null } }>(
      await get(clerk, `counter/sessions/${id}/person`),
    );
    expect(record.name).toBe(demoOf(house).citizen.name);
    expect(record.phone ?? '*').toContain('*');
    const mine = await signIn(house, 'citizen.wei');
    const looks = await call(house, { url: '/api/population/self/accesses', cookie: mine });
    expect(looks.statusCode).toBe(200);
    expect(looks.json().accesses).toContainEqual(
      expect.objectContaining({ name: '秦以宁', module: 'service-hall', purpose: PURPOSE }),
    );
  });

  it('whose photo differs is never refused in silence: a second officer, and not the same one', async () => {
    const { id, challenge } = await begin();
    await handle(house.services, place, { card: 'citizen' });
    ok(await post(clerk, `counter/sessions/${id}/card`, { read: await readCard(house.services, place, challenge) }));
    ok(await post(clerk, `counter/sessions/${id}/photo`, { same: false }));
    expect((await post(clerk, `counter/sessions/${id}/photo`, { same: true })).statusCode).toBe(409);
    ok(await post(clerk, `counter/sessions/${id}/officer`));
    expect((await post(clerk, `counter/sessions/${id}/vouch`, { same: true })).json()).toMatchObject({
      code: 'SAME_OFFICER',
    });
    expect(ok<{ colleagues: object[] }>(await get(second, 'counter')).colleagues).toHaveLength(1);
    ok(await post(second, `counter/sessions/${id}/vouch`, { same: true }));
    expect(ok<{ session: { step: object } }>(await get(clerk, 'counter')).session.step).toMatchObject({
      identified: true,
    });
  });

  it('of whom the second officer has said no is vouched for by nobody else', async () => {
    const { id, challenge } = await begin();
    await handle(house.services, place, { card: 'citizen' });
    ok(await post(clerk, `counter/sessions/${id}/card`, { read: await readCard(house.services, place, challenge) }));
    ok(await post(clerk, `counter/sessions/${id}/photo`, { same: false }));
    ok(await post(clerk, `counter/sessions/${id}/officer`));
    ok(await post(second, `counter/sessions/${id}/vouch`, { same: false }));
    expect((await post(second, `counter/sessions/${id}/vouch`, { same: true })).json()).toMatchObject({
      code: 'COUNTER_MOVED',
    });
  });

  it('or a code to the phone on record, five tries', async () => {
    const { id, challenge } = await begin();
    await handle(house.services, place, { card: 'daughter' });
    ok(await post(clerk, `counter/sessions/${id}/card`, { read: await readCard(house.services, place, challenge) }));
    expect((await post(clerk, `counter/sessions/${id}/step-up-codes`)).json()).toMatchObject({ code: 'COUNTER_MOVED' });
    ok(await post(clerk, `counter/sessions/${id}/photo`, { same: false }));
    const sent = await post(clerk, `counter/sessions/${id}/step-up-codes`);
    if (sent.statusCode === 409) return expect(sent.json()).toMatchObject({ code: 'STEP_UP_NO_PHONE' });
    const { body } = await house.services.database.tx(
      { module: 'peripherals-simulator', actor: systemActor({ name: 'test' }) },
      (db) => db.one<{ body: string }>(sql`select body from peripherals_simulator.message order by at desc limit 1`),
    );
    const code = /\d{6}/.exec(body)?.[0] ?? '';
    const other = code === '000000' ? '000001' : '000000';
    expect(ok(await post(clerk, `counter/sessions/${id}/step-up`, { code: other }))).toMatchObject({
      right: false,
      triesLeft: 4,
    });
    expect(ok(await post(clerk, `counter/sessions/${id}/step-up`, { code }))).toMatchObject({
      right: true,
      step: { identified: true },
    });
  });
});

describe('an application', () => {
  it('of what the clerk has no exam for is shown the way to a skilled window', async () => {
    const { id } = await identified('citizen');
    const refused = await put(clerk, `counter/sessions/${id}/form`, { items: [pupil], situations: {} });
    expect(refused.json()).toMatchObject({ code: 'OUTSIDE_SKILL', family: expect.any(String) });
  });

  it('is sent only as the person has confirmed it; the street of their home decides, and never who received it', async () => {
    const { id, token } = await identified('citizen');
    await filled(id);
    expect((await post(clerk, `counter/sessions/${id}/send`)).json()).toMatchObject({ code: 'COUNTER_NOT_CONFIRMED' });
    ok(await post(clerk, `counter/sessions/${id}/ask`));
    type Screen = { digest: string; draft: Draft; step: { state: string } };
    const show = async () => ok<Screen>(await post(undefined, 'second-screens/show', { token }));
    const first = await show();
    // What is on record is shown with its source; the person says that something else is wrong, and nothing can be sent.
    expect(first.draft.fields.filter(({ verified }) => verified).length).toBeGreaterThan(3);
    ok(await post(undefined, 'second-screens/dispute', { token, elements: ['bank-account'] }));
    expect((await post(clerk, `counter/sessions/${id}/send`)).json()).toMatchObject({ code: 'COUNTER_NOT_CONFIRMED' });
    const { contact } = first.draft;
    ok(
      await put(clerk, `counter/sessions/${id}/draft`, {
        answers: { 'bank-account': '6222000000000000' },
        files: {},
        contact,
      }),
    );
    ok(await post(clerk, `counter/sessions/${id}/ask`));
    const again = await show();
    expect(again.digest).not.toBe(first.digest);
    const old = await post(undefined, 'second-screens/confirm', { token, digest: first.digest, stroke: STROKE });
    expect(old.json()).toMatchObject({ code: 'COUNTER_MOVED' });
    // With the card: the same one, signed over what was shown.
    await handle(house.services, place, { card: 'daughter' });
    const others = await readCard(house.services, place, again.digest);
    expect(
      (await post(undefined, 'second-screens/confirm', { token, digest: again.digest, card: others })).json(),
    ).toMatchObject({ code: 'CARD_NOT_READ' });
    await handle(house.services, place, { card: 'citizen' });
    const own = await readCard(house.services, place, again.digest);
    ok(await post(undefined, 'second-screens/confirm', { token, digest: again.digest, card: own }));
    const sent = ok<{
      code: string;
      items: { state: string; target: string; unit: string }[];
      papers: { barcode: string }[];
    }>(await post(clerk, `counter/sessions/${id}/send`));
    expect(sent.code).toMatch(/^\d{18}[0-9A-Z]$/);
    expect(sent.items).toMatchObject([{ state: 'to-hand-over', target: 'affairs-centre-310101023', unit: HOME }]);
    expect(sent.papers.length).toBeGreaterThan(0);
    // Again is the same: one case, one custody.
    expect(ok<{ code: string; papers: object[] }>(await post(clerk, `counter/sessions/${id}/send`))).toMatchObject({
      code: sent.code,
      papers: sent.papers,
    });
    const count = await inHall((db) =>
      db.one<{ n: number }>(sql`select count(*)::int as n from service_hall.paper where case_code = ${sent.code}`),
    );
    expect(count.n).toBe(sent.papers.length);
    await decidedByTheStreet(sent.code);
  });

  /** The clerk who received it, in whatever post, decides nothing of it (受办分离). */
  async function decidedByTheStreet(code: string): Promise<void> {
    const act = (cookie: string, name: string, body: object = {}) =>
      call(house, {
        method: 'POST',
        url: `/api/service/cases/${code}/items/1/${name}`,
        body,
        cookie,
        purpose: PURPOSE,
      });
    const back = await signIn(house, 'clerk.ruijin');
    const head = await signIn(house, 'head.ruijin');
    expect((await act(clerk, 'accept')).statusCode).toBe(404);
    for (const [name, body] of [
      ['accept', {}],
      ['begin', {}],
      ['draft', { outcome: 'granted' }],
    ] as const)
      ok(await act(back, name, body));
    await house.services.database.tx({ module: 'service', actor: systemActor({ name: 'test' }) }, (db) =>
      db.run(
        sql`update service.sub_case set receivers = receivers || 'head.ruijin'::text where case_id = (select id from service.case_file where code = ${code})`,
      ),
    );
    expect((await act(head, 'decide')).json()).toMatchObject({ status: 403, code: 'CASE_SEPARATION' });
    await house.services.database.tx({ module: 'service', actor: systemActor({ name: 'test' }) }, (db) =>
      db.run(
        sql`update service.sub_case set receivers = array_remove(receivers, 'head.ruijin') where case_id = (select id from service.case_file where code = ${code})`,
      ),
    );
    ok(await act(head, 'decide'));
    const mine = await signIn(house, 'citizen.wei');
    const own = await call(house, { url: `/api/service/own-cases/${code}`, cookie: mine });
    expect(own.json()).toMatchObject({ code, items: [{ outcome: 'granted' }] });
  }

  it('carries what the person answered before into the next form, and is confirmed anew', async () => {
    const { id, token } = await identified('citizen');
    const draft = await filled(id);
    ok(await post(clerk, `counter/sessions/${id}/ask`));
    const shown = async () => ok<{ digest: string }>(await post(undefined, 'second-screens/show', { token })).digest;
    const first = await shown();
    await inHall((db) =>
      db.run(sql`update service_hall.counter_session set challenge = ${'d'.repeat(32)} where id = ${id}::uuid`),
    );
    ok(await post(clerk, `counter/sessions/${id}/ask`));
    // The same form at another visit: what the card has signed for the one is worth nothing for the other.
    expect(await shown()).not.toBe(first);
    expect(draft.fields.find(({ element }) => element === 'bank-account')).toMatchObject({
      value: '6222000000000000',
      origin: { kind: 'earlier' },
    });
  });
});

describe('a mandate', () => {
  it('that its giver ends while the visit lasts is acted on no more: nothing is read and nothing is filed', async () => {
    const personAt = (visit: string) =>
      inHall((db) =>
        db.one<{ person: string }>(
          sql`select present_person as person from service_hall.counter_session where id = ${visit}::uuid`,
        ),
      );
    const { person: giver } = await personAt((await identified('citizen')).id);
    const { id, token } = await identified('daughter');
    const { person: taker } = await personAt(id);
    const inAccess = (statement: ReturnType<typeof sql>) =>
      house.services.database.tx({ module: 'access', actor: systemActor({ name: 'test' }) }, (db) => db.run(statement));
    const mandate = uuidv7();
    await inAccess(sql`
      insert into access.delegation (id, basis, giver_person, giver_name, offered_by, to_person, to_label, taker_account, taker_person, taker_name, scopes,
        valid_from, valid_to, evidence, state, offered_at, answered_at)
      values (${mandate}::uuid, 'consent', ${giver}::uuid, '样例', 'citizen.wei', ${taker}::uuid, '样例', 'citizen.of.the.test', ${taker}::uuid, '样例', array['service-cases'],
        kernel.now() - interval '1 day', kernel.now() + interval '1 day', '样例', 'accepted', kernel.now() - interval '1 day', kernel.now())`);
    // Those that have ended since hide none that holds.
    await inAccess(sql`
      insert into access.delegation (id, basis, giver_person, giver_name, offered_by, to_person, to_label, taker_account, taker_person, taker_name, scopes,
        valid_from, valid_to, evidence, state, offered_at, answered_at, ended_at, ended_why)
      select gen_random_uuid(), 'consent', ${giver}::uuid, '样例', 'citizen.wei', ${taker}::uuid, '样例', 'citizen.of.the.test', ${taker}::uuid, '样例', array['service-cases'],
        kernel.now() - interval '1 day', kernel.now() + interval '1 day', '样例', 'ended', kernel.now(), kernel.now(), kernel.now(), 'giver' from generate_series(1, 60)`);
    ok(await put(clerk, `counter/sessions/${id}/mandate`, { mandate }));
    ok(await get(clerk, `counter/sessions/${id}/person`));
    await filled(id);
    ok(await post(clerk, `counter/sessions/${id}/ask`));
    const { digest } = ok<{ digest: string }>(await post(undefined, 'second-screens/show', { token }));
    ok(await post(undefined, 'second-screens/confirm', { token, digest, stroke: STROKE }));
    await inAccess(
      sql`update access.delegation set state = 'ended', ended_at = kernel.now(), ended_why = 'giver' where id = ${mandate}::uuid`,
    );
    for (const reply of [
      await get(clerk, `counter/sessions/${id}/person`),
      await put(clerk, `counter/sessions/${id}/form`, { items: [relief], situations: {} }),
      await post(clerk, `counter/sessions/${id}/send`),
    ])
      expect(reply.json()).toMatchObject({ code: 'MANDATE_ENDED' });
    ok(await post(clerk, `counter/sessions/${id}/end`));
  });
});

describe('a visit', () => {
  it('keeps its clerk at the window until it is ended: nobody else could end it', async () => {
    const { id } = await identified('citizen');
    const leave = await post(clerk, `centres/${CENTRE}/windows/1/seat`, { sit: false });
    expect(leave.json()).toMatchObject({ code: 'WINDOW_BUSY' });
    ok(await post(clerk, `centres/${CENTRE}/windows/1/seat`, { sit: true }));
    ok(await post(clerk, `counter/sessions/${id}/end`));
    const { id: begun } = ok<{ id: string }>(await post(clerk, 'counter/sessions'));
    ok(await post(clerk, `centres/${CENTRE}/windows/1/seat`, { sit: false }));
    ok(await post(clerk, `centres/${CENTRE}/windows/1/seat`, { sit: true }));
    expect(ok<{ id: string }>(await post(clerk, 'counter/sessions')).id).not.toBe(begun);
  });

  it('that broke off while it was sent holds its window until the next day, and no longer', async () => {
    const { id, token } = await identified('citizen');
    await filled(id);
    ok(await post(clerk, `counter/sessions/${id}/ask`));
    const { digest } = ok<{ digest: string }>(await post(undefined, 'second-screens/show', { token }));
    ok(await post(undefined, 'second-screens/confirm', { token, digest, stroke: STROKE }));
    const after = async (hours: number) => {
      await inHall((db) =>
        db.run(sql`
          update service_hall.counter_session set state = 'sending', opened_at = kernel.now() - make_interval(hours => ${hours}::int) where id = ${id}::uuid`),
      );
      await endForgotten(house.services);
      return inHall((db) =>
        db.one(
          sql`select state, holder is null as "forgotten" from service_hall.counter_session where id = ${id}::uuid`,
        ),
      );
    };
    expect(await after(5)).toEqual({ state: 'sending', forgotten: false });
    expect(await after(25)).toEqual({ state: 'ended', forgotten: true });
  });
});

describe('a second screen', () => {
  it('agrees to the visit that it shows, and to no other that has begun meanwhile', async () => {
    const token = await pair();
    const { id: before } = await begin();
    const { id, challenge } = await begin();
    await handle(house.services, place, { card: 'citizen' });
    ok(await post(clerk, `counter/sessions/${id}/card`, { read: await readCard(house.services, place, challenge) }));
    ok(await post(clerk, `counter/sessions/${id}/photo`, { same: true }));
    const late = await post(undefined, 'second-screens/consent', { token, session: before });
    expect(late.json()).toMatchObject({ code: 'COUNTER_MOVED' });
    expect((await get(clerk, `counter/sessions/${id}/person`)).json()).toMatchObject({ code: 'COUNTER_NO_CONSENT' });
    expect(ok(await post(undefined, 'second-screens/show', { token }))).toMatchObject({ session: id });
  });

  it('is paired once by a code, and the one before it is blind from then on', async () => {
    const { code } = ok<{ code: string }>(await post(clerk, 'counter/screen-codes'));
    // Of 31 signs: not guessed in the two minutes that it is good.
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4} [2-9A-HJKMNP-Z]{4}$/);
    const first = ok<{ token: string }>(await post(undefined, 'second-screens', { code })).token;
    expect((await post(undefined, 'second-screens', { code })).json()).toMatchObject({ code: 'SCREEN_CODE' });
    await pair();
    expect((await post(undefined, 'second-screens/show', { token: first })).statusCode).toBe(404);
  });
});
