import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const Text = Type.Union([Type.String(), Type.Null()]);
const Moment = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);

/** Disputes (异议) about values of base databases, and how they were answered. */
export const dispute = resource({
  id: 'dispute.dispute',
  version: 1,
  title: { zh: '基础数据异议', en: 'Disputes about base data' },
  summary: {
    zh: '居民、企业和部门对基础数据某一项提出的异议、办理时限和结果。',
    en: 'What residents, enterprises and departments dispute of base data, with deadline and outcome.',
  },
  owner: 'data-centre',
  sharing: 'none',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '长期保存', en: 'Kept for good' },
  table: 'dispute.dispute',
  key: 'id',
  time: 'filedAt',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    base: { schema: Type.String(), title: { zh: '基础库', en: 'Base database' }, level: 'L2', column: 'app' },
    subjectPerson: { schema: Text, title: { zh: '涉及的人', en: 'Person' }, level: 'L3', subject: 'person' },
    subjectEntity: { schema: Text, title: { zh: '涉及的单位', en: 'Enterprise' }, level: 'L2', subject: 'entity' },
    attribute: { schema: Type.String(), title: { zh: '数据项', en: 'Item' }, level: 'L2' },
    claimed: { schema: Text, title: { zh: '主张的内容', en: 'Claimed value' }, level: 'L3' },
    reason: { schema: Type.String(), title: { zh: '理由', en: 'Reason' }, level: 'L3' },
    evidence: { schema: Text, title: { zh: '证明材料', en: 'Evidence' }, level: 'L3' },
    filedName: { schema: Type.String(), title: { zh: '提出人', en: 'Filed by' }, level: 'L3' },
    filedUnit: { schema: Text, title: { zh: '提出单位', en: 'Unit that filed it' }, level: 'L2' },
    filedAt: { schema: Type.String({ format: 'date-time' }), title: { zh: '提出时间', en: 'Filed at' }, level: 'L2' },
    unit: { schema: Type.String(), title: { zh: '来源单位', en: 'Unit of the source' }, level: 'L2' },
    appealOf: { schema: Text, title: { zh: '复核的原异议', en: 'Dispute under review' }, level: 'L2' },
    addressee: { schema: Type.String(), title: { zh: '办理方', en: 'Whose task' }, level: 'L2' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    escalatedAt: { schema: Moment, title: { zh: '逾期上报时间', en: 'Escalated at' }, level: 'L2' },
    answer: { schema: Text, title: { zh: '答复', en: 'Answer' }, level: 'L3' },
    answeredName: { schema: Text, title: { zh: '答复人', en: 'Answered by' }, level: 'L2' },
    answeredUnit: { schema: Text, title: { zh: '答复单位', en: 'Answering unit' }, level: 'L2' },
    closedAt: { schema: Moment, title: { zh: '办结时间', en: 'Closed at' }, level: 'L2' },
  },
});

/** Corrections (更正) on their way back to the sources. */
export const correction = resource({
  id: 'dispute.correction',
  version: 1,
  title: { zh: '数据更正回流', en: 'Corrections to sources' },
  summary: {
    zh: '异议被采纳后，退回来源单位更正的数据项。',
    en: 'Items that a source has to correct after a dispute was accepted.',
  },
  owner: 'data-centre',
  sharing: 'none',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '长期保存', en: 'Kept for good' },
  table: 'dispute.correction',
  key: 'seq',
  time: 'madeAt',
  fields: {
    seq: { schema: Type.Integer(), title: { zh: '序号', en: 'Sequence' }, level: 'L2' },
    dispute: { schema: Type.String({ format: 'uuid' }), title: { zh: '异议', en: 'Dispute' }, level: 'L2' },
    dataset: { schema: Text, title: { zh: '数据集', en: 'Data set' }, level: 'L2' },
    rowNo: { schema: Type.Union([Type.Integer(), Type.Null()]), title: { zh: '行号', en: 'Row' }, level: 'L2' },
    subjectPerson: { schema: Text, title: { zh: '涉及的人', en: 'Person' }, level: 'L3', subject: 'person' },
    subjectEntity: { schema: Text, title: { zh: '涉及的单位', en: 'Enterprise' }, level: 'L2', subject: 'entity' },
    attribute: { schema: Type.String(), title: { zh: '数据项', en: 'Item' }, level: 'L2' },
    value: { schema: Text, title: { zh: '正确的内容', en: 'Right value' }, level: 'L3' },
    madeAt: { schema: Type.String({ format: 'date-time' }), title: { zh: '生成时间', en: 'Made at' }, level: 'L2' },
    adoptedAt: { schema: Moment, title: { zh: '来源已更正', en: 'Adopted by the source' }, level: 'L2' },
  },
});
