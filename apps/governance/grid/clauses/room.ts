import type { Room } from '#platform/kernel/rooms.ts';
import { draftDocument, listClauses } from './list-clauses.ts';

/** Aid for enforcement (执法依据): provisions by class, and documents drafted from a case with digests of its evidence. */
export const clauses: Room = {
  actions: {
    'grid.document.draft': {
      title: { zh: '生成执法文书草稿', en: 'Draft documents of enforcement' },
      posts: ['duty-officer', 'street-clerk', 'data-officer', 'unit-head'],
    },
  },
  routes: [listClauses, draftDocument],
};
