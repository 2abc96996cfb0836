import { loadJob } from '#platform/exchange/load.ts';
import { importTarget } from '#platform/exchange/target.ts';
import { mapLayer } from '#platform/geo/layer.ts';
import { app } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { lookUpAddress } from './find-building.ts';
import { listBuildings } from './list-buildings.ts';
import { buildingTarget } from './load-buildings.ts';
import { placeBuildings } from './place-buildings.ts';
import { buildings } from './resources.ts';
import { showBuilding } from './show-building.ts';

/** Space and building base database (空间地理和建筑设施信息库, S7), first form: buildings and their addresses. */
export const space = app({
  id: 'space',
  kind: 'capability',
  folder: 'platform/basedata/space',
  projects: ['S7'],
  title: { zh: '空间地理和建筑设施信息库', en: 'Space and building base database' },
  resources: [buildings],
  uses: ['exchange', 'geo'],
  routes: [lookUpAddress, listBuildings, showBuilding],
  jobs: [loadJob(buildingTarget)],
  consumers: [placeBuildings],
  pages: [
    {
      path: '/gov/buildings/:code',
      entrance: 'gov',
      section: 'records',
      title: { zh: '房屋卡片', en: 'Building' },
      module: '#web/entrances/gov/building-page.tsx',
    },
  ],
  provides: [
    importTarget.provide(buildingTarget),
    mapLayer.provide({
      id: 'buildings',
      title: { zh: '建筑物', en: 'Buildings' },
      description: { zh: '建筑物轮廓与基本属性。', en: 'Outlines and main attributes of buildings.' },
      resource: 'space.building',
      fields: [
        'code',
        'name',
        'address',
        'committeeCode',
        'cellCode',
        'yearBuilt',
        'floors',
        'heightM',
        'structure',
        'use',
        'heritageClass',
        'dwellings',
      ],
      tileFields: ['code', 'name', 'floors', 'heightM', 'use', 'heritageClass', 'committeeCode'],
      where: sql`geometry is not null`,
      minZoom: 14,
    }),
  ],
});
