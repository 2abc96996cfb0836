import { app } from '#platform/kernel/app.ts';

const OFFICERS = ['data-officer'] as const;
const ASKING = ['data-officer', 'street-clerk', 'committee-worker', 'duty-officer', 'security-auditor'] as const;
const KEEPERS = ['data-officer', 'unit-head', 'security-auditor'] as const;
const CARERS = [
  'data-officer',
  'unit-head',
  'duty-officer',
  'security-auditor',
  'street-clerk',
  'committee-worker',
] as const;
const READERS = ['data-officer', 'duty-officer', 'security-auditor'] as const;

/**
 * Data resource centre (大数据资源中心, S8–S10): the console over catalogue and exchange. It owns no data and takes none;
 * everything on its pages comes through the operations of `catalog` and `exchange`.
 */
export const dataCentre = app({
  id: 'data-centre',
  kind: 'app',
  folder: 'apps/foundation/data-centre',
  title: { zh: '大数据资源中心', en: 'Data resource centre' },
  projects: ['S8', 'S9', 'S10'],
  pages: [
    {
      path: '/data',
      entrance: 'data',
      title: { zh: '数据目录', en: 'Catalogue' },
      module: '#apps/foundation/data-centre/web/catalogue.tsx',
      order: 10,
    },
    {
      path: '/data/items/:id',
      entrance: 'data',
      title: { zh: '数据资源', en: 'Catalogue item' },
      module: '#apps/foundation/data-centre/web/item.tsx',
    },
    {
      path: '/data/flows',
      entrance: 'data',
      title: { zh: '数据流向', en: 'Flows' },
      module: '#apps/foundation/data-centre/web/flows.tsx',
      order: 20,
    },
    {
      path: '/data/grants',
      entrance: 'data',
      title: { zh: '共享授权', en: 'Grants' },
      module: '#apps/foundation/data-centre/web/grants.tsx',
      order: 30,
      posts: READERS,
    },
    {
      path: '/data/requests',
      entrance: 'data',
      title: { zh: '共享申请', en: 'Requests' },
      module: '#apps/foundation/data-centre/web/requests.tsx',
      order: 25,
      posts: ASKING,
    },
    {
      path: '/data/requests/:id',
      entrance: 'data',
      title: { zh: '共享申请', en: 'Request' },
      module: '#apps/foundation/data-centre/web/request.tsx',
    },
    {
      path: '/data/quality',
      entrance: 'data',
      title: { zh: '数据质量', en: 'Quality' },
      module: '#apps/foundation/data-centre/web/quality.tsx',
      order: 32,
      posts: CARERS,
    },
    {
      path: '/data/reports',
      entrance: 'data',
      title: { zh: '上级报表', en: 'Reports' },
      module: '#apps/foundation/data-centre/web/reports.tsx',
      order: 34,
      posts: KEEPERS,
    },
    {
      path: '/data/reports/:form',
      entrance: 'data',
      title: { zh: '取数映射', en: 'Mapping of a report' },
      module: '#apps/foundation/data-centre/web/report-form.tsx',
    },
    {
      path: '/data/reports/:form/:pack',
      entrance: 'data',
      title: { zh: '一期报表', en: 'A report' },
      module: '#apps/foundation/data-centre/web/report-pack.tsx',
    },
    {
      path: '/data/register',
      entrance: 'data',
      title: { zh: '资源编目', en: 'Register' },
      module: '#apps/foundation/data-centre/web/register.tsx',
      order: 36,
      posts: KEEPERS,
    },
    {
      path: '/data/items/new',
      entrance: 'data',
      title: { zh: '登记目录项', en: 'Register an item' },
      module: '#apps/foundation/data-centre/web/entry-form.tsx',
    },
    {
      path: '/data/entries/:id',
      entrance: 'data',
      title: { zh: '目录项', en: 'Item of the register' },
      module: '#apps/foundation/data-centre/web/entry.tsx',
    },
    {
      path: '/data/entries/:id/edit',
      entrance: 'data',
      title: { zh: '修改目录项', en: 'Edit an item' },
      module: '#apps/foundation/data-centre/web/entry-form.tsx',
    },
    {
      path: '/data/lists',
      entrance: 'data',
      title: { zh: '三张清单', en: 'Lists' },
      module: '#apps/foundation/data-centre/web/lists.tsx',
      order: 38,
      posts: CARERS,
    },
    {
      path: '/data/imports',
      entrance: 'data',
      title: { zh: '数据导入', en: 'Imports' },
      module: '#apps/foundation/data-centre/web/imports.tsx',
      order: 40,
      posts: OFFICERS,
    },
    {
      path: '/data/imports/:id',
      entrance: 'data',
      title: { zh: '导入报告', en: 'Import report' },
      module: '#apps/foundation/data-centre/web/import.tsx',
    },
    {
      path: '/data/imports/:id/mapping',
      entrance: 'data',
      title: { zh: '字段映射', en: 'Mapping' },
      module: '#apps/foundation/data-centre/web/mapping.tsx',
    },
    {
      path: '/data/api',
      entrance: 'data',
      title: { zh: '接口文档', en: 'Interfaces' },
      module: '#apps/foundation/data-centre/web/interfaces.tsx',
      order: 50,
    },
  ],
});
