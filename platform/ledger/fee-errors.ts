import { domainError } from '#platform/kernel/errors.ts';

export const OrderNotOpen = domainError({
  code: 'ORDER_NOT_OPEN',
  status: 409,
  title: { zh: '该缴费单不能再支付', en: 'This order cannot be paid any more' },
  action: { zh: '请刷新后查看当前状态。', en: 'Reload to see its state.' },
});
export const ChannelAbsent = domainError({
  code: 'PAYMENT_CHANNEL_ABSENT',
  status: 503,
  title: { zh: '该支付方式尚未开通', en: 'This way to pay is not set up' },
  action: { zh: '请换一种支付方式，或到窗口缴费。', en: 'Choose another way to pay, or pay at the counter.' },
});
export const RefundTooLarge = domainError({
  code: 'REFUND_TOO_LARGE',
  status: 409,
  title: { zh: '退费金额超过可退金额', en: 'The refund is above what can go back' },
  action: { zh: '请核对已退和退费中的金额。', en: 'Look at what went back or is on its way.' },
});
export const NotPaid = domainError({
  code: 'PAYMENT_NOT_PAID',
  status: 409,
  title: { zh: '该笔支付没有到账，无从退费', en: 'Nothing was paid that could go back' },
  action: { zh: '请刷新后查看当前状态。', en: 'Reload to see its state.' },
});
export const RefundDecided = domainError({
  code: 'REFUND_DECIDED',
  status: 409,
  title: { zh: '该退费申请已有结论', en: 'This refund was decided already' },
  action: { zh: '请刷新后查看当前状态。', en: 'Reload to see its state.' },
});
export const OwnRefund = domainError({
  code: 'REFUND_OF_ONES_OWN',
  status: 403,
  title: { zh: '不能审批自己提出的退费', en: 'Nobody approves a refund that they asked for' },
  action: { zh: '请由本单位另一位有权审批的人员办理。', en: 'Somebody else of the unit who may approve must decide.' },
});
export const DifferenceSettled = domainError({
  code: 'DIFFERENCE_SETTLED',
  status: 409,
  title: { zh: '该差异已处理', en: 'This difference was settled already' },
  action: { zh: '请刷新后查看处理说明。', en: 'Reload to read how.' },
});
