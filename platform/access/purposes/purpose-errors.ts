import { domainError } from '#platform/kernel/errors.ts';

export const PurposeExists = domainError({
  code: 'PURPOSE_EXISTS',
  status: 409,
  title: { zh: '已有这个代码的使用目的', en: 'There is a purpose with this code already' },
  action: {
    zh: '已停用的目的不能重新启用，请换一个代码。',
    en: 'A retired purpose cannot come back; choose another code.',
  },
});
export const PurposeRetired = domainError({
  code: 'PURPOSE_RETIRED',
  status: 409,
  title: { zh: '这个使用目的已经停用', en: 'This purpose is retired already' },
  action: { zh: '无需再操作。', en: 'Nothing more to do.' },
});
