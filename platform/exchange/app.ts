import { app } from '#platform/kernel/app.ts';
import { itemDetail } from '#platform/catalog/item-detail.ts';
import { correctRow } from './correct-row.ts';
import { dryRun, listDatasets, rerunImport, saveMapping, showMapping } from './datasets.ts';
import { exportFaults } from './export-faults.ts';
import { areaTarget, placeTarget } from './geo-targets.ts';
import { deliver } from './delivery/deliver.ts';
import { endSubscription, subscribe } from './delivery/subscribe.ts';
import { batchLoaded, batchNotLoaded } from './feed/batch-loaded.ts';
import { pauseFeed, readNow, refuseBatch, releaseBatch, resumeFeed } from './feed/decide-batch.ts';
import { listFeeds, showFeed } from './feed/list-feeds.ts';
import { pushBatch } from './feed/push-batch.ts';
import { changeFeed } from './feed/change-feed.ts';
import { registerFeed } from './feed/register-feed.ts';
import { runFeed } from './feed/run-feed.ts';
import { watchFeeds } from './feed/watch-feeds.ts';
import { describeItem } from './item-detail.ts';
import { importBatch } from './import-batch.ts';
import { listFaults } from './list-faults.ts';
import { listRefused } from './list-refused.ts';
import { listImports, showImport } from './list-imports.ts';
import { loadJob } from './load.ts';
import { referenceTarget } from './reference-target.ts';
import { referenceRows } from './resources.ts';
import { sealedColumns } from './sealed.ts';
import { sendImport } from './send-import.ts';
import { importTarget } from './target.ts';

/** Exchange (交换): reads, checks and lands what departments send, and hands it to the base databases. */
export const exchange = app({
  id: 'exchange',
  kind: 'capability',
  folder: 'platform/exchange',
  title: { zh: '数据归集与交换', en: 'Exchange' },
  resources: [referenceRows],
  perApp: ['dataset', 'batch', 'claim', 'inbox'],
  actions: {
    'exchange.import.read': { title: { zh: '查看数据导入', en: 'See imports' } },
    'exchange.import.send': {
      title: { zh: '上传与改正部门数据', en: 'Send and correct department data' },
    },
    'exchange.feed.read': { title: { zh: '查看数据接口', en: 'See feeds' }, posts: ['data-officer'] },
    'exchange.feed.manage': {
      title: { zh: '登记、放行与恢复数据接口', en: 'Register feeds, release their batches, let them go on' },
      posts: ['data-officer'],
    },
    'exchange.feed.push': {
      title: { zh: '向数据接口推送批次', en: 'Push batches to a feed' },
      posts: ['data-officer'],
    },
    'exchange.classified.read': {
      title: { zh: '查看涉密拒收记录', en: 'See uploads refused as classified' },
      posts: ['security-administrator', 'security-auditor'],
    },
  },
  pages: [
    {
      path: '/gov/admin/classified',
      entrance: 'gov',
      section: 'administration',
      title: { zh: '涉密拒收', en: 'Refused as classified' },
      module: '#platform/exchange/web/classified-page.tsx',
      order: 91,
      posts: ['security-administrator'],
    },
  ],
  routes: [
    sendImport,
    listRefused,
    listImports,
    showImport,
    listFaults,
    correctRow,
    rerunImport,
    listDatasets,
    showMapping,
    saveMapping,
    dryRun,
    listFeeds,
    showFeed,
    registerFeed,
    changeFeed,
    pushBatch,
    releaseBatch,
    refuseBatch,
    resumeFeed,
    pauseFeed,
    readNow,
    subscribe,
    endSubscription,
  ],
  mounts: [exportFaults],
  jobs: [importBatch, loadJob(referenceTarget, areaTarget, placeTarget), runFeed, deliver],
  consumers: [batchLoaded, batchNotLoaded],
  timers: [watchFeeds],
  sealed: sealedColumns,
  provides: [
    itemDetail.provide(describeItem),
    ...[referenceTarget, areaTarget, placeTarget].map((target) => importTarget.provide(target)),
  ],
});
