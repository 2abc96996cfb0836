import { domainError } from '#platform/kernel/errors.ts';

export const ClockRunning = domainError({
  code: 'CLOCK_RUNNING',
  status: 409,
  title: { zh: '该事项的时限已在计算', en: 'A clock runs for this already' },
  action: { zh: '请刷新后查看当前时限。', en: 'Reload to see the clock that runs.' },
});
export const ClockNotRunning = domainError({
  code: 'CLOCK_NOT_RUNNING',
  status: 409,
  title: { zh: '时限现在没有在计算', en: 'The clock does not run now' },
  action: {
    zh: '已停表、已到期或已结束的时限不能再停；请刷新后查看。',
    en: 'A clock that stands still, is over or has ended cannot be stopped; reload to see its state.',
  },
});
export const ClockNotStopped = domainError({
  code: 'CLOCK_NOT_STOPPED',
  status: 409,
  title: { zh: '时限没有停表', en: 'The clock does not stand still' },
  action: { zh: '请刷新后查看当前状态。', en: 'Reload to see its state.' },
});
export const ClockNotExtensible = domainError({
  code: 'CLOCK_NOT_EXTENSIBLE',
  status: 409,
  title: { zh: '时限不能再延长', en: 'The time cannot be lengthened' },
  action: {
    zh: '同一时限只能按规定延长一次；按自然日、月计算的时限不适用工作日的延长。',
    en: 'A time is lengthened once, and by a rule that counts in the same unit.',
  },
});
