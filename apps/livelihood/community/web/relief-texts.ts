import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';

const zh = {
  title: '救助申请',
  subject: '救助申请人的信息',
  gate: '救助申请涉及敏感个人信息。说明用途后显示，申请人能看到谁查看过。',
  none: '还没有受理过救助申请',
  noneText: '在街道工作台打开一户，从成员处登记救助申请。',
  openDesk: '打开街道工作台',
  card: '人员卡片',
  loading: '正在读取…',
  ask: '需要询问',
  known: '已经掌握，不必再问',
  knownText: '各项取自权威来源，提交时只记来源，不另存一份。',
  count: '{{n}} 项',
  optional: '（选填）',
  unknownAtSource: '（来源没有此人的记录，请当面确认）',
  need: '请填写“{{field}}”',
  needNumber: '“{{field}}”请用数字填写',
  send: '提交申请',
  yes: '是',
  no: '否',
  filed: '已受理{{name}}的救助申请',
  filedText: '询问 {{asked}} 项，{{obtained}} 项取自来源，没有重复填写。',
  toList: '查看已受理的申请',
  start: '登记救助申请',
};
const en: typeof zh = {
  title: 'Relief',
  subject: 'what concerns an applicant for relief',
  gate: 'Applications for relief are sensitive. They are shown once you state a purpose; the applicant sees who has looked.',
  none: 'No application has been taken in',
  noneText: 'Open a household at the street desk and begin with one of its members.',
  openDesk: 'Open the street desk',
  card: 'Person card',
  loading: 'Reading…',
  ask: 'To be asked',
  known: 'Known already, not to be asked',
  knownText: 'Each comes from its authority; only the source is kept with the application, no copy.',
  count: '{{n}}',
  optional: '(optional)',
  unknownAtSource: '(the source holds nothing about this person: please ask)',
  need: 'Fill in “{{field}}”',
  needNumber: 'Write “{{field}}” as a number',
  send: 'Send',
  yes: 'Yes',
  no: 'No',
  filed: 'The application of {{name}} has been taken in',
  filedText: '{{asked}} were asked, {{obtained}} came from their source, none twice.',
  toList: 'See what has been taken in',
  start: 'Apply for relief',
};
addTexts('community-relief', { zh, en });

/** Texts of relief. */
export const useReliefTexts = () => useTranslation('community-relief').t;
