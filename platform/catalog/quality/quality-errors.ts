import { domainError } from '#platform/kernel/errors.ts';

/** Quality below the least that is shared: what runs goes on, nothing new is agreed on. */
export const QualityTooLow = domainError({
  code: 'QUALITY_TOO_LOW',
  status: 409,
  title: { zh: '数据质量未达标，暂不新增共享', en: 'The quality is too low for a new agreement' },
  action: {
    zh: '请提供单位按质量面板中列出的问题改正数据，重新测量达标后再批准；已有的共享不受影响。',
    en: 'The providing unit corrects what the quality panel lists and has it measured again; what is shared already goes on.',
  },
});
