import { domainError } from '#platform/kernel/errors.ts';

/** The password was right and the account holds a second factor: only then is it asked for. */
export const CodeRequired = domainError({
  code: 'CODE_REQUIRED',
  status: 401,
  title: { zh: '还需要再验证一步', en: 'One more proof is needed' },
  action: {
    zh: '请输入验证器应用上的 6 位动态码，或用通行密钥登录；都不在身边可用恢复码。',
    en: 'Type the six digits of your authenticator or use your passkey; if neither is at hand, a recovery code.',
  },
});
export const CodeWrong = domainError({
  code: 'CODE_WRONG',
  status: 401,
  title: { zh: '验证码不正确或已用过', en: 'The code is not right, or was used already' },
  action: {
    zh: '请等下一个动态码出现后再输入；多次输错会暂时锁定。',
    en: 'Wait for the next code and type that; repeated mistakes lock this for a while.',
  },
});
export const CodeLocked = domainError({
  code: 'CODE_LOCKED',
  status: 429,
  title: { zh: '验证码输错次数过多，暂时锁定', en: 'Too many wrong codes; locked for a while' },
  action: { zh: '请稍后再试，或联系本单位管理员。', en: 'Try again later, or ask the administrator of your unit.' },
});
export const EnrolmentExpired = domainError({
  code: 'ENROLMENT_EXPIRED',
  status: 409,
  title: { zh: '没有进行中的启用，或已过期', en: 'No set-up is in progress, or it has expired' },
  action: { zh: '请重新开始启用两步验证。', en: 'Start setting it up again.' },
});
export const CodesNotConsecutive = domainError({
  code: 'CODES_NOT_CONSECUTIVE',
  status: 422,
  title: { zh: '两个动态码不匹配', en: 'The two codes do not fit' },
  action: {
    zh: '请依次输入先后出现的两个动态码，并检查手机时间是否自动校准。',
    en: 'Type two codes that follow each other, and let the telephone set its time by itself.',
  },
});
