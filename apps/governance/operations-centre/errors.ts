import { type DomainError, domainError } from '#platform/kernel/errors.ts';

export const WrongState = domainError({
  code: 'OPS_WRONG_STATE',
  status: 409,
  title: { zh: '现在的状态不能这样做', en: 'This cannot be done in the present state' },
  action: { zh: '请刷新页面，按最新状态处理。', en: 'Reload the page and go on from where it stands.' },
});
export const TwoPersons = domainError({
  code: 'OPS_TWO_PERSONS',
  status: 409,
  title: { zh: '这一步须由另一人办理', en: 'Another person has to do this' },
  action: {
    zh: '签发人不能核查，交班人不能自己接班，拟方案的人不能自己拍板；请另一位有权的同事办理。',
    en: 'Who issued does not verify, who hands over does not take over, who drew up options does not decide: ask a colleague.',
  },
});
export const Unverified = domainError({
  code: 'OPS_UNVERIFIED',
  status: 409,
  title: { zh: '还有单位没有核查通过', en: 'Some units are not verified yet' },
  action: { zh: '请先核查各单位的反馈，再办结指令。', en: 'Verify what each unit reported, then close the order.' },
});
export const UnitGone = domainError({
  code: 'OPS_UNIT_GONE',
  status: 422,
  title: { zh: '接收单位已撤销', en: 'The unit has been abolished' },
  action: { zh: '请改发给承接单位。', en: 'Send it to the unit that does its work now.' },
});
export const REFUSALS: Readonly<Record<'state' | 'role' | 'separation' | 'unverified', DomainError>> = {
  state: WrongState,
  role: WrongState,
  separation: TwoPersons,
  unverified: Unverified,
};
