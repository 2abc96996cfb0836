import { disputedBase } from '#platform/basedata/dispute/disputed-base.ts';
import { takeBuildings } from '#platform/basedata/shared/buildings.ts';
import { placement } from '#platform/basedata/shared/placement.ts';
import { verifyService } from '#platform/exchange/gateway/service.ts';
import { loadJob } from '#platform/exchange/load.ts';
import { importTarget } from '#platform/exchange/target.ts';
import { clockKind } from '#platform/calendar/clock-kind.ts';
import { cardAttributes } from '#platform/access/attributes/register.ts';
import { app } from '#platform/kernel/app.ts';
import { delegationScope } from '#platform/kernel/ports.ts';
import { correctEntities, disputedEntities, entityCorrectionsAdopted } from './disputed-entity.ts';
import { ENTITY_MARKS } from './entity-rules.ts';
import { entityTarget, misplacedEntities, rebuildEntities } from './load-entities.ts';
import { licenceTarget } from './facts/load-licences.ts';
import { roleTarget } from './facts/load-roles.ts';
import { taxAuthorisationTarget } from './facts/load-tax-authorisations.ts';
import { taxStandingTarget } from './facts/load-tax-standing.ts';
import { ROLE_MARKS } from './facts/marks.ts';
import { showFacts, showOwnFacts, showOwnTaxStanding, showTaxStanding } from './facts/show-facts.ts';
import { followMovesJob, linkEarlierAfterLoad, linkEarlierJob } from './links/follow-moves.ts';
import { listFirmMerges, undoFirmMerge } from './links/merges.ts';
import { answerFirmPair, listFirmPairs, showFirmPair } from './links/review-pairs.ts';
import { showGraph } from './ownership/show-graph.ts';
import { answerFinding } from './reconcile/answer-finding.ts';
import { findingClock, visitClock } from './reconcile/kinds.ts';
import { listFindings, showFinding } from './reconcile/list-findings.ts';
import { reconcileAfterLoad, reconcileJob } from './reconcile/reconcile-job.ts';
import { startReconcile } from './reconcile/start-reconcile.ts';
import { orderVisit, reportVisit } from './reconcile/visits.ts';
import { noteFindingAmber, noteFindingDue } from './reconcile/watch-clocks.ts';
import { entities, findings, licences, presences, roles, taxStandings } from './resources.ts';
import { listEntityAccesses, searchEntities, showEntity, showEntityLineage, showOwnEntity } from './show-entity.ts';
import { entityVerification } from './verify-service.ts';
import { showStock } from './stock/show-stock.ts';
import { baseKeys } from '#platform/theme/base-keys.ts';
import { firmKeys } from './base-key.ts';

const targets = [entityTarget, roleTarget, licenceTarget, taxAuthorisationTarget, taxStandingTarget];

const place = placement({ module: 'legal-entity', first: '', misplaced: misplacedEntities, rebuild: rebuildEntities });

/** Legal-entity base database (法人单位基础信息库, S5): one record an enterprise, what its registers say differently as cases, who stands behind it. */
export const legalEntity = app({
  id: 'legal-entity',
  kind: 'capability',
  folder: 'platform/basedata/legal-entity',
  title: { zh: '法人单位基础信息库', en: 'Legal-entity base database' },
  projects: ['S5'],
  uses: ['exchange', 'linkage', 'search', 'calendar', 'dispute'],
  takes: [takeBuildings],
  resources: [entities, presences, roles, licences, taxStandings, findings],
  actions: {
    'legal-entity.entity.read': {
      title: { zh: '查看企业档案', en: 'See enterprises' },
    },
    'legal-entity.self.read': {
      title: { zh: '查看本企业数据', en: 'See my own enterprise' },
    },
    'legal-entity.finding.read': {
      title: { zh: '查看户管比对差异', en: 'See findings of the reconciliation' },
    },
    'legal-entity.finding.answer': {
      title: { zh: '答复户管比对差异', en: 'Answer findings of the reconciliation' },
    },
    'legal-entity.visit.order': {
      title: { zh: '发起企业服务走访', en: 'Order service visits' },
    },
    'legal-entity.reconcile.run': {
      title: { zh: '重新比对三方户管', en: 'Compare the registers again' },
    },
    'legal-entity.link.review': {
      title: { zh: '比对法人记录', en: 'Compare records of firms' },
    },
    'legal-entity.link.undo': {
      title: { zh: '撤销法人归并', en: 'Take merges of firms back' },
    },
    'legal-entity.tax.read': {
      title: { zh: '查看纳税档次', en: 'See tax standing in bands' },
    },
  },
  routes: [
    searchEntities,
    showEntity,
    showOwnEntity,
    listEntityAccesses,
    showEntityLineage,
    showFacts,
    showOwnFacts,
    showTaxStanding,
    showOwnTaxStanding,
    showGraph,
    showStock,
    listFindings,
    showFinding,
    answerFinding,
    orderVisit,
    reportVisit,
    startReconcile,
    listFirmPairs,
    showFirmPair,
    answerFirmPair,
    listFirmMerges,
    undoFirmMerge,
  ],
  provides: [
    verifyService.provide(entityVerification),
    baseKeys.provide(firmKeys),
    ...targets.map((target) => importTarget.provide(target)),
    disputedBase.provide(disputedEntities),
    cardAttributes.provide({ resource: entities.id, attributes: ENTITY_MARKS }),
    cardAttributes.provide({ resource: roles.id, attributes: ROLE_MARKS }),
    clockKind.provide(findingClock),
    clockKind.provide(visitClock),
    delegationScope.provide({
      id: 'own-enterprise-read',
      title: { zh: '查看本企业登记信息', en: 'See what is on record about my enterprise' },
      text: {
        zh: '可以看到政府部门登记的本企业信息；不能修改。',
        en: 'May see what the departments hold about the enterprise; may change nothing.',
      },
      givers: ['entity'],
      page: '/business',
    }),
  ],
  jobs: [loadJob(...targets), place.job, followMovesJob, linkEarlierJob, reconcileJob],
  consumers: [
    ...place.consumers,
    linkEarlierAfterLoad,
    reconcileAfterLoad,
    noteFindingAmber,
    noteFindingDue,
    correctEntities,
    entityCorrectionsAdopted,
  ],
  pages: [
    {
      path: '/data/entities',
      entrance: 'data',
      section: 'bases',
      title: { zh: '法人库', en: 'Enterprises' },
      module: '#platform/basedata/legal-entity/web/entities-page.tsx',
      order: 42,
      posts: ['data-officer', 'duty-officer', 'street-clerk'],
    },
    {
      path: '/data/reconciliation',
      entrance: 'data',
      section: 'bases',
      title: { zh: '户管比对', en: 'Reconciliation' },
      module: '#platform/basedata/legal-entity/web/reconciliation-page.tsx',
      order: 43,
      posts: ['data-officer', 'duty-officer', 'street-clerk'],
    },
    {
      path: '/gov/entities/:uscc',
      entrance: 'gov',
      section: 'records',
      title: { zh: '一企一档', en: 'Record of an enterprise' },
      module: '#platform/basedata/legal-entity/web/entity-page.tsx',
    },
    {
      path: '/business',
      entrance: 'business',
      title: { zh: '我的企业', en: 'My enterprise' },
      module: '#web/entrances/business/home-page.tsx',
      order: 10,
    },
    {
      path: '/business/record',
      entrance: 'business',
      title: { zh: '企业档案', en: 'Record' },
      module: '#platform/basedata/legal-entity/web/own-page.tsx',
      order: 15,
    },
    {
      path: '/business/accesses',
      entrance: 'business',
      title: { zh: '谁看过企业', en: 'Who looked' },
      module: '#web/entrances/business/accesses-page.tsx',
      order: 20,
    },
  ],
});
