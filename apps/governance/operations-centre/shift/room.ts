import type { Room } from '#platform/kernel/rooms.ts';
import { planShift, repeatWeek, shiftRoster, showOfficers } from './plan-roster.ts';
import { shiftActs, showShift, showTold } from './keep-shift.ts';

/** 值班. */
export const shift: Room = {
  actions: {
    'ops.shift.read': { title: { zh: '查看值班', en: 'See the shift' }, posts: ['duty-officer', 'district-leader'] },
    'ops.shift.keep': { title: { zh: '值班、交接班', en: 'Keep the shift' }, posts: ['duty-officer'] },
  },
  routes: [showShift, showTold, showOfficers, planShift, repeatWeek, ...shiftActs],
  provides: [shiftRoster],
  pages: [
    {
      path: '/ops/shift',
      entrance: 'ops',
      title: { zh: '值班', en: 'Shift' },
      module: '#apps/governance/operations-centre/web/shift-page.tsx',
      order: 13,
      posts: ['duty-officer', 'district-leader'],
    },
  ],
};
