import { domainError } from '#platform/kernel/errors.ts';

export const NotOpened = domainError({
  code: 'NOT_OPENED',
  status: 409,
  title: { zh: '该数据不予开放', en: 'These data are not opened' },
  action: {
    zh: '拒绝依据已列出；如数据已去标识化，可重新判定。',
    en: 'The article is named; data that were made anonymous may be judged anew.',
  },
});
export const GateClosed = domainError({
  code: 'GATE_CLOSED',
  status: 409,
  title: { zh: '未通过去标识化检查', en: 'The version did not pass the de-identification gate' },
  action: {
    zh: '请按检查报告修改后重新生成版本；上一版本保持开放。',
    en: 'Mend what the report names and make the version again; the version before stays.',
  },
});
export const SamePerson = domainError({
  code: 'SECOND_PERSON_NEEDED',
  status: 409,
  title: { zh: '发布须由另一人批准', en: 'Another person has to publish this' },
  action: { zh: '请由本单位未参与制作的人员批准。', en: 'Somebody of the unit who did not prepare it approves it.' },
});
export const WrongState = domainError({
  code: 'WRONG_STATE',
  status: 409,
  title: { zh: '当前状态不能这样办理', en: 'This cannot be done in the present state' },
  action: { zh: '请刷新后查看当前状态。', en: 'Reload and look at the present state.' },
});
export const BudgetSpent = domainError({
  code: 'NOISE_BUDGET_SPENT',
  status: 409,
  title: { zh: '本年度隐私预算已用完', en: 'The noise budget of the year is spent' },
  action: {
    zh: '请使用已发布的统计；预算在下一年度重新开始。',
    en: 'Use what is published; the budget begins anew next year.',
  },
});
export const AlreadyVoted = domainError({
  code: 'ALREADY_VOTED',
  status: 409,
  title: { zh: '您已经支持过这条需求', en: 'You have supported this wish already' },
  action: { zh: '每人一票，无须重复。', en: 'One vote a person; nothing else is needed.' },
});
export const TableUnreadable = domainError({
  code: 'TABLE_UNREADABLE',
  status: 400,
  title: { zh: '表格无法读取', en: 'The table cannot be read' },
  action: { zh: '请上传 UTF-8 编码、首行为列名的 CSV。', en: 'Send CSV in UTF-8 whose first line names the columns.' },
});
export const KeyRefused = domainError({
  code: 'KEY_REFUSED',
  status: 401,
  title: { zh: '需要有效的开发者密钥', en: 'A valid developer key is needed' },
  action: {
    zh: '请在“开发者密钥”页面申请；有条件开放的数据还须先签订协议。',
    en: 'Make one on the page of developer keys; conditional data need an agreement first.',
  },
});
export const TooFast = domainError({
  code: 'TOO_MANY_CALLS',
  status: 429,
  title: { zh: '调用过于频繁', en: 'Too many calls' },
  action: { zh: '请改用整表下载，一次取回全部数据。', en: 'Take the bulk file instead: one call has everything.' },
});
export const AgreementNeeded = domainError({
  code: 'AGREEMENT_NEEDED',
  status: 403,
  title: { zh: '有条件开放的数据须先签订协议', en: 'Conditional data need an agreement in force' },
  action: {
    zh: '请先在数据集页面申请使用，批准后再办理。',
    en: 'Ask for the set on its page first; come back when it is approved.',
  },
});
