import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';

const zh = {
  title: '对查看记录的异议',
  lead: '居民、企业认为某次查看不应当发生。请查明情况，用大白话答复本人；查看人不能答复针对自己的异议。',
  gate: '异议中有个人信息，请先说明用途。',
  subject: '对查看记录的异议',
  states: { open: '待答复', answered: '已答复', withdrawn: '已撤回' },
  none: '没有待答复的异议',
  noneText: '有人对本单位的查看提出异议时，会出现在这里，并开始计算答复时限。',
  noneClosed: '还没有这样的异议',
  noneClosedText: '办结后会列在这里。',
  from: '{{name}} 的异议',
  looked: '{{unit}} {{name}} 于 {{when}} 查看',
  what: '操作',
  purpose: '用途',
  basis: '依据',
  items: '数据项',
  noPurpose: '未说明用途',
  auditor: '由安全审计员答复',
  yours: '这是针对您本人查看的异议，须由他人答复。',
  finding: '结论',
  findings: { justified: '查看属于工作需要', 'not-justified': '这次查看不应当发生' },
  answer: '给本人的答复',
  answerHelp: '说明为什么查看、依据什么、看了什么；不应当的，说明如何处理。',
  send: '答复本人',
  answered: '{{name}} 于 {{when}} 答复',
  pick: '请从列表中选择一条异议。',
};
const en: typeof zh = {
  title: 'Objections to looks',
  lead: 'A resident or enterprise holds that a look should not have happened. Find out, and answer in plain words; whoever looked cannot answer for it.',
  gate: 'Objections are personal data: state a purpose first.',
  subject: 'Objections to looks',
  states: { open: 'To answer', answered: 'Answered', withdrawn: 'Withdrawn' },
  none: 'No objection waits',
  noneText: 'When somebody objects to a look of your unit it appears here, and the time to answer begins.',
  noneClosed: 'There is none',
  noneClosedText: 'Closed objections are listed here.',
  from: 'Objection of {{name}}',
  looked: '{{name}}, {{unit}}, looked on {{when}}',
  what: 'Operation',
  purpose: 'Purpose',
  basis: 'Legal basis',
  items: 'Data items',
  noPurpose: 'none given',
  auditor: 'to be answered by the security auditor',
  yours: 'This is about your own look: somebody else has to answer.',
  finding: 'Finding',
  findings: { justified: 'The look was needed for work', 'not-justified': 'The look should not have happened' },
  answer: 'Answer to the person',
  answerHelp: 'Why it was looked at, on which basis, and what was seen; if it was wrong, what follows.',
  send: 'Send the answer',
  answered: 'answered by {{name}} on {{when}}',
  pick: 'Choose an objection from the list.',
};
addTexts('objection', { zh, en });

export const useObjectionTexts = () => {
  const { t, i18n } = useTranslation('objection');
  return { t, language: i18n.language === 'en' ? ('en' as const) : ('zh' as const) };
};
