import { afterAll, beforeAll, expect, it } from 'vitest';
import { approveGrants, openCaseHouse, type Who } from '#platform/case/fixtures/case-house.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { grid } from '../app.ts';
import { modelInUse, storeModel } from './keep-model.ts';
import { costOf } from './keep-models.ts';
import { compareModels, learn, learnAndJudge } from './learn.ts';
import { isExam, textsToLearn } from './learn-from-cases.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openCaseHouse([grid]);
  await approveGrants(house, 'grid');
}, 240_000);
afterAll(() => house?.close());

const inGrid = <T>(work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module: 'grid', actor: systemActor({ name: 'test' }) }, work);
const get = (who: Who, url: string) => call(house, { url, cookie: `sid=${who}` });
const post = (who: Who, url: string, body: unknown = {}) =>
  call(house, { method: 'POST', url, body, cookie: `sid=${who}` });

/** Two classes that are told apart by one word, and a third that is always taken for the first. */
const TEXTS = [
  ...Array.from({ length: 40 }, (_, n) => ({ text: `路口井盖没有了${n}`, label: 'P0101' })),
  ...Array.from({ length: 40 }, (_, n) => ({ text: `垃圾堆着没人清${n}`, label: 'E0101' })),
  ...Array.from({ length: 5 }, (_, n) => ({ text: `路口井盖没有了${n}`, label: 'E0403' })),
];

it('is taken into use by another person than had it learnt, if it is good enough; anybody goes back', async () => {
  const learnt = learn(TEXTS);
  if (!learnt) throw new Error('nothing learnt');
  const at = house.services.clock.now();
  const request = crypto.randomUUID();
  await inGrid((db) =>
    db.run(
      sql`insert into grid.text_model_request (id, asked_by, asked_name, asked_at) values (${request}::uuid, 'duty', '值班员', ${at}::timestamptz)`,
    ),
  );
  const good = { ...learnt, top3: 0.95 };
  const first = await inGrid((db) => storeModel(db, { learnt: good, origin: 'sample', at }));
  const second = await inGrid((db) => storeModel(db, { learnt: good, origin: 'cases', at, corrected: 3, request }));
  const weak = await inGrid((db) => storeModel(db, { learnt: { ...learnt, top3: 0.2 }, origin: 'cases', at }));
  const inUse = () => inGrid((db) => modelInUse(db));
  expect(await inUse()).toBe(first);
  const choose = (version: number | null, who: Who) =>
    post(who, '/api/grid/text-model-choices', { version, reason: '新版把塌陷认对了' });
  expect((await choose(first, 'clerk')).statusCode).toBe(403);
  expect((await choose(99, 'duty')).json()).toMatchObject({ status: 400, fields: [{ pointer: '/version' }] });
  expect((await choose(second, 'duty')).json()).toMatchObject({ status: 409, code: 'GRID_OWN_MODEL' });
  expect((await choose(weak, 'dutyToo')).json()).toMatchObject({ status: 409, code: 'GRID_WEAK_MODEL' });
  expect(await inUse()).toBe(first);
  expect((await choose(second, 'dutyToo')).json()).toEqual({ inUse: second });
  // Back to the sample's and again to the one that was in use: by anybody, also by who had it learnt.
  expect((await choose(null, 'duty')).json()).toEqual({ inUse: first });
  expect((await choose(second, 'duty')).json()).toEqual({ inUse: second });
  const list = (await get('duty', '/api/grid/text-models')).json<{
    models: { version: number; own: boolean; used: boolean; askedBy: string | null }[];
    classes: { class: string; closed: number }[];
  }>();
  expect(list).toMatchObject({
    inUse: second,
    chosen: { version: second, reason: '新版把塌陷认对了' },
    closed: 0,
    least: 1000,
    leastClass: 10,
  });
  expect(list.models.find(({ version }) => version === second)).toMatchObject({
    own: true,
    used: true,
    askedBy: '值班员',
  });
  expect(list.models.find(({ version }) => version === weak)).toMatchObject({ own: false, used: false, askedBy: null });
  expect(list.classes).toHaveLength(73);
  const shown = (await get('duty', `/api/grid/text-models/${second}`)).json<{
    byClass: { class: string; texts: number; top1: number }[];
    confusions: { right: string; said: string; texts: number; cost: number }[];
    corrected: number;
  }>();
  expect(shown.corrected).toBe(3);
  expect(shown.byClass.find((each) => each.class === 'E0101')?.top1).toBe(8);
  // The class that is always missed costs the most.
  expect(shown.confusions[0]).toMatchObject({ right: 'E0403', said: 'P0101' });
  // There is nothing closed here: that is said, and nothing begins.
  expect((await post('duty', '/api/grid/text-models')).json()).toMatchObject({
    status: 409,
    code: 'GRID_TOO_FEW_CASES',
    least: 1000,
  });
});

it('is compared with the one in use on cases that neither was taught', () => {
  const old = learn(TEXTS);
  const exam = [
    { text: '路口井盖没有了', label: 'P0101' },
    { text: '路灯不亮', label: 'P0102' },
    { text: '路灯不亮啊', label: 'P0102' },
  ];
  const taught = [...TEXTS, ...Array.from({ length: 20 }, () => ({ text: '路灯不亮', label: 'P0102' }))];
  const learnt = learnAndJudge({ taught, exam, help: {} });
  if (!old || !learnt) throw new Error('nothing learnt');
  expect(learnt).toMatchObject({ texts: taught.length + 3, heldOut: 3, top3: 1 });
  expect(compareModels({ before: { version: 4, model: old.model }, after: learnt.model, exam })).toMatchObject({
    version: 4,
    gained: 2,
    lost: 0,
    byClass: [{ class: 'P0102', texts: 2, before: 0, after: 2 }],
  });
  expect(learnAndJudge({ taught, exam: exam.slice(1, 2), help: {} })).toBeUndefined();
});

it('keeps the same cases to judge on for every version, about one in five', () => {
  const ids = Array.from({ length: 2_000 }, () => crypto.randomUUID());
  const share = ids.filter(isExam).length / ids.length;
  expect(share).toBeGreaterThan(0.15);
  expect(share).toBeLessThan(0.25);
});

it('shows what a person put right, with numbers masked, and learns it', async () => {
  const made = await post('citizen', '/api/incident/reports', {
    class: 'P0101',
    text: '路面塌下去一个洞，电话13812345678',
    lon: 121.5051,
    lat: 31.2051,
    clientId: crypto.randomUUID(),
  });
  const { no } = made.json<{ no: string }>();
  await post('clerk', `/api/incident/cases/${no}/accept`);
  const filed = await post('clerk', `/api/incident/cases/${no}/establish`, { class: 'E0403' });
  expect(filed.statusCode, filed.body).toBe(200);
  const { corrections } = (await get('duty', '/api/grid/class-corrections')).json<{
    corrections: { no: string; before: string; class: string; text: string }[];
  }>();
  expect(corrections).toMatchObject([{ no, before: 'P0101', class: 'E0403' }]);
  expect(corrections[0]?.text).toContain('138****5678');
  expect((await get('clerk', '/api/grid/class-corrections')).statusCode).toBe(403);
  const closed = [
    { id: 'a', text: '甲', label: 'P0101' },
    { id: 'b', text: '乙', label: 'P0101' },
  ];
  const right = { no, before: 'P0101', at: new Date(0), class: 'E0403' };
  expect(
    textsToLearn(closed, [
      { ...right, caseId: 'b', text: '乙' },
      { ...right, caseId: 'c', text: '丙' },
    ]),
  ).toEqual([
    { text: '甲', label: 'P0101', exam: isExam('a') },
    { text: '乙', label: 'E0403', exam: false },
    { text: '丙', label: 'E0403', exam: false },
  ]);
});

it('weighs a confusion by what it costs: within a category, across, and where something must be made safe at once', () => {
  const terms = { other: 2, urgent: 5, isUrgent: (code: string) => code === 'E0405' };
  expect(costOf({ right: 'P0101', said: 'P0102', texts: 3 }, terms)).toBe(3);
  expect(costOf({ right: 'P0101', said: 'E0101', texts: 3 }, terms)).toBe(6);
  expect(costOf({ right: 'E0405', said: 'E0404', texts: 3 }, terms)).toBe(15);
  expect(costOf({ right: 'P0101', said: '', texts: 3 }, terms)).toBe(6);
});
