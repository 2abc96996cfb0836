import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fireClocks } from '#platform/calendar/fire-clocks.ts';
import { moveClock } from '#platform/catalog/fixtures/house.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { dispatchEvents, eventsWait } from '#platform/kernel/events.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { bookPayment } from '#platform/ledger/book-payment.ts';
import { storeEntries } from '#platform/rulebook/store-entries.ts';
import { readDefinition } from '#platform/workflow/bpmn/read-definition.ts';
import { storeDefinition } from '#platform/workflow/store/store-definition.ts';
import type { CaseView } from './case-view.ts';
import {
  ITEMS,
  known,
  openCaseHouse,
  PERSON,
  rule,
  SIZE_RULE,
  upload,
  versions,
  VIRUS,
  type Who,
} from './fixtures/case-house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openCaseHouse();
  await setNow('2026-11-26T10:00:00');
  PLAN.document = await upload(house, 'citizen');
}, 240_000);
afterAll(() => house?.close());

const at = (text: string) => new Date(`${text}+08:00`);
const shown = (moment: string | null) =>
  moment && new Date(Date.parse(moment) + 8 * 3_600_000).toISOString().slice(0, 16);
const setNow = (moment: string) => moveClock(house, (at(moment).getTime() - Date.now()) / 1000);
const inside = <T>(work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module: 'service', actor: systemActor({ name: 'test' }) }, work);
async function settle(): Promise<void> {
  do await dispatchEvents(house.services);
  while (await eventsWait(house.services));
}
const get = (who: Who, url: string, purpose?: string) =>
  call(house, { url: `/api/service/${url}`, cookie: `sid=${who}`, purpose });
const post = (who: Who, url: string, body: unknown = {}, key?: string) =>
  call(house, { method: 'POST', url: `/api/service/${url}`, body, cookie: `sid=${who}`, key });
const act = (who: Who, code: string, act: string, body: unknown = {}, no = 1) =>
  post(who, `cases/${code}/items/${no}/${act}`, body);

const ANSWERS = { 'shop-name': '石库门面馆', 'floor-area': 60, exits: 2 };
const PLAN = { item: 'fire-check', id: 'floor-plan', source: 'upload', document: '' };
const form = (items: readonly (keyof typeof ITEMS)[], more: Record<string, unknown> = {}) => {
  const asked = new Set(items.flatMap((name) => ITEMS[name].fields.map(({ element }) => element)));
  return {
    form: crypto.randomUUID(),
    channel: 'web',
    items: items.map((name) => ({ code: ITEMS[name].terms.code, version: 1 })),
    answers: Object.fromEntries(Object.entries(ANSWERS).filter(([element]) => asked.has(element))),
    materials: items.includes('fire') ? [PLAN] : [],
    contact: { name: '沈若水', phone: '13812345678' },
    ...more,
  };
};
const file = async (items: readonly (keyof typeof ITEMS)[] = ['food'], more: Record<string, unknown> = {}) => {
  const filed = await post('citizen', 'cases', form(items, more));
  expect(filed.statusCode, filed.body).toBe(201);
  return filed.json<{ code: string }>().code;
};
const own = async (code: string) => (await get('citizen', `own-cases/${code}`)).json<CaseView>();
const seen = async (who: Who, code: string) => (await get(who, `cases/${code}`, 'handle-case')).json<CaseView>();
beforeEach(() => setNow('2026-11-26T10:00:00'));

describe('one intake', () => {
  it('makes one case with one code of several items, and each unit sees its own with its own fields', async () => {
    const filed = await post('citizen', 'cases', form(['food', 'fire'], { bundle: 'open-shop' }));
    expect(filed.statusCode, filed.body).toBe(201);
    const { code } = filed.json<{ code: string }>();
    expect(code).toMatch(/^310101261126\d{6}[0-9A-Z]$/);
    expect(filed.json()).toMatchObject({ title: { zh: '开餐馆' }, items: [{ no: 1 }, { no: 2, unit: 'emergency' }] });
    const market = await seen('market', code);
    expect(market.items).toMatchObject([
      {
        no: 1,
        answers: [
          { element: 'shop-name', value: '石库门面馆', from: { unit: 'market-supervision' } },
          { element: 'floor-area', value: 60, from: null },
        ],
      },
    ]);
    expect(market.parts).toHaveLength(2);
    const fire = await seen('fire', code);
    expect(fire.items.flatMap(({ answers }) => answers.map(({ element }) => element))).toEqual(['floor-area', 'exits']);
    expect(fire.items[0]?.materials).toMatchObject([{ id: 'floor-plan', title: { zh: '平面图' } }]);
    expect((await own(code)).items).toHaveLength(2);
  });

  it('is no case for other people, other units and posts that see the whole district, and needs a purpose', async () => {
    const code = await file();
    for (const who of ['fire', 'wide'] as const)
      expect((await get(who, `cases/${code}`, 'handle-case')).json(), who).toMatchObject({ status: 404 });
    expect((await get('stranger', `own-cases/${code}`)).statusCode).toBe(404);
    expect((await get('stranger', 'own-cases')).json()).toEqual({ cases: [] });
    expect((await get('market', `cases/${code}`)).json()).toMatchObject({ code: 'PURPOSE_REQUIRED' });
    expect((await act('fire', code, 'accept')).statusCode).toBe(404);
    const rows = await inside((db) => db.rows<{ answers: string }>(sql`select answers from service.sub_case`));
    expect(JSON.stringify(rows)).not.toContain('石库门');
  });

  it('shows the applicant who read it', async () => {
    const code = await file();
    await seen('market', code);
    const read = await house.services.database.tx({ module: 'audit', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows(sql`select s.access_id from audit.access_subject s where s.subject = ${PERSON.mine}`),
    );
    expect(read.length).toBeGreaterThan(0);
  });

  it('is one case ever, for a double click and for a retry with another key on another day', async () => {
    const body = form(['food']);
    const [a, b] = await Promise.all([
      post('citizen', 'cases', body, 'double-click'),
      post('citizen', 'cases', body, 'double-click'),
    ]);
    expect([a.statusCode, b.statusCode]).toEqual([201, 201]);
    expect(a.json()).toEqual(b.json());
    await setNow('2026-11-28T10:00:00');
    const late = await post('citizen', 'cases', body);
    expect(late.json()).toMatchObject({ code: a.json<{ code: string }>().code });
    const { n } = await inside((db) =>
      db.one<{ n: number }>(sql`select count(*)::int as n from service.case_file where form = ${body.form}::uuid`),
    );
    expect(n).toBe(1);
  });

  it('numbers the cases of a day without a gap, whatever is refused in between', async () => {
    const first = await file();
    const bad = await post('citizen', 'cases', form(['food'], { answers: {} }));
    expect(bad.statusCode).toBe(400);
    const second = await file();
    expect(Number(second.slice(12, 18))).toBe(Number(first.slice(12, 18)) + 1);
  });

  it('refuses field by field, and names a material that is missing', async () => {
    const bad = await post(
      'citizen',
      'cases',
      form(['food', 'fire'], { answers: { 'floor-area': 0, exits: 2 }, materials: [] }),
    );
    expect(bad.statusCode).toBe(400);
    expect(
      bad
        .json<{ fields: { pointer: string }[] }>()
        .fields.map(({ pointer }) => pointer)
        .sort(),
    ).toEqual(['/answers/floor-area', '/materials/fire-check/floor-plan']);
  });

  it('takes what is on record from there: only what the applicant says is marked as declared or disputed', async () => {
    const code = await file(['food'], { answers: { 'floor-area': 60 } });
    expect((await seen('market', code)).items[0]?.answers).toMatchObject([
      { element: 'shop-name', value: '石库门面馆', from: { unit: 'market-supervision' }, state: 'disputed' },
      { element: 'floor-area', value: 60, from: null, state: 'self-declared' },
    ]);
    const other = await file(['food'], { answers: { 'shop-name': '石库门老面馆', 'floor-area': 60 } });
    expect((await seen('market', other)).items[0]?.answers[0]).toMatchObject({ from: null, state: 'disputed' });
  });

  it('takes uploads that exist and are the uploader’s, and none in place of what has to be handed in', async () => {
    const filed = async (document: string) =>
      (await post('citizen', 'cases', form(['fire'], { materials: [{ ...PLAN, document }] }))).json<{ code: string }>();
    expect(await filed(crypto.randomUUID())).toMatchObject({ status: 409, code: 'FILE_GONE' });
    expect(await filed(await upload(house, 'stranger'))).toMatchObject({ code: 'FILE_GONE' });
    const none = { item: 'fire-check', id: 'floor-plan', source: 'data' };
    expect((await post('citizen', 'cases', form(['fire'], { materials: [none] }))).json()).toMatchObject({
      fields: [{ pointer: '/materials/fire-check/floor-plan' }],
    });
    const document = await upload(house, 'citizen');
    const { code } = await filed(document);
    expect((await seen('fire', code)).items[0]?.materials).toMatchObject([{ document, file: { name: '平面图.txt' } }]);
    const read = (who: Who, purpose?: string) =>
      call(house, { url: `/api/document/files/${document}/content`, cookie: `sid=${who}`, purpose });
    expect((await read('fire', 'handle-case')).body).toContain('样例材料');
    expect((await read('fire')).json()).toMatchObject({ code: 'PURPOSE_REQUIRED' });
    expect((await read('citizen')).statusCode).toBe(200);
    for (const who of ['market', 'stranger', 'wide'] as const)
      expect((await read(who, 'handle-case')).statusCode, who).toBe(404);
  });

  it('refuses a virus before anything of it is stored, and the application can be sent without it', async () => {
    const files = () =>
      house.services.database.tx({ module: 'document', actor: systemActor({ name: 'test' }) }, (db) =>
        db.one<{ n: number }>(sql`select count(*)::int as n from document.file`),
      );
    const before = await files();
    const sent = await call(house, {
      method: 'POST',
      url: '/api/document/files?kind=material&name=plan.txt',
      body: `平面图 ${VIRUS}`,
      cookie: 'sid=citizen',
      headers: { 'content-type': 'application/octet-stream' },
    });
    expect(sent.json()).toMatchObject({ code: 'FILE_HARMFUL', found: 'Test.Virus' });
    expect(await files()).toEqual(before);
    await file(['fire']);
  });

  it('does not let an answer overwrite what a source has verified', async () => {
    known.state = 'verified';
    const other = await post(
      'citizen',
      'cases',
      form(['food'], { answers: { 'shop-name': '别的店', 'floor-area': 60 } }),
    );
    const same = await post('citizen', 'cases', form(['food']));
    known.state = 'disputed';
    expect(other.json()).toMatchObject({ fields: [{ pointer: '/answers/shop-name', rule: 'on-record' }] });
    expect(same.statusCode).toBe(201);
  });

  it('shows the new version of an item that changed in mid-form, and says which answers still count', async () => {
    versions.set('food-licence', 2);
    const changed = await post('citizen', 'cases', form(['food']));
    versions.clear();
    expect(changed.json()).toMatchObject({
      status: 409,
      code: 'ITEM_CHANGED',
      items: [{ code: 'food-licence', asked: 1, version: 2 }],
      elements: ['shop-name', 'floor-area'],
    });
    expect(
      (await post('citizen', 'cases', form(['food'], { items: [{ code: 'no-such-item', version: 1 }] }))).json(),
    ).toMatchObject({
      code: 'ITEM_NOT_OFFERED',
    });
  });

  it('takes in at a window for whoever shows an identity card; the clerk sees the case and not the answers', async () => {
    const filed = await post(
      'window',
      'cases',
      form(['food'], { channel: 'window', applicant: { idNumber: '11010519491231002X' } }),
    );
    expect(filed.statusCode, filed.body).toBe(201);
    const { code } = filed.json<{ code: string }>();
    const there = await seen('window', code);
    expect(there).toMatchObject({ receivedUnit: 'street-310101013', items: [], phone: null });
    expect((await seen('market', code)).items).toHaveLength(1);
    const bad = await post(
      'window',
      'cases',
      form(['food'], { channel: 'window', applicant: { idNumber: '110105194912310021' } }),
    );
    expect(bad.json()).toMatchObject({ fields: [{ pointer: '/applicant/idNumber' }] });
  });
});

describe('handling', () => {
  const reviewed = async (items: readonly (keyof typeof ITEMS)[] = ['food']): Promise<string> => {
    const code = await file(items);
    expect((await act('market', code, 'accept')).statusCode).toBe(200);
    expect((await act('marketToo', code, 'begin')).statusCode).toBe(200);
    return code;
  };

  it('goes from receipt to archive, with a clock for each step, and the applicant reads what happens next', async () => {
    const code = await file();
    expect((await seen('market', code)).items[0]).toMatchObject({
      step: 'accept',
      clock: { amount: 5, unit: 'working-day', state: 'running' },
    });
    expect((await own(code)).items[0]?.next).toMatchObject({ who: 'unit', what: 'accept' });
    await act('market', code, 'accept');
    const accepted = (await own(code)).items[0];
    // Ten days are promised; the law would give twenty.
    expect(accepted).toMatchObject({ state: 'accepted', clock: { amount: 10 } });
    expect(shown(accepted?.clock?.dueAt ?? null)).toBe('2026-12-11T00:00');
    await act('marketToo', code, 'begin');
    await act('marketToo', code, 'draft', { outcome: 'granted' });
    expect((await own(code)).items[0]).toMatchObject({ draft: null, handlerName: null });
    expect((await act('marketHead', code, 'decide')).json()).toMatchObject({ state: 'decided', outcome: 'granted' });
    await act('market', code, 'issue');
    await act('market', code, 'deliver', { way: 'electronic' });
    await settle();
    const done = await own(code);
    expect(done).toMatchObject({ state: 'delivered', items: [{ next: { who: 'applicant', what: 'rate' } }] });
    expect(done.timeline.map(({ kind }) => kind)).toEqual(['submit', 'accept', 'begin', 'decide', 'issue', 'deliver']);
    expect(done.timeline.every(({ byName }) => byName === null)).toBe(true);
    expect((await act('market', code, 'archive')).json()).toMatchObject({ state: 'archived' });
    expect((await act('market', code, 'accept')).json()).toMatchObject({ code: 'CASE_NOT_IN_STATE' });
  });

  it('is not decided by who received it, also under another post, nor by who drafted it, in code and in the database', async () => {
    const code = await reviewed();
    await act('marketToo', code, 'draft', { outcome: 'granted' });
    expect((await act('twoHats', code, 'decide')).json()).toMatchObject({ status: 403, code: 'CASE_SEPARATION' });
    expect((await act('market', code, 'decide')).json()).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    const forced = inside((db) =>
      db.run(
        sql`update service.sub_case s set decided_by = 'market' from service.case_file c where c.id = s.case_id and c.code = ${code}`,
      ),
    );
    await expect(forced).rejects.toMatchObject({ code: '23514' });
    expect((await act('marketHead', code, 'decide')).statusCode).toBe(200);
  });

  it('refuses with reason and remedy only, and never by machine', async () => {
    const code = await reviewed();
    expect((await act('market', code, 'draft', { outcome: 'refused' })).json()).toMatchObject({
      code: 'CASE_REMEDY_MISSING',
    });
    const words = { reason: '场所面积不符合要求。', remedy: '可在六十日内申请行政复议。' };
    await act('marketToo', code, 'draft', { outcome: 'refused', ...words });
    expect((await act('marketHead', code, 'return', { why: '请补充现场照片。' })).statusCode).toBe(200);
    expect((await act('marketHead', code, 'decide')).json()).toMatchObject({ code: 'CASE_NO_DRAFT' });
    await act('marketToo', code, 'draft', { outcome: 'refused', ...words });
    await act('marketHead', code, 'decide');
    expect((await own(code)).items[0]).toMatchObject({ outcome: 'refused', ...words });
    const byMachine = inside((db) =>
      db.run(
        sql`update service.sub_case s set decided_by = 'system:x' from service.case_file c where c.id = s.case_id and c.code = ${code}`,
      ),
    );
    await expect(byMachine).rejects.toMatchObject({ code: '23514' });
  });

  it('tells all units’ defects in one notice, once; the second needs the head', async () => {
    const code = await file(['food', 'fire'], { bundle: 'open-shop' });
    const miss = (what: string) => ({ defects: [{ what, how: '请补充盖章的那一页。' }] });
    expect((await act('market', code, 'defects', miss('租赁合同'))).json()).toEqual({ waitsFor: ['emergency'] });
    await settle();
    expect(await own(code)).toMatchObject({ state: 'submitted', items: [{ defects: null }, { defects: null }] });
    expect((await act('fire', code, 'defects', miss('平面图'), 2)).json()).toEqual({ waitsFor: [] });
    await settle();
    const told = await own(code);
    expect(told.state).toBe('correction');
    const notices = told.timeline.filter(({ kind }) => kind === 'correct');
    expect(notices).toHaveLength(1);
    expect(notices[0]?.items).toMatchObject([
      { no: 1, defects: [{ what: '租赁合同' }] },
      { no: 2, defects: [{ what: '平面图' }] },
    ]);
    const answered = await post('citizen', `own-cases/${code}/correction`, {
      answers: { 'shop-name': '石库门老面馆', exits: 3 },
      materials: [{ no: 2, id: 'floor-plan', document: await upload(house, 'citizen') }],
    });
    expect(answered.json()).toEqual({ items: [1, 2] });
    const market = await seen('market', code);
    expect(market.items[0]?.answers).toMatchObject([{ value: '石库门老面馆', from: null }, { element: 'floor-area' }]);
    expect((await act('market', code, 'defects', miss('公章'))).json()).toMatchObject({
      status: 409,
      code: 'SECOND_CORRECTION',
    });
    expect(
      (await act('marketHead', code, 'allow-correction', { reason: '补正材料又出现新的不一致。' })).statusCode,
    ).toBe(200);
    expect((await act('market', code, 'defects', miss('公章'))).statusCode).toBe(200);
    // An item that is accepted goes on while the other waits for the applicant.
    await act('fire', code, 'accept', {}, 2);
    await settle();
    expect(await own(code)).toMatchObject({ items: [{ state: 'correction' }, { state: 'accepted' }] });
  });

  it('accepts in silence, as of the day of receipt, and tells whoever supervises that the step ran over', async () => {
    const code = await file();
    await setNow('2026-12-04T00:00:10');
    await fireClocks(house.services);
    await settle();
    const [item] = (await own(code)).items;
    expect(item).toMatchObject({ state: 'accepted', deemed: true, clock: { amount: 10 } });
    expect(shown(item?.acceptedAsOf ?? null)).toBe('2026-11-26T10:00');
    expect(shown(item?.clock?.dueAt ?? null)).toBe('2026-12-11T00:00');
    const steps = await house.services.database.tx({ module: 'kernel', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows<{ type: string; data: Record<string, string> }>(
        sql`select type, data from kernel.event where type like 'gov.step.%' and data->>'case' = ${code} order by seq`,
      ),
    );
    expect(steps.map(({ type, data }) => `${type} ${data.step}`)).toEqual([
      'gov.step.started accept',
      'gov.step.due accept',
      'gov.step.done accept',
      'gov.step.started decide',
    ]);
    expect(Object.keys(steps[0]?.data ?? {}).sort()).toEqual(['case', 'clock', 'item', 'post', 'step', 'unit']);
  });

  it('tells what one unit found before the time is over, although another has not looked', async () => {
    const code = await file(['food', 'fire']);
    await act('market', code, 'defects', { defects: [{ what: '租赁合同', how: '请补充签字页。' }] });
    await settle();
    await setNow('2026-12-03T00:00:10');
    await fireClocks(house.services);
    await settle();
    expect(await own(code)).toMatchObject({
      state: 'correction',
      items: [{ state: 'correction' }, { state: 'submitted' }],
    });
  });

  it('stops for the reasons of art. 45 with a document, goes on, and is lengthened once by the head', async () => {
    const code = await reviewed();
    const stop = { reason: 'expert-review', document: '专家评审告知书〔2026〕1号', expectedEnd: '2026-12-01' };
    expect((await act('market', code, 'stop', { ...stop, reason: 'holiday' })).json()).toMatchObject({
      fields: [{ pointer: '/reason' }],
    });
    expect((await act('market', code, 'stop', stop)).json()).toMatchObject({ state: 'stopped' });
    expect((await own(code)).items[0]).toMatchObject({ next: { what: 'stopped' }, clock: { state: 'stopped' } });
    await setNow('2026-12-01T15:00:00');
    await act('market', code, 'resume');
    const gone = (await own(code)).items[0]?.clock;
    // None of ten days was used on the day of the start; the 27th, 30th and the 1st stood still.
    expect(shown(gone?.dueAt ?? null)).toBe('2026-12-16T00:00');
    const longer = { reason: '需要向外省核实资质。', document: '延期审批表〔2026〕1号' };
    expect((await act('market', code, 'extend', longer)).json()).toMatchObject({ status: 403 });
    expect((await act('marketHead', code, 'extend', longer)).statusCode).toBe(200);
    expect((await own(code)).items[0]).toMatchObject({ extended: true, clock: { amount: 20 } });
    expect((await act('marketHead', code, 'extend', longer)).json()).toMatchObject({ code: 'CASE_EXTENDED' });
  });

  it('lets other items go on when one is withdrawn, and begins what waited once the first is granted', async () => {
    const code = await file(['food', 'sign', 'fire'], { bundle: 'open-chain' });
    const before = await own(code);
    expect(before.items).toMatchObject([{ waits: false }, { waits: true, clock: null, after: [1] }, { waits: false }]);
    expect((await act('fire', code, 'accept', {}, 2)).json()).toMatchObject({ code: 'CASE_WAITS' });
    expect((await post('citizen', `own-cases/${code}/items/3/withdraw`)).json()).toMatchObject({ state: 'withdrawn' });
    await act('market', code, 'accept');
    await act('marketToo', code, 'begin');
    await act('marketToo', code, 'draft', { outcome: 'granted' });
    await act('marketHead', code, 'decide');
    await settle();
    expect((await own(code)).items).toMatchObject([
      { state: 'decided' },
      { waits: false, step: 'accept' },
      { state: 'withdrawn' },
    ]);
    expect((await act('fire', code, 'accept', {}, 2)).statusCode).toBe(200);
  });

  it('promises the critical path, and moves the promise when an item stops', async () => {
    const code = await file(['food', 'sign'], { bundle: 'open-chain' });
    // Ten working days and one more after them.
    expect(shown((await own(code)).promisedAt)).toBe('2026-12-12T00:00');
    await act('market', code, 'accept');
    await act('marketToo', code, 'begin');
    await act('marketToo', code, 'stop', {
      reason: 'hearing',
      document: '听证通知书〔2026〕3号',
      expectedEnd: '2026-12-10',
    });
    await settle();
    expect(Date.parse((await own(code)).promisedAt ?? '')).toBeGreaterThan(at('2026-12-24T00:00:00').getTime());
  });

  it('lists cases of the unit by due time, without anybody’s name', async () => {
    const code = await reviewed();
    await act('marketToo', code, 'draft', { outcome: 'granted' });
    const list = (await get('marketHead', 'cases?view=approve')).json<{ cases: { code: string }[]; counts: object }>();
    expect(list.cases.map((each) => each.code)).toContain(code);
    expect(JSON.stringify(list)).not.toContain('沈若水');
    expect(list.counts).toHaveProperty('overdue');
    const mine = (await get('citizen', 'own-cases')).json<{ cases: { state: string; code: string }[] }>().cases;
    expect(mine.some((each) => each.code === code)).toBe(true);
  });
});

describe('one code', () => {
  const query = (code: string, digits: string) => post('stranger', 'case-query', { code, digits });

  it('is answered to who knows the last digits, without names', async () => {
    const code = await file();
    const found = await query(`${code.slice(0, 6)} ${code.slice(6)}`, '5678');
    expect(found.statusCode, found.body).toBe(200);
    expect(found.json()).toMatchObject({ code, state: 'submitted', timeline: [{ kind: 'submit' }] });
    expect(found.body).not.toContain('沈若水');
    expect(found.body).not.toContain('石库门');
  });

  it('says the same of a wrong code and of wrong digits, and locks both after five tries, for a time', async () => {
    const code = await file();
    const absent = await file();
    const nobody = `${absent.slice(0, 12)}999999`;
    const wrong: { asked: boolean; status: number; code: string }[] = [];
    for (const asked of [code, `${nobody}X`])
      for (let i = 0; i < 6; i += 1) {
        const reply = await query(asked, '0000');
        wrong.push({ asked: asked === code, status: reply.statusCode, code: reply.json<{ code: string }>().code });
      }
    const of = (real: boolean) =>
      wrong.filter(({ asked }) => asked === real).map(({ status, code: said }) => `${status} ${said}`);
    expect(of(true)).toEqual(of(false));
    expect(of(true)).toEqual([...Array(5).fill('404 CASE_QUERY_NOT_FOUND'), '429 CASE_QUERY_LOCKED']);
    expect((await query(code, '5678')).statusCode).toBe(429);
    await setNow('2026-11-26T10:31:00');
    expect((await query(code, '5678')).statusCode).toBe(200);
  });

  it('can be set apart for a window that is cut off; used once, and void when returned', async () => {
    const block = (await post('window', 'code-blocks', { count: 3 })).json<{ id: string; codes: string[] }>();
    expect(block.codes).toHaveLength(3);
    const [reserved = ''] = block.codes;
    const offline = () =>
      post(
        'window',
        'cases',
        form(['food'], { channel: 'window', applicant: { idNumber: '11010519491231002X' }, reserved }),
      );
    await setNow('2026-11-27T09:00:00');
    expect((await offline()).json()).toMatchObject({ code: reserved });
    expect((await offline()).json()).toMatchObject({ code: 'CASE_CODE_NOT_RESERVED' });
    expect((await post('citizen', 'cases', form(['food'], { reserved: block.codes[1] }))).json()).toMatchObject({
      code: 'CASE_CODE_NOT_RESERVED',
    });
    const back = () => post('window', `code-blocks/${block.id}/return`);
    expect((await back()).json()).toEqual({ used: 1, void: 2 });
    expect((await back()).json()).toEqual({ used: 1, void: 2 });
    expect((await post('window', 'code-blocks', { count: 501 })).json()).toMatchObject({
      fields: [{ pointer: '/count' }],
    });
  });
});

describe('without anybody’s look', () => {
  it('grants at once on a signed commitment, has it checked, and revokes only what is false, after a hearing, by a person', async () => {
    const code = await file(['pledge'], { committed: ['pledge-licence'] });
    await settle();
    const granted = await own(code);
    expect(granted.items[0]).toMatchObject({ state: 'decided', outcome: 'granted', committed: true, verified: null });
    expect(granted.timeline.map(({ kind }) => kind)).toEqual(['submit', 'accept-at-once', 'commit-grant']);
    expect((await seen('market', code)).items[0]?.check).toMatchObject({ amount: 60, unit: 'day', state: 'running' });
    const checks = (await get('market', 'cases?view=check')).json<{ cases: { code: string }[] }>().cases;
    expect(checks.map((each) => each.code)).toContain(code);
    await act('market', code, 'issue');
    const words = { reason: '核查发现场地条件不属实。', remedy: '可在六十日内申请行政复议。' };
    expect((await act('marketHead', code, 'revoke', words)).json()).toMatchObject({ code: 'CASE_COMMITMENT_HOLDS' });
    expect((await act('market', code, 'verify', { holds: false, finding: '场地没有排烟设施。' })).json()).toEqual({
      verified: 'false',
    });
    expect((await own(code)).items[0]).toMatchObject({ outcome: 'granted' });
    expect((await act('marketHead', code, 'revoke', words)).json()).toMatchObject({ code: 'CASE_NOT_HEARD' });
    expect((await act('marketToo', code, 'hear', { statement: '申请人称设备已订购，下月到货。' })).statusCode).toBe(
      200,
    );
    expect((await act('marketHead', code, 'revoke', words)).json()).toMatchObject({ outcome: 'revoked' });
    expect((await own(code)).items[0]).toMatchObject({ outcome: 'revoked', ...words });
    // Whoever keeps the record of credit hears of it: ids only.
    const { data } = await house.services.database.tx(
      { module: 'kernel', actor: systemActor({ name: 'test' }) },
      (db) =>
        db.one<{ data: object }>(
          sql`select data from kernel.event where type = 'service.commitment.broken' order by seq desc limit 1`,
        ),
    );
    expect(data).toEqual({ case: code, item: 'pledge-licence', unit: 'market-supervision' });
  });

  it('does not take a commitment for an item that has none', async () => {
    const code = await file(['food'], { committed: ['food-licence'] });
    await act('market', code, 'accept');
    await settle();
    expect((await own(code)).items[0]).toMatchObject({ state: 'accepted', committed: false });
  });

  it('grants by a verified decision where law leaves no discretion; a no, or an unverified rule, stays with the handler', async () => {
    const accepted = async (name: string) => {
      const code = await file(['machine'], { answers: { 'shop-name': name } });
      await act('market', code, 'accept');
      await settle();
      return (await own(code)).items[0];
    };
    expect(await accepted('石库门面馆')).toMatchObject({ state: 'decided', outcome: 'granted' });
    expect(await accepted('不合格')).toMatchObject({ state: 'accepted', outcome: null });
    rule.verified = false;
    const unverified = await accepted('石库门面馆');
    rule.verified = true;
    expect(unverified).toMatchObject({ state: 'accepted', outcome: null });
  });
});

describe('a decision of the rulebook', () => {
  it('grants at once where a named person has verified it, and leaves everything else to the handler', async () => {
    const inRulebook = <T>(work: (db: Db) => Promise<T>) =>
      house.services.database.tx({ module: 'rulebook', actor: systemActor({ name: 'test' }) }, work);
    await inRulebook((db) => storeEntries(db, [SIZE_RULE]));
    const filed = async (area: number) => {
      const code = await file(['sized'], { answers: { 'floor-area': area } });
      await settle();
      return (await own(code)).items[0];
    };
    expect(await filed(60)).toMatchObject({ state: 'submitted', outcome: null });
    await inRulebook((db) =>
      db.run(sql`
        insert into rulebook.verification (id, digest, verified_by, verified_name, verified_on, note)
        select id, digest, 'marketHead', '样例负责人', '2026-11-26', '与样例逐字核对' from rulebook.entry where id = ${SIZE_RULE.id}`),
    );
    expect(await filed(60)).toMatchObject({ state: 'decided', outcome: 'granted' });
    expect(await filed(600)).toMatchObject({ state: 'submitted', outcome: null });
  });
});

describe('a fee', () => {
  const inLedger = <T>(work: (db: Db) => Promise<T>) =>
    house.services.database.tx({ module: 'ledger', actor: systemActor({ name: 'test' }) }, work);
  /** What the provider says of a payment, as its notice would. */
  const pay = async (order: string) => {
    await inLedger(async (db) => {
      const [id, no] = [crypto.randomUUID(), crypto.randomUUID().replaceAll('-', '')];
      const { total } = await db.one<{ total: string }>(
        sql`select total::text as total from ledger.fee_order where id = ${order}::uuid`,
      );
      await db.run(sql`
        insert into ledger.payment (id, app, fee_order, channel, no, amount, state, expires_at)
        values (${id}::uuid, 'service', ${order}::uuid, 'wechat', ${no}, ${total}::bigint, 'ready', kernel.now() + interval '1 hour')`);
      const trade = { state: 'paid' as const, transaction: no, amount: BigInt(total), at: house.services.clock.now() };
      await bookPayment(db, { payment: id, trade, source: 'query' });
    });
    await settle();
  };

  it('falls due with the grant: nothing is made out before it is paid, and then the case goes on', async () => {
    const code = await file(['paid']);
    await act('market', code, 'accept');
    await act('marketToo', code, 'begin');
    await act('marketToo', code, 'draft', { outcome: 'granted' });
    expect((await own(code)).items[0]?.order).toBeNull();
    await act('marketHead', code, 'decide');
    expect((await act('market', code, 'issue')).json()).toMatchObject({ code: 'CASE_UNPAID' });
    await settle();
    const due = await own(code);
    expect(due.items[0]).toMatchObject({
      fee: '2000',
      order: { state: 'open' },
      next: { who: 'applicant', what: 'pay' },
    });
    const order = due.items[0]?.order?.id ?? '';
    expect(due.timeline.at(-1)).toMatchObject({ kind: 'fee', order });
    const list = (await get('citizen', 'own-cases')).json<{ cases: { code: string; waits: string }[] }>().cases;
    expect(list.find((each) => each.code === code)?.waits).toBe('pay');
    expect((await call(house, { url: `/api/ledger/orders/${order}`, cookie: 'sid=citizen' })).json()).toMatchObject({
      state: 'open',
      total: 2000,
      unit: 'market-supervision',
    });
    expect((await act('market', code, 'issue')).json()).toMatchObject({ code: 'CASE_UNPAID' });
    await pay(order);
    expect((await own(code)).items[0]).toMatchObject({ order: { state: 'paid' }, next: { what: 'issue' } });
    expect((await act('market', code, 'issue')).statusCode).toBe(200);
  });

  it('is asked back when the applicant withdraws, and ends unpaid', async () => {
    const accepted = async () => {
      const code = await file(['early']);
      await act('market', code, 'accept');
      await settle();
      return { code, order: (await own(code)).items[0]?.order?.id ?? '' };
    };
    const first = await accepted();
    await pay(first.order);
    await post('citizen', `own-cases/${first.code}/items/1/withdraw`);
    await settle();
    expect((await own(first.code)).items[0]).toMatchObject({ state: 'withdrawn', order: { state: 'refund' } });
    const asked = await inLedger((db) =>
      db.rows(sql`select state, amount::int as amount from ledger.refund where fee_order = ${first.order}::uuid`),
    );
    expect(asked).toEqual([{ state: 'requested', amount: 500 }]);
    const second = await accepted();
    await post('citizen', `own-cases/${second.code}/items/1/withdraw`);
    await settle();
    expect((await own(second.code)).items[0]).toMatchObject({ order: { state: 'closed' } });
    expect(
      (await call(house, { url: `/api/ledger/orders/${second.order}`, cookie: 'sid=citizen' })).json(),
    ).toMatchObject({ state: 'cancelled' });
  });
});

describe('joint handling', () => {
  it('has one time for the licences of several units, lengthened once on a document', async () => {
    const code = await file(['food', 'fire'], { bundle: 'open-shop' });
    await act('market', code, 'accept');
    await settle();
    expect((await seen('market', code)).joint).toMatchObject({ amount: 45, unit: 'working-day', state: 'running' });
    const words = { reason: '联合踏勘需要两次进行。', document: '区政府批示〔2026〕1号' };
    expect((await post('market', `cases/${code}/extend-joint`, words)).statusCode).toBe(403);
    expect((await post('marketHead', `cases/${code}/extend-joint`, words)).statusCode).toBe(200);
    expect((await seen('fire', code)).joint).toMatchObject({ amount: 60 });
    expect((await post('fireHead', `cases/${code}/extend-joint`, words)).json()).toMatchObject({ status: 409 });
    const alone = await file(['food']);
    await act('market', alone, 'accept');
    await settle();
    expect((await seen('market', alone)).joint).toBeNull();
  });
});

describe('an item with a process of its own', () => {
  it('is handled by its tasks: acts come in its order, the inbox opens the case, its end makes out the decision', async () => {
    const xml = await readFile(
      join(import.meta.dirname, '../../districts/huangpu/processes/inspected-case.bpmn'),
      'utf8',
    );
    const graph = await readDefinition(xml);
    await inside((db) => storeDefinition(db, { xml, graph }));
    const code = await file(['inspected']);
    await act('market', code, 'accept');
    await settle();
    type Task = { id: string; node: string; form: string | null; key: string };
    const inbox = async (who: Who) =>
      (await call(house, { url: '/api/workflow/tasks?app=service', cookie: `sid=${who}` }))
        .json<{ tasks: Task[] }>()
        .tasks.filter(({ key }) => key === `${code}-1`);
    const complete = (who: Who, task: Task | undefined, outcome?: string) =>
      call(house, {
        method: 'POST',
        url: `/api/workflow/tasks/${task?.id}/complete`,
        cookie: `sid=${who}`,
        body: { ...(outcome && { outcome }) },
      });
    const [first] = await inbox('marketToo');
    expect(first).toMatchObject({ node: 'begin', form: '/gov/cases/{key}' });
    expect((await complete('marketToo', first)).json()).toMatchObject({ code: 'TASK_BY_FORM' });
    expect((await act('marketToo', code, 'begin')).statusCode).toBe(200);
    expect((await act('marketToo', code, 'draft', { outcome: 'granted' })).json()).toMatchObject({
      code: 'CASE_IN_PROCESS',
    });
    const [inspect] = await inbox('marketToo');
    expect(inspect).toMatchObject({ node: 'inspect' });
    expect((await complete('marketToo', inspect, '符合')).statusCode).toBe(200);
    await act('marketToo', code, 'draft', { outcome: 'granted' });
    expect((await act('marketHead', code, 'return', { why: '请补充核查照片。' })).statusCode).toBe(200);
    expect(await inbox('marketHead')).toEqual([]);
    await act('marketToo', code, 'draft', { outcome: 'granted' });
    expect(await inbox('marketHead')).toMatchObject([{ node: 'decide' }]);
    expect((await act('marketHead', code, 'decide')).statusCode).toBe(200);
    expect((await own(code)).items[0]).toMatchObject({ state: 'issued', outcome: 'granted' });
    expect(await inbox('marketToo')).toEqual([]);
  });
});

describe('ratings', () => {
  it('hide their author from the rated unit; a bad one is called back, put right and rated again', async () => {
    const code = await file();
    const rate = (stars: number, node = 'delivery') =>
      post('citizen', `own-cases/${code}/items/1/ratings`, { node, stars, text: '等了两个小时。' });
    expect((await rate(1)).json()).toMatchObject({ code: 'CASE_NOT_RATABLE' });
    await act('market', code, 'accept');
    await act('marketToo', code, 'begin');
    await act('marketToo', code, 'draft', { outcome: 'granted' });
    await act('marketHead', code, 'decide');
    await act('market', code, 'issue');
    await act('market', code, 'deliver', { way: 'window' });
    expect((await rate(1)).json()).toEqual({ round: 1, state: 'to-call' });
    expect((await rate(5)).json()).toMatchObject({ code: 'CASE_NOT_RATABLE' });
    await settle();
    expect((await own(code)).state).toBe('rated');
    const list = (await get('market', 'ratings')).json<{ ratings: { id: string; clock: object }[] }>().ratings;
    expect(list).toMatchObject([{ stars: 1, state: 'to-call', clock: { amount: 1, unit: 'working-day' } }]);
    expect(JSON.stringify(list)).not.toContain(code);
    const id = list[0]?.id ?? '';
    for (const who of ['market', 'marketHead'] as const)
      expect((await get(who, `ratings/${id}/author`, 'handle-case')).statusCode, who).toBe(404);
    expect((await get('fire', 'ratings')).json()).toMatchObject({ ratings: [] });
    expect((await post('market', `ratings/${id}/call`, { wellFounded: false, text: '情况不属实。' })).statusCode).toBe(
      404,
    );
    expect((await get('wide', `ratings/${id}/author`, 'handle-case')).json()).toMatchObject({
      name: '沈若水',
      phone: '13812345678',
    });
    expect(
      (await post('wide', `ratings/${id}/call`, { wellFounded: true, text: '情况属实，等候过长。' })).json(),
    ).toEqual({ state: 'to-repair' });
    expect((await post('market', `ratings/${id}/repair`, { text: '已增开一个窗口。' })).json()).toEqual({
      state: 'to-rate-again',
    });
    const again = await own(code);
    expect(again.items[0]).toMatchObject({ rate: 'again' });
    expect((await rate(2)).json()).toEqual({ round: 2, state: 'done' });
    expect((await own(code)).items[0]).toMatchObject({ rate: null });
    expect((await rate(2)).json()).toMatchObject({ code: 'CASE_NOT_RATABLE' });
  });
});

describe('the figures', () => {
  type Figures = {
    decided: number;
    onTime: number;
    materials: number;
    saved: number;
    fields: number;
    prefilled: number;
  };
  const figures = async () => (await get('market', 'figures')).json<Figures>();
  const decided = async (code: string) => {
    await act('market', code, 'accept');
    await act('marketToo', code, 'begin');
    await act('marketToo', code, 'draft', { outcome: 'granted' });
    return act('marketHead', code, 'decide');
  };

  it('are counted from cases and clocks: on time, prefilled, materials that nobody handed in', async () => {
    const before = await figures();
    known.state = 'verified';
    const code = await file(['food'], { answers: { 'floor-area': 60 } });
    known.state = 'disputed';
    expect((await decided(code)).statusCode).toBe(200);
    const late = await file();
    await act('market', late, 'accept');
    await act('marketToo', late, 'begin');
    await act('marketToo', late, 'draft', { outcome: 'granted' });
    await setNow('2027-01-20T10:00:00');
    expect((await act('marketHead', late, 'decide')).statusCode).toBe(200);
    await file(['market'], { materials: [] });
    const after = await figures();
    const more = Object.fromEntries(
      (['decided', 'onTime', 'materials', 'saved'] as const).map((name) => [name, after[name] - before[name]]),
    );
    expect(more).toEqual({ decided: 2, onTime: 1, materials: 2, saved: 2 });
    expect(after.fields - before.fields).toBe(5);
    // A value under dispute is shown all the same: nobody had to fill it in.
    expect(after.prefilled - before.prefilled).toBe(3);
    expect((await get('citizen', 'figures')).statusCode).toBe(403);
  });
});
