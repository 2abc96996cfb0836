import { deflateRawSync } from 'node:zlib';
import { Transformer } from '@napi-rs/image';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EAST } from '#platform/case/fixtures/case-house.ts';
import { call } from '#platform/kernel/testing.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openHotlineHouse, PHONE } from './fixtures/hotline-house.ts';
import { sendOrder } from './send-to-city.ts';

let at: Awaited<ReturnType<typeof openHotlineHouse>>;
let { house, city, inModule, get, post, order, push, shown, act, until, toldOf } = {} as typeof at;
beforeAll(async () => {
  at = await openHotlineHouse();
  ({ house, city, inModule, get, post, order, push, shown, act, until, toldOf } = at);
}, 240_000);
afterAll(() => at?.close());

const caseAct = (no: string, step: string, body: object, who: 'clerk' | 'head' | 'duty') =>
  call(house, { method: 'POST', url: `/api/incident/cases/${no}/${step}`, cookie: `sid=${who}`, body });
/** An order whose case is in hand, and whose unit asks for more time. */
const asking = async (lon: number) => {
  const pushed = await push(order({ lon }));
  await act(pushed.caseNo, { act: 'accept' }, 'operator');
  await act(pushed.caseNo, { act: 'establish' }, 'operator');
  await act(pushed.caseNo, { act: 'dispatch', unit: UNIT, secure: false }, 'dispatcher');
  await act(pushed.caseNo, { act: 'take' }, 'unit');
  const asked = { document: '黄街〔2026〕9号', text: `需定制灯具，联系${PHONE}`, until: '2099-12-30' };
  const reply = await caseAct(pushed.caseNo, 'ask-extend', asked, 'clerk');
  expect(reply.statusCode, reply.body).toBe(200);
  await until(async () => expect(await shown(pushed.no)).toMatchObject({ next: 'extend' }));
  return pushed;
};
const UNIT = `street-${EAST}`;
/** The message that is due goes now. */
const sendNow = async (no: string) => {
  await post('retry');
  const found = await inModule('grid', (db) =>
    db.one<{ id: string }>(sql`select id from grid.hotline_order where no = ${no}`),
  );
  await sendOrder(house.services, found.id);
};
const decide = (no: string, body: object) => post(`orders/${no}/extension`, { text: '情况属实，同意上报', ...body });
const answered = (no: string, id: string, granted: boolean, more: object = {}) =>
  city.push('extension', { no, id, granted, at: house.services.clock.now().toISOString(), ...more });
const clockOf = (no: string) =>
  inModule('incident', (db) =>
    db.one<{ due: Date; asked: unknown; allowed: number }>(
      sql`select due_at as due, asked, allowed from incident.case_file where no = ${no}`,
    ),
  );

it('more time is asked for by the unit, passed on by the centre in order, and given by the city alone: refused, the old limit stands', async () => {
  const { no, caseNo, finishBy } = await asking(121.5011);
  const before = await clockOf(caseNo);
  // The leader of the unit cannot give what is the city's.
  expect((await caseAct(caseNo, 'allow', {}, 'head')).json()).toMatchObject({ code: 'INCIDENT_EXTENSION_OUTSIDE' });
  expect((await decide(no, { approve: true, until: '2020-01-01' })).json()).toMatchObject({
    code: 'INVALID_INPUT',
    fields: [{ pointer: '/until' }],
  });
  expect((await answered(no, 'YQ-0001', true)).json).toMatchObject({ code: 'HOTLINE_NO_EXTENSION' });
  expect((await decide(no, { approve: true })).json()).toMatchObject({ state: 'sent' });
  expect((await decide(no, { approve: true })).json()).toMatchObject({ code: 'HOTLINE_NO_EXTENSION' });
  await until(() => expect(toldOf(no).at(-1)).toBe('extension-asked'));
  const told = city.taken.findLast((each) => each.no === no);
  expect(told).toMatchObject({ until: '2099-12-30T15:59:59.000Z', reason: '需定制灯具，联系138****5678' });
  // Nothing has moved before the city has said so.
  expect((await shown(no)).finishDue).toBe(finishBy);
  expect((await clockOf(caseNo)).due).toEqual(before.due);
  expect((await answered(no, 'YQ-0002', false, { reason: '理由不充分' })).json).toMatchObject({
    result: 'refused',
    finishBy,
  });
  expect((await answered(no, 'YQ-0002', false)).json).toMatchObject({ result: 'refused' });
  expect(await clockOf(caseNo)).toMatchObject({ due: before.due, asked: null, allowed: 0 });
  expect(await shown(no)).toMatchObject({
    finishDue: finishBy,
    extensions: [{ state: 'refused', answerWords: '理由不充分' }],
  });
  // Asked for again and granted: the city's limit moves, and the one clock of the case gets longer by its own mechanism.
  await caseAct(caseNo, 'ask-extend', { document: '黄街〔2026〕10号', text: '到货日期已确定' }, 'clerk');
  await until(async () => expect(await shown(no)).toMatchObject({ next: 'extend' }));
  expect((await decide(no, { approve: true })).json()).toMatchObject({ fields: [{ pointer: '/until' }] });
  expect((await decide(no, { approve: true, until: '2099-06-30' })).statusCode).toBe(200);
  expect((await answered(no, 'YQ-0003', true)).json).toMatchObject({ result: 'granted' });
  const after = await clockOf(caseNo);
  expect(after).toMatchObject({ asked: null, allowed: 1 });
  expect(after.due.getTime()).toBeGreaterThan(before.due.getTime());
  expect((await shown(no)).finishDue).toBe('2099-06-30T15:59:59.000Z');
  const pushed = await city.push('order', order({ no, content: '又坏了一盏' }));
  expect(pushed.json).toMatchObject({ result: 'supplemented', finishBy: '2099-06-30T15:59:59.000Z' });
});

it('more time is decided on by another person than the one who asked, who may also say no or take it back from the city', async () => {
  const { no, caseNo } = await asking(121.5012);
  const askedBy = (account: string) =>
    inModule('incident', (db) =>
      db.run(
        sql`update incident.case_file set asked = jsonb_set(asked, '{by}', to_jsonb(${account}::text)) where no = ${caseNo}`,
      ),
    );
  await askedBy('duty');
  expect((await decide(no, { approve: true })).json()).toMatchObject({ status: 403 });
  await askedBy('another');
  expect((await decide(no, { approve: true })).json()).toMatchObject({ state: 'sent' });
  expect((await decide(no, { approve: false, text: '灯具已到货，不再需要' })).json()).toMatchObject({
    state: 'denied',
  });
  expect(await clockOf(caseNo)).toMatchObject({ asked: null, allowed: 0 });
  await until(() => expect(toldOf(no).slice(-2)).toEqual(['extension-asked', 'extension-withdrawn']));
  expect((await answered(no, 'YQ-0009', true)).json).toMatchObject({ code: 'HOTLINE_NO_EXTENSION' });
});

it('files of an order are fetched through the guards of the house: photos stand with the case, recordings with the order, and what is refused is named to the city', async () => {
  const pixels = Buffer.alloc(64 * 64 * 4, 120);
  city.files.set('FJ-1', {
    type: 'image/jpeg',
    content: await Transformer.fromRgbaPixels(pixels, 64, 64).jpeg(80),
  });
  const wav = Buffer.alloc(4_000, 0x80);
  wav.write('RIFF', 0);
  wav.write('WAVEfmt ', 8);
  city.files.set('FJ-2', { type: 'audio/wav', content: wav });
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  city.files.set('FJ-3', { type: 'image/jpeg', content: Buffer.from(svg) });
  city.files.set('FJ-4', { type: 'application/pdf', content: bomb() });
  city.files.set('FJ-5', { type: 'image/jpeg', content: Buffer.alloc(11 * 1024 ** 2, 0xff) });
  const file = (n: number, kind: string, name: string, url = city.fileUrl(`FJ-${n}`)) => ({
    id: `FJ-${n}00`,
    kind,
    name,
    url,
  });
  const attachments = [
    file(1, 'photo', '路灯.jpg'),
    file(2, 'recording', '来电.wav'),
    file(3, 'photo', '示意图.jpg'),
    file(4, 'document', '材料.docx'),
    file(5, 'photo', '大图.jpg'),
    file(6, 'document', '不存在.pdf'),
    file(7, 'document', '别处.pdf', 'http://127.0.0.1:1/other/FJ-7'),
  ];
  const { no, caseNo } = await push(order({ lon: 121.5013, attachments }));
  await until(async () => {
    const found = (await shown(no)).attachments.map(({ name, state, code }) => [name, state, code]);
    expect(found).toEqual([
      ['路灯.jpg', 'kept', null],
      ['来电.wav', 'kept', null],
      ['示意图.jpg', 'refused', 'PHOTO_REFUSED'],
      ['材料.docx', 'refused', 'FILE_HARMFUL'],
      ['大图.jpg', 'refused', 'FILE_TOO_LARGE'],
      ['不存在.pdf', 'refused', 'HOTLINE_FILE_GONE'],
      ['别处.pdf', 'refused', 'HOTLINE_FILE_ADDRESS'],
    ]);
  });
  await until(() => {
    const named = city.taken.flatMap((each) => (each.no === no ? [each.attachment?.name ?? ''] : []));
    expect(named.sort()).toEqual(['不存在.pdf', '别处.pdf', '大图.jpg', '材料.docx', '示意图.jpg'].sort());
  });
  const photos = async (who: 'clerk' | 'duty') =>
    (await get(`/api/incident/cases/${caseNo}`, who)).json<{ photos: { file: string }[] }>().photos;
  await until(async () => expect(await photos('clerk')).toHaveLength(1));
  const [photo] = await photos('clerk');
  expect((await get(`/api/document/files/${photo?.file}/content`, 'clerk')).statusCode).toBe(200);
  const recording = (await shown(no)).attachments[1]?.file ?? '';
  const content = `/api/document/files/${recording}/content`;
  expect((await get(content, 'clerk', 'contact-reporter')).statusCode).toBe(404);
  expect((await get(content)).json()).toMatchObject({ code: 'PURPOSE_REQUIRED' });
  expect((await get(content, 'duty', 'contact-reporter')).statusCode).toBe(200);
  const unnamed = await city.push(
    'order',
    order({ confidential: true, caller: undefined, attachments: [file(2, 'recording', '来电.wav')] }),
  );
  expect(unnamed.json).toMatchObject({ fields: [{ pointer: '/attachments/0' }] });
});

it('what the city refuses again and again is put aside, holds up no other order, and is put right or dropped by a person', async () => {
  const [one, two] = [await push(order({ lon: 121.5014 })), await push(order({ lon: 121.5015 }))];
  city.refuse(({ no, text, status }) =>
    no === one.no && !text?.includes('更正') && status !== 'established' ? 422 : undefined,
  );
  for (const { caseNo } of [one, two]) await act(caseNo, { act: 'accept' }, 'operator');
  await act(one.caseNo, { act: 'establish' }, 'operator');
  type Listed = { aside: { no: string; seq: number; behind: number; error: { zh: string } }[] };
  const aside = async () => (await get('/api/grid/hotline/orders')).json<Listed>().aside;
  await until(async () => {
    await sendNow(one.no);
    expect(await aside()).toMatchObject([{ no: one.no, seq: 1, behind: 1, error: { zh: '市热线回答 422' } }]);
  });
  await until(() => expect(toldOf(two.no)).toEqual(['accepted']));
  expect(toldOf(one.no)).toEqual([]);
  expect((await post(`orders/${one.no}/messages/2/drop`, { reason: '不需要回传' })).json()).toMatchObject({
    code: 'HOTLINE_NOT_ASIDE',
  });
  expect((await post(`orders/${one.no}/messages/1/drop`, { reason: '' })).statusCode).toBe(400);
  expect((await post(`orders/${one.no}/messages/1/correct`, { text: '更正：已受理' })).statusCode).toBe(200);
  await until(() => expect(toldOf(one.no)).toEqual(['accepted', 'established']));
  // Dropped: the city learns that the number never comes, and takes the next one.
  await act(one.caseNo, { act: 'dispatch', unit: UNIT, secure: false }, 'dispatcher');
  await until(async () => {
    await sendNow(one.no);
    expect(await aside()).toMatchObject([{ no: one.no, seq: 3, behind: 0 }]);
  });
  city.refuse(() => undefined);
  const dropped = await post(`orders/${one.no}/messages/3/drop`, { reason: '已与市热线电话核对，不再回传' });
  expect(dropped.statusCode, dropped.body).toBe(200);
  await act(one.caseNo, { act: 'take' }, 'unit');
  await until(() => expect(toldOf(one.no)).toEqual(['accepted', 'established', 'handling']));
  expect(city.taken.findLast(({ no }) => no === one.no)?.dropped).toEqual([3]);
  const { notes } = await shown(one.no);
  const kinds = ['put-aside', 'message-corrected', 'put-aside', 'message-dropped'];
  expect(notes.map(({ kind }) => kind).filter((kind) => kinds.includes(kind))).toEqual(kinds);
  expect(notes.at(-1)?.text).toContain('已与市热线电话核对');
});

it('an answer that the city did not sign over this very message counts as none and is noted; the message goes again until it is believed', async () => {
  for (const [how, words] of [
    ['unsigned', '没有签名'],
    ['other-key', '不是市热线登记的密钥'],
    ['changed', '内容与摘要不符'],
    ['other-question', '签名不正确'],
  ] as const) {
    const { no, caseNo } = await push(order({ lon: 121.5016 }));
    city.fail(1, how);
    await act(caseNo, { act: 'accept' }, 'operator');
    await until(async () =>
      expect((await shown(no)).notes).toContainEqual(
        expect.objectContaining({ kind: 'answer-disbelieved', text: expect.stringContaining(words) }),
      ),
    );
    await until(async () => {
      await sendNow(no);
      expect(await shown(no)).toMatchObject({ confirmed: 'accepted', waiting: 0 });
    });
    // The city had it already: once in effect.
    expect(toldOf(no)).toEqual(['accepted']);
  }
});

/** A package of one member that says it is small and unpacks to a hundred megabytes. */
function bomb(): Buffer {
  const name = Buffer.from('word/document.xml');
  const packed = deflateRawSync(Buffer.alloc(300 * 1024 ** 2));
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(300 * 1024 ** 2, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 4);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(300 * 1024 ** 2, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, name, packed, central, name, end]);
}
