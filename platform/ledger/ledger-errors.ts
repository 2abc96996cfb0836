import { domainError } from '#platform/kernel/errors.ts';

export const JournalUnbalanced = domainError({
  code: 'JOURNAL_UNBALANCED',
  status: 422,
  title: { zh: '借贷不平', en: 'Debit and credit differ' },
  action: { zh: '请核对每个核算要素下的借方与贷方金额。', en: 'Compare debit and credit of each control key.' },
});
export const BalanceTooLow = domainError({
  code: 'BALANCE_TOO_LOW',
  status: 409,
  title: { zh: '可用余额不足', en: 'The balance does not cover this' },
  action: { zh: '请减少金额，或先补充额度。', en: 'Ask for less, or raise the balance first.' },
});
export const PeriodClosed = domainError({
  code: 'PERIOD_CLOSED',
  status: 409,
  title: { zh: '该会计期间已结账', en: 'The books of this month are closed' },
  action: {
    zh: '请记入当前期间；更正用红字冲销。',
    en: 'Book it in the present month; correct by a red-letter journal.',
  },
});
export const EventBooked = domainError({
  code: 'EVENT_BOOKED_OTHERWISE',
  status: 409,
  title: { zh: '该业务事项已按其他内容入账', en: 'This event was booked with other content' },
  action: { zh: '请红字冲销原凭证后重新入账。', en: 'Reverse the first journal, then book it anew.' },
});
export const ReversalTooLarge = domainError({
  code: 'REVERSAL_TOO_LARGE',
  status: 409,
  title: { zh: '冲销金额超过原凭证', en: 'The reversal takes back more than was booked' },
  action: { zh: '请核对原凭证和已冲销的金额。', en: 'Look at the first journal and what was taken back of it.' },
});
