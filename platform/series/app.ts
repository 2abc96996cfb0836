import { app } from '#platform/kernel/app.ts';
import { checkCopies, expireDaily, queueMoves, tierJobs } from './tier-work.ts';

const HOUR = 3_600_000;

/** Series storage (时序存储): day partitions, roll-ups kept up to date, tiers, keeping and legal holds (S8). */
export const series = app({
  id: 'series',
  kind: 'capability',
  folder: 'platform/series',
  title: { zh: '时序存储', en: 'Series storage' },
  projects: ['S8', 'S2'],
  jobs: tierJobs,
  timers: [
    { name: 'move-tiers', everyMs: HOUR, run: async ({ services }) => void (await queueMoves(services)) },
    { name: 'expire', everyMs: HOUR, run: ({ services }) => expireDaily(services) },
    { name: 'check-copies', everyMs: 24 * HOUR, run: ({ services }) => checkCopies(services) },
  ],
});
