import { systemActor } from '#platform/kernel/actor.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { storeDataset, storePlaces } from '#platform/geo/store-places.ts';
import { signIn } from '#platform/identity/testing.ts';
import { computeEdition } from '#apps/governance/grid/evaluation/compute-edition.ts';
import { keepPatrol, settlePatrol } from '#apps/governance/grid/patrol/keep-patrol.ts';

/** Hot spots, root-cause tasks, patrols, editions and video platforms of the first street clerk's street, and of another. */
export async function fixtureAnalysis(options: {
  house: TestHouse;
  own: string;
  foreign: string;
}): Promise<Record<string, unknown>> {
  const { services } = options.house;
  const [own, foreign] = [options.own.slice(0, 9), options.foreign.slice(0, 9)];
  const now = services.clock.now();
  const cookie = await signIn(options.house, 'committee-worker');
  const worker = await services.registry
    .provided(authenticator)[0]
    ?.value.authenticate({ cookie, trace: 'fixture', services });
  await services.database.tx({ module: 'geo', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    await storeDataset(db, {
      id: 'fixture-roads',
      title: { zh: '样例道路', en: 'Sample roads' },
      licence: 'CC0-1.0',
      attribution: null,
      sourceUrl: null,
      badge: 'sample',
      osm: false,
    });
    await storePlaces(db, {
      dataset: 'fixture-roads',
      places: [
        {
          placeId: 'fixture-road',
          name: '样例路',
          kind: 'road',
          category: 'residential',
          geometry: {
            type: 'LineString',
            coordinates: [
              [121.469, 31.22],
              [121.472, 31.22],
            ],
          },
        },
      ],
    });
  });
  const cases = await services.database.tx({ module: 'incident', actor: systemActor({ name: 'fixture' }) }, (db) =>
    db.rows<{ no: string }>(sql`select no from incident.case_file order by no limit 3`),
  );
  // As many closed cases as learning needs.
  await services.database.tx({ module: 'incident', actor: systemActor({ name: 'fixture' }) }, (db) =>
    db.run(sql`
      insert into incident.case_file (id, no, source, class, description, lon, lat, street, committee, cell, state, reported_at, closed_at, updated_at, sample)
      select gen_random_uuid(), 'AJ20260101' || (70000 + n), 'grid', 'P0101', '路口井盖没有了', 121.47, 31.22, ${own}, ${`${own}001`}, ${`${own}00101`}, 'closed',
        kernel.now() - interval '90 days', kernel.now() - interval '89 days', kernel.now() - interval '89 days', true from generate_series(1, 1000) n`),
  );
  return services.database.tx({ module: 'grid', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    const run = uuidv7();
    await db.run(sql`
      insert into grid.scan_run (id, class, model, from_day, to_day, seed, replications, significance, events, places, data_version, finished_at)
      values (${run}::uuid, 'P0101', 'fixture', '2026-01-01', '2026-02-01', 1, 999, 0.05, 5, 2, 'fixture', kernel.now())`);
    const spot = async (street: string) => {
      const id = uuidv7();
      await db.run(sql`
        insert into grid.hotspot (id, run, class, street, committee, lon, lat, radius, cells, from_day, to_day, observed, expected, likelihood, p, cases, found_at)
        values (${id}::uuid, ${run}::uuid, 'P0101', ${street}, ${`${street}001`}, 121.47, 31.22, 100, '{}', '2026-01-02', '2026-01-05', 5, 0.4, 9, 0.001, ${cases.map(({ no }) => no)}::text[], kernel.now())`);
      return id;
    };
    const task = async (street: string, no: string, state: string) => {
      const id = uuidv7();
      await db.run(sql`
        insert into grid.root_task (id, no, class, street, committee, lon, lat, cases, first_at, last_at, state, proposed_at, unit, due, measures, decided_at, sample)
        values (${id}::uuid, ${no}, 'P0101', ${street}, ${`${street}001`}, 121.47, 31.22, array['A1', 'A2', 'A3'], kernel.now(), kernel.now(), ${state}, kernel.now(), ${`street-${street}`},
          '2099-01-01', '样例措施', ${state === 'open' ? now : null}::timestamptz, true)`);
      return id;
    };
    const edition = (period: string) =>
      computeEdition({ db, actor: { account: 'fixture', name: '样例' }, period, district: own.slice(0, 6), now });
    const published = (await edition('2024-01')).id;
    await db.run(
      sql`update grid.evaluation_edition set state = 'published', published_at = kernel.now() where id = ${published}::uuid`,
    );
    const { version } = await db.one<{ version: number }>(sql`
      insert into grid.text_model (origin, trained_at, texts, held_out, classes, top1, top3, model, by_class, confusions)
      values ('cases', kernel.now(), 10, 2, 2, 0.5, 0.5, '{}', '[{"class":"P0101","texts":2,"top1":1,"top3":1}]', '[{"right":"P0101","said":"E0101","texts":1}]') returning version`);
    const video = await videoOf(db, own, foreign);
    return {
      ...video,
      'grid-text-model': version,
      hotspot: await spot(own),
      'foreign-hotspot': await spot(foreign),
      'root-task-to-open': await task(own, 'YTF1', 'proposed'),
      'root-task-to-dismiss': await task(own, 'YTF2', 'proposed'),
      'root-task-to-finish': await task(own, 'YTF3', 'open'),
      'foreign-root-task': await task(foreign, 'YTF4', 'proposed'),
      'patrol-supervisor': worker?.account ?? '',
      'patrol-today': await patrolOf(db, own, worker?.account ?? '', now, true),
      'patrol-to-decide': await patrolOf(db, own, 'fixture', now, false),
      'foreign-patrol': await patrolOf(db, foreign, 'fixture', now, false),
      'evaluation-published': published,
      'evaluation-draft': (await edition('2024-02')).id,
    };
  });
}

async function patrolOf(db: Db, street: string, account: string, now: Date, approve: boolean): Promise<string> {
  const actor = { account: 'fixture', name: '样例' };
  const stops = [
    { point: 'fixture-point', label: '样例点位', lon: 121.47, lat: 31.22, kind: 'other' as const, worth: 1 },
  ];
  const plan = { stops, left: [], minutes: 10, budget: 180, worth: 1, bound: 1, line: [], attribution: '' };
  const supervisor = { account, name: '样例监督员' };
  const { id } = await keepPatrol({
    db,
    actor,
    plan,
    title: '样例巡查',
    street,
    day: shanghaiDate(now),
    supervisor,
    now,
  });
  if (approve) await settlePatrol({ db, actor, id, series: id, approve, reason: null, now });
  return id;
}

async function videoOf(db: Db, own: string, foreign: string): Promise<Record<string, unknown>> {
  await db.run(sql`
    insert into grid.video_platform (id, level, name, name_en, parent, area, unit)
    values ('fixture-centre', 'centre', '样例中心', 'Centre', null, ${own.slice(0, 6)}, 'operations-centre'),
      ('fixture-own', 'street', '样例街道平台', 'Street', 'fixture-centre', ${own}, ${`street-${own}`}),
      ('fixture-foreign', 'street', '样例街道平台二', 'Street two', 'fixture-centre', ${foreign}, ${`street-${foreign}`})`);
  await db.run(sql`
    insert into grid.video_camera (id, platform, name, lon, lat, committee) values ('fixture-camera', 'fixture-own', '样例摄像机', 121.47, 31.22, ${`${own}001`}),
      ('fixture-camera-foreign', 'fixture-foreign', '样例摄像机二', 121.48, 31.23, ${`${foreign}001`})`);
  const grant = async (platform: string, to: string) => {
    const id = uuidv7();
    await db.run(sql`
      insert into grid.video_grant (id, platform, to_unit, reason, from_at, until_at, state, asked_by, asked_name, asked_at)
      values (${id}::uuid, ${platform}, ${to}, '样例理由说明', kernel.now(), kernel.now() + interval '1 hour', 'requested', 'fixture', '样例', kernel.now())`);
    return id;
  };
  return {
    'video-platform': 'fixture-own',
    'foreign-video-platform': 'fixture-foreign',
    'video-camera': 'fixture-camera',
    'video-grant': await grant('fixture-own', `street-${foreign}`),
    'foreign-video-grant': await grant('fixture-foreign', `street-${own}`),
  };
}
