import { app } from '#platform/kernel/app.ts';
import { delegationScope } from '#platform/kernel/ports.ts';
import { clockKind } from '#platform/calendar/clock-kind.ts';
import { CASE_CLOCKS } from './case-clocks.ts';
import { feeConsumers } from './case-fee.ts';
import { acceptAmber, followCase, stepDue } from './case-follow.ts';
import { caseOffers } from './case-offer.ts';
import { caseActions, casePages, caseProvides, caseRoutes, caseScope, caseSealed } from './case-parts.ts';
import { caseFile, rating, subCase } from './case-resources.ts';
import {
  certificateActions,
  certificateJobs,
  certificatePages,
  certificateProvides,
  certificateRoutes,
  certificateSealed,
} from './certificate-parts.ts';
import { certificate } from './certificate-resources.ts';
import { countUseDaily } from './count-use.ts';
import { depthReport } from './depth-report.ts';
import { checkItem, diffVersions, previewItem, showDeskItem } from './desk-item.ts';
import { createItem, draftItem, dropDraft, publishItem, returnItem, submitItem } from './edit-item.ts';
import { bundleRoutes } from './edit-bundle.ts';
import { prefillForm } from './form-prefill.ts';
import { itemChoices } from './item-choices.ts';
import { listBlockers, planBlocker, planBlockers } from './list-blockers.ts';
import { listBundles, showBundle } from './list-bundles.ts';
import { listDeskItems } from './list-desk-items.ts';
import { listEvents } from './list-events.ts';
import { offerItems } from './offer-items.ts';
import { carryForm, checkForm, formSchema, openForm } from './open-form.ts';
import { blockers, items, materials, onlineRatio } from './resources.ts';
import { searchItems } from './search-items.ts';
import { serviceFigures } from './service-figures.ts';
import { showItem } from './show-item.ts';

const OFFICIALS = [
  'data-officer',
  'unit-head',
  'street-clerk',
  'committee-worker',
  'duty-officer',
  'security-auditor',
] as const;

/** Services (政务服务): items (事项) with forms and blockers; cases (办件) with clocks, certificates and ratings. */
export const service = app({
  id: 'service',
  kind: 'capability',
  folder: 'platform/service',
  title: { zh: '政务服务', en: 'Services' },
  projects: ['P03', 'P04'],
  uses: ['calendar', 'search', 'document', 'ledger', 'workflow'],
  resources: [items, materials, blockers, onlineRatio, caseFile, subCase, rating, certificate],
  actions: {
    'service.apply': {
      title: { zh: '为本人、本企业申请办事', en: 'Apply for oneself or one’s enterprise' },
      posts: ['citizen', 'enterprise-agent'],
    },
    'service.item.read': { title: { zh: '查看事项管理', en: 'See items in work' }, posts: OFFICIALS },
    'service.item.edit': {
      title: { zh: '编制本单位事项', en: 'Draw up items of the own unit' },
      posts: ['data-officer'],
    },
    'service.item.publish': {
      title: { zh: '审核发布本单位事项', en: 'Publish items of the own unit' },
      posts: ['data-officer', 'unit-head'],
    },
    'service.blocker.plan': {
      title: { zh: '填写本单位清障计划', en: 'Plan the removal of blockers' },
      posts: ['data-officer'],
    },
    ...caseActions,
    ...certificateActions,
  },
  routes: [
    searchItems,
    listEvents,
    listBundles,
    showBundle,
    openForm,
    formSchema,
    checkForm,
    carryForm,
    prefillForm,
    depthReport,
    serviceFigures,
    listDeskItems,
    itemChoices,
    createItem,
    showDeskItem,
    checkItem,
    previewItem,
    diffVersions,
    draftItem,
    submitItem,
    publishItem,
    returnItem,
    dropDraft,
    listBlockers,
    planBlockers,
    planBlocker,
    ...bundleRoutes,
    showItem,
    ...caseRoutes,
    ...certificateRoutes,
  ],
  consumers: [followCase, stepDue, acceptAmber, ...feeConsumers],
  jobs: certificateJobs,
  timers: [countUseDaily],
  sealed: [...caseSealed, ...certificateSealed],
  provides: [
    caseOffers.provide(offerItems),
    delegationScope.provide(caseScope),
    ...caseProvides,
    ...certificateProvides,
    ...CASE_CLOCKS.map((kind) => clockKind.provide(kind)),
  ],
  pages: [
    {
      path: '/gov/items',
      entrance: 'gov',
      section: 'services',
      title: { zh: '事项管理', en: 'Service items' },
      module: '#platform/service/web/items.tsx',
      order: 40,
      posts: OFFICIALS,
    },
    {
      path: '/gov/items/:code',
      entrance: 'gov',
      section: 'services',
      title: { zh: '事项编辑', en: 'Service item' },
      module: '#platform/service/web/item.tsx',
    },
    {
      path: '/gov/bundles',
      entrance: 'gov',
      section: 'services',
      title: { zh: '一件事管理', en: 'Bundles' },
      module: '#platform/service/web/bundles.tsx',
      order: 41,
      posts: OFFICIALS,
    },
    {
      path: '/gov/bundles/:id',
      entrance: 'gov',
      section: 'services',
      title: { zh: '一件事编辑', en: 'Bundle' },
      module: '#platform/service/web/desk-bundle.tsx',
    },
    {
      path: '/gov/blockers',
      entrance: 'gov',
      section: 'services',
      title: { zh: '网办障碍', en: 'Blockers' },
      module: '#platform/service/web/blockers.tsx',
      order: 42,
      posts: OFFICIALS,
    },
    {
      path: '/gov/service-figures',
      entrance: 'gov',
      section: 'services',
      title: { zh: '网办指标', en: 'Figures of the hall' },
      module: '#platform/service/web/service-figures.tsx',
      order: 43,
      posts: OFFICIALS,
    },
    ...casePages,
    ...certificatePages,
  ],
});
