import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { app } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { unitNames } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { approveGrants, EAST, openCaseHouse, WEST, type Who } from '#platform/case/fixtures/case-house.ts';
import { grid } from '../app.ts';
import { computeEdition } from '../evaluation/compute-edition.ts';
import { keepPatrol } from '../patrol/keep-patrol.ts';
import { forgetTracks } from '../patrol/room.ts';
import { endGrants } from '../video/room.ts';
import { analyse } from './analyse.ts';

let house: TestHouse;
const tx = <T>(module: string, work: (db: Db) => Promise<T>) =>
  house.services.database.tx({ module, actor: systemActor({ name: 'test' }) }, work);
const get = (who: Who, url: string) => call(house, { url: `/api/grid/${url}`, cookie: `sid=${who}` });
const post = (who: Who, url: string, body: unknown = {}) =>
  call(house, { method: 'POST', url: `/api/grid/${url}`, body, cookie: `sid=${who}` });
const DAY_MS = 86_400_000;
const insert = (db: Db, n: number, street: string, daysAgo: number, metres = 0) => {
  const at = new Date(house.services.clock.now().getTime() - daysAgo * DAY_MS);
  const lon = street === EAST ? 121.505 : 121.495;
  return db.run(sql`
    insert into incident.case_file (id, no, source, class, description, lon, lat, street, committee, cell, state, unit, units, reported_at, established_at, handle_due_at, handled_at,
      closed_at, updated_at, sample)
    values (${uuidv7()}::uuid, ${`T${n}`}, 'grid', 'P0101', '样例', ${lon}::float8, ${31.205 + metres / 111_320}::float8, ${street}, ${`${street}001`}, ${`${street}00101`}, 'closed', 'greening',
      '{greening}', ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz, true)`);
};

const unitNamed = (zh: string) => ({ zh, en: zh });
/** Units of the sample organisation, one of them abolished. */
const organisation = app({
  id: 'test-organisation',
  kind: 'capability',
  folder: 'platform/case/fixtures/organisation',
  title: { zh: '样例机构', en: 'Sample organisation' },
  provides: [
    unitNames.provide({
      all: async () =>
        new Map(
          ['greening', 'old-greening', `street-${EAST}`, `street-${WEST}`].map((code) => [code, unitNamed(code)]),
        ),
      ended: async () =>
        new Map([
          [
            'old-greening',
            { name: unitNamed('区园林局'), successors: [{ code: 'greening', name: unitNamed('区绿化局') }] },
          ],
        ]),
    }),
  ],
});
beforeAll(async () => {
  house = await openCaseHouse([grid, organisation]);
  await approveGrants(house, 'grid');
  await tx('incident', async (db) => {
    for (let n = 0; n < 40; n++) await insert(db, n, n % 2 ? EAST : WEST, 35 + n * 2, 300 + (n % 20) * 60);
    for (let n = 100; n < 112; n++) await insert(db, n, EAST, 2 + (n % 4), n < 103 ? 0 : 300 + (n - 103) * 60);
  });
}, 240_000);
afterAll(() => house?.close());

it('finds the cluster, proposes a task for what comes back, and a street sees its own', async () => {
  const first = await analyse(house.services);
  expect(first).toMatchObject({ runs: 1, clusters: 1, tasks: 1 });
  // The same cases again: the same cluster, and no second task.
  expect(await analyse(house.services)).toMatchObject({ clusters: 1, tasks: 0 });
  const own = (await get('clerk', 'hotspots')).json();
  expect(own.hotspots).toHaveLength(1);
  expect(own.runs[0]).toMatchObject({ replications: 999, seed: 20260101 });
  expect((await get('west', 'hotspots')).json().hotspots).toEqual([]);
  const drilled = await get('clerk', `hotspots/${own.hotspots[0].id}`);
  expect(drilled.json().cases.length, drilled.body).toBe(own.hotspots[0].observed);
  expect((await get('west', `hotspots/${own.hotspots[0].id}`)).statusCode).toBe(404);
  const risk = (await get('clerk', 'risk')).json();
  expect(risk.series).toHaveLength(1);
  expect(risk.series[0].reliable).toBe(false);
});

it('a person opens a task with unit, day and measures, and sees what came back afterwards', async () => {
  const [task] = (await get('clerk', 'root-tasks')).json().tasks;
  expect(task.cases).toHaveLength(3);
  const body = { unit: 'greening', due: '2099-01-01', measures: '更换井盖型号并加固' };
  expect((await post('west', `root-tasks/${task.id}/open`, body)).statusCode).toBe(404);
  expect(
    (await post('clerk', `root-tasks/${task.id}/open`, { ...body, due: '2020-01-01' })).json().fields,
  ).toMatchObject([{ pointer: '/due' }]);
  const gone = await post('clerk', `root-tasks/${task.id}/open`, { ...body, unit: 'old-greening' });
  expect([gone.statusCode, gone.json()]).toEqual([
    422,
    expect.objectContaining({
      code: 'INCIDENT_UNIT_GONE',
      successors: ['greening'],
      fields: [{ pointer: '/unit', rule: 'abolished', message: '区园林局已撤销，由区绿化局承接' }],
    }),
  ]);
  expect((await post('clerk', `root-tasks/${task.id}/open`, { ...body, unit: 'no-unit' })).json().fields).toMatchObject(
    [{ pointer: '/unit', rule: 'unit' }],
  );
  const opened = await post('clerk', `root-tasks/${task.id}/open`, body);
  expect(opened.statusCode, opened.body).toBe(200);
  expect((await post('clerk', `root-tasks/${task.id}/open`, body)).json().code).toBe('GRID_TASK_STATE');
  expect((await post('clerk', `root-tasks/${task.id}/finish`, { result: '已全部更换' })).statusCode).toBe(200);
  await tx('incident', (db) => insert(db, 900, EAST, -0.01, 5));
  expect((await get('clerk', 'root-tasks')).json().tasks[0]).toMatchObject({ state: 'done', after: 1 });
});

it('a patrol is decided by a person, walked by its own supervisor once a point, and its track is forgotten', async () => {
  const plan = {
    stops: [{ point: 'p1', label: '样例', lon: 121.505, lat: 31.205, kind: 'risk' as const, worth: 1 }],
    left: [],
    minutes: 9,
    budget: 180,
    worth: 1,
    bound: 1,
    line: [],
    attribution: '',
  };
  const now = house.services.clock.now();
  const day = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const { id } = await tx('grid', (db) =>
    keepPatrol({
      db,
      actor: { account: 's', name: 's' },
      plan,
      title: '样例巡查',
      street: EAST,
      day,
      supervisor: { account: 'worker', name: '样例' },
      now,
    }),
  );
  expect((await get('worker', 'patrols/today')).json()).toEqual({ patrol: null });
  expect((await post('clerk', `patrols/${id}/decide`, { approve: false })).json().fields).toMatchObject([
    { pointer: '/reason' },
  ]);
  expect((await post('west', `patrols/${id}/decide`, { approve: true })).statusCode).toBe(404);
  const decided = await post('clerk', `patrols/${id}/decide`, { approve: true });
  expect(decided.statusCode, decided.body).toBe(200);
  expect((await post('clerk', `patrols/${id}/decide`, { approve: true })).json().code).toBe('GRID_PATROL_DECIDED');
  const today = (await get('worker', 'patrols/today')).json();
  expect(today.patrol).toMatchObject({ id, points: [{ id: 'p1', done: false }] });
  const visit = { clientId: crypto.randomUUID(), point: 'p1', lon: 121.505, lat: 31.205 };
  for (let n = 0; n < 2; n++)
    expect((await post('worker', `patrols/${id}/visits`, visit)).json()).toEqual({ visited: 1, required: 1 });
  expect((await get('clerk', 'patrols')).json().patrols[0]).toMatchObject({ required: 1, visited: 1 });
  await tx('grid', (db) => db.run(sql`update grid.patrol_visit set at = kernel.now() - interval '91 days'`));
  expect(await forgetTracks(house.services)).toBe(1);
});

it('an edition is computed, drilled into, published once and never changed; a correction needs its reason', async () => {
  const period = new Date(house.services.clock.now().getTime() - 45 * DAY_MS).toISOString().slice(0, 7);
  const made = await post('duty', 'evaluation/editions', { period });
  expect(made.statusCode, made.body).toBe(201);
  const { id } = made.json();
  expect((await call(house, { url: '/api/grid/evaluation' })).json().edition).toBeNull();
  const shown = (await get('duty', `evaluation/editions/${id}`)).json();
  const score = shown.scores.find(
    (each: { kind: string; indicator: string }) => each.kind === 'district' && each.indicator === 'handling-rate',
  );
  const drill = await get(
    'duty',
    `evaluation/editions/${id}/cases?kind=district&object=990101&indicator=handling-rate`,
  );
  expect(drill.json(), drill.body).toMatchObject({ numerator: score.numerator, denominator: score.denominator });
  expect(score.denominator).toBeGreaterThan(0);
  expect((await post('duty', `evaluation/editions/${id}/publish`)).statusCode).toBe(200);
  expect((await post('duty', `evaluation/editions/${id}/publish`)).json().code).toBe('GRID_PUBLISHED');
  await expect(
    tx('grid', (db) => db.run(sql`update grid.evaluation_score set numerator = 0 where edition = ${id}::uuid`)),
  ).rejects.toThrow(/published/);
  expect((await call(house, { url: '/api/grid/evaluation' })).json().edition).toMatchObject({ period, edition: 1 });
  expect((await post('duty', 'evaluation/editions', { period })).json().fields).toMatchObject([{ pointer: '/reason' }]);
  expect((await post('duty', 'evaluation/editions', { period, reason: '补录两件案件' })).json()).toMatchObject({
    edition: 2,
  });
  expect((await post('duty', 'evaluation/editions', { period: '2099-01' })).json().code).toBe('GRID_MONTH_NOT_OVER');
  const again = await tx('grid', (db) =>
    computeEdition({
      db,
      actor: { account: 't', name: 't' },
      period: '2020-01',
      district: '990101',
      now: house.services.clock.now(),
    }),
  );
  expect(again.scores.every(({ value }) => value === null)).toBe(true);
});

it('video-platforms: a look at another station without a grant is 403, with one it is audited, and the clock ends it', async () => {
  await tx('grid', async (db) => {
    await db.run(
      sql`insert into grid.video_platform (id, level, name, name_en, parent, area, unit) values ('centre', 'centre', '中心', 'Centre', null, '990101', 'operations-centre')`,
    );
    for (const [id, street] of [
      ['east', EAST],
      ['west', WEST],
    ] as const) {
      await db.run(
        sql`insert into grid.video_platform (id, level, name, name_en, parent, area, unit) values (${id}, 'street', ${id}, ${id}, 'centre', ${street}, ${`street-${street}`})`,
      );
      await db.run(
        sql`insert into grid.video_camera (id, platform, name, lon, lat, committee) values (${`cam-${id}`}, ${id}, '样例', 121.5, 31.2, ${`${street}001`})`,
      );
    }
  });
  const reason = { reason: '核实占道案件' };
  expect((await post('clerk', 'video/cameras/cam-east/views', reason)).statusCode).toBe(201);
  const refused = await post('clerk', 'video/cameras/cam-west/views', reason);
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'GRID_VIDEO_NO_RIGHT']);
  expect((await get('clerk', 'video/platforms/west/cameras')).statusCode).toBe(403);
  expect((await post('clerk', 'video/platforms/west/grants', { ...reason, hours: 100 })).json().fields).toMatchObject([
    { pointer: '/hours' },
  ]);
  const asked = await post('clerk', 'video/platforms/west/grants', { ...reason, hours: 2 });
  const { id } = asked.json();
  expect((await post('clerk', `video/grants/${id}/decide`, { approve: true, answer: '同意' })).json().code).toBe(
    'GRID_VIDEO_SEPARATION',
  );
  const granted = await post('west', `video/grants/${id}/decide`, { approve: true, answer: '同意' });
  expect(granted.statusCode, granted.body).toBe(200);
  expect((await post('clerk', 'video/cameras/cam-west/views', reason)).json()).toMatchObject({ byGrant: true });
  expect((await get('west', 'video/platforms/west/cameras')).json().views).toMatchObject([
    { camera: 'cam-west', byGrant: true, unit: `street-${EAST}` },
  ]);
  await tx('grid', (db) =>
    db.run(
      sql`update grid.video_grant set from_at = kernel.now() - interval '3 hours', until_at = kernel.now() - interval '1 second' where id = ${id}::uuid`,
    ),
  );
  expect((await post('clerk', 'video/cameras/cam-west/views', reason)).statusCode).toBe(403);
  expect(await endGrants(house.services)).toBe(1);
});
