import { domainError } from '#platform/kernel/errors.ts';

export const AppealTooLate = domainError({
  code: 'APPEAL_TOO_LATE',
  status: 409,
  title: { zh: '申诉期限已过', en: 'The time for an appeal is over' },
  action: {
    zh: '如源头记录有误，请请所在应用更正事件，信号会自动撤回。',
    en: 'Where the record itself is wrong, have its app correct the event: the signal then falls by itself.',
  },
});
export const AppealKnown = domainError({
  code: 'APPEAL_KNOWN',
  status: 409,
  title: { zh: '该信号已经申诉过', en: 'This signal has been appealed already' },
  action: { zh: '请在“我的信号”中查看处理结果。', en: '“My signals” shows how far it is.' },
});
export const SignalGone = domainError({
  code: 'SIGNAL_GONE',
  status: 409,
  title: { zh: '该信号已经撤回', en: 'This signal has been taken back' },
  action: { zh: '无需申诉。', en: 'There is nothing left to appeal against.' },
});
export const AppealClosed = domainError({
  code: 'APPEAL_CLOSED',
  status: 409,
  title: { zh: '该申诉已经办结', en: 'This appeal is closed' },
  action: { zh: '请刷新后查看。', en: 'Reload to see the decision.' },
});
export const DecidesOwnAppeal = domainError({
  code: 'DECIDES_OWN_APPEAL',
  status: 403,
  title: { zh: '不能决定与自己有关的申诉', en: 'Nobody decides on their own case' },
  action: { zh: '须由他人决定。', en: 'Somebody else must decide.' },
});
