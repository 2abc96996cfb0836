import type { Services } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { travelMatrix } from '#platform/geo/route-places.ts';
import { openRoadNetwork } from '#platform/geo/routing/road-network.ts';
import { findRoute } from '#platform/geo/routing/search.ts';
import type { Snap } from '#platform/geo/routing/snap.ts';
import { planWalk } from '#platform/optimize/orienteering.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';

export type PatrolPoint = {
  point: string;
  label: string;
  lon: number;
  lat: number;
  kind: 'risk' | 'hotspot' | 'root-cause' | 'part' | 'other';
  worth: number;
};
export type Plan = {
  /** In the order of the walk. */
  stops: PatrolPoint[];
  /** What the time did not allow. */
  left: PatrolPoint[];
  minutes: number;
  budget: number;
  worth: number;
  bound: number;
  line: [number, number][];
  attribution: string;
};

/** More would be walked by nobody, and the table of travel times grows with the square. */
const MOST_POINTS = 30;
export const PATROL_SEED = 20_260_101;

/** Points of a street that are worth a visit today: its cells of high risk, hot spots and places of open root-cause tasks. Called outside a transaction. */
export async function pointsOf(services: Services, street: string): Promise<PatrolPoint[]> {
  const day = shanghaiDate(services.clock.now());
  return services.database.tx({ module: 'grid', actor: systemActor({ name: 'grid' }) }, async (db) =>
    db.rows<PatrolPoint>(sql`
      select * from (
        select 'cell-' || f.cell as point, coalesce(nullif(a.name, ''), f.cell) as label, ST_X(ST_PointOnSurface(a.geometry::geometry)) as lon, ST_Y(ST_PointOnSurface(a.geometry::geometry)) as lat,
          'risk' as kind, f.expected as worth
        from grid.forecast f join ${db.share('area')} a on a.code = f.cell and a.valid_to is null where f.day = ${day}::date and f.street = ${street} and f.high
        union all
        select 'spot-' || h.id, h.class, h.lon, h.lat, 'hotspot', greatest(0.05, (h.observed - h.expected) / (h.to_day - h.from_day + 1))
        from grid.hotspot h join (select distinct on (class) id from grid.scan_run order by class, finished_at desc) r on r.id = h.run where h.street = ${street}
        union all
        select 'task-' || t.id, t.no, t.lon, t.lat, 'root-cause', cardinality(t.cases) / 30.0 from grid.root_task t where t.street = ${street} and t.state in ('proposed', 'open')
      ) p order by worth desc, point limit ${MOST_POINTS}::int`),
  );
}

/**
 * The walk through the points of a street that is worth the most within the time (巡查路线规划, G7), on the roads of the district, back to where it began.
 * Heuristic, with a bound that no walk can pass. `undefined` where no road leads to any point.
 */
export async function planPatrol(services: Services, points: readonly PatrolPoint[]): Promise<Plan | undefined> {
  const rules = await services.database.tx({ module: 'grid', actor: systemActor({ name: 'grid' }) }, (db) =>
    amountsAt(
      db,
      { minutes: { id: 'grid.patrol.minutes', unit: 'minute' }, stay: { id: 'grid.patrol.stay', unit: 'minute' } },
      services.clock.now(),
    ),
  );
  const network = await openRoadNetwork(services);
  const reached = points.flatMap((point) => {
    const snap = network.walk.snap(point.lon, point.lat);
    return snap ? [{ point, snap }] : [];
  });
  const [first] = reached;
  if (!first) return undefined;
  // It begins and ends where the most is to be seen: stop 0, at no cost and of no worth of its own, stands for that place.
  const snaps: Snap[] = [first.snap, ...reached.map(({ snap }) => snap)];
  const rows = travelMatrix(network, { mode: 'walk', from: snaps, to: snaps });
  const route = planWalk(
    {
      minutes: rows.map((row, a) =>
        row.map((cost, b) => (a === b ? 0 : cost ? cost.seconds / 60 : Number.POSITIVE_INFINITY)),
      ),
      worth: [0, ...reached.map(({ point }) => point.worth)],
      stay: [0, ...reached.map(() => rules.stay)],
      start: 0,
      end: 0,
      budget: rules.minutes,
    },
    { seed: PATROL_SEED, rounds: 120 },
  );
  if (!route) return undefined;
  const stops = route.stops.slice(1, -1).flatMap((stop) => reached[stop - 1]?.point ?? []);
  const line: [number, number][] = [];
  for (const [n, stop] of route.stops.entries()) {
    const [from, to] = [snaps[route.stops[n - 1] ?? -1], snaps[stop]];
    if (n > 0 && from && to) line.push(...(findRoute(network.walk.graph, from, to)?.line ?? []));
  }
  const chosen = new Set(stops.map(({ point }) => point));
  return {
    stops,
    left: points.filter(({ point }) => !chosen.has(point)),
    minutes: route.minutes,
    budget: rules.minutes,
    worth: route.worth,
    bound: route.bound,
    line: line.map(([lon, lat]) => [Number(lon.toFixed(6)), Number(lat.toFixed(6))]),
    attribution: network.attribution.join('；'),
  };
}
