import { domainError } from '#platform/kernel/errors.ts';

/** The resource stands on the negative list: nobody has to be asked, and nobody may decide otherwise. */
export const NotShared = domainError({
  code: 'NOT_SHARED',
  status: 409,
  title: { zh: '该资源不予共享', en: 'This resource is not shared' },
  action: {
    zh: '如认为不应列入，请向目录管理单位提出；也可改为申请统计结果或核验服务。',
    en: 'If it should not stand on the list, tell the unit that runs the catalogue; or ask for statistics or a yes/no check instead.',
  },
});
/** A request can only narrow what the app's manifest declares. */
export const RequestTooWide = domainError({
  code: 'REQUEST_TOO_WIDE',
  status: 422,
  title: { zh: '申请超出了应用清单', en: 'More is asked for than the app declares' },
  action: {
    zh: '请只选择应用清单中的信息项和现行有效的目的。',
    en: 'Choose only fields of the app’s manifest and purposes that are in force.',
  },
});
export const SupplementAsked = domainError({
  code: 'SUPPLEMENT_ASKED',
  status: 409,
  title: { zh: '补充材料只能要求一次', en: 'More may be asked for once only' },
  action: {
    zh: '已一次性告知过需补充的内容，请依据现有材料作出决定。',
    en: 'All that is missing was told at once before; decide on what is there.',
  },
});
export const RequestNotOpen = domainError({
  code: 'REQUEST_NOT_OPEN',
  status: 409,
  title: { zh: '该申请目前不在这一环节', en: 'The request is not at this step' },
  action: { zh: '请刷新后查看最新状态。', en: 'Reload to see its state.' },
});
