import { classProposer } from '#platform/case/hooks.ts';
import type { Room } from '#platform/kernel/rooms.ts';
import { learnJob, learnNow, learnWeekly, listModels, proposeClass } from './learn-from-cases.ts';
import { gridClassProposer } from './propose.ts';

/** Text to class (文本归类): learnt from closed cases, with a confidence that can be believed; a person decides where it is not sure. */
export const classify: Room = {
  actions: {
    'grid.classify.keep': {
      title: { zh: '查看、重新学习归类模型', en: 'Keep models of classes' },
      posts: ['duty-officer'],
    },
  },
  routes: [proposeClass, listModels, learnNow],
  jobs: [learnJob],
  timers: [learnWeekly],
  provides: [classProposer.provide(gridClassProposer)],
};
