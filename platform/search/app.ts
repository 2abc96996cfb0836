import { app } from '#platform/kernel/app.ts';

/** Search (全文检索): documents of all modules found by words, sound, first letters and near spellings. */
export const search = app({
  id: 'search',
  kind: 'capability',
  folder: 'platform/search',
  title: { zh: '全文检索', en: 'Search' },
  perApp: ['document', 'word'],
});
