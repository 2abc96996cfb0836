import { domainError } from '#platform/kernel/errors.ts';

/** More was approved than the taker's manifest asks for: a grant can only narrow a request. */
export const GrantTooWide = domainError({
  code: 'GRANT_TOO_WIDE',
  status: 422,
  title: { zh: '批准的范围超出了申请', en: 'More was approved than was asked for' },
  action: { zh: '请只勾选申请中列出的信息项和目的。', en: 'Choose only fields and purposes that the request names.' },
});
export const GrantTermPast = domainError({
  code: 'GRANT_TERM_PAST',
  status: 422,
  title: { zh: '有效期早于现在', en: 'The expiry is in the past' },
  action: { zh: '请选择一个将来的日期。', en: 'Choose a date in the future.' },
});
export const GrantNotInForce = domainError({
  code: 'GRANT_NOT_IN_FORCE',
  status: 409,
  title: { zh: '该授权目前没有生效', en: 'This grant is not in force' },
  action: {
    zh: '只有已批准的授权才能撤回，请刷新后查看最新状态。',
    en: 'Only an approved grant can be withdrawn; reload to see its state.',
  },
});
export const GrantNotRequested = domainError({
  code: 'GRANT_NOT_REQUESTED',
  status: 409,
  title: { zh: '该申请已经处理过', en: 'This request has been decided already' },
  action: {
    zh: '请刷新后查看最新状态；已批准的授权请用“撤回”。',
    en: 'Reload to see its state; an approved grant is withdrawn, not refused.',
  },
});
export const GrantAlreadyOpen = domainError({
  code: 'GRANT_ALREADY_OPEN',
  status: 409,
  title: { zh: '已有待审批或生效中的授权', en: 'A request or grant is open already' },
  action: {
    zh: '请等待数据提供单位审批，或查看现有授权。',
    en: 'Wait for the providing unit to decide, or look at the grant in force.',
  },
});
export const TakeNotDeclared = domainError({
  code: 'TAKE_NOT_DECLARED',
  status: 422,
  title: { zh: '该应用没有声明这项需求', en: 'The app does not declare this need' },
  action: {
    zh: '请先在应用的清单（takes）中写明所需数据、目的和理由。',
    en: 'Name the data, purposes and reason in the manifest of the app (takes) first.',
  },
});
