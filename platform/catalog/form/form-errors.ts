import { domainError } from '#platform/kernel/errors.ts';

/** What is shared already is obtained, not collected again (《上海市数据条例》第三十条). */
export const ObtainNotCollect = domainError({
  code: 'OBTAIN_NOT_COLLECT',
  status: 409,
  title: {
    zh: '已有单位共享这项数据，不得重复采集',
    en: 'Another unit shares this already: it may not be collected again',
  },
  action: {
    zh: '请改为从来源获取；确需采集的，写明理由，由数源单位决定。',
    en: 'Obtain it from its source. If it has to be asked for all the same, say why: the unit that shares it decides.',
  },
});
export const FieldExists = domainError({
  code: 'FORM_FIELD_EXISTS',
  status: 409,
  title: { zh: '表单里已有这个字段', en: 'The form has a field of this name' },
  action: { zh: '请换一个字段名，或先删除原字段。', en: 'Choose another name, or take the old field out first.' },
});
export const FormExists = domainError({
  code: 'FORM_EXISTS',
  status: 409,
  title: { zh: '表单编号已被使用', en: 'A form of this id exists' },
  action: { zh: '请换一个编号。', en: 'Choose another id.' },
});
export const SourceNotShared = domainError({
  code: 'SOURCE_NOT_SHARED',
  status: 422,
  title: { zh: '这个来源不可用', en: 'This source cannot be used' },
  action: {
    zh: '请选择目录中可共享资源的信息项，且本应用已声明需要该资源。',
    en: 'Choose a field of a resource that is shared and that the app has declared as a need.',
  },
});
export const ChoicesMissing = domainError({
  code: 'FORM_CHOICES_MISSING',
  status: 422,
  title: { zh: '选择题没有选项', en: 'A choice without choices' },
  action: { zh: '请至少写两个选项。', en: 'Write at least two choices.' },
});
export const ExceptionNotAsked = domainError({
  code: 'FORM_EXCEPTION_NOT_ASKED',
  status: 409,
  title: { zh: '这个字段没有待决定的采集理由', en: 'No reason of this field waits for a decision' },
  action: { zh: '请刷新后查看最新状态。', en: 'Reload to see its state.' },
});
