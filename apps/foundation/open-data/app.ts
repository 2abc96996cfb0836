import { app } from '#platform/kernel/app.ts';
import { clockKind } from '#platform/calendar/clock-kind.ts';
import { datasetSource } from '#platform/catalog/dcat/dataset-source.ts';
import { checkProduct, listProducts, offerProduct, orderProduct, settleTrade } from './circulation/products.ts';
import { ckanActions } from './ckan/mount.ts';
import { decideAccess } from './conditional/decide-access.ts';
import { listAccess } from './conditional/list-access.ts';
import { requestAccess } from './conditional/request-access.ts';
import { decideDataset } from './decide/decide-dataset.ts';
import { showDesk } from './decide/desk.ts';
import { writeAheadJob, writePublished } from './formats/write-ahead.ts';
import { createKey, listKeys, revokeKey } from './keys/manage-keys.ts';
import { traceLeak } from './keys/trace-leak.ts';
import { answerWish } from './loop/answer-wish.ts';
import { wishClock } from './loop/clocks.ts';
import { giveFeedback } from './loop/give-feedback.ts';
import { listReuses } from './loop/list-reuses.ts';
import { listScores } from './loop/list-scores.ts';
import { listWishes } from './loop/list-wishes.ts';
import { makeReuse } from './loop/make-reuse.ts';
import { makeWish } from './loop/make-wish.ts';
import { moderate } from './loop/moderate.ts';
import { settleFeedback } from './loop/settle-feedback.ts';
import { voteWish } from './loop/vote-wish.ts';
import { escalate, noteAmber } from './loop/watch-clocks.ts';
import { pushJob, pushPublished, pushWithdrawn } from './node/city-node.ts';
import { showNode } from './node/show-node.ts';
import { dcatDatasets } from './portal/dcat-datasets.ts';
import { listDatasets } from './portal/list-datasets.ts';
import { openFiles } from './portal/mount.ts';
import { showDataset } from './portal/show-dataset.ts';
import { approveVersion } from './publish/approve-version.ts';
import { askCounts } from './publish/ask-counts.ts';
import { makeVersion } from './publish/make-version.ts';
import { proposeDataset } from './publish/propose-dataset.ts';
import { showVersion } from './publish/show-version.ts';
import { withdrawDataset } from './publish/withdraw-dataset.ts';
import { openDataset, wish } from './resources.ts';
import { STATISTICS } from './sample.ts';

const OFFICERS = ['data-officer', 'unit-head'] as const;
const WHY = { zh: '开放给社会', en: 'Opened to the public' };
const PURPOSES = [STATISTICS];

/** Opening and circulation of public data (公共数据开放与流通, S13): decision, gate, portal, interfaces, the loop with the public, trade. */
export const openData = app({
  id: 'open-data',
  kind: 'app',
  folder: 'apps/foundation/open-data',
  title: { zh: '公共数据开放', en: 'Open data' },
  projects: ['S13'],
  resources: [openDataset, wish],
  uses: ['search', 'calendar'],
  actions: {
    'open-data.dataset.prepare': {
      title: { zh: '提出、判定和制作开放数据', en: 'Propose, decide and prepare open data' },
      posts: ['data-officer'],
    },
    'open-data.dataset.withdraw': {
      title: { zh: '撤回开放数据集', en: 'Take open sets down' },
      posts: ['data-officer'],
    },
    'open-data.version.publish': {
      title: { zh: '查看开放工作台、批准发布', en: 'See the opening desk and publish' },
      posts: OFFICERS,
    },
    'open-data.wish.answer': {
      title: { zh: '答复开放需求与纠错', en: 'Answer wishes and corrections' },
      posts: OFFICERS,
    },
    'open-data.moderate': {
      title: { zh: '管理公众内容', en: 'Show or hide what the public wrote' },
      posts: ['data-officer'],
    },
    'open-data.access.decide': {
      title: { zh: '审批有条件开放', en: 'Decide on conditional access' },
      posts: ['data-officer'],
    },
    'open-data.trade.check': {
      title: { zh: '审查与结算数据产品', en: 'Check and settle data products' },
      posts: ['data-officer'],
    },
  },
  routes: [
    listDatasets,
    showDataset,
    listWishes,
    listReuses,
    listScores,
    listKeys,
    listAccess,
    listProducts,
    showDesk,
    showVersion,
    showNode,
    makeWish,
    voteWish,
    answerWish,
    makeReuse,
    giveFeedback,
    settleFeedback,
    moderate,
    createKey,
    revokeKey,
    requestAccess,
    decideAccess,
    traceLeak,
    proposeDataset,
    decideDataset,
    makeVersion,
    approveVersion,
    withdrawDataset,
    askCounts,
    offerProduct,
    checkProduct,
    orderProduct,
    settleTrade,
  ],
  mounts: [openFiles, ckanActions],
  consumers: [noteAmber, escalate, pushPublished, pushWithdrawn, writePublished],
  jobs: [pushJob, writeAheadJob],
  provides: [clockKind.provide(wishClock), datasetSource.provide(dcatDatasets)],
  pages: [
    {
      path: '/data/open',
      entrance: 'data',
      title: { zh: '开放数据', en: 'Open data' },
      module: '#apps/foundation/open-data/web/portal-page.tsx',
      section: 'open',
      order: 12,
    },
    {
      path: '/data/open/:id',
      entrance: 'data',
      title: { zh: '开放数据集', en: 'Open set' },
      module: '#apps/foundation/open-data/web/dataset-page.tsx',
      section: 'open',
    },
    {
      path: '/data/wishes',
      entrance: 'data',
      title: { zh: '开放需求', en: 'Wishes for data' },
      module: '#apps/foundation/open-data/web/wishes-page.tsx',
      section: 'open',
    },
    {
      path: '/data/reuses',
      entrance: 'data',
      title: { zh: '应用展示', en: 'Re-uses' },
      module: '#apps/foundation/open-data/web/reuses-page.tsx',
      section: 'open',
    },
    {
      path: '/data/open-scores',
      entrance: 'data',
      title: { zh: '单位开放评价', en: 'Scores of units' },
      module: '#apps/foundation/open-data/web/scores-page.tsx',
      section: 'open',
    },
    {
      path: '/data/keys',
      entrance: 'data',
      title: { zh: '开发者密钥', en: 'Developer keys' },
      module: '#apps/foundation/open-data/web/keys-page.tsx',
      section: 'open',
    },
    {
      path: '/data/opening',
      entrance: 'data',
      title: { zh: '开放工作台', en: 'Opening desk' },
      module: '#apps/foundation/open-data/web/desk-page.tsx',
      section: 'open',
      order: 45,
      posts: OFFICERS,
    },
  ],
  takes: [
    {
      name: 'area',
      resource: 'geo.area',
      fields: ['code', 'level', 'name', 'parent', 'geometry'],
      purposes: PURPOSES,
      why: WHY,
    },
    {
      name: 'place',
      resource: 'geo.place',
      fields: ['key', 'dataset', 'placeId', 'name', 'nameEn', 'kind', 'category', 'geometry', 'properties'],
      purposes: PURPOSES,
      why: WHY,
    },
    {
      name: 'osm-place',
      resource: 'geo.osm-place',
      fields: ['key', 'dataset', 'placeId', 'name', 'nameEn', 'kind', 'category', 'geometry', 'properties'],
      purposes: PURPOSES,
      why: WHY,
    },
    {
      name: 'building',
      resource: 'space.building',
      fields: [
        'code',
        'address',
        'committeeCode',
        'yearBuilt',
        'floors',
        'structure',
        'use',
        'heritageClass',
        'dwellings',
        'geometry',
        // Never shown: what is kept off public maps or stands no more is left out by them.
        'secrecy',
        'status',
      ],
      purposes: PURPOSES,
      why: WHY,
    },
    {
      name: 'reference',
      resource: 'exchange.reference',
      fields: ['dataset', 'key', 'data'],
      purposes: PURPOSES,
      why: WHY,
    },
    {
      name: 'resident',
      resource: 'population.resident',
      fields: ['sex', 'birthDate', 'relation', 'committeeCode', 'deathDate'],
      purposes: PURPOSES,
      why: {
        zh: '编制公开统计并检验其匿名性，不公开任何一行',
        en: 'Make public statistics and test their anonymity; no row is published',
      },
    },
    {
      name: 'entity',
      resource: 'legal-entity.entity',
      fields: ['kind', 'status', 'foundedOn', 'industryCode', 'committeeCode'],
      purposes: PURPOSES,
      why: WHY,
    },
  ],
});
