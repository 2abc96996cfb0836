import { domainError } from '#platform/kernel/errors.ts';

export const PasskeyUnavailable = domainError({
  code: 'PASSKEY_UNAVAILABLE',
  status: 409,
  title: { zh: '此地址不能使用通行密钥', en: 'Passkeys do not work at this address' },
  action: {
    zh: '请用本系统的正式域名访问（本机请用 localhost，不要用 IP 地址）。',
    en: 'Use the public name of this system (on this machine localhost, not the IP address).',
  },
});
/** One answer for every reason. */
export const PasskeyFailed = domainError({
  code: 'PASSKEY_FAILED',
  status: 401,
  title: { zh: '通行密钥未通过验证', en: 'The passkey was not accepted' },
  action: { zh: '请重试，或改用其他方式。', en: 'Try again, or use another way.' },
});
export const PasskeyKnown = domainError({
  code: 'PASSKEY_KNOWN',
  status: 409,
  title: { zh: '这个通行密钥已经登记过', en: 'This passkey is registered already' },
  action: { zh: '请换一个设备或安全钥匙。', en: 'Take another device or security key.' },
});
