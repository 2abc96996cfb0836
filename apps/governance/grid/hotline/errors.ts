import { domainError } from '#platform/kernel/errors.ts';

export const OrderState = domainError({
  code: 'HOTLINE_NOT_IN_STATE',
  status: 409,
  title: { zh: '工单现在的状态不能这样办理', en: 'The order is not in a state for this' },
  action: { zh: '可能刚刚有人办理过，请刷新后查看。', en: 'Somebody may have acted just now; reload to see.' },
});
export const ReturnLate = domainError({
  code: 'HOTLINE_RETURN_LATE',
  status: 409,
  title: { zh: '已过市热线规定的退单时限', en: 'The city’s limit for handing back is over' },
  action: {
    zh: '请继续办理；确不属本区的，请与市热线协商改派。',
    en: 'Handle it; where it is not ours, agree with the city on another office.',
  },
});
export const CaseFiled = domainError({
  code: 'HOTLINE_CASE_FILED',
  status: 409,
  title: { zh: '案件已经立案，不能再退单', en: 'The case is established and cannot be handed back' },
  action: { zh: '请在案件中办理，或由中心撤销案件。', en: 'Go on with the case, or let the centre cancel it.' },
});
export const NotEvaluable = domainError({
  code: 'HOTLINE_NOT_FINISHED',
  status: 409,
  title: { zh: '工单尚未办结或已经评价过', en: 'The order is not finished, or was evaluated already' },
  action: {
    zh: '请在收到办结回传后再推送回访结果。',
    en: 'Send the result of the call once the order has been closed.',
  },
});
export const NotAside = domainError({
  code: 'HOTLINE_NOT_ASIDE',
  status: 409,
  title: { zh: '这条回传没有搁置', en: 'This message is not put aside' },
  action: { zh: '可能刚刚有人处理过，请刷新后查看。', en: 'Somebody may have acted just now; reload to see.' },
});
export const NoExtension = domainError({
  code: 'HOTLINE_NO_EXTENSION',
  status: 409,
  title: { zh: '这张工单没有待决定的延期申请', en: 'No more time is being asked for' },
  action: {
    zh: '处置单位先在案件中申请延期；可能刚刚有人决定过，请刷新后查看。',
    en: 'The unit asks for it in the case first; somebody may have decided just now, reload to see.',
  },
});
export const ExtensionLate = domainError({
  code: 'HOTLINE_EXTENSION_LATE',
  status: 409,
  title: {
    zh: '已过市热线的办结时限，不能再申请延期',
    en: 'The city’s limit is over: it is too late to ask for more time',
  },
  action: { zh: '请尽快办结，并向市热线说明。', en: 'Finish it as soon as possible and tell the city why.' },
});
