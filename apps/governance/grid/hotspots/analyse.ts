import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { addDays, shanghaiDate, shanghaiMidnight } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { expectedPlaces } from '#platform/indicator/scan/expected-places.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { type CaseSeen, type Cell, readCases, readCells, versionOf } from './read-cases.ts';
import { keepForecasts } from './keep-forecasts.ts';
import { proposeRootTasks } from './propose-root-tasks.ts';
import { runScans, type Scan } from './run-scans.ts';

export const SCAN_MODEL = 'kulldorff-space-time-poisson';
const SEED = 20_260_101;
const MAX_RADIUS = 250;
const MAX_DAYS = 14;
const MIN_EVENTS = 4;
/** Days that the daily series of the forecast go back. */
const SERIES_DAYS = 196;

/**
 * Looks at the cases of the last days (高发点位分析): clusters of each class, what comes back at one place, and how many are to be expected
 * where tomorrow. The same cases give the same clusters. Counts places, never persons.
 */
export async function analyse(services: Services): Promise<{ runs: number; clusters: number; tasks: number }> {
  const actor = { ...systemActor({ name: 'grid' }), name: '高发点位分析' };
  const inGrid = <T>(work: (db: Db) => Promise<T>) => services.database.tx({ module: 'grid', actor }, work);
  const now = services.clock.now();
  const today = shanghaiDate(now);
  const read = await inGrid(async (db) => {
    const rules = await amountsAt(
      db,
      {
        days: { id: 'grid.hotspot.days', unit: 'day' },
        replications: { id: 'grid.hotspot.replications', unit: 'repetition' },
        percent: { id: 'grid.hotspot.significance', unit: 'percent' },
      },
      now,
    );
    const back = Math.max(2 * rules.days, SERIES_DAYS);
    const cases = await readCases(db, shanghaiMidnight(addDays(today, -back)), shanghaiMidnight(today));
    return { rules, cells: await readCells(db), cases };
  });
  const { rules, cells } = read;
  const from = addDays(today, -rules.days);
  const prepared = scansOf({ ...read, from, today });
  const found = await runScans(prepared.map(({ scan }) => scan));
  return inGrid(async (db) => {
    let clusters = 0;
    for (const [n, { code, scan, cases }] of prepared.entries()) {
      const run = uuidv7();
      await db.run(sql`
        insert into grid.scan_run (id, class, model, from_day, to_day, seed, replications, significance, events, places, data_version, finished_at)
        values (${run}::uuid, ${code}, ${SCAN_MODEL}, ${from}::date, ${addDays(today, -1)}::date, ${SEED}::int, ${rules.replications}::int, ${scan.terms.significance}::float8,
          ${cases.length}::int, ${cells.length}::int, ${versionOf(cases)}, ${now}::timestamptz)`);
      for (const cluster of found[n] ?? []) {
        const codes = new Set(cluster.places.map((place) => cells[place]?.code));
        const [first, last] = [addDays(from, cluster.from), addDays(from, cluster.to)];
        const inside = cases.filter(({ cell, day }) => codes.has(cell) && day >= first && day <= last);
        const middle = inside.find(({ cell }) => cell === cells[cluster.centre]?.code) ?? inside[0];
        if (!middle) continue;
        clusters += 1;
        await db.run(sql`
          insert into grid.hotspot (id, run, class, street, committee, lon, lat, radius, cells, from_day, to_day, observed, expected, likelihood, p, cases, found_at)
          values (${uuidv7()}::uuid, ${run}::uuid, ${code}, ${middle.street}, ${middle.committee}, ${cells[cluster.centre]?.lon ?? middle.lon}::float8, ${cells[cluster.centre]?.lat ?? middle.lat}::float8,
            ${cluster.radius}::float8, ${[...codes].map(String)}::text[], ${first}::date, ${last}::date, ${cluster.observed}::int, ${cluster.expected}::float8, ${cluster.likelihood}::float8,
            ${cluster.p}::float8, ${inside.map(({ no }) => no)}::text[], ${now}::timestamptz)`);
      }
    }
    const tasks = await proposeRootTasks(db, { cases: read.cases, now });
    await keepForecasts(db, { cases: read.cases, cells, today, days: SERIES_DAYS, now });
    await db.emit({
      type: 'grid.hotspots.analysed',
      subject: today,
      data: { clusters: String(clusters), tasks: String(tasks) },
    });
    return { runs: prepared.length, clusters, tasks };
  });
}

type Prepared = { code: string; scan: Scan; cases: CaseSeen[] };

/** One scan a class; what is to be expected where comes from as many days before. */
function scansOf(of: {
  cells: readonly Cell[];
  cases: readonly CaseSeen[];
  rules: { days: number; replications: number; percent: number };
  from: string;
  today: string;
}): Prepared[] {
  const { cells, cases, rules, from } = of;
  const place = new Map(cells.map(({ code }, n) => [code, n]));
  const known = cases.filter(({ cell }) => place.has(cell));
  const earlier = addDays(from, -rules.days);
  const before = known.filter(({ day }) => day >= earlier && day < from);
  const days = new Map(Array.from({ length: rules.days }, (_, n) => [addDays(from, n), n]));
  const counted = (rows: readonly CaseSeen[]): number[] => {
    const counts = cells.map(() => 0);
    for (const { cell } of rows) counts[place.get(cell) as number] = (counts[place.get(cell) as number] ?? 0) + 1;
    return counts;
  };
  const ofAll = counted(before);
  const codes = [...new Set(known.map(({ class: code }) => code))].sort();
  return codes.flatMap((code) => {
    const inTime = known.filter((each) => each.class === code && days.has(each.day));
    if (inTime.length < MIN_EVENTS || cells.length < 2) return [];
    const expected = expectedPlaces({ ofKind: counted(before.filter((each) => each.class === code)), ofAll });
    const scan: Scan = {
      places: cells.map(({ x, y }, n) => ({ x, y, weight: expected[n] ?? 0 })),
      events: inTime.map(({ cell, day }) => ({ place: place.get(cell) as number, day: days.get(day) as number })),
      terms: {
        days: rules.days,
        maxRadius: MAX_RADIUS,
        maxDays: MAX_DAYS,
        minEvents: MIN_EVENTS,
        replications: rules.replications,
        significance: rules.percent / 100 - Number.EPSILON,
        seed: SEED,
      },
    };
    return [{ code, scan, cases: inTime }];
  });
}
