import { domainError } from '#platform/kernel/errors.ts';

/** One person would do both steps of something that two must do (职责分离). */
export const DutyConflict = domainError({
  code: 'DUTY_CONFLICT',
  status: 409,
  title: { zh: '这一步须由另一人办理', en: 'Somebody else has to take this step' },
  action: {
    zh: '您已办理前一步。请由另一位有权的人办理，确保至少两人经手。',
    en: 'You took the step before it. Another person who may do it has to, so that two people see it.',
  },
});
