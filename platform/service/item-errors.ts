import { domainError } from '#platform/kernel/errors.ts';

export const ItemFaulty = domainError({
  code: 'ITEM_FAULTY',
  status: 422,
  title: { zh: '事项还不能提交', en: 'The item cannot be sent on yet' },
  action: {
    zh: '请按标出的位置逐项修改；已填内容已保存。',
    en: 'Correct what is marked, each at its place; the draft is kept.',
  },
});
export const ItemExists = domainError({
  code: 'ITEM_EXISTS',
  status: 409,
  title: { zh: '这个实施编码已有事项', en: 'An item of this code exists' },
  action: { zh: '请核对编码，或打开已有事项修改。', en: 'Check the code, or open the item that exists.' },
});
export const BundleExists = domainError({
  code: 'BUNDLE_EXISTS',
  status: 409,
  title: { zh: '这个标识已有一件事', en: 'A bundle of this id exists' },
  action: { zh: '请换一个标识，或打开已有的一件事修改。', en: 'Choose another id, or open the bundle that exists.' },
});
export const NoDraft = domainError({
  code: 'ITEM_NO_DRAFT',
  status: 409,
  title: { zh: '没有可办理的草稿', en: 'There is no draft to do this with' },
  action: { zh: '请刷新后查看最新状态。', en: 'Reload to see how it stands.' },
});
/** Whoever drew a version does not publish it (经办与审核分离). */
export const FourEyes = domainError({
  code: 'ITEM_FOUR_EYES',
  status: 403,
  title: { zh: '发布须由另一人审核', en: 'Another person has to publish it' },
  action: {
    zh: '请本单位的另一名数据专员或负责人审核发布。',
    en: 'Ask another officer or the head of your unit to publish it.',
  },
});
export const FormFaulty = domainError({
  code: 'FORM_FAULTY',
  status: 422,
  title: { zh: '表单填写有误', en: 'Some answers do not fit' },
  action: { zh: '请按各栏提示修改，已填内容不会丢失。', en: 'Correct the marked fields; nothing you typed is lost.' },
});
