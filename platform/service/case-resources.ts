import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Moment = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);

/** Cases (办件): who applied for what, where it stands and until when it is promised. */
export const caseFile = resource({
  id: 'service.case',
  version: 1,
  title: { zh: '办件', en: 'Cases' },
  summary: {
    zh: '一次申请、一个编码：申请事项、状态、承诺时间。',
    en: 'One application with one code: what was applied for, where it stands and until when it is promised.',
  },
  owner: 'data-centre',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '按事项归档期限', en: 'As the archive period of the item says' },
  table: 'service.case_file',
  key: 'id',
  time: 'receivedAt',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    code: { schema: Type.String(), title: { zh: '统一办件编码', en: 'Case code' }, level: 'L2' },
    title: { schema: Words, title: { zh: '申请事项', en: 'What was applied for' }, level: 'L2' },
    channel: { schema: Type.String(), title: { zh: '申请渠道', en: 'Channel' }, level: 'L2' },
    applicantPerson: { schema: MaybeText, title: { zh: '申请人', en: 'Applicant' }, level: 'L3', subject: 'person' },
    applicantEntity: { schema: MaybeText, title: { zh: '申请单位', en: 'Enterprise' }, level: 'L2', subject: 'entity' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    receivedAt: {
      schema: Type.String({ format: 'date-time' }),
      title: { zh: '收件时间', en: 'Received at' },
      level: 'L2',
    },
    receivedUnit: { schema: MaybeText, title: { zh: '收件单位', en: 'Receiving unit' }, level: 'L2' },
    promisedAt: { schema: Moment, title: { zh: '承诺办结时间', en: 'Promised until' }, level: 'L2' },
    closedAt: { schema: Moment, title: { zh: '办结时间', en: 'Closed at' }, level: 'L2' },
  },
});

/** Sub-cases (子办件): one item of a case in the hands of its unit, with what that item asks for. */
export const subCase = resource({
  id: 'service.sub-case',
  version: 1,
  title: { zh: '子办件', en: 'Sub-cases' },
  summary: {
    zh: '办件中由一个部门办理的一个事项：状态、决定和该事项所需的填报内容。',
    en: 'One item of a case, handled by one unit: state, decision, and what the item asks for.',
  },
  owner: 'data-centre',
  sharing: 'none',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '按事项归档期限', en: 'As the archive period of the item says' },
  table: 'service.sub_case',
  key: 'id',
  time: 'receivedAt',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    no: { schema: Type.Integer(), title: { zh: '序号', en: 'Number' }, level: 'L2' },
    item: { schema: Type.String(), title: { zh: '事项编码', en: 'Item' }, level: 'L2' },
    title: { schema: Words, title: { zh: '事项', en: 'Item' }, level: 'L2' },
    unit: { schema: Type.String(), title: { zh: '办理单位', en: 'Unit' }, level: 'L2' },
    applicantPerson: { schema: MaybeText, title: { zh: '申请人', en: 'Applicant' }, level: 'L3', subject: 'person' },
    applicantEntity: { schema: MaybeText, title: { zh: '申请单位', en: 'Enterprise' }, level: 'L2', subject: 'entity' },
    // Sealed in the table; a reply holds them opened, item by item.
    answers: { schema: Type.String(), title: { zh: '填报内容', en: 'Answers' }, level: 'L3' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    outcome: { schema: MaybeText, title: { zh: '结果', en: 'Outcome' }, level: 'L2' },
    reason: { schema: MaybeText, title: { zh: '理由', en: 'Reason' }, level: 'L3' },
    remedy: { schema: MaybeText, title: { zh: '救济途径', en: 'Remedy' }, level: 'L2' },
    receivedAt: {
      schema: Type.String({ format: 'date-time' }),
      title: { zh: '收件时间', en: 'Received at' },
      level: 'L2',
    },
    acceptedAsOf: { schema: Moment, title: { zh: '受理时间', en: 'Accepted as of' }, level: 'L2' },
    deemed: { schema: Type.Boolean(), title: { zh: '视为受理', en: 'Deemed accepted' }, level: 'L2' },
    decidedAt: { schema: Moment, title: { zh: '决定时间', en: 'Decided at' }, level: 'L2' },
    decidedName: { schema: MaybeText, title: { zh: '决定人', en: 'Decided by' }, level: 'L2' },
  },
});

/** Ratings (好差评). The author's columns stand in a table of their own, which the rated unit cannot read. */
export const rating = resource({
  id: 'service.rating',
  version: 1,
  title: { zh: '好差评', en: 'Ratings' },
  summary: {
    zh: '申请人对办理情况的评价及其回访、整改；被评价单位看不到评价人。',
    en: 'How applicants rate what was done, and what followed; the rated unit does not see who wrote it.',
  },
  owner: 'data-centre',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '三年', en: 'Three years' },
  table: 'service.rating_with_author',
  key: 'id',
  time: 'ratedOn',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    title: { schema: Words, title: { zh: '事项', en: 'Item' }, level: 'L2' },
    unit: { schema: Type.String(), title: { zh: '被评价单位', en: 'Rated unit' }, level: 'L2' },
    node: { schema: Type.String(), title: { zh: '评价环节', en: 'Node' }, level: 'L2' },
    round: { schema: Type.Integer(), title: { zh: '第几次', en: 'Round' }, level: 'L2' },
    stars: { schema: Type.Integer(), title: { zh: '等级', en: 'Stars' }, level: 'L2' },
    text: { schema: MaybeText, title: { zh: '评价内容', en: 'Words' }, level: 'L2' },
    ratedOn: { schema: Type.String({ format: 'date' }), title: { zh: '评价日期', en: 'Rated on' }, level: 'L2' },
    state: { schema: Type.String(), title: { zh: '处理状态', en: 'State' }, level: 'L2' },
    applicantPerson: { schema: MaybeText, title: { zh: '评价人', en: 'Author' }, level: 'L3', subject: 'person' },
    applicantEntity: { schema: MaybeText, title: { zh: '评价单位', en: 'Enterprise' }, level: 'L2', subject: 'entity' },
  },
});
