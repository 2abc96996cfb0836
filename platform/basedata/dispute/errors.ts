import { domainError } from '#platform/kernel/errors.ts';

export const DisputeOpen = domainError({
  code: 'DISPUTE_OPEN',
  status: 409,
  title: { zh: '这一项已有异议在办', en: 'This item is disputed already' },
  action: { zh: '请等待来源单位答复。', en: 'Wait for the answer of the source.' },
});
export const DisputeClosed = domainError({
  code: 'DISPUTE_CLOSED',
  status: 409,
  title: { zh: '该异议已经办结', en: 'This dispute is closed' },
  action: { zh: '请刷新后查看结果。', en: 'Reload to see what became of it.' },
});
export const SameValue = domainError({
  code: 'SAME_VALUE',
  status: 409,
  title: { zh: '您填写的与登记的相同', en: 'What you entered is what is on record' },
  action: { zh: '请填写您认为正确的内容。', en: 'Enter what you hold to be right.' },
});
export const JudgesOwnDispute = domainError({
  code: 'JUDGES_OWN_DISPUTE',
  status: 403,
  title: {
    zh: '提出异议的人、作出原答复的单位不能办理',
    en: 'Neither who filed a dispute nor the unit that refused it may decide it',
  },
  action: { zh: '请由他人办理。', en: 'Somebody else has to decide.' },
});
export const NotAppealable = domainError({
  code: 'NOT_APPEALABLE',
  status: 409,
  title: { zh: '不能申请复核', en: 'There is no review' },
  action: {
    zh: '只有来源单位未采纳的异议可以申请一次复核；对区大数据中心的决定不服的，可依法申请行政复议或提起诉讼。',
    en: 'Only what its source has refused can be reviewed, and once; after that the law offers reconsideration and the courts.',
  },
});
