import { systemActor } from '#platform/kernel/actor.ts';
import { app } from '#platform/kernel/app.ts';
import { checkDraft } from './check-draft.ts';
import { readEntries } from './entry-file.ts';
import { publishDraft } from './publish-draft.ts';
import { saveDraft } from './save-draft.ts';
import { showDecision } from './show-decision.ts';
import { showDraft } from './show-draft.ts';
import { listEntries, showEntry } from './show-entries.ts';
import { storeEntries } from './store-entries.ts';
import { writeUses } from './uses.ts';
import { verifyEntry } from './verify-entry.ts';
import { withdrawDraft } from './withdraw-draft.ts';

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
    'rulebook.draft.read': {
      title: { zh: '查看规则草稿和影响清单', en: 'See drafts of rules and who depends on them' },
      posts: ['unit-head', 'data-officer', 'security-administrator', 'system-administrator'],
    },
    'rulebook.draft.edit': {
      title: { zh: '起草规则修改', en: 'Draft changes of rules' },
      posts: ['unit-head', 'data-officer'],
    },
    'rulebook.draft.publish': {
      title: { zh: '发布规则修改', en: 'Publish changes of rules' },
      posts: ['unit-head', 'security-administrator'],
    },
  },
  routes: [
    listEntries,
    showEntry,
    verifyEntry,
    showDecision,
    checkDraft,
    showDraft,
    saveDraft,
    withdrawDraft,
    publishDraft,
  ],
  timers: [
    {
      name: 'uses',
      everyMs: 60_000,
      run: async ({ services }) => {
        const actor = systemActor({ name: 'rulebook' });
        await services.database.tx({ module: 'rulebook', actor }, writeUses);
      },
    },
  ],
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
    {
      path: '/data/rules/:id/edit',
      entrance: 'data',
      section: 'rules',
      title: { zh: '编辑决策表', en: 'Edit a decision table' },
      module: '#platform/rulebook/web/edit-page.tsx',
    },
  ],
  seed: async ({ db, services }) => {
    const folders = services.registry.modules.map(({ folder }) => folder);
    await storeEntries(db, readEntries({ root: services.config.root, folders }));
  },
});
