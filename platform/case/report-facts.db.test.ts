import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { app } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { openCaseHouse, type Who } from './fixtures/case-house.ts';
import { classProposer, partRegister, type PartFound } from './hooks.ts';

const COVER: PartFound = {
  code: '9901010101000001',
  classes: ['P0101'],
  name: { zh: '样例井盖', en: 'Sample cover' },
  lon: 121.5051,
  lat: 31.2051,
  owner: 'water-works',
  keeper: 'construction-transport',
  distanceM: 5,
};
/** A register of one part, and a proposer that knows one word. */
const neighbours = app({
  id: 'test-parts',
  kind: 'capability',
  folder: 'platform/case/fixtures/parts',
  title: { zh: '样例部件', en: 'Sample parts' },
  provides: [
    partRegister.provide({
      find: async ({ code }) => (code === COVER.code ? COVER : undefined),
      near: async ({ lon }) => (Math.abs(lon - COVER.lon) < 0.0003 ? [COVER] : []),
    }),
    classProposer.provide({
      propose: async ({ text }) => ({ proposals: [{ class: 'E0101', confidence: 0.9 }], sure: text.includes('垃圾') }),
    }),
  ],
});

let house: TestHouse;
beforeAll(async () => {
  house = await openCaseHouse([neighbours]);
}, 240_000);
afterAll(() => house?.close());

const get = (who: Who, url: string) => call(house, { url: `/api/incident/${url}`, cookie: `sid=${who}` });
const post = (who: Who, url: string, body: unknown) =>
  call(house, { method: 'POST', url: `/api/incident/${url}`, body, cookie: `sid=${who}` });
const report = async (more: Record<string, unknown>) => {
  const body = { clientId: crypto.randomUUID(), text: '路口有问题', lon: 121.5052, lat: 31.2051, ...more };
  const reply = await post('citizen', 'reports', body);
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json<{
    no: string;
    id: string;
    state: string;
    class: string;
    flags: string[];
    parts: { code: string }[];
  }>();
};
const seen = async (no: string) => (await get('clerk', `cases/${no}`)).json();

describe('a report that names a part', () => {
  it('stands where the register says, and its keeper is proposed', async () => {
    const { no, flags } = await report({ part: COVER.code });
    expect(flags).toEqual([]);
    expect(await seen(no)).toMatchObject({
      class: 'P0101',
      lon: COVER.lon,
      owner: 'water-works',
      keeper: 'construction-transport',
      responsible: { unit: 'construction-transport' },
    });
  });

  it('keeps an unknown code as a temporary one and tells whoever keeps the register', async () => {
    const { no, flags } = await report({ part: '9901010101009999', class: 'P0101' });
    expect(flags).toEqual(['part-unknown']);
    expect(await seen(no)).toMatchObject({ part: '9901010101009999', flags: ['part-unknown'] });
    const events = await house.services.database.tx({ module: 'kernel', actor: systemActor({ name: 'test' }) }, (db) =>
      db.rows<{ data: unknown }>(sql`select data from kernel.event where type = 'incident.part.missing'`),
    );
    expect(events.map(({ data }) => data)).toEqual([{ case: no, part: '9901010101009999' }]);
  });

  it('keeps the pin where it is far from the part, and says so', async () => {
    const { no, flags } = await report({ part: COVER.code, lon: 121.509 });
    expect(flags).toEqual(['part-far']);
    expect(await seen(no)).toMatchObject({ lon: 121.509 });
  });
});

it('proposes the parts near a pin, and only for a class of parts', async () => {
  expect((await report({ class: 'P0101' })).parts).toMatchObject([{ code: COVER.code }]);
  expect((await report({ class: 'E0101' })).parts).toEqual([]);
  expect((await get('citizen', 'parts-near?lon=121.5052&lat=31.2051')).json().parts).toMatchObject([{ distanceM: 5 }]);
});

it('takes the class of the words where they are sure, and leaves it to the operator where not', async () => {
  expect(await report({ text: '一堆垃圾没人清' })).toMatchObject({ class: 'E0101', flags: [] });
  const open = await report({ text: '有个东西挡路' });
  expect(open).toMatchObject({ class: 'E9901', flags: ['class-open'] });
  expect((await post('clerk', `cases/${open.no}/accept`, { class: 'E0501' })).statusCode).toBe(200);
  expect(await seen(open.no)).toMatchObject({ class: 'E0501', flags: [] });
});

describe('a pin outside the district', () => {
  it('gets a receipt, once, and the centre hands it over, once', async () => {
    const clientId = crypto.randomUUID();
    const first = await report({ clientId, lon: 121.6, text: '区外的事，电话13812345678' });
    expect(first).toMatchObject({ state: 'outside', no: expect.stringMatching(/^WQ\d{14}$/) });
    expect((await report({ clientId, lon: 121.6 })).no).toBe(first.no);
    expect((await get('clerk', 'outside-reports')).statusCode).toBe(403);
    expect((await get('duty', 'outside-reports')).json().reports).toMatchObject([
      { no: first.no, state: 'open', text: '区外的事，电话138****5678' },
    ]);
    const body = { to: '样例邻区', note: '已电话移交' };
    expect((await post('duty', `outside-reports/${first.no}/hand-over`, body)).json()).toMatchObject({
      state: 'handed',
    });
    expect((await post('duty', `outside-reports/${first.no}/hand-over`, body)).statusCode).toBe(409);
  });
});
