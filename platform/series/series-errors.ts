import { domainError } from '#platform/kernel/errors.ts';

export const SeriesTooWide = domainError({
  code: 'SERIES_TOO_WIDE',
  status: 422,
  title: { zh: '这次查询的点太多', en: 'Too many points are asked for' },
  action: {
    zh: '请缩短时间段、减少测点，或改看汇总。',
    en: 'Ask for a shorter time, fewer sensors, or for the roll-up.',
  },
});
/** Both copies of a file are damaged: nothing is answered from them. */
export const ColdFileLost = domainError({
  code: 'COLD_FILE_LOST',
  status: 503,
  title: { zh: '归档文件及其副本都已损坏', en: 'The file and its second copy are both damaged' },
  action: {
    zh: '请由数据中心从备份恢复，在此之前不提供这一段数据。',
    en: 'The data centre restores it from the backup; until then this period is not answered.',
  },
});
export const PartNotThere = domainError({
  code: 'PART_NOT_THERE',
  status: 409,
  title: { zh: '这个分区现在不能这样移动', en: 'This partition cannot be moved like this now' },
  action: { zh: '请刷新页面，按现在的状态再试。', en: 'Reload the page and try again as it stands now.' },
});
export const HoldEmpty = domainError({
  code: 'HOLD_EMPTY',
  status: 422,
  title: { zh: '保全的时间段是空的', en: 'The period of the hold is empty' },
  action: { zh: '结束日期不能早于开始日期。', en: 'The last day is not before the first one.' },
});
