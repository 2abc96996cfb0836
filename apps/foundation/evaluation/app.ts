import { app, type Services } from '#platform/kernel/app.ts';
import { clockKind } from '#platform/calendar/clock-kind.ts';
import { appealFileKind, appealReader } from './appeal/appeal-files.ts';
import { decideAppeal, listAppeals } from './appeal/decide-appeal.ts';
import { fileAppeal } from './appeal/file-appeal.ts';
import { appealOverdue } from './appeal/mark-overdue.ts';
import { appealClock } from './appeal/record.ts';
import { endHook, putHook, sealedHook, showHook } from './hook/keep-hook.ts';
import { hookConsumers, sendSignal } from './hook/send-signal.ts';
import { judgeRuns } from './judge/judge-runs.ts';
import { replay } from './judge/replay.ts';
import { watchSilence } from './log/blind.ts';
import { exportSteps } from './log/export-log.ts';
import { stepConsumers } from './log/log-step.ts';
import { showPerson } from './person/show-person.ts';
import { score, signal } from './resources.ts';
import { listRules, switchRule } from './rule/list-rules.ts';
import { runPatterns } from './rule/run-patterns.ts';
import { listScores } from './score/list-scores.ts';
import { computeScores } from './score/compute-scores.ts';
import { listSignals } from './wall/list-signals.ts';
import { showIndicators } from './wall/show-indicators.ts';
import { showMap } from './wall/show-map.ts';
import { showWall } from './wall/show-wall.ts';
import { supervisionApi } from './wall/supervision-api.ts';

const OFFICIALS = [
  'committee-worker',
  'street-clerk',
  'data-officer',
  'duty-officer',
  'staffing-officer',
  'unit-head',
  'grid-supervisor',
] as const;
const SUPERVISORS = ['unit-head', 'data-officer', 'duty-officer', 'security-auditor'] as const;
const LEADERS = ['unit-head', 'data-officer', 'duty-officer'] as const;
/** The supervision office in the sample: sees the whole district, handles no case, and works at the entrance of the data centre. */
const OFFICE = ['security-auditor'] as const;

/** A timer that fails is told and tried again: it must not stop those of the other modules. */
const guarded =
  (name: string, work: (services: Services) => Promise<unknown>) =>
  async ({ services }: { services: Services }): Promise<void> => {
    try {
      await work(services);
    } catch (error) {
      services.log.warn({ err: error instanceof Error ? error.message : String(error) }, `evaluation/${name} failed`);
    }
  };

/** Electronic supervision (电子监察) and evaluation (考核评价, GX2): judges the times of all apps; no app judges its own. */
export const evaluation = app({
  id: 'evaluation',
  kind: 'app',
  folder: 'apps/foundation/evaluation',
  title: { zh: '考核评价', en: 'Evaluation' },
  projects: ['GX2', 'S12', 'S15'],
  resources: [signal, score],
  uses: ['calendar', 'document'],
  actions: {
    'evaluation.wall.read': { title: { zh: '查看在办监察', en: 'See cases that move' }, posts: SUPERVISORS },
    'evaluation.own.read': {
      title: { zh: '查看本人信号并申诉', en: 'See and appeal against own signals' },
      posts: OFFICIALS,
    },
    'evaluation.appeal.decide': { title: { zh: '决定申诉', en: 'Decide on appeals' }, posts: OFFICE },
    'evaluation.hook.keep': {
      title: { zh: '设置本单位信号推送', en: 'Have signals of the own unit sent' },
      posts: ['unit-head'],
    },
    'evaluation.rule.switch': {
      title: { zh: '开关监察规则、重新判级', en: 'Turn rules on and off, judge anew' },
      posts: OFFICE,
    },
  },
  routes: [
    showWall,
    listSignals,
    showPerson,
    listAppeals,
    fileAppeal,
    decideAppeal,
    listScores,
    listRules,
    switchRule,
    replay,
    showMap,
    showIndicators,
    showHook,
    putHook,
    endHook,
  ],
  mounts: [exportSteps, supervisionApi],
  consumers: [...stepConsumers, appealOverdue, ...hookConsumers],
  jobs: [sendSignal],
  sealed: [sealedHook],
  timers: [
    { name: 'judge', everyMs: 1_000, run: guarded('judge', judgeRuns) },
    { name: 'silence', everyMs: 20_000, run: guarded('silence', watchSilence) },
    { name: 'patterns', everyMs: 300_000, run: guarded('patterns', runPatterns) },
    { name: 'score', everyMs: 60_000, run: guarded('score', computeScores) },
  ],
  provides: [clockKind.provide(appealClock), appealFileKind, appealReader],
  pages: [
    {
      path: '/data/supervision/appeals',
      entrance: 'data',
      section: 'rules',
      title: { zh: '监察申诉', en: 'Appeals' },
      module: '#apps/foundation/evaluation/web/appeals-page.tsx',
      order: 64,
      posts: OFFICE,
    },
    {
      path: '/data/supervision/rules',
      entrance: 'data',
      section: 'rules',
      title: { zh: '监察规则', en: 'Rules of supervision' },
      module: '#apps/foundation/evaluation/web/rules-page.tsx',
      order: 65,
      posts: OFFICE,
    },
    {
      path: '/gov/supervision',
      entrance: 'gov',
      section: 'supervision',
      title: { zh: '在办监察', en: 'Supervision' },
      module: '#apps/foundation/evaluation/web/wall-page.tsx',
      order: 60,
      posts: LEADERS,
    },
    {
      path: '/gov/supervision/mine',
      entrance: 'gov',
      section: 'supervision',
      title: { zh: '我的信号', en: 'My signals' },
      module: '#apps/foundation/evaluation/web/mine-page.tsx',
      order: 61,
      posts: OFFICIALS,
    },
    {
      path: '/gov/supervision/map',
      entrance: 'gov',
      section: 'supervision',
      title: { zh: '流程地图', en: 'Process map' },
      module: '#apps/foundation/evaluation/web/map-page.tsx',
      order: 64,
      posts: LEADERS,
    },
    {
      path: '/ops/supervision',
      entrance: 'ops',
      title: { zh: '监察态势', en: 'Supervision' },
      module: '#apps/foundation/evaluation/web/cockpit-page.tsx',
      order: 60,
      posts: LEADERS,
    },
    {
      path: '/gov/supervision/rules',
      entrance: 'gov',
      section: 'supervision',
      title: { zh: '监察规则', en: 'Rules of supervision' },
      module: '#apps/foundation/evaluation/web/rules-page.tsx',
      order: 63,
      posts: LEADERS,
    },
    {
      path: '/gov/supervision/scores',
      entrance: 'gov',
      section: 'supervision',
      title: { zh: '单位绩效', en: 'Scores' },
      module: '#apps/foundation/evaluation/web/scores-page.tsx',
      order: 62,
      posts: LEADERS,
    },
  ],
});
