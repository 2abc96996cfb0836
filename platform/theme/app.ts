import { app } from '#platform/kernel/app.ts';
import { createTheme, draftTheme } from './draft-theme.ts';
import { indexJob } from './index-theme.ts';
import { listPlacements } from './list-placements.ts';
import { listRemainder } from './list-remainder.ts';
import { listThemes } from './list-themes.ts';
import { publishTheme } from './publish-theme.ts';
import { refreshNightly, refreshTheme } from './refresh-theme.ts';
import { sampleRows } from './sample-rows.ts';
import { showTheme } from './show-theme.ts';

/** Thematic databases (专题库, S8): declared, versioned derivations of catalogued items, with lineage to the field. */
export const theme = app({
  id: 'theme',
  kind: 'capability',
  folder: 'platform/theme',
  title: { zh: '专题库', en: 'Thematic databases' },
  projects: ['S8'],
  takesAtRunTime: true,
  actions: {
    'theme.read': { title: { zh: '查看专题库', en: 'See thematic databases' } },
    'theme.build': { title: { zh: '建设本单位专题库', en: 'Build thematic databases' } },
  },
  routes: [
    listThemes,
    showTheme,
    createTheme,
    draftTheme,
    publishTheme,
    refreshTheme,
    sampleRows,
    listRemainder,
    listPlacements,
  ],
  jobs: [indexJob],
  timers: [{ name: 'refresh-themes', everyMs: 600_000, run: ({ services }) => refreshNightly(services) }],
});
