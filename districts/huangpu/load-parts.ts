import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readClasses } from '#platform/case/classes.ts';
import { openAreaLocator } from '#platform/geo/area-locator.ts';
import { storeModel } from '#apps/governance/grid/classify/keep-model.ts';
import { inGrid, type NewPart, storeParts } from '#apps/governance/grid/parts/part-row.ts';
import { district } from './district.ts';
import { generateParts } from './generate/parts.ts';
import { createRandom } from './generate/random.ts';
import { learnSample } from './text-model.ts';

/** A manhole cover (井盖) that is always there, in committee 310101023001: what tests and demonstrations report. */
export const SAMPLE_COVER = {
  code: '3101010101000039',
  lon: 121.459,
  lat: 31.2177,
  owner: 'water-company',
  keeper: 'water-company',
} as const;

/** Two of a hundred of the 180,000 parts that the plan counts. */
const COUNT = 3_600;
const CHUNK = 600;
const BY = { name: '样例', unit: 'operations-centre' } as const;

/** The sample's parts along the roads of the district, and one cover at a place that is known. Repeatable. */
export async function loadParts(services: Services): Promise<void> {
  if (!services.registry.modules.some(({ id }) => id === 'grid')) return;
  if (await inGrid(services, (db) => db.first(sql`select 1 as there from grid.part where sample limit 1`))) return;
  const locator = await openAreaLocator(services);
  const lines = await services.database.tx(
    { module: 'geo', actor: systemActor({ name: 'sample' }), readOnly: true },
    async (db) => {
      const rows = await db.rows<{ shape: string }>(sql`
        select ST_AsGeoJSON((ST_Dump(geometry)).geom, 7, 0) as shape from geo.osm_place
        where kind = 'road' and GeometryType(geometry) in ('LINESTRING', 'MULTILINESTRING') order by key`);
      return rows.map(({ shape }) => (JSON.parse(shape) as { coordinates: [number, number][] }).coordinates);
    },
  );
  const generated = generateParts({
    lines,
    count: COUNT,
    division: district.code,
    random: createRandom(district.seed).fork('parts'),
    inside: (lon, lat) => locator.cells.locate(lon, lat) !== null,
  });
  const parts: NewPart[] = [{ ...SAMPLE_COVER, installed: '2016-05-18' }, ...generated].flatMap((each) => {
    const where = locator.whereabouts(each.lon, each.lat);
    return where ? [{ ...each, source: 'generator', sample: true, where }] : [];
  });
  const at = services.clock.now();
  for (let from = 0; from < parts.length; from += CHUNK)
    await inGrid(services, (db) => storeParts(db, { parts: parts.slice(from, from + CHUNK), at, by: BY }), false);
}

/** A first model of text to class, taught with generated reports, so that there is one before cases have closed. Repeatable. */
export async function loadTextModel(services: Services): Promise<void> {
  if (!services.registry.modules.some(({ id }) => id === 'grid')) return;
  if (await inGrid(services, (db) => db.first(sql`select 1 as there from grid.text_model limit 1`))) return;
  const learnt = learnSample(await readClasses(services), createRandom(district.seed).fork('text-model'));
  if (!learnt) return;
  await inGrid(services, (db) => storeModel(db, { learnt, origin: 'sample', at: services.clock.now() }), false);
}
