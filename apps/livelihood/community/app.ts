import { app } from '#platform/kernel/app.ts';
import { listBuildings } from './list-buildings.ts';
import { listCommittees } from './list-committees.ts';
import { listResidents } from './list-residents.ts';
import { fileRelief } from './relief/file-relief.ts';
import { listRelief } from './relief/list-relief.ts';
import { showReliefForm } from './relief/show-form.ts';
import { relief } from './resources.ts';
import { showHousehold } from './show-household.ts';

const PURPOSES = ['community-care', 'verify-application', 'emergency'];

/** Street desk (街道工作台, P24 first form): who lives in which home of my street or committee, and applications for relief that the street takes in. */
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
    'community.relief.file': {
      title: { zh: '受理本辖区的救助申请', en: 'Take in applications for relief' },
    },
  },
  resources: [relief],
  routes: [listCommittees, listBuildings, listResidents, showHousehold, listRelief, showReliefForm, fileRelief],
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
      name: 'insured',
      resource: 'population.insured',
      fields: ['pid', 'insured'],
      purposes: ['verify-application'],
      why: {
        zh: '审核救助申请时核对参保情况，不再让居民填写',
        en: 'Check insurance for relief without asking residents for it',
      },
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
    {
      path: '/gov/relief',
      entrance: 'gov',
      title: { zh: '救助申请', en: 'Relief' },
      module: '#apps/livelihood/community/web/relief.tsx',
      order: 22,
      posts: ['committee-worker', 'street-clerk'],
    },
  ],
});
