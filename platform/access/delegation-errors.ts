import { domainError } from '#platform/kernel/errors.ts';

/** The offer was answered, withdrawn or has lapsed. */
export const DelegationNotOpen = domainError({
  code: 'DELEGATION_NOT_OPEN',
  status: 409,
  title: { zh: '这份委托已经处理过或已过期', en: 'This delegation has been answered or has lapsed' },
  action: {
    zh: '请刷新后查看最新状态；需要时请对方重新委托。',
    en: 'Reload to see its state; ask for a new one if needed.',
  },
});
export const TakerNotEligible = domainError({
  code: 'TAKER_NOT_ELIGIBLE',
  status: 422,
  title: { zh: '您的账号不能接受这份委托', en: 'Your account cannot take this delegation' },
  action: {
    zh: '亲属或企业委托须由已与人口登记对应的个人账号接受，居委代办须由居委社工接受；不能接受自己的委托。',
    en: 'A relative’s or enterprise’s needs an account linked to a resident, a helper’s a committee worker; nobody takes their own.',
  },
});
export const GiverNotLinked = domainError({
  code: 'GIVER_NOT_LINKED',
  status: 409,
  title: { zh: '您的账号还不能委托别人', en: 'Your account cannot delegate yet' },
  action: {
    zh: '账号须先与您的人口登记（或企业）对应。请带身份证到居委会核对。',
    en: 'It must first be matched with your record (or enterprise). Bring your identity card to your committee.',
  },
});
export const GiverUnderAge = domainError({
  code: 'GIVER_UNDER_AGE',
  status: 409,
  title: { zh: '未满十八周岁，由监护人代办', en: 'Under eighteen, a guardian acts' },
  action: {
    zh: '依据民法典第十七条、第二十三条，请由监护人向民政部门登记后办理。',
    en: 'Civil Code, art. 17 and 23: the guardian registers with civil affairs and acts.',
  },
});
export const TooManyDelegations = domainError({
  code: 'TOO_MANY_DELEGATIONS',
  status: 409,
  title: { zh: '未结束的委托太多', en: 'Too many delegations are open' },
  action: { zh: '请先结束不再需要的委托。', en: 'End those that are not needed any more first.' },
});
export const GuardianByRecord = domainError({
  code: 'GUARDIAN_BY_RECORD',
  status: 409,
  title: { zh: '监护关系由民政部门登记', en: 'Guardianship is on record with civil affairs' },
  action: {
    zh: '如不再成立，请向区民政局申请更正；监护人自己可以随时停止代办。',
    en: 'If it does not hold any more, ask civil affairs to correct it; the guardian may stop at any time.',
  },
});
