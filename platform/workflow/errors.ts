import { domainError } from '#platform/kernel/errors.ts';

export const TaskGone = domainError({
  code: 'TASK_GONE',
  status: 409,
  title: { zh: '该待办已办理或已撤回', en: 'This task is done or was withdrawn' },
  action: { zh: '请刷新待办列表。', en: 'Reload the list of tasks.' },
});
export const TaskHeld = domainError({
  code: 'TASK_HELD',
  status: 409,
  title: { zh: '该待办已由他人签收', en: 'Somebody else has claimed this task' },
  action: { zh: '请与签收人联系，或由其退回后再办。', en: 'Ask whoever holds it to give it back.' },
});
export const DutiesSeparated = domainError({
  code: 'DUTIES_SEPARATED',
  status: 403,
  title: { zh: '您办理过须与本步骤分离的步骤', en: 'You did a step that must be done by somebody else than this one' },
  action: {
    zh: '请由本岗位的其他人员办理（职责分离）。',
    en: 'Another holder of the post must do it (separation of duties).',
  },
});
export const OutcomeUnknown = domainError({
  code: 'OUTCOME_UNKNOWN',
  status: 400,
  title: { zh: '没有这种办理结果', en: 'This task has no such outcome' },
  action: { zh: '请从该步骤的办理结果中选择。', en: 'Choose one of the outcomes of the step.' },
});
export const OpinionsOpen = domainError({
  code: 'OPINIONS_OPEN',
  status: 409,
  title: { zh: '加签意见尚未全部返回', en: 'Opinions that were asked for are still open' },
  action: { zh: '请等待意见返回，或撤回加签后再办。', en: 'Wait for them, or take the request back first.' },
});
export const ProcessStuck = domainError({
  code: 'PROCESS_STUCK',
  status: 422,
  title: { zh: '流程无法继续', en: 'The process gives no way on' },
  action: {
    zh: '请联系流程管理员检查流程定义；本次操作未生效。',
    en: 'Tell who keeps the process; nothing has changed.',
  },
});
export const TaskByForm = domainError({
  code: 'TASK_BY_FORM',
  status: 409,
  title: { zh: '这项待办在业务页面办理', en: 'This task is done on the page of its business' },
  action: {
    zh: '请打开业务页面，在那里办理；办完后待办自动完成。',
    en: 'Open the page and act there: the task is done with it.',
  },
});
export const ActRefused = domainError({
  code: 'PROCESS_ACT_REFUSED',
  status: 409,
  title: { zh: '现在不能这样办理', en: 'This cannot be done now' },
  action: { zh: '请刷新后查看流程当前所处的步骤。', en: 'Reload to see where the process is.' },
});
export const UrgedToday = domainError({
  code: 'URGED_ALREADY',
  status: 409,
  title: { zh: '今天已经催办过', en: 'This was urged today already' },
  action: { zh: '同一待办每个工作日只能催办一次。', en: 'A task can be urged once a working day.' },
});
export const ProcessRetired = domainError({
  code: 'PROCESS_RETIRED',
  status: 409,
  title: { zh: '这个流程已停用，不能再发起', en: 'This process is retired: no new case can begin' },
  action: {
    zh: '请向负责该流程的单位了解现在办理的方式。',
    en: 'Ask the unit that answers for it how it is done now.',
  },
});
