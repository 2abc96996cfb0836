import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { type Sql, sql } from '#platform/kernel/sql.ts';
import { hotspot } from './resources.ts';

const Spot = itemOf(hotspot, [
  'id',
  'class',
  'street',
  'committee',
  'lon',
  'lat',
  'radius',
  'fromDay',
  'toDay',
  'observed',
  'expected',
  'p',
  'foundAt',
]);
type Spot = Omit<Static<typeof Spot>, 'foundAt'> & { foundAt: Date };
const COLUMNS: Sql = sql`h.id, h.class, h.street, h.committee, h.lon, h.lat, h.radius, h.from_day::text as "fromDay", h.to_day::text as "toDay", h.observed, h.expected, h.p,
  h.found_at as "foundAt"`;
const shown = (spot: Spot): Static<typeof Spot> => ({ ...spot, foundAt: spot.foundAt.toISOString() });
const Run = Type.Object({
  class: Type.String(),
  model: Type.String(),
  fromDay: Type.String(),
  toDay: Type.String(),
  seed: Type.Integer(),
  replications: Type.Integer(),
  significance: Type.Number(),
  events: Type.Integer(),
  dataVersion: Type.String(),
  finishedAt: Type.String({ format: 'date-time' }),
});
/** The newest run of each class. */
const LATEST: Sql = sql`(select distinct on (class) * from grid.scan_run order by class, finished_at desc)`;

/** Hot spots of the caller's area (高发点位), by the newest run of each class, with what the runs were made of. */
export const listHotspots = route({
  method: 'GET',
  path: '/api/grid/hotspots',
  summary: { zh: '高发点位', en: 'Hot spots' },
  allow: 'grid.hotspot.read',
  reply: Type.Object({ runs: Type.Array(Run), hotspots: Type.Array(Spot) }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db }) => {
    const runs = await db.rows<Omit<Static<typeof Run>, 'finishedAt'> & { finishedAt: Date }>(sql`
      select class, model, from_day::text as "fromDay", to_day::text as "toDay", seed, replications, significance, events, data_version as "dataVersion", finished_at as "finishedAt"
      from ${LATEST} r order by class`);
    const spots = await db.rows<Spot>(
      sql`select ${COLUMNS} from grid.hotspot h join ${LATEST} r on r.id = h.run order by h.p, h.observed / greatest(h.expected, 0.01) desc, h.id`,
    );
    return {
      runs: runs.map((run) => ({ ...run, finishedAt: run.finishedAt.toISOString() })),
      hotspots: spots.map(shown),
    };
  },
});

const CaseRow = Type.Object({
  no: Type.String(),
  lon: Type.Number(),
  lat: Type.Number(),
  state: Type.String(),
  reportedAt: Type.String({ format: 'date-time' }),
});

/** One hot spot with the cases that it is made of (高发点位的案件). */
export const showHotspot = route({
  method: 'GET',
  path: '/api/grid/hotspots/:id',
  summary: { zh: '一个高发点位和它的案件', en: 'One hot spot with its cases' },
  allow: 'grid.hotspot.read',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({ ...Spot.properties, cases: Type.Array(CaseRow) }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:hotspot' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-hotspot' } },
  },
  handler: async ({ db, params: { id } }) => {
    const spot = await db.first<Spot>(sql`select ${COLUMNS} from grid.hotspot h where h.id = ${id}::uuid`);
    if (!spot) throw NotFound.with();
    const cases = await db.rows<Omit<Static<typeof CaseRow>, 'reportedAt'> & { reportedAt: Date }>(sql`
      select no, lon, lat, state, reported_at as "reportedAt" from ${db.share('case')}
      where no = any (array(select unnest(cases) from grid.hotspot where id = ${id}::uuid)) order by reported_at`);
    return { ...shown(spot), cases: cases.map((each) => ({ ...each, reportedAt: each.reportedAt.toISOString() })) };
  },
});

/** Asks for a new analysis now instead of at night (重新分析). */
export const analyseNow = route({
  method: 'POST',
  path: '/api/grid/hotspots/runs',
  summary: { zh: '立即分析高发点位', en: 'Search for hot spots now' },
  allow: 'grid.hotspot.analyse',
  status: 202,
  reply: Type.Object({ job: Type.String() }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db, services }) => {
    const job = await db.enqueue({ name: 'analyse', payload: {} });
    services.wake();
    return { job };
  },
});

const Series = Type.Object({
  street: Type.String(),
  model: Type.String(),
  /** False: no reliable forecast (没有可靠预测); `value` is then the naive one. */
  reliable: Type.Boolean(),
  value: Type.Number(),
  low: Type.Union([Type.Number(), Type.Null()]),
  high: Type.Union([Type.Number(), Type.Null()]),
  naive: Type.Number(),
  mase: Type.Union([Type.Number(), Type.Null()]),
  coverage: Type.Union([Type.Number(), Type.Null()]),
  origins: Type.Integer(),
  fromDay: Type.String(),
  toDay: Type.String(),
  dataVersion: Type.String(),
});

/** What is to be expected today (风险预警): each street's series with its gate, and the cells among the five in a hundred with the most. */
export const showRisk = route({
  method: 'GET',
  path: '/api/grid/risk',
  summary: { zh: '今天各网格的预期案件量', en: 'Cases that are to be expected today' },
  allow: 'grid.hotspot.read',
  reply: Type.Object({
    day: Type.String(),
    series: Type.Array(Series),
    cells: Type.Array(
      Type.Object({
        cell: Type.String(),
        street: Type.String(),
        expected: Type.Number(),
        lon: Type.Number(),
        lat: Type.Number(),
      }),
    ),
  }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, clock }) => {
    const day = shanghaiDate(clock.now());
    return {
      day,
      series: await db.rows<Static<typeof Series>>(sql`
        select street, model, reliable, value, low, high, naive, mase, coverage, origins, from_day::text as "fromDay", to_day::text as "toDay", data_version as "dataVersion"
        from grid.forecast_series where day = ${day}::date order by street`),
      cells: await db.rows<{ cell: string; street: string; expected: number; lon: number; lat: number }>(sql`
        select f.cell, f.street, f.expected, ST_X(ST_Centroid(a.geometry::geometry)) as lon, ST_Y(ST_Centroid(a.geometry::geometry)) as lat
        from grid.forecast f join ${db.share('area')} a on a.code = f.cell and a.valid_to is null where f.day = ${day}::date and f.high order by f.expected desc, f.cell`),
    };
  },
});
