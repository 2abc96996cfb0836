import type { Language, Text } from './text.ts';

/**
 * Errors that people meet, as RFC 9457 problem details: a stable code, what happened, what to do, in Chinese and English.
 * A domain error is declared once with `domainError` and thrown with `throw Thing.with({...})`.
 */
export type DomainErrorSpec = { code: string; status: number; title: Text; action: Text };

export type DomainError = DomainErrorSpec & {
  /** Makes the error to throw; `detail` says what is special about this case, `extra` becomes members of the problem. */
  with(options?: { detail?: Text; fields?: FieldFault[]; extra?: Record<string, unknown> }): ProblemError;
};

/** A fault at one field of the input, addressed by JSON pointer. */
export type FieldFault = { pointer: string; rule: string; message: Text };

export class ProblemError extends Error {
  readonly spec: DomainErrorSpec;
  readonly detail: Text | undefined;
  readonly fields: FieldFault[] | undefined;
  readonly extra: Record<string, unknown> | undefined;

  constructor(
    spec: DomainErrorSpec,
    options: { detail?: Text; fields?: FieldFault[]; extra?: Record<string, unknown> } = {},
  ) {
    super(`${spec.code}: ${options.detail?.en ?? spec.title.en}`);
    this.spec = spec;
    this.detail = options.detail;
    this.fields = options.fields;
    this.extra = options.extra;
  }
}

export function domainError(spec: DomainErrorSpec): DomainError {
  return { ...spec, with: (options) => new ProblemError(spec, options) };
}

/** The problem+json document for an error, in the language of the reader. */
export function problemDocument(error: ProblemError, language: Language, trace: string): Record<string, unknown> {
  const { spec } = error;
  return {
    type: `urn:smart-district:problem:${spec.code.toLowerCase().replaceAll('_', '-')}`,
    code: spec.code,
    status: spec.status,
    title: spec.title[language],
    detail: error.detail?.[language],
    action: spec.action[language],
    fields: error.fields?.map((f) => ({ pointer: f.pointer, rule: f.rule, message: f.message[language] })),
    trace,
    ...error.extra,
  };
}

export const NotFound = domainError({
  code: 'NOT_FOUND',
  status: 404,
  title: { zh: '没有找到', en: 'Not found' },
  action: { zh: '请检查地址，或从列表重新进入。', en: 'Check the address, or start again from the list.' },
});
export const InvalidInput = domainError({
  code: 'INVALID_INPUT',
  status: 400,
  title: { zh: '填写的内容有误', en: 'Some of the input is not valid' },
  action: {
    zh: '请按各栏提示修改后再提交，已填内容不会丢失。',
    en: 'Correct the marked fields and send again; nothing you typed is lost.',
  },
});
export const SignInRequired = domainError({
  code: 'SIGN_IN_REQUIRED',
  status: 401,
  title: { zh: '请先登录', en: 'Please sign in' },
  action: { zh: '登录后会回到这一页。', en: 'You will come back to this page after signing in.' },
});
export const Forbidden = domainError({
  code: 'FORBIDDEN',
  status: 403,
  title: { zh: '您的岗位没有这项权限', en: 'Your post does not have this right' },
  action: { zh: '如工作需要，请联系可授权的部门。', en: 'If your work needs it, ask the unit that can grant it.' },
});
export const PurposeRequired = domainError({
  code: 'PURPOSE_REQUIRED',
  status: 403,
  title: { zh: '查看个人信息须说明目的', en: 'Personal data need a purpose' },
  action: {
    zh: '请选择本次查看的目的；目的会被记录，本人可以看到。',
    en: 'Choose why you need to look; it is recorded and the person can see it.',
  },
});
export const PurposeNotAllowed = domainError({
  code: 'PURPOSE_NOT_ALLOWED',
  status: 403,
  title: { zh: '该目的不在授权范围内', en: 'This purpose is not covered by the grant' },
  action: {
    zh: '请选择授权中列出的目的，或向数据提供单位申请。',
    en: 'Choose a purpose named in the grant, or ask the providing unit.',
  },
});
export const GrantExpired = domainError({
  code: 'GRANT_EXPIRED',
  status: 403,
  title: { zh: '数据共享授权已到期', en: 'The grant for this data has expired' },
  action: { zh: '请在大数据资源中心申请续期。', en: 'Ask for a renewal in the data resource centre.' },
});
export const GrantWithdrawn = domainError({
  code: 'GRANT_WITHDRAWN',
  status: 403,
  title: { zh: '数据共享授权已撤回', en: 'The grant for this data has been withdrawn' },
  action: {
    zh: '请联系数据提供单位，或在大数据资源中心重新申请。',
    en: 'Contact the providing unit, or apply again in the data resource centre.',
  },
});
export const Conflict = domainError({
  code: 'CONFLICT',
  status: 409,
  title: { zh: '内容已被他人更改', en: 'Someone else changed this in the meantime' },
  action: { zh: '请刷新后再试。', en: 'Reload and try again.' },
});
export const IdempotencyKeyRequired = domainError({
  code: 'IDEMPOTENCY_KEY_REQUIRED',
  status: 400,
  title: { zh: '缺少 Idempotency-Key', en: 'Idempotency-Key header is missing' },
  action: {
    zh: '请为每次提交生成一个唯一的 Idempotency-Key。',
    en: 'Send a unique Idempotency-Key for each submission.',
  },
});
export const IdempotencyKeyReused = domainError({
  code: 'IDEMPOTENCY_KEY_REUSED',
  status: 422,
  title: { zh: '同一 Idempotency-Key 用于了不同内容', en: 'The Idempotency-Key was used with different content' },
  action: { zh: '内容改变时请换用新的键。', en: 'Use a new key when the content changes.' },
});
export const AlreadyShown = domainError({
  code: 'ALREADY_SHOWN',
  status: 409,
  title: { zh: '已经办理，结果只显示一次', en: 'This was done already, and its result is shown once only' },
  action: { zh: '如没有记下，请撤销后重新办理。', en: 'If it was not written down, cancel it and begin again.' },
});
export const TooManyRequests = domainError({
  code: 'TOO_MANY_REQUESTS',
  status: 429,
  title: { zh: '请求过于频繁', en: 'Too many requests' },
  action: { zh: '请稍候再试。', en: 'Wait a moment and try again.' },
});
export const PayloadTooLarge = domainError({
  code: 'PAYLOAD_TOO_LARGE',
  status: 413,
  title: { zh: '内容过大', en: 'The content is too large' },
  action: { zh: '请分批提交，或联系数据中心。', en: 'Send it in parts, or contact the data centre.' },
});
export const ServiceUnavailable = domainError({
  code: 'SERVICE_UNAVAILABLE',
  status: 503,
  title: { zh: '服务暂时不可用', en: 'The service is not available for a moment' },
  action: {
    zh: '系统会自动恢复，请稍后重试；您填写的内容已保留。',
    en: 'It recovers by itself; try again shortly. What you typed is kept.',
  },
});
export const Starting = domainError({
  code: 'STARTING',
  status: 503,
  title: { zh: '系统正在启动', en: 'The system is starting' },
  action: { zh: '请稍候，页面会自动刷新。', en: 'Please wait; the page refreshes by itself.' },
});
export const CrossSiteRequest = domainError({
  code: 'CROSS_SITE_REQUEST',
  status: 403,
  title: { zh: '请求来源不被允许', en: 'The request came from another site' },
  action: { zh: '请在本系统页面内操作。', en: 'Use the pages of this system.' },
});
/** Sent for one person, arrived in the session of another: a page that was kept while somebody else signed in (x-account). */
export const OtherAccount = domainError({
  code: 'OTHER_ACCOUNT',
  status: 409,
  title: { zh: '这是另一个账号的内容', en: 'This belongs to another account' },
  action: { zh: '请用提交时的账号重新登录。', en: 'Sign in with the account that handed it in.' },
});
export const InternalError = domainError({
  code: 'INTERNAL_ERROR',
  status: 500,
  title: { zh: '系统出错了', en: 'Something went wrong on our side' },
  action: {
    zh: '请稍后再试；如仍出错，请提供参考号。',
    en: 'Try again later; if it happens again, quote the reference.',
  },
});
