import { domainError } from '#platform/kernel/errors.ts';

export const CounterBusy = domainError({
  code: 'COUNTER_BUSY',
  status: 409,
  title: { zh: '这个窗口还有一位没有办完', en: 'Somebody is still being served at this window' },
  action: { zh: '请先完成或结束当前办理。', en: 'Finish or end it first.' },
});
export const CounterMoved = domainError({
  code: 'COUNTER_MOVED',
  status: 409,
  title: { zh: '当前办理不在这一步', en: 'This is not the step that comes now' },
  action: { zh: '请按页面上的下一步继续。', en: 'Go on with the step that the page shows.' },
});
export const CardNotRead = domainError({
  code: 'CARD_NOT_READ',
  status: 400,
  title: { zh: '读卡结果无法核验', en: 'The reading cannot be verified' },
  action: { zh: '请重新读卡；仍不行时改用手工录入。', en: 'Read the card again, or enter it by hand.' },
});
export const NotIdentified = domainError({
  code: 'NOT_IDENTIFIED',
  status: 409,
  title: { zh: '还没有确认是本人', en: 'It is not certain yet who stands there' },
  action: {
    zh: '请比对照片；不像时用短信验证码或请第二位工作人员核对。',
    en: 'Compare the photo; if it differs, use a code to the phone on record or a second officer.',
  },
});
export const NoConsent = domainError({
  code: 'COUNTER_NO_CONSENT',
  status: 403,
  title: { zh: '本人还没有在第二屏同意查看', en: 'The citizen has not agreed on the second screen yet' },
  action: { zh: '请群众在第二屏上点“同意”。', en: 'Ask them to agree on the second screen.' },
});
export const NotConfirmed = domainError({
  code: 'COUNTER_NOT_CONFIRMED',
  status: 409,
  title: { zh: '本人还没有确认，不能提交', en: 'The citizen has not confirmed: nothing is sent' },
  action: { zh: '请群众在第二屏核对并签名。', en: 'Ask them to check and sign on the second screen.' },
});
export const OutsideSkill = domainError({
  code: 'OUTSIDE_SKILL',
  status: 409,
  title: { zh: '这个事项不在您的考核范围内', en: 'You have not passed the exam for this item' },
  action: {
    zh: '可转到有资格的窗口，群众的排队位置不变。',
    en: 'Send them to a skilled window; they keep their place.',
  },
});
export const CodeWrong = domainError({
  code: 'STEP_UP_CODE',
  status: 409,
  title: { zh: '验证码不对或已失效', en: 'The code is wrong or too old' },
  action: { zh: '请重新发送，或请第二位工作人员核对。', en: 'Send another, or ask a second officer.' },
});
export const NoPhone = domainError({
  code: 'STEP_UP_NO_PHONE',
  status: 409,
  title: { zh: '没有可用的登记手机号', en: 'There is no phone on record to send to' },
  action: { zh: '请第二位工作人员核对。', en: 'Ask a second officer.' },
});
export const SameOfficer = domainError({
  code: 'SAME_OFFICER',
  status: 403,
  title: { zh: '须由另一位工作人员核对', en: 'Another officer has to look' },
  action: { zh: '请本中心另一位窗口同事在自己的页面上核对。', en: 'Ask a colleague of the centre.' },
});
export const MandateEnded = domainError({
  code: 'MANDATE_ENDED',
  status: 409,
  title: { zh: '委托书不在有效期内', en: 'The mandate does not hold' },
  action: { zh: '请委托人重新委托，或由本人来办。', en: 'The person has to give a new one, or come themselves.' },
});
export const ScreenCodeWrong = domainError({
  code: 'SCREEN_CODE',
  status: 404,
  title: { zh: '配对码不对或已过期', en: 'The pairing code is wrong or too old' },
  action: { zh: '请窗口工作人员再出示一个。', en: 'Ask the clerk for another.' },
});
