import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';

const zh = {
  title: '规则库',
  lead: '平台用到的每一个数字和期限，都写明出自哪部法律、标准或区级措施、哪一条、从哪天起适用。标有“待核”的尚未经人核实，系统不会据此自动作出不利处理。',
  on: '适用日期',
  find: '查找',
  unverifiedOnly: '只看待核',
  search: '查询',
  rule: '规则',
  value: '数值',
  decision: '决策表',
  source: '出处',
  since: '适用期间',
  state: '核实',
  unverified: '待核',
  verified: '{{name}} 于 {{on}} 核实',
  from: '自 {{from}} 起',
  fromTo: '{{from}} 至 {{to}} 前',
  none: '当天没有符合条件的规则',
  noneText: '请换一个日期或查找词。',
  count: '{{n}} 条待核',
  kinds: { law: '法律法规', standard: '标准', measure: '区级措施' },
  units: {
    'working-day': '个工作日',
    day: '日',
    month: '个月',
    year: '年',
    hour: '小时',
  },
  back: '规则库',
  applies: '{{on}} 适用',
  notApplies: '{{on}} 没有适用的规定',
  versions: '历次版本',
  version: '第 {{n}} 版',
  recorded: '{{when}} 载入',
  id: '编号',
  note: '说明',
  verify: '核实这一版',
  verifyLead: '您须亲自与出处原文逐字核对。核实后写明您的姓名和日期，系统才可以据此自动办理。',
  how: '如何核对',
  howHelp: '例如：与国家法律法规数据库文本逐字核对。',
};
const en: typeof zh = {
  title: 'Rulebook',
  lead: 'Every number and term that the platform uses, with the law, standard or measure, the article and the day from which it applies. What is marked unverified has been checked by nobody yet; nothing adverse is done automatically on it.',
  on: 'Day',
  find: 'Find',
  unverifiedOnly: 'unverified only',
  search: 'Search',
  rule: 'Rule',
  value: 'Value',
  decision: 'Decision table',
  source: 'Source',
  since: 'Applies',
  state: 'Verified',
  unverified: 'unverified',
  verified: 'by {{name}}, {{on}}',
  from: 'from {{from}}',
  fromTo: '{{from}} until before {{to}}',
  none: 'No rule is found for that day',
  noneText: 'Try another day or word.',
  count: '{{n}} unverified',
  kinds: { law: 'law', standard: 'standard', measure: 'measure of the district' },
  units: { 'working-day': 'working days', day: 'days', month: 'months', year: 'years', hour: 'hours' },
  back: 'Rulebook',
  applies: 'Applies on {{on}}',
  notApplies: 'Nothing applies on {{on}}',
  versions: 'Versions',
  version: 'version {{n}}',
  recorded: 'recorded {{when}}',
  id: 'Id',
  note: 'Note',
  verify: 'Verify this version',
  verifyLead:
    'Compare it with the source yourself, word by word. Your name and the day stand under it, and automatic acts may rest on it from then on.',
  how: 'How it was compared',
  howHelp: 'For example: word by word with the national database of laws.',
};
addTexts('rulebook', { zh, en });

export const useRuleTexts = () => {
  const { t, i18n } = useTranslation('rulebook');
  const language = i18n.language === 'en' ? ('en' as const) : ('zh' as const);
  const units: Record<string, string> = {
    'working-day': t('units.working-day'),
    day: t('units.day'),
    month: t('units.month'),
    year: t('units.year'),
    hour: t('units.hour'),
  };
  return { t, language, unit: (name: string | null) => (name === null ? '' : (units[name] ?? name)) };
};
