import { app } from '#platform/kernel/app.ts';

/** Entity resolution (实体归并): one engine finds which records of a base database are about one person or firm. */
export const linkage = app({
  id: 'linkage',
  kind: 'capability',
  folder: 'platform/linkage',
  title: { zh: '实体归并', en: 'Linkage' },
  projects: ['S4'],
  perApp: ['model', 'member', 'block_key', 'link', 'answer', 'journal'],
});
