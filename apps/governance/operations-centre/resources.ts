import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Moment = Type.String({ format: 'date-time' });
const Maybe = <T extends ReturnType<typeof Type.String>>(schema: T) => Type.Union([schema, Type.Null()]);

/** Composite incidents (复合事件): what belongs together, where, how grave. */
export const compositeIncident = resource({
  id: 'ops.incident',
  version: 1,
  title: { zh: '复合事件', en: 'Composite incidents' },
  summary: {
    zh: '由相近时间、地点、类别的案件和预警合成的事件；成员只以编号引用。',
    en: 'Incidents made of cases and alerts that are near in time, place and kind; members by reference only.',
  },
  owner: 'operations-centre',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '五年', en: 'Five years' },
  table: 'ops.incident',
  key: 'id',
  time: 'lastAt',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '标识', en: 'Id' }, level: 'L2' },
    no: { schema: Type.String(), title: { zh: '事件号', en: 'Number' }, level: 'L2' },
    family: { schema: Type.String(), title: { zh: '事件族', en: 'Family' }, level: 'L2' },
    title: { schema: Words, title: { zh: '标题', en: 'Title' }, level: 'L2' },
    level: { schema: Type.Integer(), title: { zh: '等级', en: 'Level' }, level: 'L2' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    hypothesis: { schema: Maybe(Type.String()), title: { zh: '研判', en: 'Hypothesis' }, level: 'L2' },
    lon: { schema: Type.Number(), title: { zh: '经度', en: 'Longitude' }, level: 'L2' },
    lat: { schema: Type.Number(), title: { zh: '纬度', en: 'Latitude' }, level: 'L2' },
    radiusM: { schema: Type.Integer(), title: { zh: '范围（米）', en: 'Radius in metres' }, level: 'L2' },
    firstAt: { schema: Moment, title: { zh: '最早发生', en: 'First at' }, level: 'L2' },
    lastAt: { schema: Moment, title: { zh: '最近发生', en: 'Last at' }, level: 'L2' },
    exercise: { schema: Maybe(Type.String()), title: { zh: '演练场次', en: 'Exercise' }, level: 'L2' },
    closedAt: { schema: Maybe(Moment), title: { zh: '结束时间', en: 'Closed at' }, level: 'L2' },
  },
});

/** Command orders (指令): what units were told to do, and until when. */
export const commandOrder = resource({
  id: 'ops.order',
  version: 1,
  title: { zh: '指令', en: 'Command orders' },
  summary: {
    zh: '城运中心和区领导向各单位下达的指令。',
    en: 'Orders of the operations centre and of leaders to units.',
  },
  owner: 'operations-centre',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '五年', en: 'Five years' },
  table: 'ops.command_order',
  key: 'id',
  time: 'issuedAt',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '标识', en: 'Id' }, level: 'L2' },
    no: { schema: Type.String(), title: { zh: '指令号', en: 'Number' }, level: 'L2' },
    title: { schema: Type.String(), title: { zh: '标题', en: 'Title' }, level: 'L2' },
    demand: { schema: Type.String(), title: { zh: '要求', en: 'Demand' }, level: 'L2' },
    urgent: { schema: Type.Boolean(), title: { zh: '紧急', en: 'Urgent' }, level: 'L2' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    incident: { schema: Maybe(Type.String()), title: { zh: '复合事件', en: 'Incident' }, level: 'L2' },
    dueAt: { schema: Moment, title: { zh: '完成时限', en: 'Due at' }, level: 'L2' },
    issuedAt: { schema: Maybe(Moment), title: { zh: '签发时间', en: 'Issued at' }, level: 'L2' },
    issuedName: { schema: Maybe(Type.String()), title: { zh: '签发人', en: 'Issued by' }, level: 'L2' },
    endedAt: { schema: Maybe(Moment), title: { zh: '结束时间', en: 'Ended at' }, level: 'L2' },
    exercise: { schema: Maybe(Type.String()), title: { zh: '演练场次', en: 'Exercise' }, level: 'L2' },
  },
});
