import { domainError } from '#platform/kernel/errors.ts';

export const EntryNotOpen = domainError({
  code: 'ENTRY_NOT_OPEN',
  status: 409,
  title: { zh: '该目录项目前不在这一环节', en: 'The item is not at this step' },
  action: { zh: '请刷新后查看最新状态。', en: 'Reload to see its state.' },
});
export const OwnProposal = domainError({
  code: 'OWN_PROPOSAL',
  status: 409,
  title: { zh: '不能审核自己提交的目录项', en: 'Nobody reviews what they proposed themselves' },
  action: {
    zh: '请由目录管理单位的另一人审核。',
    en: 'Let somebody else of the unit that runs the catalogue review it.',
  },
});
export const OnNegativeList = domainError({
  code: 'ON_NEGATIVE_LIST',
  status: 409,
  title: { zh: '已列入负面清单，不予共享', en: 'It stands on the negative list' },
  action: {
    zh: '如认为不应列入，请向目录管理单位提出；也可改为申请统计结果或核验服务。',
    en: 'If it should not stand there, tell the unit that runs the catalogue; or ask for statistics or a yes/no check.',
  },
});
export const RegisterUnreadable = domainError({
  code: 'REGISTER_UNREADABLE',
  status: 422,
  title: { zh: '无法读取这个目录文件', en: 'The register cannot be read' },
  action: {
    zh: '请使用模板的表头，保存为 XLSX 或 CSV（UTF-8、GBK 均可）后再上传。',
    en: 'Use the head of the template and save it as XLSX or CSV (UTF-8 or GBK).',
  },
});
