import { loadJob } from '#platform/exchange/load.ts';
import { importTarget } from '#platform/exchange/target.ts';
import { mapLayer } from '#platform/geo/layer.ts';
import { app } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { decideConflict } from './decide-conflict.ts';
import { endBuilding } from './end-building.ts';
import { facilityTarget } from './facilities.ts';
import { lookUpAddress } from './find-building.ts';
import { geocodeAddress, geocodeAddresses } from './geocode-address.ts';
import { geocodeJob, showGeocoding, startGeocoding } from './geocode-job.ts';
import { listBuildings } from './list-buildings.ts';
import { listConflicts } from './list-conflicts.ts';
import { listRooms } from './list-rooms.ts';
import { buildingTarget } from './load-buildings.ts';
import { aliasTarget, responsibilityTarget } from './load-names.ts';
import { outlineTarget } from './load-outlines.ts';
import { roomTarget } from './load-rooms.ts';
import { mapBuildings } from './map-buildings.ts';
import { placeBuildings } from './place-buildings.ts';
import { baseKeys } from '#platform/theme/base-keys.ts';
import { buildingKeys } from './base-key.ts';
import { addresses, aliases, buildings, facilities, responsibilities, rooms, successions } from './resources.ts';
import { reverseGeocode } from './reverse-geocode.ts';
import { PUBLIC_ONLY } from './secrecy.ts';
import { showBuilding } from './show-building.ts';

const READERS = ['committee-worker', 'street-clerk', 'data-officer', 'duty-officer'] as const;
const targets = [buildingTarget, roomTarget, aliasTarget, responsibilityTarget, outlineTarget, facilityTarget];

/** Space and building base database (空间地理和建筑设施信息库, S7): addresses, buildings over time, rooms, posts that answer for them. */
export const space = app({
  id: 'space',
  kind: 'capability',
  folder: 'platform/basedata/space',
  projects: ['S7'],
  title: { zh: '空间地理和建筑设施信息库', en: 'Space and building base database' },
  resources: [buildings, addresses, aliases, rooms, responsibilities, successions, facilities],
  uses: ['exchange', 'geo'],
  actions: {
    'space.rooms.read': { title: { zh: '查看楼层与房间', en: 'See floors and rooms' }, posts: READERS },
    'space.conflicts.read': {
      title: { zh: '查看房屋冲突', en: 'See conflicts of buildings' },
      posts: ['data-officer'],
    },
    'space.conflicts.decide': {
      title: { zh: '判定房屋冲突', en: 'Decide conflicts of buildings' },
      posts: ['data-officer'],
    },
  },
  routes: [
    lookUpAddress,
    geocodeAddress,
    geocodeAddresses,
    startGeocoding,
    showGeocoding,
    reverseGeocode,
    mapBuildings,
    listBuildings,
    showBuilding,
    listRooms,
    listConflicts,
    decideConflict,
    endBuilding,
  ],
  jobs: [loadJob(...targets), geocodeJob],
  consumers: [placeBuildings],
  pages: [
    {
      path: '/data/space',
      entrance: 'data',
      section: 'bases',
      title: { zh: '空间库', en: 'Places' },
      module: '#platform/basedata/space/web/space-page.tsx',
      order: 15,
    },
    {
      path: '/data/space/conflicts',
      entrance: 'data',
      section: 'bases',
      title: { zh: '房屋冲突', en: 'Conflicts of buildings' },
      module: '#platform/basedata/space/web/conflicts-page.tsx',
    },
    {
      path: '/data/space/:code',
      entrance: 'data',
      section: 'bases',
      title: { zh: '房屋卡片', en: 'Building' },
      module: '#platform/basedata/space/web/building-page.tsx',
    },
    {
      path: '/citizen/buildings/:code',
      entrance: 'citizen',
      title: { zh: '房屋卡片', en: 'Building' },
      module: '#platform/basedata/space/web/building-page.tsx',
    },
    {
      path: '/gov/buildings/:code',
      entrance: 'gov',
      section: 'records',
      title: { zh: '房屋卡片', en: 'Building' },
      module: '#web/entrances/gov/building-page.tsx',
    },
  ],
  provides: [
    ...targets.map((target) => importTarget.provide(target)),
    baseKeys.provide(buildingKeys),
    mapLayer.provide({
      id: 'facilities',
      title: { zh: '设施', en: 'Facilities' },
      description: { zh: '部件设施；地下管线不公开。', en: 'Facilities; underground pipes are not public.' },
      resource: 'space.facility',
      fields: ['kind', 'classCode', 'buildingCode'],
      where: PUBLIC_ONLY,
      minZoom: 15,
    }),
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
        'structure',
        'use',
        'heritageClass',
        'facadeClass',
        'dwellings',
      ],
      tileFields: ['code', 'name', 'floors', 'use', 'heritageClass', 'committeeCode'],
      // Military and police sites, heights: see secrecy.ts.
      where: sql`geometry is not null and status = 'standing' and ${PUBLIC_ONLY}`,
      minZoom: 14,
    }),
  ],
});
