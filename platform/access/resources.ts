import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const Text = Type.Union([Type.String(), Type.Null()]);
const Moment = Type.String({ format: 'date-time' });

/** Delegations (代办授权): who lets whom do what for them, and until when. */
export const delegation = resource({
  id: 'access.delegation',
  version: 1,
  title: { zh: '代办授权', en: 'Delegations' },
  summary: {
    zh: '委托人同意代办人在期限内代为办理的事项、依据和状态。',
    en: 'What a giver lets a taker do for them, on which basis and until when.',
  },
  owner: 'data-centre',
  sharing: 'none',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '结束后留存备查', en: 'Kept for review after the end' },
  table: 'access.delegation',
  key: 'id',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    basis: { schema: Type.String(), title: { zh: '依据', en: 'Basis' }, level: 'L2' },
    giverPerson: {
      schema: Text,
      title: { zh: '委托人', en: 'Giver' },
      level: 'L3',
      subject: 'person',
    },
    giverEntity: { schema: Text, title: { zh: '委托企业', en: 'Giving enterprise' }, level: 'L2', subject: 'entity' },
    giverName: { schema: Type.String(), title: { zh: '委托人姓名', en: 'Name of the giver' }, level: 'L3' },
    toLabel: { schema: Type.String(), title: { zh: '委托给', en: 'Offered to' }, level: 'L3' },
    takerName: { schema: Text, title: { zh: '代办人姓名', en: 'Name of the taker' }, level: 'L3' },
    scopes: { schema: Type.Array(Type.String()), title: { zh: '代办事项', en: 'Scopes' }, level: 'L3' },
    validFrom: { schema: Moment, title: { zh: '开始', en: 'From' }, level: 'L2' },
    validTo: { schema: Moment, title: { zh: '截止', en: 'Until' }, level: 'L2' },
    evidence: { schema: Type.String(), title: { zh: '凭据', en: 'Evidence' }, level: 'L3' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    offeredAt: { schema: Moment, title: { zh: '委托时间', en: 'Offered at' }, level: 'L2' },
    endedAt: {
      schema: Type.Union([Moment, Type.Null()]),
      title: { zh: '结束时间', en: 'Ended at' },
      level: 'L2',
    },
    endedWhy: { schema: Text, title: { zh: '结束原因', en: 'Why it ended' }, level: 'L2' },
  },
});

/** Consents to hand data to a third party (第三方授权): who lets whom have which items for what, and until when. */
export const consent = resource({
  id: 'access.consent',
  version: 1,
  title: { zh: '第三方授权', en: 'Consents' },
  summary: {
    zh: '本人同意某一第三方为某一用途取用哪些数据、到什么时候、凭什么。',
    en: 'What a person or an enterprise lets one third party have, for one purpose, until when, on which evidence.',
  },
  owner: 'data-centre',
  sharing: 'none',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '结束后留存备查', en: 'Kept for review after the end' },
  table: 'access.consent',
  key: 'id',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    subjectPerson: { schema: Text, title: { zh: '授权人', en: 'Person' }, level: 'L3', subject: 'person' },
    subjectEntity: { schema: Text, title: { zh: '授权企业', en: 'Enterprise' }, level: 'L2', subject: 'entity' },
    recipient: { schema: Type.String(), title: { zh: '接收方', en: 'Recipient' }, level: 'L2' },
    items: { schema: Type.Array(Type.String()), title: { zh: '数据项', en: 'Items' }, level: 'L3' },
    purpose: { schema: Type.String(), title: { zh: '用途', en: 'Purpose' }, level: 'L2' },
    mode: { schema: Type.String(), title: { zh: '方式', en: 'Mode' }, level: 'L2' },
    validFrom: { schema: Moment, title: { zh: '开始', en: 'From' }, level: 'L2' },
    validTo: { schema: Moment, title: { zh: '截止', en: 'Until' }, level: 'L2' },
  },
});
