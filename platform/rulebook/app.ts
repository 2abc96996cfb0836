import { app } from '#platform/kernel/app.ts';
import { readEntries } from './entry-file.ts';
import { listEntries, showEntry } from './show-entries.ts';
import { storeEntries } from './store-entries.ts';
import { verifyEntry } from './verify-entry.ts';

/** Rulebook (规则库): every number that comes from a law, a standard or a measure, with its source and dates. */
export const rulebook = app({
  id: 'rulebook',
  kind: 'capability',
  folder: 'platform/rulebook',
  title: { zh: '规则库', en: 'Rulebook' },
  actions: {
    'rulebook.entry.verify': {
      title: { zh: '核实规则', en: 'Verify rules' },
      posts: ['unit-head', 'security-administrator'],
    },
  },
  routes: [listEntries, showEntry, verifyEntry],
  pages: [
    {
      path: '/data/rules',
      entrance: 'data',
      section: 'rules',
      title: { zh: '规则库', en: 'Rulebook' },
      module: '#platform/rulebook/web/rules-page.tsx',
      order: 55,
    },
    {
      path: '/data/rules/:id',
      entrance: 'data',
      section: 'rules',
      title: { zh: '规则详情', en: 'Rule' },
      module: '#platform/rulebook/web/rule-page.tsx',
    },
  ],
  seed: async ({ db, services }) => {
    const folders = services.registry.modules.map(({ folder }) => folder);
    await storeEntries(db, readEntries({ root: services.config.root, folders }));
  },
});
