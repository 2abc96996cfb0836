import { guarded } from '../guarded.ts';
import type { Room } from '#platform/kernel/rooms.ts';
import { exerciseControls, listExercises, startExercise } from './control-exercise.ts';
import { playExercises } from './play.ts';

/** 演练. */
export const exercise: Room = {
  actions: {
    'ops.exercise.run': {
      title: { zh: '开展演练', en: 'Run exercises' },
      posts: ['duty-officer', 'district-leader'],
    },
  },
  routes: [listExercises, startExercise, ...exerciseControls],
  timers: [{ name: 'exercise', everyMs: 1_000, run: guarded('exercise', playExercises) }],
  pages: [
    {
      path: '/ops/exercises',
      entrance: 'ops',
      title: { zh: '演练', en: 'Exercises' },
      module: '#apps/governance/operations-centre/web/exercises-page.tsx',
      order: 14,
      posts: ['duty-officer', 'district-leader'],
    },
  ],
};
