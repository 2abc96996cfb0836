import { app } from '#platform/kernel/app.ts';
import { studioActions, studioMounts, studioPages, studioRoutes } from './studio/studio.ts';
import { askOpinion } from './task/ask-opinion.ts';
import { claimTask } from './task/claim-task.ts';
import { completeTaskRoute } from './task/complete-task.ts';
import { delegateTask } from './task/delegate-task.ts';
import { followInbox } from './task/follow-inbox.ts';
import { listTasks } from './task/list-tasks.ts';
import { recallTaskRoute } from './task/recall-task.ts';
import { returnTaskRoute } from './task/return-task.ts';
import { showInstance } from './task/show-instance.ts';
import { showTask } from './task/show-task.ts';
import { urgeInstance } from './task/urge-instance.ts';
import { broadcastJob, deliverJob } from './work/deliver-jobs.ts';
import { fireTimers } from './work/fire-timers.ts';
import { listIncidents, retryIncident } from './work/incident.ts';
import { releaseLeft } from './work/release-left.ts';
import { workJob } from './work/work-job.ts';

/** Processes (流程引擎): standard BPMN 2.0 files, executed in the transaction of the business row. */
export const workflow = app({
  id: 'workflow',
  kind: 'capability',
  folder: 'platform/workflow',
  title: { zh: '流程引擎', en: 'Processes' },
  perApp: ['definition', 'instance', 'task', 'candidate', 'timer', 'subscription', 'incident', 'step'],
  actions: {
    ...studioActions,
    'workflow.task.act': {
      title: { zh: '办理待办', en: 'Do tasks of processes' },
      posts: ['street-clerk', 'unit-head', 'committee-worker', 'duty-officer', 'data-officer', 'staffing-officer'],
    },
    'workflow.incident.solve': {
      title: { zh: '处理流程异常', en: 'Solve incidents of processes' },
      posts: ['system-administrator'],
    },
  },
  routes: [
    ...studioRoutes,
    listTasks,
    showTask,
    showInstance,
    listIncidents,
    claimTask,
    askOpinion,
    completeTaskRoute,
    returnTaskRoute,
    recallTaskRoute,
    delegateTask,
    urgeInstance,
    retryIncident,
  ],
  pages: studioPages,
  mounts: [...studioMounts, followInbox],
  jobs: [workJob, deliverJob, broadcastJob],
  timers: [
    { name: 'fire', everyMs: 500, run: async ({ services }) => void (await fireTimers(services)) },
    { name: 'release-left', everyMs: 60_000, run: async ({ services }) => void (await releaseLeft(services)) },
  ],
});
