import { app } from '#platform/kernel/app.ts';
import { holdSet, releaseHold } from './hold-set.ts';
import { movePart } from './move-part.ts';
import { showSeries } from './show-series.ts';
import { checkCopies, expireDaily, queueMoves, tierJobs } from './tier-work.ts';

const HOUR = 3_600_000;

/** Series storage (时序存储): day partitions, roll-ups kept up to date, tiers, keeping and legal holds (S8). */
export const series = app({
  id: 'series',
  kind: 'capability',
  folder: 'platform/series',
  title: { zh: '时序存储', en: 'Series storage' },
  projects: ['S8', 'S2'],
  actions: {
    'series.read': {
      title: { zh: '查看时序数据的存储', en: 'See how series are stored' },
      posts: ['data-officer', 'security-auditor', 'system-administrator', 'duty-officer'],
    },
    'series.hold': { title: { zh: '保全时序数据', en: 'Hold series' }, posts: ['security-auditor'] },
    'series.move': { title: { zh: '迁移时序分区', en: 'Move partitions' }, posts: ['system-administrator'] },
  },
  routes: [showSeries, holdSet, releaseHold, movePart],
  jobs: tierJobs,
  timers: [
    { name: 'move-tiers', everyMs: HOUR, run: async ({ services }) => void (await queueMoves(services)) },
    { name: 'expire', everyMs: HOUR, run: ({ services }) => expireDaily(services) },
    { name: 'check-copies', everyMs: 24 * HOUR, run: ({ services }) => checkCopies(services) },
  ],
});
