import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';

const zh = {
  title: '我的企业',
  signIn: '登录后，这里显示各部门登记的企业信息、来源和查看记录。',
  accesses: '谁看了企业的数据',
  accessesLead: '每次有工作人员查看企业信息，都会记在这里。',
  notLinked: '还没有找到您的企业',
  notLinkedText: '您的账号还没有与企业登记对应起来。请由法定代表人在市场监管窗口办理经办人授权。',
  wrong: '信息不对？点那一项旁边的“不对？”提出异议，来源部门限期答复；更正后这里会更新。',
};
const en: typeof zh = {
  title: 'My enterprise',
  signIn: 'Once signed in, you see what the departments hold about the enterprise, its sources, and who looked.',
  accesses: 'Who looked at the enterprise’s data',
  accessesLead: 'Every look by an official at the enterprise’s data is recorded here.',
  notLinked: 'Your enterprise has not been found yet',
  notLinkedText:
    'Your account has not been matched with an enterprise. Its legal representative authorises agents at the market supervision counter.',
  wrong: 'Not right? “Not right?” beside an item disputes it, and the source answers in time; this page follows.',
};
addTexts('business', { zh, en });

/** Texts of the business entrance. */
export const useBusinessTexts = () => useTranslation('business').t;
