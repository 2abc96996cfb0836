import type { Room } from '#platform/kernel/rooms.ts';
import { shiftActs, showShift, showTold } from './keep-shift.ts';

/** 值班. */
export const shift: Room = {
  actions: {
    'ops.shift.read': { title: { zh: '查看值班', en: 'See the shift' }, posts: ['duty-officer', 'district-leader'] },
    'ops.shift.keep': { title: { zh: '值班、交接班', en: 'Keep the shift' }, posts: ['duty-officer'] },
  },
  routes: [showShift, showTold, ...shiftActs],
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
