import { app } from '#platform/kernel/app.ts';
import { clockKind } from '#platform/calendar/clock-kind.ts';
import { photoKind, photoReader } from './files.ts';
import { makeTasks } from './make-tasks.ts';
import { orderOverdue, orderRectification, recheckRectification, reportRectified } from './order-rectification.ts';
import { listChecklists, putChecklist } from './put-checklist.ts';
import { listTasks, showTask } from './show-tasks.ts';
import { settleConflict, syncRecord } from './sync-record.ts';
import { rectifyClock } from './task-record.ts';

const INSPECTORS = ['committee-worker', 'street-clerk', 'duty-officer', 'unit-head'] as const;

/** Inspections (检查, G4): checklists, tasks, records filled offline, findings, orders to put right, re-checks. */
export const inspection = app({
  id: 'inspection',
  kind: 'capability',
  folder: 'platform/inspection',
  title: { zh: '监督检查', en: 'Inspections' },
  projects: ['P32', 'P34', 'P35', 'P36', 'P37', 'P39'],
  uses: ['calendar', 'document'],
  actions: {
    'inspection.task.read': { title: { zh: '查看检查任务', en: 'See inspections' }, posts: INSPECTORS },
    'inspection.record.write': { title: { zh: '填报检查记录、复查', en: 'Fill records, re-check' }, posts: INSPECTORS },
    'inspection.record.settle': {
      title: { zh: '处理同步冲突', en: 'Settle conflicts of records' },
      posts: ['unit-head'],
    },
    'inspection.task.make': { title: { zh: '下达检查任务', en: 'Make inspection tasks' }, posts: ['unit-head'] },
    'inspection.checklist.publish': { title: { zh: '发布检查表', en: 'Publish checklists' }, posts: ['unit-head'] },
    'inspection.rectification.order': { title: { zh: '责令改正', en: 'Order to put right' }, posts: ['unit-head'] },
  },
  routes: [
    listTasks,
    makeTasks,
    listChecklists,
    putChecklist,
    showTask,
    syncRecord,
    settleConflict,
    orderRectification,
    reportRectified,
    recheckRectification,
  ],
  pages: [
    {
      path: '/gov/inspections',
      entrance: 'gov',
      section: 'city',
      title: { zh: '监督检查', en: 'Inspections' },
      module: '#platform/inspection/web/inspections-page.tsx',
      order: 30,
      posts: INSPECTORS,
    },
    {
      path: '/gov/inspections/:id',
      entrance: 'gov',
      section: 'city',
      title: { zh: '检查详情', en: 'Inspection' },
      module: '#platform/inspection/web/inspection-page.tsx',
    },
  ],
  consumers: [orderOverdue],
  provides: [clockKind.provide(rectifyClock), photoKind, photoReader],
});
