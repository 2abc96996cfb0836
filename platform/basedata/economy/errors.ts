import { domainError } from '#platform/kernel/errors.ts';

/** Before its moment nobody but those who prepare and approve a release sees its figures (发布前保密). */
export const Embargoed = domainError({
  code: 'EMBARGOED',
  status: 403,
  title: { zh: '尚未到发布时间', en: 'Not released yet' },
  action: {
    zh: '发布时间前任何人不得提前查阅或引用；到时刷新即可看到。本次访问已记录。',
    en: 'Nobody reads or quotes the figures before their time; reload then. This attempt was recorded.',
  },
});
export const ApproverIsPreparer = domainError({
  code: 'APPROVER_IS_PREPARER',
  status: 403,
  title: { zh: '拟制人不能审批自己的发布', en: 'Who prepared a release cannot approve it' },
  action: { zh: '请由本单位另一位负责人审批。', en: 'Another person in charge of the unit must approve it.' },
});
export const ReleaseClosed = domainError({
  code: 'RELEASE_CLOSED',
  status: 409,
  title: { zh: '这期发布不能再改', en: 'This release can no longer be changed' },
  action: {
    zh: '已审批或已发布的数据不能替换；修订请随下一期发布。',
    en: 'What was approved or published is not replaced; revise it with the next release.',
  },
});
export const ReleaseEmpty = domainError({
  code: 'RELEASE_EMPTY',
  status: 409,
  title: { zh: '这期发布还没有数据', en: 'This release has no figures yet' },
  action: { zh: '请先报送并通过核查。', en: 'Send the workbook and pass the checks first.' },
});
export const ReasonMissing = domainError({
  code: 'REASON_MISSING',
  status: 422,
  title: { zh: '有核查发现没有说明原因', en: 'A finding has no reason' },
  action: { zh: '请为每一条发现填写原因，或退回报送。', en: 'Say why for each finding, or refuse the load.' },
});
export const LoadClosed = domainError({
  code: 'LOAD_CLOSED',
  status: 409,
  title: { zh: '这次报送已经处理过', en: 'This load was decided already' },
  action: { zh: '请刷新后查看处理结果。', en: 'Reload to see the decision.' },
});
export const WorkbookUnreadable = domainError({
  code: 'WORKBOOK_UNREADABLE',
  status: 422,
  title: { zh: '工作簿无法读取', en: 'The workbook cannot be read' },
  action: {
    zh: '请按说明修改后重新报送，没有任何数据入库。',
    en: 'Mend it as said and send again; nothing was loaded.',
  },
});
