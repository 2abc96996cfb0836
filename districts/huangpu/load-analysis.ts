/** The sample of grid analysis: cases of the last months with hot spots and places where things come back, an evaluation of last month, today's patrol, video platforms. */
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { addDays, shanghaiDate, shanghaiMidnight } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { openAreaLocator } from '#platform/geo/area-locator.ts';
import { computeEdition, monthOf } from '#apps/governance/grid/evaluation/compute-edition.ts';
import { readPostInputs } from '#apps/governance/grid/evaluation/posts-of-acts.ts';
import { analyse } from '#apps/governance/grid/hotspots/analyse.ts';
import { keepPatrol, settlePatrol } from '#apps/governance/grid/patrol/keep-patrol.ts';
import { planPatrol, pointsOf } from '#apps/governance/grid/patrol/plan-patrol.ts';
import { district, readStreets } from './district.ts';
import { generateApart } from './generate/case-templates.ts';
import { createRandom } from './generate/random.ts';

const DAY_MS = 86_400_000;
const DAYS = 200;
const HISTORY = 1_600;
const CLASSES = ['P0101', 'P0102', 'P0201', 'P0301', 'P0401', 'E0101', 'E0201', 'E0301', 'E0401', 'E0501'];
/** Where the sample has more than chance gives: class, place, days ago from and to, how many. */
const PLANTED = [
  { class: 'E0101', lon: 121.4715, lat: 31.2165, from: 9, to: 3, count: 16, spread: 0.0012 },
  { class: 'E0501', lon: 121.4885, lat: 31.2295, from: 12, to: 4, count: 14, spread: 0.0012 },
  { class: 'P0101', lon: 121.4693, lat: 31.2189, from: 24, to: 2, count: 5, spread: 0.00008 },
  { class: 'E0201', lon: 121.4792, lat: 31.2222, from: 20, to: 2, count: 4, spread: 0.00008 },
];
/** One that still rises: water on the road, until yesterday. Drawn last, so that the others stay where they are. */
const RISING = { class: 'E0402', lon: 121.4735, lat: 31.2075, from: 6, to: 1, count: 12, spread: 0.0011 };
const STREET = '310101023';

type History = {
  id: string;
  no: string;
  class: string;
  text: string;
  lon: number;
  lat: number;
  street: string;
  committee: string;
  cell: string;
  unit: string;
  reported: string;
  established: string;
  due: string;
  handled: string | null;
  closed: string | null;
  rework: boolean;
  complaint: boolean;
  rated: boolean;
};

/** Loads the sample of analysis; what is there stays. */
export async function loadAnalysis(services: Services): Promise<void> {
  if (!services.registry.modules.some(({ id }) => id === 'grid')) return;
  const inGrid = <T>(work: (db: Db) => Promise<T>) =>
    services.database.tx({ module: 'grid', actor: systemActor({ name: 'sample' }) }, work);
  if (await inGrid((db) => db.first(sql`select 1 as there from grid.video_platform limit 1`))) return;
  const history = await historyOf(services);
  await services.database.tx({ module: 'incident', actor: systemActor({ name: 'sample' }) }, (db) =>
    db.run(sql`
      insert into incident.case_file (id, no, source, class, description, lon, lat, street, committee, cell, state, unit, units, reworks, handlers, reported_at, established_at, dispatched_at,
        handle_due_at, handled_at, closed_at, updated_at, sample)
      select w.id, w.no, 'grid', w.class, w.text, w.lon, w.lat, w.street, w.committee, w.cell, 'closed', w.unit, array[w.unit], w.rework::int, array['system:sample-unit'], w.reported, w.established,
        w.established, w.due, w.handled, w.closed, w.closed, true
      from jsonb_to_recordset(${json(history)}::text::jsonb) as w(id uuid, no text, class text, text text, lon float8, lat float8, street text, committee text, cell text, unit text, reported timestamptz,
        established timestamptz, due timestamptz, handled timestamptz, closed timestamptz, rework boolean)`),
  );
  await stepsOf(services, history);
  await inGrid(async (db) => {
    const acts = history.flatMap((each) => [
      ...(each.rework ? [{ of: each.id, act: 'rework', at: each.handled }] : []),
      ...(each.rated ? [{ of: each.id, act: each.complaint ? 'complain' : 'evaluate', at: each.closed }] : []),
    ]);
    await db.run(sql`
      insert into grid.case_act (id, case_id, act, at) select kernel.uuidv7(), w.of, w.act, w.at from jsonb_to_recordset(${json(acts)}::text::jsonb) as w(of uuid, act text, at timestamptz)`);
    await registerVideo(db, services);
  });
  await analyse(services);
  await evaluateMonths(services);
  await planToday(services);
}

async function historyOf(services: Services): Promise<History[]> {
  const locator = await openAreaLocator(services);
  const random = createRandom(district.seed + 36);
  const between = (from: number, to: number) => from + random.next() * (to - from);
  const now = services.clock.now().getTime();
  const made: History[] = [];
  // Words of their own from another stream, so that places and times stay; of these cases classes are learnt.
  const words = random.fork('words');
  const textOf = (code: string) =>
    generateApart({ count: 1, random: words, side: 'taught', classes: new Set([code]) })[0]?.text ?? '';
  const add = (code: string, lon: number, lat: number, daysAgo: number): void => {
    const where = locator.whereabouts(lon, lat);
    if (!where) return;
    const reported = new Date(now - daysAgo * DAY_MS);
    const hours = between(1, 40);
    const late = random.next() < 0.12;
    const established = new Date(reported.getTime() + 1_200_000);
    const due = new Date(established.getTime() + 30 * 3_600_000);
    const handled = new Date(established.getTime() + (late ? hours + 30 : Math.min(hours, 29)) * 3_600_000);
    const closed = new Date(Math.min(now - 60_000, handled.getTime() + 4 * 3_600_000));
    made.push({
      id: uuidv7(),
      no: `AJ${shanghaiDate(reported).replaceAll('-', '')}9${String(made.length).padStart(5, '0')}`,
      class: code,
      text: textOf(code),
      lon: Number(lon.toFixed(6)),
      lat: Number(lat.toFixed(6)),
      street: where.street.code,
      committee: where.committee.code,
      cell: where.cell.code,
      unit: code.startsWith('P04')
        ? 'greening'
        : code.startsWith('P02')
          ? 'construction-transport'
          : `street-${where.street.code}`,
      reported: reported.toISOString(),
      established: established.toISOString(),
      due: due.toISOString(),
      handled: new Date(Math.min(now - 120_000, handled.getTime())).toISOString(),
      closed: closed.toISOString(),
      rework: random.next() < 0.06,
      rated: random.next() < 0.4,
      complaint: random.next() < 0.1,
    });
  };
  const sow = (plant: (typeof PLANTED)[number]): void => {
    for (let n = 0; n < plant.count; n++)
      add(
        plant.class,
        plant.lon + between(-plant.spread, plant.spread),
        plant.lat + between(-plant.spread, plant.spread),
        between(plant.to, plant.from),
      );
  };
  for (const plant of PLANTED) sow(plant);
  for (let n = 0; n < HISTORY; n++)
    add(random.pick(CLASSES), between(121.455, 121.51), between(31.19, 31.245), between(3.5, DAYS));
  sow(RISING);
  return made;
}

/** One centre, ten streets, twenty-nine stations (1+10+29), with some cameras each; names and places are invented. */
async function registerVideo(db: Db, services: Services): Promise<void> {
  const platform = (
    id: string,
    level: string,
    name: string,
    nameEn: string,
    parent: string | null,
    area: string,
    unit: string,
  ) =>
    db.run(sql`
      insert into grid.video_platform (id, level, name, name_en, parent, area, unit, sample)
      values (${id}, ${level}, ${name}, ${nameEn}, ${parent}::text, ${area}, ${unit}, true) on conflict do nothing`);
  const centre = `video-${district.code}`;
  await platform(centre, 'centre', '区视频中心', 'District video centre', null, district.code, 'operations-centre');
  const committees = await db.rows<{ code: string; name: string; parent: string; lon: number; lat: number }>(sql`
    select code, name, parent, ST_X(ST_PointOnSurface(geometry::geometry)) as lon, ST_Y(ST_PointOnSurface(geometry::geometry)) as lat
    from ${db.share('area')} where level = 'committee' and valid_to is null and geometry is not null order by code`);
  const streets = readStreets();
  let stations = 0;
  for (const [n, street] of streets.entries()) {
    const unit = `street-${street.code}`;
    const id = `video-${street.code}`;
    await platform(id, 'street', `${street.name}视频平台`, `Street platform ${street.code}`, centre, street.code, unit);
    const own = committees.filter(({ parent }) => parent === street.code);
    for (const committee of own.slice(0, n === 0 ? 2 : 3)) {
      stations += 1;
      await platform(
        `video-${committee.code}`,
        'station',
        `${committee.name}工作站`,
        `Station ${committee.code}`,
        id,
        committee.code,
        unit,
      );
    }
    for (const committee of own.slice(0, 3))
      for (const at of [0, 1])
        await db.run(sql`
          insert into grid.video_camera (id, platform, name, lon, lat, committee, sample)
          values (${`CAM-${committee.code}-${at + 1}`}, ${id}, ${`${committee.name} ${at + 1} 号`}, ${committee.lon + at * 0.0003}::float8, ${committee.lat}::float8, ${committee.code}, true)
          on conflict do nothing`);
  }
  const [first, second] = streets;
  const now = services.clock.now();
  if (first && second && stations > 0)
    await db.run(sql`
      insert into grid.video_grant (id, platform, to_unit, reason, from_at, until_at, state, asked_by, asked_name, asked_at, sample)
      values (${uuidv7()}::uuid, ${`video-${STREET}`}, ${`street-${streets.find(({ code }) => code !== STREET)?.code}`}, '两街道交界处偷倒垃圾，联合核查',
        ${now}::timestamptz, ${new Date(now.getTime() + 24 * 3_600_000)}::timestamptz, 'requested', 'system:sample', '样例申请人', ${now}::timestamptz, true)`);
}

/** Filing and verification of the history with their limits, so that kinds of posts can be evaluated: six invented hands in the centre and in the streets. */
async function stepsOf(services: Services, history: readonly History[]): Promise<void> {
  const rows = history.flatMap((each, n) => {
    const unit = n % 3 === 0 ? `street-${each.street}` : 'operations-centre';
    const hand = `system:sample-hand-${n % 6}`;
    const { id, reported, established, handled, closed } = each;
    const filed = {
      id,
      step: 'establish',
      from: reported,
      at: established,
      minutes: n % 11 === 0 ? 15 : 45,
      unit,
      hand,
    };
    if (handled === null || closed === null) return [filed];
    const minutes = n % 13 === 0 ? 180 : 300;
    return [filed, { id, step: 'verify', from: handled, at: closed, minutes, unit: `street-${each.street}`, hand }];
  });
  await services.database.tx({ module: 'incident', actor: systemActor({ name: 'sample' }) }, async (db) => {
    const given = sql`jsonb_to_recordset(${json(rows)}::text::jsonb) as w(id uuid, step text, "from" timestamptz, at timestamptz, minutes int, unit text, hand text)`;
    await db.run(sql`
      insert into calendar.clock (id, app, kind, subject, basis, basis_version, amount, unit, started_at, start_event, due_at, amber_at, provisional, edition, state, ended_at)
      select kernel.uuidv7(), 'incident', 'incident.' || w.step, w.id::text, 'incident.' || w.step, 1, 1, 'hour', w."from", w.step, w."from" + make_interval(mins => w.minutes),
        w."from" + make_interval(mins => w.minutes), false, calendar.edition_now(), 'ended', greatest(w.at, w."from") from ${given}`);
    await db.run(sql`
      insert into incident.event (case_id, at, kind, by_account, by_name, by_unit, shown)
      select w.id, greatest(w.at, w."from"), w.step, w.hand, '样例人员', w.unit, false from ${given} order by w.at`);
  });
}

/** The two months before this one: the older is published, the newer waits for a person. */
async function evaluateMonths(services: Services): Promise<void> {
  const now = services.clock.now();
  const actor = { account: 'system:sample', name: '样例编制' };
  const first = `${shanghaiDate(now).slice(0, 7)}-01`;
  const last = addDays(first, -1).slice(0, 7);
  const before = addDays(`${last}-01`, -1).slice(0, 7);
  for (const period of [before, last]) {
    const posts = await readPostInputs(services, monthOf(period));
    await services.database.tx({ module: 'grid', actor: systemActor({ name: 'sample' }) }, async (db) => {
      const { id } = await computeEdition({ db, actor, period, district: district.code, now, sample: true, posts });
      if (period === before)
        await db.run(sql`
          update grid.evaluation_edition set state = 'published', published_by = 'system:sample', published_name = '样例公布', published_at = ${shanghaiMidnight(first)}::timestamptz
          where id = ${id}::uuid`);
    });
  }
}

/** Today's patrol of one supervisor, and a proposal that waits. */
async function planToday(services: Services): Promise<void> {
  const plan = await planPatrol(services, await pointsOf(services, STREET));
  if (!plan || plan.stops.length === 0) return;
  const now = services.clock.now();
  const day = shanghaiDate(now);
  const actor = { account: 'system:sample', name: '样例编排' };
  await services.database.tx({ module: 'grid', actor: systemActor({ name: 'sample' }) }, async (db) => {
    for (const [on, approve] of [
      [day, true],
      [addDays(day, 1), false],
    ] as const) {
      const { id } = await keepPatrol({
        db,
        actor,
        plan,
        title: '高发点位巡查',
        street: STREET,
        day: on,
        supervisor: { account: 'supervisor.ruijin', name: '高行舟' },
        now,
        sample: true,
      });
      if (approve)
        await settlePatrol({
          db,
          actor: { account: 'system:sample', name: '样例审定' },
          id,
          series: id,
          approve,
          reason: null,
          now,
        });
    }
  });
}
