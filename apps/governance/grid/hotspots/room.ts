import { shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Room } from '#platform/kernel/rooms.ts';
import { clusterSource } from '#platform/case/cluster-source.ts';
import { analyse } from './analyse.ts';
import { analyseNow, listHotspots, showHotspot, showRisk } from './list-hotspots.ts';
import { hotspot, rootTask } from './resources.ts';
import { tellClusters } from './tell-clusters.ts';
import { dismissRootTask, finishRootTask, listRootTasks, openRootTask } from './root-tasks.ts';

const DESK = ['duty-officer', 'street-clerk', 'committee-worker', 'unit-head'] as const;

/** 高发点位、风险预警、源头治理. */
export const hotspots: Room = {
  resources: [hotspot, rootTask],
  actions: {
    'grid.hotspot.read': { title: { zh: '查看高发点位和风险', en: 'See hot spots and risks' }, posts: DESK },
    'grid.hotspot.analyse': { title: { zh: '发起高发点位分析', en: 'Search for hot spots' }, posts: ['duty-officer'] },
    'grid.root-task.decide': {
      title: { zh: '开立、办结源头治理任务', en: 'Open and finish root-cause tasks' },
      posts: ['duty-officer', 'street-clerk', 'unit-head'],
    },
  },
  provides: [clusterSource.provide(tellClusters)],
  routes: [
    listHotspots,
    showHotspot,
    analyseNow,
    showRisk,
    listRootTasks,
    openRootTask,
    dismissRootTask,
    finishRootTask,
  ],
  takes: [
    {
      name: 'case',
      resource: 'incident.case',
      fields: [
        'id',
        'no',
        'class',
        'description',
        'source',
        'part',
        'address',
        'lon',
        'lat',
        'street',
        'committee',
        'cell',
        'state',
        'unit',
        'reworks',
        'reportedAt',
        'establishedAt',
        'handleDueAt',
        'handledAt',
        'closedAt',
        'sample',
      ],
      purposes: ['data-quality'],
      why: {
        zh: '分析高发点位、安排巡查、按月评价；部件的案件历史、案件类别的学习、执法文书；不涉及上报人',
        en: 'Find hot spots, plan patrols, evaluate by month; history of parts, learning of classes, documents of enforcement; nothing of who reported',
      },
    },
    {
      name: 'area',
      resource: 'geo.area',
      fields: ['code', 'level', 'name', 'parent', 'geometry', 'validTo'],
      purposes: ['data-quality'],
      why: { zh: '单元网格的位置', en: 'Where the unit grid cells lie' },
    },
  ],
  jobs: [
    {
      name: 'analyse',
      attempts: 2,
      run: async ({ services }) => {
        await analyse(services);
      },
    },
  ],
  timers: [
    {
      // Once a day, as soon as the data are there and granted; the key makes the job single.
      name: 'hotspots-daily',
      everyMs: 1_800_000,
      run: async ({ services }) => {
        const day = shanghaiDate(services.clock.now());
        await services.database.tx({ module: 'grid', actor: systemActor({ name: 'grid' }) }, async (db) => {
          const { due } = await db.one<{ due: boolean }>(sql`
            select not exists (select from grid.forecast_series where day = ${day}::date)
              and has_table_privilege('share.grid__case_all', 'select') and has_table_privilege('share.grid__area_all', 'select') as due`);
          if (due) await db.enqueue({ name: 'analyse', payload: { day }, key: `analyse ${day}` });
        });
      },
    },
  ],
  pages: [
    {
      path: '/gov/hotspots',
      entrance: 'gov',
      section: 'city',
      title: { zh: '高发点位', en: 'Hot spots' },
      module: '#apps/governance/grid/hotspots/web/hotspots-page.tsx',
      order: 30,
      posts: DESK,
    },
    {
      path: '/gov/root-tasks',
      entrance: 'gov',
      section: 'city',
      title: { zh: '源头治理', en: 'Root causes' },
      module: '#apps/governance/grid/hotspots/web/root-tasks-page.tsx',
      order: 31,
      posts: DESK,
    },
  ],
};
