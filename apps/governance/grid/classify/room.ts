import { classProposer } from '#platform/case/hooks.ts';
import type { Room } from '#platform/kernel/rooms.ts';
import { chooseModel, learnNow } from './choose-model.ts';
import { listCorrections, listModels, showModel } from './keep-models.ts';
import { learnJob, learnWeekly, proposeClass } from './learn-from-cases.ts';
import { gridClassProposer } from './propose.ts';

/** Text to class (文本归类): learnt from closed cases, with a confidence that can be believed; a person decides where it is not sure. */
export const classify: Room = {
  actions: {
    'grid.classify.keep': {
      title: { zh: '查看、重新学习、启用和退回归类模型', en: 'Keep models of classes' },
      posts: ['duty-officer'],
    },
  },
  routes: [proposeClass, listModels, showModel, chooseModel, learnNow, listCorrections],
  jobs: [learnJob],
  timers: [learnWeekly],
  provides: [classProposer.provide(gridClassProposer)],
  pages: [
    {
      path: '/gov/text-models',
      entrance: 'gov',
      section: 'city',
      title: { zh: '归类模型', en: 'Class models' },
      module: '#apps/governance/grid/classify/web/models-page.tsx',
      order: 36,
      posts: ['duty-officer'],
    },
  ],
};
