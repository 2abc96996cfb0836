import type { Room } from '#platform/kernel/rooms.ts';
import { drillEdition, listEditions, makeEdition, publishEdition, showEdition, showPublished } from './editions.ts';
import { noteAct } from './note-act.ts';
import { evaluationResource } from './resources.ts';

const DESK = ['duty-officer', 'street-clerk', 'data-officer', 'unit-head'] as const;

/** 城市管理评价. */
export const evaluation: Room = {
  resources: [evaluationResource],
  actions: {
    'grid.evaluation.read': { title: { zh: '查看城市管理评价', en: 'See the evaluation' }, posts: DESK },
    'grid.evaluation.publish': {
      title: { zh: '编制、公布月度评价', en: 'Compute and publish the evaluation' },
      posts: ['duty-officer'],
    },
  },
  routes: [listEditions, showEdition, drillEdition, makeEdition, publishEdition, showPublished],
  consumers: [noteAct],
  pages: [
    {
      path: '/gov/city-evaluation',
      entrance: 'gov',
      section: 'city',
      title: { zh: '城市管理评价', en: 'City evaluation' },
      module: '#apps/governance/grid/evaluation/web/evaluation-page.tsx',
      order: 33,
      posts: DESK,
    },
    {
      path: '/citizen/city-evaluation',
      entrance: 'citizen',
      title: { zh: '城市管理成绩单', en: 'How the city is kept' },
      module: '#apps/governance/grid/evaluation/web/citizen-evaluation-page.tsx',
      order: 40,
    },
  ],
};
