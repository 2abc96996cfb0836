import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Moment = Type.String({ format: 'date-time' });
const Maybe = <T extends ReturnType<typeof Type.String> | ReturnType<typeof Type.Number>>(schema: T) =>
  Type.Union([schema, Type.Null()]);

/** Alerts (预警): what rules and people raised, and who has seen them. */
export const alert = resource({
  id: 'signal.alert',
  version: 1,
  title: { zh: '预警', en: 'Alerts' },
  summary: {
    zh: '规则或人员发出的预警：等级、地点、次数、谁在何时确认、如何关闭。',
    en: 'Alerts of rules and people: level, place, how often, who acknowledged when, how they ended.',
  },
  owner: 'operations-centre',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '三年', en: 'Three years' },
  table: 'signal.alert',
  key: 'id',
  scope: { by: 'unit', field: 'unit' },
  time: 'raisedAt',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    number: { schema: Type.String(), title: { zh: '预警号', en: 'Number' }, level: 'L2' },
    kind: { schema: Type.String(), title: { zh: '类别', en: 'Kind' }, level: 'L1' },
    title: { schema: Words, title: { zh: '标题', en: 'Title' }, level: 'L2' },
    level: { schema: Type.Integer(), title: { zh: '等级', en: 'Level' }, level: 'L2' },
    source: { schema: Type.String(), title: { zh: '来源', en: 'Source' }, level: 'L2' },
    subject: { schema: Type.String(), title: { zh: '对象', en: 'Subject' }, level: 'L2' },
    unit: { schema: Type.String(), title: { zh: '责任单位', en: 'Unit' }, level: 'L2' },
    value: { schema: Maybe(Type.Number()), title: { zh: '数值', en: 'Value' }, level: 'L2' },
    lon: { schema: Maybe(Type.Number()), title: { zh: '经度', en: 'Longitude' }, level: 'L2' },
    lat: { schema: Maybe(Type.Number()), title: { zh: '纬度', en: 'Latitude' }, level: 'L2' },
    note: { schema: Maybe(Type.String()), title: { zh: '说明', en: 'Note' }, level: 'L2' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    raisedAt: { schema: Moment, title: { zh: '发出时间', en: 'Raised at' }, level: 'L2' },
    lastAt: { schema: Moment, title: { zh: '最近一次', en: 'Last at' }, level: 'L2' },
    count: { schema: Type.Integer(), title: { zh: '次数', en: 'Count' }, level: 'L2' },
    flapping: { schema: Type.Boolean(), title: { zh: '抖动', en: 'Flapping' }, level: 'L2' },
    storm: { schema: Type.Boolean(), title: { zh: '来源故障', en: 'Source fault' }, level: 'L2' },
    clearedAt: { schema: Maybe(Moment), title: { zh: '解除时间', en: 'Cleared at' }, level: 'L2' },
    suppressedBy: { schema: Maybe(Type.String()), title: { zh: '从属于', en: 'Behind' }, level: 'L2' },
    step: { schema: Type.Integer(), title: { zh: '已通知到第几级', en: 'Step told' }, level: 'L2' },
    nextStepAt: { schema: Maybe(Moment), title: { zh: '下一级时间', en: 'Next step at' }, level: 'L2' },
    acknowledgedAt: { schema: Maybe(Moment), title: { zh: '确认时间', en: 'Acknowledged at' }, level: 'L2' },
    acknowledgedName: { schema: Maybe(Type.String()), title: { zh: '确认人', en: 'Acknowledged by' }, level: 'L2' },
    closedAt: { schema: Maybe(Moment), title: { zh: '关闭时间', en: 'Closed at' }, level: 'L2' },
    closedNote: { schema: Maybe(Type.String()), title: { zh: '处置结果', en: 'How it ended' }, level: 'L2' },
    sample: { schema: Type.Boolean(), title: { zh: '样例', en: 'Sample' }, level: 'L2' },
  },
});
