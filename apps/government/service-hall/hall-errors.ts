import { domainError } from '#platform/kernel/errors.ts';

export const CentreClosed = domainError({
  code: 'CENTRE_CLOSED',
  status: 409,
  title: { zh: '中心现在不开放', en: 'The centre is closed now' },
  action: { zh: '请在开放时间取号，或预约其他日期。', en: 'Come in the opening hours, or book another day.' },
});
export const FamilyNotServed = domainError({
  code: 'FAMILY_NOT_SERVED',
  status: 409,
  title: { zh: '该中心没有办理这类事项的窗口', en: 'No window of this centre serves that' },
  action: { zh: '请选择列出的其他中心。', en: 'Choose one of the other centres listed.' },
});
export const AlreadyInLine = domainError({
  code: 'ALREADY_IN_LINE',
  status: 409,
  title: { zh: '您已经在这里排队', en: 'You are in this line already' },
  action: { zh: '请查看我的排队。', en: 'See your ticket.' },
});
export const SlotTaken = domainError({
  code: 'SLOT_TAKEN',
  status: 409,
  title: { zh: '该时段不能再预约', en: 'This time cannot be booked any more' },
  action: { zh: '请选择其他时段。', en: 'Choose another time.' },
});
export const NotAtWindow = domainError({
  code: 'NOT_AT_WINDOW',
  status: 409,
  title: { zh: '请先在窗口登录', en: 'You do not sit at a window' },
  action: { zh: '选择您所在的窗口后再叫号。', en: 'Choose your window first.' },
});
export const WindowTaken = domainError({
  code: 'WINDOW_TAKEN',
  status: 409,
  title: { zh: '该窗口已有人在办理', en: 'Somebody sits at this window' },
  action: { zh: '请选择其他窗口，或请同事先离开。', en: 'Choose another, or ask your colleague to leave it first.' },
});
export const WindowBusy = domainError({
  code: 'WINDOW_BUSY',
  status: 409,
  title: { zh: '窗口还有正在办理的人', en: 'Somebody is at the window still' },
  action: {
    zh: '请先办结、过号或转出，综窗请先结束办理。',
    en: 'Finish, set aside or transfer first, or end the visit.',
  },
});
export const NobodyWaits = domainError({
  code: 'NOBODY_WAITS',
  status: 409,
  title: { zh: '没有您能办理的等候者', en: 'Nobody waits whom you can serve' },
  action: { zh: '有人取号后会自动提示。', en: 'You will see it when somebody comes.' },
});
export const TicketMoved = domainError({
  code: 'TICKET_MOVED',
  status: 409,
  title: { zh: '这个号现在不能这样处理', en: 'The ticket is not in a state for this' },
  action: { zh: '可能刚刚有人处理过，请刷新后查看。', en: 'Somebody may have acted just now; reload to see.' },
});
export const NoSkilledWindow = domainError({
  code: 'NO_SKILLED_WINDOW',
  status: 409,
  title: { zh: '没有能办理这类事项的窗口开放', en: 'No open window is skilled for that' },
  action: { zh: '请联系中心负责人安排，或为群众预约。', en: 'Ask the head of the centre, or book a time for them.' },
});
export const OwnExam = domainError({
  code: 'OWN_EXAM',
  status: 403,
  title: { zh: '不能登记自己的考核', en: 'Nobody certifies themselves' },
  action: { zh: '请由另一位负责人登记。', en: 'Let another person enter it.' },
});
export const IntakeMoved = domainError({
  code: 'INTAKE_MOVED',
  status: 409,
  title: { zh: '这份收件已经不在这一步', en: 'The intake is not at this step any more' },
  action: { zh: '可能刚刚有人处理过，请刷新后查看。', en: 'Somebody may have acted just now; reload to see.' },
});
