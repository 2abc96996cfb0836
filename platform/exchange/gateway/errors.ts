import { type DomainError, domainError } from '#platform/kernel/errors.ts';
import type { Text } from '#platform/kernel/text.ts';

/*
 * Why a message is refused (拒收原因). Codes are stable: clients may go by them. What is wrong with a signature is said, because
 * the sender has to mend it; nothing is said of data, persons or other systems before a signature has held.
 */

const MEND: Text = {
  zh: '请按《网关接入规范》（docs/gateway.md）检查报文后重新签名发送。',
  en: 'Check the message against docs/gateway.md, sign it anew and send it again.',
};
const KEYS: Text = {
  zh: '请联系本单位的系统管理员核对登记的密钥。',
  en: 'Ask the administrator of your unit to check the registered keys.',
};
const AGREE: Text = {
  zh: '请在大数据资源中心申请，或联系数据提供单位。',
  en: 'Ask for it in the data resource centre, or contact the providing unit.',
};

function refusal(code: string, status: number, title: Text, action: Text = MEND): DomainError {
  return domainError({ code: `GATEWAY_${code}`, status, title, action });
}

export const Malformed = refusal('MALFORMED', 400, {
  zh: '报文不符合 HTTP 语法',
  en: 'The message breaks the grammar of HTTP',
});
export const HeaderDuplicate = refusal('HEADER_DUPLICATE', 400, {
  zh: '首部重复',
  en: 'A header field stands twice',
});
export const Aborted = refusal('ABORTED', 400, { zh: '报文没有发完', en: 'The message was broken off' });
export const TooSlow = refusal('TOO_SLOW', 408, { zh: '报文发送过慢', en: 'The message came too slowly' });
export const LengthRequired = refusal('LENGTH_REQUIRED', 411, {
  zh: '必须用 Content-Length 写明长度',
  en: 'Content-Length must say how long it is',
});
export const TooLarge = refusal('TOO_LARGE', 413, { zh: '报文过大', en: 'The message is too large' });
export const HeaderTooLarge = refusal('HEADER_TOO_LARGE', 431, { zh: '首部过大', en: 'The header is too large' });
export const TypeUnknown = refusal('CONTENT_TYPE', 415, {
  zh: '内容类型应为 application/json',
  en: 'The content type must be application/json',
});
export const Encoded = refusal('CONTENT_ENCODING', 415, {
  zh: '不接受压缩内容',
  en: 'Compressed content is not taken',
});
export const MethodRefused = refusal('METHOD', 405, {
  zh: '该服务不接受这种方法',
  en: 'The service has no such method',
});
export const BodyUnexpected = refusal('BODY_UNEXPECTED', 400, {
  zh: '此请求不带内容',
  en: 'This request has no content',
});
export const Unsigned = refusal('UNSIGNED', 401, { zh: '报文没有签名', en: 'The message is not signed' });
export const SignatureMalformed = refusal('SIGNATURE_MALFORMED', 400, {
  zh: '签名首部无法解析',
  en: 'The signature fields cannot be read',
});
export const SignatureIncomplete = refusal('SIGNATURE_INCOMPLETE', 401, {
  zh: '签名没有覆盖必须的内容',
  en: 'The signature does not cover what it must',
});
export const TagUnknown = refusal('TAG', 401, {
  zh: '签名不是为本网关制作的',
  en: 'The signature was not made for this gateway',
});
export const AlgorithmRefused = refusal('ALGORITHM', 401, {
  zh: '签名算法不是该密钥的算法',
  en: 'The algorithm is not that of the key',
});
export const ClockSkew = refusal('CLOCK_SKEW', 401, {
  zh: '报文时间与本平台时钟相差过大',
  en: 'The time of the message is too far from the clock of the platform',
});
export const MessageExpired = refusal('EXPIRED', 401, { zh: '报文已过期', en: 'The message has expired' });
export const LifeTooLong = refusal('LIFETIME', 401, {
  zh: '报文有效期过长或早于制作时间',
  en: 'The message is to live too long, or ends before it begins',
});
export const KeyUnknown = refusal('KEY_UNKNOWN', 401, { zh: '密钥没有登记', en: 'The key is not registered' }, KEYS);
export const KeyRevoked = refusal('KEY_REVOKED', 401, { zh: '密钥已吊销', en: 'The key has been revoked' }, KEYS);
export const KeyExpired = refusal(
  'KEY_EXPIRED',
  401,
  { zh: '密钥或证书不在有效期内', en: 'The key or its certificate is outside of its validity' },
  KEYS,
);
export const SystemDisabled = refusal(
  'SYSTEM_DISABLED',
  403,
  { zh: '该系统已停用', en: 'The system is out of use' },
  KEYS,
);
export const SignatureInvalid = refusal('SIGNATURE_INVALID', 401, {
  zh: '签名不正确',
  en: 'The signature is not right',
});
export const DigestWrong = refusal('DIGEST', 400, {
  zh: '内容与摘要不符',
  en: 'The content is not that of the digest',
});
export const DigestMissing = refusal('DIGEST_MISSING', 400, {
  zh: '缺少可用的内容摘要',
  en: 'There is no digest that counts',
});
export const WrongTarget = refusal('TARGET', 421, {
  zh: '报文不是发给本平台的地址',
  en: 'The message is addressed to another host',
});
export const ServiceUnknown = refusal('SERVICE_UNKNOWN', 404, { zh: '没有这个服务', en: 'There is no such service' });
export const ServiceMismatch = refusal('SERVICE_MISMATCH', 400, {
  zh: '首部写明的服务与地址不符',
  en: 'The service named in the header is not that of the address',
});
export const ServiceNotAllowed = refusal(
  'SERVICE_NOT_ALLOWED',
  403,
  { zh: '该系统未获准使用此服务、用途或信息项', en: 'The system may not use this service, purpose or field' },
  AGREE,
);
export const NetworkRefused = refusal(
  'NETWORK',
  403,
  { zh: '来源网络未登记', en: 'The system may not call from this network' },
  KEYS,
);
export const ClientCertificate = refusal(
  'CLIENT_CERTIFICATE',
  403,
  { zh: '客户端证书不是该系统的', en: 'The client certificate is not of this system' },
  KEYS,
);
export const PurposeMalformed = refusal('PURPOSE', 400, { zh: '用途代码不合格式', en: 'The purpose is no code' });
export const CaseMalformed = refusal('CASE', 400, {
  zh: '办件编号缺失或不合格式',
  en: 'The case number is missing or not well formed',
});
export const Replayed = refusal('REPLAYED', 409, { zh: '报文重复', en: 'The message was sent before' });
export const NoAgreement = refusal(
  'NO_AGREEMENT',
  403,
  { zh: '贵单位没有这项资源的共享授权', en: 'Your unit has no grant of this resource' },
  AGREE,
);
export const RateExceeded = refusal(
  'RATE',
  429,
  { zh: '调用超过约定频次', en: 'More calls than were agreed in a minute' },
  { zh: '请按 Retry-After 稍后再试。', en: 'Wait as Retry-After says.' },
);
export const QuotaExceeded = refusal(
  'QUOTA',
  429,
  { zh: '今日调用已达约定数量', en: 'The agreed number of calls of the day is used up' },
  { zh: '请明日再试，或与提供单位商定新的数量。', en: 'Try tomorrow, or agree on another number with the supplier.' },
);
export const Guessing = refusal(
  'TRIES',
  429,
  { zh: '对同一对象的核验次数过多', en: 'Too many statements about one person or firm in a day' },
  {
    zh: '核验用于确认申报内容，不用于试探；请明日再试。',
    en: 'Verification confirms what somebody stated, it is not for guessing. Try tomorrow.',
  },
);
export const CursorRefused = refusal('CURSOR', 400, {
  zh: '翻页标记无效',
  en: 'The cursor is not one of this list',
});
