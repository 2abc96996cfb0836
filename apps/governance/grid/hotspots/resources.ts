import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const Day = Type.String({ format: 'date' });
const Moment = Type.String({ format: 'date-time' });
const Id = Type.String({ format: 'uuid' });

/** Hot spots (高发点位): where and when there were more cases of a class than chance gives. */
export const hotspot = resource({
  id: 'grid.hotspot',
  version: 1,
  title: { zh: '高发点位', en: 'Hot spots' },
  summary: {
    zh: '时空扫描发现的案件聚集：类别、范围、起止日期、实际与预期件数、显著性。只统计地点，不涉及个人。',
    en: 'Clusters of cases found by the space-time scan: class, circle, days, observed and expected, significance. Places only, never persons.',
  },
  owner: 'operations-centre',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'daily',
  retention: { zh: '两年', en: 'Two years' },
  table: 'grid.hotspot',
  key: 'id',
  scope: { by: 'area', field: 'committee' },
  time: 'foundAt',
  badge: 'sample',
  fields: {
    id: { schema: Id, title: { zh: '编号', en: 'Id' }, level: 'L2' },
    class: { schema: Type.String(), title: { zh: '类别', en: 'Class' }, level: 'L2', element: 'GB/T 30428.2' },
    street: { schema: Type.String(), title: { zh: '街道代码', en: 'Street' }, level: 'L2', element: 'GB/T 10114' },
    committee: { schema: Type.String(), title: { zh: '居委会代码', en: 'Committee' }, level: 'L2' },
    lon: { schema: Type.Number(), title: { zh: '经度', en: 'Longitude' }, level: 'L2' },
    lat: { schema: Type.Number(), title: { zh: '纬度', en: 'Latitude' }, level: 'L2' },
    radius: { schema: Type.Number(), title: { zh: '半径（米）', en: 'Radius, metres' }, level: 'L2' },
    fromDay: { schema: Day, title: { zh: '起', en: 'From' }, level: 'L2' },
    toDay: { schema: Day, title: { zh: '止', en: 'To' }, level: 'L2' },
    observed: { schema: Type.Integer(), title: { zh: '实际件数', en: 'Observed' }, level: 'L2' },
    expected: { schema: Type.Number(), title: { zh: '预期件数', en: 'Expected' }, level: 'L2' },
    p: { schema: Type.Number(), title: { zh: '显著性 p', en: 'Significance p' }, level: 'L2' },
    foundAt: { schema: Moment, title: { zh: '发现时间', en: 'Found' }, level: 'L2' },
  },
});

/** Root-cause tasks (源头治理任务): what comes back at one place, and what is done so that it does not. */
export const rootTask = resource({
  id: 'grid.root-task',
  version: 1,
  title: { zh: '源头治理任务', en: 'Root-cause tasks' },
  summary: {
    zh: '同一地点反复发生的问题、责任单位、措施和期限、办理结果。',
    en: 'What comes back at one place, the unit, measures and day, and the result.',
  },
  owner: 'operations-centre',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'daily',
  retention: { zh: '五年', en: 'Five years' },
  table: 'grid.root_task',
  key: 'id',
  scope: { by: 'area', field: 'committee' },
  time: 'proposedAt',
  badge: 'sample',
  fields: {
    id: { schema: Id, title: { zh: '编号', en: 'Id' }, level: 'L2' },
    no: { schema: Type.String(), title: { zh: '任务编号', en: 'Number' }, level: 'L2' },
    class: { schema: Type.String(), title: { zh: '类别', en: 'Class' }, level: 'L2' },
    street: { schema: Type.String(), title: { zh: '街道代码', en: 'Street' }, level: 'L2' },
    committee: { schema: Type.String(), title: { zh: '居委会代码', en: 'Committee' }, level: 'L2' },
    lon: { schema: Type.Number(), title: { zh: '经度', en: 'Longitude' }, level: 'L2' },
    lat: { schema: Type.Number(), title: { zh: '纬度', en: 'Latitude' }, level: 'L2' },
    cases: { schema: Type.Array(Type.String()), title: { zh: '案件', en: 'Cases' }, level: 'L2' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    unit: { schema: Type.Union([Type.String(), Type.Null()]), title: { zh: '责任单位', en: 'Unit' }, level: 'L2' },
    due: { schema: Type.Union([Day, Type.Null()]), title: { zh: '期限', en: 'Due' }, level: 'L2' },
    measures: { schema: Type.Union([Type.String(), Type.Null()]), title: { zh: '措施', en: 'Measures' }, level: 'L2' },
    result: { schema: Type.Union([Type.String(), Type.Null()]), title: { zh: '结果', en: 'Result' }, level: 'L2' },
    proposedAt: { schema: Moment, title: { zh: '提出时间', en: 'Proposed' }, level: 'L2' },
  },
});
