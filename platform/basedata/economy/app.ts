import { app } from '#platform/kernel/app.ts';
import { showActivity, showRelease } from './briefing.ts';
import { decideLoad } from './decide-load.ts';
import { listLoads, showLoad } from './list-loads.ts';
import { analyseJob, publishDue } from './publish.ts';
import { listIndicators, listSeries, showSeries } from './read-series.ts';
import { approveRelease, listReleases, planRelease } from './releases.ts';
import { indicators, observations, releases } from './resources.ts';
import { sdmxMount } from './sdmx/mount.ts';
import { storeReference } from './store.ts';
import { takeLoad } from './take-load.ts';

/** How often it is looked for releases whose minute has come. */
const RELEASE_EVERY_MS = 5_000;

/** Macro-economy base database (宏观经济数据库, S6): series with vintages, releases under embargo, SDMX for everybody. */
export const economy = app({
  id: 'economy',
  kind: 'capability',
  folder: 'platform/basedata/economy',
  title: { zh: '宏观经济数据库', en: 'Macro-economy base database' },
  projects: ['S6'],
  resources: [observations, indicators, releases],
  actions: {
    'economy.load.send': { title: { zh: '报送统计工作簿', en: 'Send statistical workbooks' } },
    'economy.release.approve': { title: { zh: '审批发布', en: 'Approve releases' } },
  },
  routes: [
    listIndicators,
    listSeries,
    showSeries,
    listReleases,
    showRelease,
    showActivity,
    listLoads,
    showLoad,
    planRelease,
    takeLoad,
    decideLoad,
    approveRelease,
  ],
  mounts: [sdmxMount],
  jobs: [analyseJob],
  timers: [
    {
      name: 'release',
      everyMs: RELEASE_EVERY_MS,
      run: async ({ services }) => {
        await publishDue(services);
      },
    },
  ],
  seed: storeReference,
  pages: [
    {
      path: '/data/economy',
      entrance: 'data',
      section: 'bases',
      title: { zh: '宏观经济', en: 'Economy' },
      module: '#platform/basedata/economy/web/economy-page.tsx',
      order: 15,
    },
    {
      path: '/data/economy/series/:id',
      entrance: 'data',
      section: 'bases',
      title: { zh: '序列', en: 'Series' },
      module: '#platform/basedata/economy/web/series-page.tsx',
    },
    {
      path: '/data/economy/releases',
      entrance: 'data',
      section: 'bases',
      title: { zh: '发布日历', en: 'Release calendar' },
      module: '#platform/basedata/economy/web/releases-page.tsx',
    },
    {
      path: '/data/economy/releases/:id',
      entrance: 'data',
      section: 'bases',
      title: { zh: '简报', en: 'Briefing' },
      module: '#platform/basedata/economy/web/release-page.tsx',
    },
    {
      path: '/data/loads',
      entrance: 'data',
      section: 'bases',
      title: { zh: '报送看板', en: 'Load board' },
      module: '#platform/basedata/economy/web/loads-page.tsx',
      order: 46,
      posts: ['data-officer'],
    },
  ],
});
