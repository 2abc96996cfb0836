import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';

const zh = {
  title: '工作日历',
  lead: '法定节假日、调休上班日和区级调整。期限按这里的工作日计算。',
  year: '年份',
  announced: '{{year}} 年节假日安排已公布，共 {{n}} 个工作日。',
  document: '依据：{{document}}',
  notAnnounced: '{{year}} 年节假日安排尚未公布：暂按周一至周五计算，跨入该年的期限标为“暂定”，公布后自动重算。',
  months: '{{n}}月',
  week: ['一', '二', '三', '四', '五', '六', '日'],
  kinds: {
    weekday: '工作日',
    weekend: '休息日',
    holiday: '节假日',
    'make-up': '调休上班',
    'district-off': '区级放假',
    'district-work': '区级上班',
  },
  list: '{{year}} 年的特殊日子',
  set: '区级调整',
  setLead: '按文件把某一天改为放假或上班，正在计算的期限会随之重算。已经过去的日子不能改。',
  date: '日期',
  kind: '改为',
  off: '放假',
  work: '上班',
  reason: '原因',
  basis: '依据文件',
  save: '保存调整',
  withdraw: '撤回 {{date}} 的调整',
  import: '录入年度节假日安排',
  importLead: '照国务院办公厅通知录入全年安排。每行一天：日期 名称，例如 2027-01-01 元旦。',
  number: '文号',
  holidays: '放假日',
  makeUp: '调休上班日',
  importAct: '录入安排',
  saved: '已保存，期限将在几秒内重算',
};
const en: typeof zh = {
  title: 'Working days',
  lead: 'Holidays, make-up workdays and days of the district. Deadlines are counted with these days.',
  year: 'Year',
  announced: 'The holidays of {{year}} are announced: {{n}} working days.',
  document: 'By {{document}}',
  notAnnounced:
    'The holidays of {{year}} are not announced: Monday to Friday for now. What reaches into it is provisional and will be counted anew.',
  months: '{{n}}',
  week: ['M', 'T', 'W', 'T', 'F', 'S', 'S'],
  kinds: {
    weekday: 'working day',
    weekend: 'weekend',
    holiday: 'holiday',
    'make-up': 'worked instead',
    'district-off': 'off in the district',
    'district-work': 'worked in the district',
  },
  list: 'Special days of {{year}}',
  set: 'Day of the district',
  setLead: 'Make a day off or worked by a document; running deadlines follow. Days of the past cannot be set.',
  date: 'Day',
  kind: 'Becomes',
  off: 'off',
  work: 'worked',
  reason: 'Why',
  basis: 'Document',
  save: 'Save the day',
  withdraw: 'Take back {{date}}',
  import: 'Import the list of a year',
  importLead: 'As the notice of the State Council has it, one day a line: day and name, e.g. 2027-01-01 元旦.',
  number: 'Number of the notice',
  holidays: 'Days off',
  makeUp: 'Days worked instead',
  importAct: 'Import',
  saved: 'Saved; deadlines are counted anew in seconds',
};
addTexts('calendar', { zh, en });

export const useCalendarTexts = () => {
  const { t, i18n } = useTranslation('calendar');
  const language = i18n.language === 'en' ? ('en' as const) : ('zh' as const);
  return { t, language, week: (language === 'en' ? en : zh).week };
};
