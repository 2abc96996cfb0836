import { domainError, type DomainError } from '#platform/kernel/errors.ts';
import type { Refusal } from './lifecycle.ts';

export const NotInState = domainError({
  code: 'INCIDENT_NOT_IN_STATE',
  status: 409,
  title: { zh: '案件现在的状态不能这样办理', en: 'The case is not in a state for this' },
  action: { zh: '可能刚刚有人办理过，请刷新后查看。', en: 'Somebody may have acted just now; reload to see.' },
});
export const Separation = domainError({
  code: 'INCIDENT_SEPARATION',
  status: 403,
  title: { zh: '本人经手的案件不能由本人核查、审批', en: 'Nobody verifies or approves what they did themselves' },
  action: { zh: '请由另一位同事办理。', en: 'Let a colleague do it.' },
});
export const NotYourUnit = domainError({
  code: 'INCIDENT_NOT_YOUR_UNIT',
  status: 403,
  title: { zh: '案件不在本单位手中', en: 'The case is not in the hands of your unit' },
  action: { zh: '请由派遣到的单位办理。', en: 'The unit that it was dispatched to handles it.' },
});
export const AlreadyRuled = domainError({
  code: 'INCIDENT_RULED',
  status: 409,
  title: { zh: '中心已裁决，不能再退件', en: 'The centre has ruled: it cannot be given back' },
  action: {
    zh: '请先处置；对权责有异议的，可提请修订权责清单。',
    en: 'Handle it first; the table can be changed afterwards.',
  },
});
export const AlreadyAsked = domainError({
  code: 'INCIDENT_ASKED',
  status: 409,
  title: { zh: '挂账或延期申请还在等负责人审批', en: 'A request still waits for the leader' },
  action: { zh: '请等负责人审批后再办理。', en: 'Wait until the leader has decided.' },
});
export const NothingAsked = domainError({
  code: 'INCIDENT_NOTHING_ASKED',
  status: 409,
  title: { zh: '没有待审批的挂账或延期申请', en: 'Nothing waits for an approval' },
  action: { zh: '请刷新后查看。', en: 'Reload to see.' },
});
export const NoMoreAllowances = domainError({
  code: 'INCIDENT_NO_MORE_ALLOWANCES',
  status: 409,
  title: { zh: '挂账、延期的次数已用完', en: 'It was suspended or extended as often as may be' },
  action: { zh: '请在时限内处置。', en: 'Handle it within its time.' },
});
export const SharedReport = domainError({
  code: 'INCIDENT_SHARED',
  status: 409,
  title: { zh: '还有其他人上报了同一问题，案件会继续办理', en: 'Others reported the same: the case goes on' },
  action: { zh: '您可以不再关注，无需撤回。', en: 'You need not follow it any longer.' },
});
export const ComplaintOpen = domainError({
  code: 'INCIDENT_COMPLAINT_OPEN',
  status: 409,
  title: { zh: '不满意评价正在等回访', en: 'A bad rating waits for its call back' },
  action: { zh: '请先回访。', en: 'Call back first.' },
});
export const NoComplaint = domainError({
  code: 'INCIDENT_NO_COMPLAINT',
  status: 409,
  title: { zh: '没有待回访的不满意评价', en: 'No bad rating waits for a call' },
  action: { zh: '请刷新后查看。', en: 'Reload to see.' },
});
export const NoDuplicate = domainError({
  code: 'INCIDENT_NO_DUPLICATE',
  status: 409,
  title: { zh: '两个案件不能并案', en: 'The two cases cannot be merged' },
  action: { zh: '只能在立案前并入一个还在办理的案件。', en: 'Before filing only, into a case that is still open.' },
});
export const NotRatable = domainError({
  code: 'INCIDENT_NOT_RATABLE',
  status: 409,
  title: { zh: '现在还不能评价，或已经评价过', en: 'It cannot be rated yet, or was rated already' },
  action: { zh: '结案后可以评价一次。', en: 'It can be rated once when it is closed.' },
});
export const TooManyReports = domainError({
  code: 'INCIDENT_TOO_MANY_REPORTS',
  status: 429,
  title: { zh: '一小时内上报次数过多', en: 'Too many reports within an hour' },
  action: {
    zh: '请稍后再报；紧急情况请拨打 110、119、120。',
    en: 'Try again later; call 110, 119 or 120 in an emergency.',
  },
});
export const ClassUnknown = domainError({
  code: 'INCIDENT_CLASS_UNKNOWN',
  status: 400,
  title: { zh: '没有这个案件类别', en: 'There is no such class' },
  action: { zh: '请从类别表中选择。', en: 'Choose one from the list.' },
});

export const ExtensionOutside = domainError({
  code: 'INCIDENT_EXTENSION_OUTSIDE',
  status: 409,
  title: {
    zh: '这件案件的延期由区网格中心报市热线决定',
    en: 'More time for this case is asked of the city by the centre',
  },
  action: {
    zh: '申请已在区网格中心的市热线工单中，由中心审核并上报。',
    en: 'The request stands with the order of the hotline, where the centre decides and passes it on.',
  },
});

/** What people are told where the machine of states says no. */
export const REFUSALS: Readonly<Record<Refusal, DomainError>> = {
  state: NotInState,
  role: NotInState,
  separation: Separation,
  ruled: AlreadyRuled,
  asked: AlreadyAsked,
  'not-asked': NothingAsked,
  allowances: NoMoreAllowances,
  shared: SharedReport,
  complaint: ComplaintOpen,
  'no-complaint': NoComplaint,
};
