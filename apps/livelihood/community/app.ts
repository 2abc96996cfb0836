import { app } from '#platform/kernel/app.ts';
import { listBuildings } from './list-buildings.ts';
import { listCommittees } from './list-committees.ts';
import { listResidents } from './list-residents.ts';
import { showHousehold } from './show-household.ts';

const PURPOSES = ['community-care', 'verify-application', 'emergency'];

/** Street desk (街道工作台, P24 first form): who lives in which home of my street or committee. Owns no data of its own. */
export const community = app({
  id: 'community',
  kind: 'app',
  folder: 'apps/livelihood/community',
  title: { zh: '街道工作台', en: 'Street desk' },
  projects: ['P24'],
  actions: {
    'community.desk.read': {
      title: { zh: '查看本辖区居民与户', en: 'See residents and households of the own area' },
    },
  },
  routes: [listCommittees, listBuildings, listResidents, showHousehold],
  takes: [
    {
      name: 'resident',
      resource: 'population.resident',
      fields: [
        'pid',
        'name',
        'sex',
        'birthDate',
        'phone',
        'householdNo',
        'relation',
        'buildingCode',
        'room',
        'address',
        'residenceFrom',
        'committeeCode',
        'deathDate',
      ],
      purposes: PURPOSES,
      why: { zh: '走访和服务本辖区居民', en: 'Visit and serve the residents of the area' },
    },
    {
      name: 'household',
      resource: 'population.household',
      fields: ['householdNo', 'head', 'headName', 'members', 'buildingCode', 'committeeCode', 'address'],
      purposes: PURPOSES,
      why: { zh: '按户走访，知道与谁同住', en: 'Visit by household and know who lives together' },
    },
    {
      name: 'building',
      resource: 'space.building',
      fields: ['code', 'address', 'name', 'committeeCode'],
      purposes: PURPOSES,
      why: { zh: '按楼栋排列居民', en: 'List residents by building' },
    },
    {
      name: 'area',
      resource: 'geo.area',
      fields: ['code', 'level', 'name', 'parent'],
      purposes: PURPOSES,
      why: { zh: '显示街道和居委会名称', en: 'Show the names of streets and committees' },
    },
  ],
  pages: [
    {
      path: '/gov/community',
      entrance: 'gov',
      title: { zh: '街道工作台', en: 'Street desk' },
      module: '#apps/livelihood/community/web/desk.tsx',
      order: 20,
      posts: ['committee-worker', 'street-clerk'],
    },
  ],
});
