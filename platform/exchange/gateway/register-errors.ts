import { domainError } from '#platform/kernel/errors.ts';

export const SystemTaken = domainError({
  code: 'GATEWAY_SYSTEM_TAKEN',
  status: 409,
  title: { zh: '这个系统编号已被使用', en: 'This id is taken' },
  action: { zh: '请换一个编号，或修改已登记的系统。', en: 'Choose another id, or change the registered system.' },
});
export const KeyTaken = domainError({
  code: 'GATEWAY_KEY_TAKEN',
  status: 409,
  title: { zh: '这把密钥已经登记过', en: 'This key is registered already' },
  action: {
    zh: '吊销过的密钥不能再用；请对方系统生成新的密钥。',
    en: 'A revoked key is never used again: have the system make a new one.',
  },
});
export const KeyEnded = domainError({
  code: 'GATEWAY_KEY_ENDED',
  status: 409,
  title: { zh: '密钥已经吊销或过期', en: 'The key has been revoked or is over already' },
  action: { zh: '请刷新后查看。', en: 'Reload to see it.' },
});
