import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const Text = Type.Union([Type.String(), Type.Null()]);

/** Objections (异议) to looks at personal data, and their answers. */
export const objection = resource({
  id: 'objection.objection',
  version: 1,
  title: { zh: '对查看记录的异议', en: 'Objections to looks' },
  summary: {
    zh: '居民、企业对“谁看了我的数据”中某次查看提出的异议、办理时限和答复。',
    en: 'What residents and enterprises object to in “who looked at my data”, with deadline and answer.',
  },
  owner: 'security-centre',
  sharing: 'none',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '长期保存', en: 'Kept for good' },
  table: 'objection.objection',
  key: 'id',
  time: 'filedAt',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    accessId: { schema: Type.String({ format: 'uuid' }), title: { zh: '查看记录', en: 'Entry' }, level: 'L2' },
    objectorPerson: { schema: Text, title: { zh: '异议人', en: 'Objector' }, level: 'L3', subject: 'person' },
    objectorEntity: {
      schema: Text,
      title: { zh: '异议企业', en: 'Objecting enterprise' },
      level: 'L2',
      subject: 'entity',
    },
    objectorName: { schema: Type.String(), title: { zh: '异议人姓名', en: 'Name of the objector' }, level: 'L3' },
    text: { schema: Type.String(), title: { zh: '异议内容', en: 'Objection' }, level: 'L3' },
    filedAt: { schema: Type.String({ format: 'date-time' }), title: { zh: '提出时间', en: 'Filed at' }, level: 'L2' },
    lookerName: { schema: Type.String(), title: { zh: '查看人', en: 'Who looked' }, level: 'L2' },
    lookerUnit: { schema: Text, title: { zh: '查看单位', en: 'Unit that looked' }, level: 'L2' },
    lookedAt: { schema: Type.String({ format: 'date-time' }), title: { zh: '查看时间', en: 'Looked at' }, level: 'L2' },
    addressee: { schema: Type.String(), title: { zh: '办理方', en: 'Whose task' }, level: 'L2' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    finding: { schema: Text, title: { zh: '结论', en: 'Finding' }, level: 'L3' },
    answer: { schema: Text, title: { zh: '答复', en: 'Answer' }, level: 'L3' },
    answeredName: { schema: Text, title: { zh: '答复人', en: 'Answered by' }, level: 'L2' },
    closedAt: {
      schema: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
      title: { zh: '办结时间', en: 'Closed at' },
      level: 'L2',
    },
  },
});
