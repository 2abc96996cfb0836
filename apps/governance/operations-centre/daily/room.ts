import type { Room } from '#platform/kernel/rooms.ts';
import { showDaily, signDaily } from './report-day.ts';

/** 城运日报. */
export const daily: Room = {
  routes: [showDaily, signDaily],
  pages: [
    {
      path: '/ops/daily',
      entrance: 'ops',
      title: { zh: '城运日报', en: 'Daily report' },
      module: '#apps/governance/operations-centre/web/daily-page.tsx',
      order: 15,
      posts: ['duty-officer', 'district-leader'],
    },
  ],
};
