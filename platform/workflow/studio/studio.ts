import type { Action, Mount, Page, Route } from '#platform/kernel/app.ts';
import { exportLog } from '../mining/export-log.ts';
import { showLog } from '../mining/show-log.ts';
import { beginProcess } from './begin-process.ts';
import { checkProcess } from './check-process.ts';
import { compareVersions } from './compare-versions.ts';
import { listProcesses } from './list-processes.ts';
import { askMove } from './move/ask-move.ts';
import { approveMove, declineMove } from './move/decide-move.ts';
import { listMoves } from './move/list-moves.ts';
import { planMoveRoute } from './move/plan-move.ts';
import { DRAFTERS } from './process-view.ts';
import { publishProcess } from './publish-process.ts';
import { retireProcess } from './retire-process.ts';
import { saveDraft } from './save-draft.ts';
import { showOneProcess, showVersion } from './show-process.ts';
import { showVocabulary } from './show-vocabulary.ts';
import { simulateProcess } from './simulate-process.ts';

/** Officials of every kind of post: how the district works is no secret within it. */
const OFFICIALS = [
  'committee-worker',
  'street-clerk',
  'data-officer',
  'duty-officer',
  'security-auditor',
  'system-administrator',
  'security-administrator',
  'staffing-officer',
  'unit-head',
] as const;

export const studioActions: Record<string, Action> = {
  'workflow.process.read': { title: { zh: '查看流程', en: 'See processes' }, posts: OFFICIALS },
  'workflow.process.draft': {
    title: { zh: '绘制和发布本单位流程', en: 'Draw and publish processes of the own unit' },
    posts: DRAFTERS,
  },
};

export const studioRoutes: readonly Route[] = [
  listProcesses,
  showOneProcess,
  showVersion,
  showVocabulary,
  beginProcess,
  saveDraft,
  checkProcess,
  simulateProcess,
  compareVersions,
  publishProcess,
  retireProcess,
  listMoves,
  planMoveRoute,
  askMove,
  approveMove,
  declineMove,
  showLog,
];

export const studioMounts: readonly Mount[] = [exportLog];

/** Posts that have tasks (`workflow.task.act`). */
const DOERS = [
  'street-clerk',
  'unit-head',
  'committee-worker',
  'duty-officer',
  'data-officer',
  'staffing-officer',
] as const;

export const studioPages: readonly Page[] = [
  {
    path: '/gov/inbox',
    entrance: 'gov',
    section: 'work',
    title: { zh: '待办', en: 'Inbox' },
    module: '#platform/workflow/web/inbox-page.tsx',
    order: 5,
    posts: DOERS,
  },
  {
    path: '/gov/processes',
    entrance: 'gov',
    section: 'work',
    title: { zh: '流程', en: 'Processes' },
    module: '#platform/workflow/web/processes-page.tsx',
    order: 30,
    posts: OFFICIALS,
  },
  {
    path: '/gov/processes/:id',
    entrance: 'gov',
    section: 'work',
    title: { zh: '流程编辑器', en: 'Process editor' },
    module: '#platform/workflow/web/process-page.tsx',
  },
  {
    path: '/gov/processes/:id/moves',
    entrance: 'gov',
    section: 'work',
    title: { zh: '迁移在办件', en: 'Move cases' },
    module: '#platform/workflow/web/moves-page.tsx',
  },
];
