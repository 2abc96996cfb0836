import type { Room } from '#platform/kernel/rooms.ts';
import { decideOptions, drawUpOptions, showOptions } from './decide-options.ts';

/** 决策方案. */
export const options: Room = {
  actions: {
    'ops.options.decide': { title: { zh: '签署决策方案', en: 'Sign an option' }, posts: ['district-leader'] },
  },
  routes: [drawUpOptions, showOptions, decideOptions],
  pages: [
    {
      path: '/ops/options/:id',
      entrance: 'ops',
      title: { zh: '决策方案', en: 'Options' },
      module: '#apps/governance/operations-centre/web/options-page.tsx',
    },
  ],
};
