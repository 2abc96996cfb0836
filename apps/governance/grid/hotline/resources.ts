import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Moment = Type.String({ format: 'date-time' });
const MaybeMoment = Type.Union([Moment, Type.Null()]);
const MaybeBoolean = Type.Union([Type.Boolean(), Type.Null()]);

/** Orders of the city's hotline (市热线工单): limits of the city, what became of them here. */
export const hotlineOrder = resource({
  id: 'grid.hotline-order',
  version: 1,
  title: { zh: '市热线工单', en: 'Orders of the city’s hotline' },
  summary: {
    zh: '12345 市民服务热线工单：诉求类型、内容、市级时限、本区办理情况和回访结果。来电人姓名、电话加密保存。',
    en: 'Orders of the 12345 hotline: kind, content, limits of the city, what became of them here, result of the call-back. Name and telephone are sealed.',
  },
  owner: 'operations-centre',
  sharing: 'none',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '办结后两年', en: 'Two years after the end' },
  table: 'grid.hotline_order',
  key: 'id',
  time: 'receivedAt',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    no: { schema: Type.String(), title: { zh: '工单编号', en: 'Number' }, level: 'L2' },
    kind: { schema: Type.String(), title: { zh: '诉求类型', en: 'Kind' }, level: 'L2' },
    title: { schema: Type.String(), title: { zh: '标题', en: 'Title' }, level: 'L2' },
    content: { schema: Type.String(), title: { zh: '诉求内容（已脱敏）', en: 'Content, masked' }, level: 'L2' },
    category: { schema: MaybeText, title: { zh: '市级分类', en: 'Category of the city' }, level: 'L2' },
    address: { schema: MaybeText, title: { zh: '地址', en: 'Address' }, level: 'L2' },
    confidential: { schema: Type.Boolean(), title: { zh: '要求保密', en: 'Wants to stay unnamed' }, level: 'L2' },
    callerName: { schema: MaybeText, title: { zh: '来电人（脱敏）', en: 'Caller, masked' }, level: 'L2' },
    callerPhone: { schema: MaybeText, title: { zh: '电话（脱敏）', en: 'Telephone, masked' }, level: 'L2' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    receivedAt: { schema: Moment, title: { zh: '市热线受理时间', en: 'Received by the city' }, level: 'L2' },
    contactDue: { schema: MaybeMoment, title: { zh: '先行联系期限', en: 'First contact due' }, level: 'L2' },
    finishDue: { schema: Moment, title: { zh: '办结期限', en: 'Finish due' }, level: 'L2' },
    returnDue: { schema: Moment, title: { zh: '退单期限', en: 'Hand back until' }, level: 'L2' },
    contactedAt: { schema: MaybeMoment, title: { zh: '先行联系时间', en: 'First contact' }, level: 'L2' },
    finishedAt: { schema: MaybeMoment, title: { zh: '办结时间', en: 'Finished' }, level: 'L2' },
    caseNo: { schema: MaybeText, title: { zh: '案件编号', en: 'Case' }, level: 'L2' },
    caseState: { schema: MaybeText, title: { zh: '案件状态', en: 'State of the case' }, level: 'L2' },
    twin: { schema: MaybeText, title: { zh: '疑似重复的案件', en: 'Case that may be the same' }, level: 'L2' },
    receipt: { schema: MaybeText, title: { zh: '区外回执', en: 'Receipt for a neighbour' }, level: 'L2' },
    lastTold: { schema: MaybeText, title: { zh: '最近回传状态', en: 'Last state told' }, level: 'L2' },
    satisfied: { schema: MaybeBoolean, title: { zh: '是否满意', en: 'Satisfied' }, level: 'L2' },
    solved: { schema: MaybeBoolean, title: { zh: '是否解决', en: 'Solved' }, level: 'L2' },
  },
});
