import { app } from '#platform/kernel/app.ts';

/** Processes (流程引擎): standard BPMN 2.0 files, executed in the transaction of the business row. */
export const workflow = app({
  id: 'workflow',
  kind: 'capability',
  folder: 'platform/workflow',
  title: { zh: '流程引擎', en: 'Processes' },
});
