import { domainError } from '#platform/kernel/errors.ts';

/** One answer for a wrong code, one that was used, cancelled or has expired, and a name that is no account. */
export const ResetRefused = domainError({
  code: 'RESET_REFUSED',
  status: 401,
  title: {
    zh: '账号或重置码不正确，或重置码已失效',
    en: 'Account or reset code is not right, or the code is no longer valid',
  },
  action: {
    zh: '请核对两段重置码；仍不行，请联系给您重置码的人重新办理。',
    en: 'Check both halves of the code; if it still fails, ask those who gave it to you for a new one.',
  },
});
export const ResetLocked = domainError({
  code: 'RESET_LOCKED',
  status: 429,
  title: { zh: '输错次数过多，暂时锁定', en: 'Too many mistakes; locked for a while' },
  action: { zh: '请稍后再试。', en: 'Try again later.' },
});
export const ResetOpen = domainError({
  code: 'RESET_OPEN',
  status: 409,
  title: { zh: '该账号已有进行中的重置', en: 'A reset of this account is already under way' },
  action: { zh: '请先完成或撤销它。', en: 'Finish or cancel that one first.' },
});
export const ResetNotOpen = domainError({
  code: 'RESET_NOT_OPEN',
  status: 409,
  title: { zh: '该重置已处理或已过期', en: 'This reset was dealt with already, or has expired' },
  action: { zh: '请刷新后查看；如仍需要，请重新申请。', en: 'Reload; request a new one if it is still needed.' },
});
export const ResetNeedsAnother = domainError({
  code: 'RESET_NEEDS_ANOTHER',
  status: 409,
  title: { zh: '须由另一人办理', en: 'Somebody else has to do this' },
  action: {
    zh: '申请人、确认人和被重置的人必须是三个不同的人。',
    en: 'Who requests, who confirms and whose account it is must be three different persons.',
  },
});
