import { domainError } from '#platform/kernel/errors.ts';

export const OrderNotPossible = domainError({
  code: 'ORDER_NOT_POSSIBLE',
  status: 422,
  title: { zh: '这道调令不能执行', en: 'This order cannot be carried out' },
  action: { zh: '请按所列原因修改后再提交。', en: 'Change what is listed, then send it again.' },
});
export const OrderClosed = domainError({
  code: 'ORDER_CLOSED',
  status: 409,
  title: { zh: '这道调令已经有了结果', en: 'This order has been settled already' },
  action: {
    zh: '请刷新后查看当前状态；需要改变时另拟一道。',
    en: 'Reload to see where it stands; draft another one to change it.',
  },
});
export const ReviewerMustBeAnother = domainError({
  code: 'REVIEWER_MUST_BE_ANOTHER',
  status: 403,
  title: { zh: '拟令人和当事人不能审核', en: 'Neither the one who drafted it nor the one concerned may review it' },
  action: {
    zh: '请由接收单位负责人或另一位机构编制专员审核。',
    en: 'The head of the receiving unit or a second staffing officer must review it.',
  },
});
export const AdministratorsApart = domainError({
  code: 'ADMINISTRATORS_APART',
  status: 422,
  title: { zh: '三员必须由不同的人担任', en: 'The three administrators must be three persons' },
  action: {
    zh: '系统管理员、安全管理员、安全审计员不能由同一人同时担任（包括同一人的不同账号）。请另选人员，或先免去原岗位。',
    en: 'Nobody may be system administrator, security administrator and security auditor at the same time, not even by two accounts. Choose somebody else, or end the other post first.',
  },
});
