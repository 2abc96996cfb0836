import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';

const zh = {
  ask: '您想办什么？',
  placeholder: '例如：居住证、敬老卡、我的住址',
  act: '搜索',
  found: '可能是您要找的',
  services: '在全部服务中查找“{{q}}”',
  allServices: '查看全部办事服务',
  hello: '{{name}}，您好',
  signIn: '登录后，可以看到政府部门登记的您的信息，以及谁查看过。',
  signInAct: '登录',
  waiting: '等您处理的事',
  nothing: '现在没有要您处理的事。',
  asked: '{{name}} 请您代办，等您答复',
  me: '我的信息',
  meOf: '{{name}} 的信息',
  meText: '政府部门登记的您的信息，每一项写明来自哪里、什么时候收到。',
  accesses: '谁看了我的数据',
  accessesText: '谁、哪个单位、什么时候、为什么看了您的信息。',
  delegations: '代办',
  delegationsText: '请家人替您办事，或替家人办事；每一次都看得到，随时可以停止。',
  recent: '最近 {{n}} 次查看',
  meLead: '这些是政府部门登记的您的信息。每一项都写明来自哪个部门、什么时候收到；点一下可以看得更细。',
  accessesLead:
    '每次有工作人员查看您的信息，都会记在这里。觉得不该看的，可以提出异议，查看的单位必须在规定时间内答复您。',
  notLinked: '还没有找到您的登记信息',
  notLinkedText: '您的账号还没有与人口登记对应起来。请带身份证到居委会或街道办事处核对。',
  empty: '尚无部门登记',
  id: '公民身份号码',
  wrong: '信息不对？点那一项旁边的“不对？”提出异议，来源部门限期答复；也可以带身份证到街道社区事务受理服务中心办理。',
  back: '返回首页',
};
const en: typeof zh = {
  ask: 'What would you like to do?',
  placeholder: 'For example: residence permit, my address',
  act: 'Search',
  found: 'Perhaps you are looking for',
  services: 'Search all services for “{{q}}”',
  allServices: 'See all services',
  hello: 'Hello, {{name}}',
  signIn: 'Once signed in, you see what the departments hold about you, and who looked at it.',
  signInAct: 'Sign in',
  waiting: 'Waiting for you',
  nothing: 'Nothing needs you at present.',
  asked: '{{name}} asks you to act for them and waits for your answer',
  me: 'My data',
  meOf: 'Data of {{name}}',
  meText: 'What the departments hold about you; each item says where it comes from and when it arrived.',
  accesses: 'Who looked at my data',
  accessesText: 'Who, of which unit, looked when and why.',
  delegations: 'Acting for others',
  delegationsText: 'Let family act for you, or act for them; every time is shown and you can stop it at any time.',
  recent: '{{n}} recent looks',
  meLead:
    'This is what the departments hold about you. Each item says which department it comes from and when it arrived; select that for more.',
  accessesLead:
    'Every look by an official is recorded here. If one should not have happened, object to it: the unit that looked must answer in time.',
  notLinked: 'Your record has not been found yet',
  notLinkedText:
    'Your account has not been matched with the population register. Bring your identity card to your committee or street office.',
  empty: 'nothing on record',
  id: 'Identity number',
  wrong:
    'Not right? “Not right?” beside an item disputes it, and the department answers in time; or bring your identity card to the street’s service centre.',
  back: 'Back to the start',
};
addTexts('citizen', { zh, en });

/** Texts of the citizen’s entrance. */
export const useCitizenTexts = () => useTranslation('citizen').t;
