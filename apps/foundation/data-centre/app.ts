import { app } from '#platform/kernel/app.ts';

const OFFICERS = ['data-officer'] as const;
const ASKING = ['data-officer', 'street-clerk', 'committee-worker', 'duty-officer', 'security-auditor'] as const;
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
      section: 'exchange',
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
      path: '/data/forms',
      entrance: 'data',
      section: 'quality',
      title: { zh: '业务表单', en: 'Forms' },
      module: '#apps/foundation/data-centre/web/forms.tsx',
      order: 35,
      posts: READERS,
    },
    {
      path: '/data/forms/:id',
      entrance: 'data',
      section: 'quality',
      title: { zh: '业务表单', en: 'Form' },
      module: '#apps/foundation/data-centre/web/form.tsx',
    },
    {
      path: '/data/imports',
      entrance: 'data',
      section: 'exchange',
      title: { zh: '数据导入', en: 'Imports' },
      module: '#apps/foundation/data-centre/web/imports.tsx',
      order: 40,
      posts: OFFICERS,
    },
    {
      path: '/data/imports/:id',
      entrance: 'data',
      section: 'exchange',
      title: { zh: '导入报告', en: 'Import report' },
      module: '#apps/foundation/data-centre/web/import.tsx',
    },
    {
      path: '/data/imports/:id/mapping',
      entrance: 'data',
      section: 'exchange',
      title: { zh: '字段映射', en: 'Mapping' },
      module: '#apps/foundation/data-centre/web/mapping.tsx',
    },
    {
      path: '/data/api',
      entrance: 'data',
      section: 'exchange',
      title: { zh: '接口文档', en: 'Interfaces' },
      module: '#apps/foundation/data-centre/web/interfaces.tsx',
      order: 50,
    },
  ],
});
