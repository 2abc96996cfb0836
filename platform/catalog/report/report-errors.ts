import { domainError } from '#platform/kernel/errors.ts';

export const PackNotOpen = domainError({
  code: 'PACK_NOT_OPEN',
  status: 409,
  title: { zh: '该报表目前不在这一环节', en: 'The report is not at this step' },
  action: { zh: '请刷新后查看最新状态。', en: 'Reload to see its state.' },
});
export const PackIncomplete = domainError({
  code: 'PACK_INCOMPLETE',
  status: 422,
  title: { zh: '还有单元格没有数', en: 'Some cells have no number yet' },
  action: {
    zh: '请修复取数映射后重新取数，或手工填写并说明理由。',
    en: 'Mend the mapping and fill again, or type the number with a reason.',
  },
});
export const SamePerson = domainError({
  code: 'SAME_PERSON',
  status: 409,
  title: { zh: '填报人不能复核自己填的报表', en: 'Who filled in a report does not confirm it' },
  action: { zh: '请由本单位另一人复核。', en: 'Let somebody else of your unit confirm it.' },
});
export const FormExists = domainError({
  code: 'FORM_EXISTS',
  status: 409,
  title: { zh: '这一编号的报表已登记', en: 'A form of this id is registered already' },
  action: { zh: '请直接打开它，或换一个编号。', en: 'Open it, or choose another id.' },
});
