import { domainError } from '#platform/kernel/errors.ts';

export const ObjectionOpen = domainError({
  code: 'OBJECTION_OPEN',
  status: 409,
  title: { zh: '您已对这条记录提出异议', en: 'You have objected to this entry already' },
  action: {
    zh: '请等待答复；可在“我的异议”中查看进度。',
    en: 'Wait for the answer; “My objections” shows how far it is.',
  },
});
export const OwnLook = domainError({
  code: 'OWN_LOOK',
  status: 409,
  title: { zh: '这是您本人的查看', en: 'That was your own look' },
  action: { zh: '只能对他人的查看提出异议。', en: 'Only looks of others can be objected to.' },
});
export const ObjectionClosed = domainError({
  code: 'OBJECTION_CLOSED',
  status: 409,
  title: { zh: '该异议已经办结', en: 'This objection is closed' },
  action: { zh: '请刷新后查看答复。', en: 'Reload to see the answer.' },
});
export const JudgesOwnLook = domainError({
  code: 'JUDGES_OWN_LOOK',
  status: 403,
  title: { zh: '查看人不能答复针对自己的异议', en: 'Whoever looked cannot answer for it' },
  action: {
    zh: '须由他人答复：请转告安全审计员办理。',
    en: 'Somebody else must answer: tell the security auditor.',
  },
});
