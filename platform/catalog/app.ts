import { app } from '#platform/kernel/app.ts';
import { grantExplainer } from '#platform/kernel/ports.ts';
import { approveGrant } from './approve-grant.ts';
import { dcatExport } from './dcat/mount.ts';
import { grantRefusal } from './explain-grant.ts';
import { getGrant } from './get-grant.ts';
import { getItem } from './get-item.ts';
import { indexItems } from './index-items.ts';
import { listFlows } from './list-flows.ts';
import { listGrants } from './list-grants.ts';
import { refuseGrant } from './refuse-grant.ts';
import { requestGrant } from './request-grant.ts';
import { revokeGrant } from './revoke-grant.ts';
import { searchItems } from './search-items.ts';

/** Catalogue (政务信息资源目录): register, find, request, grant. The grants *are* the access control. */
export const catalog = app({
  id: 'catalog',
  kind: 'capability',
  folder: 'platform/catalog',
  title: { zh: '信息资源目录', en: 'Catalogue' },
  uses: ['search'],
  actions: {
    'catalog.grant.read': {
      title: { zh: '查看共享授权', en: 'See grants' },
    },
    'catalog.grant.request': {
      title: { zh: '申请共享授权', en: 'Ask for a grant' },
    },
    'catalog.grant.decide': {
      title: { zh: '审批本单位数据的共享授权', en: 'Decide on grants of the own unit’s data' },
    },
  },
  routes: [searchItems, getItem, listGrants, getGrant, requestGrant, approveGrant, revokeGrant, refuseGrant, listFlows],
  mounts: [dcatExport],
  provides: [grantExplainer.provide(grantRefusal)],
  seed: ({ db }) => indexItems(db),
});
