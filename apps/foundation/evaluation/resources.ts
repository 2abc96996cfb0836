import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Moment = Type.String({ format: 'date-time' });
const MaybeMoment = Type.Union([Moment, Type.Null()]);

/** Signals of electronic supervision (监察信号): of a step of a case. Whose step it was is shown to that person only and is no part of the resource. */
export const signal = resource({
  id: 'evaluation.signal',
  version: 1,
  title: { zh: '监察信号', en: 'Signals of supervision' },
  summary: {
    zh: '办理步骤的提示、蓝牌、黄牌、红牌，依据的规则和撤回情况。',
    en: 'Notice, blue, yellow and red of steps, on which rule, and whether they were taken back.',
  },
  owner: 'data-centre',
  sharing: 'none',
  opening: 'closed',
  updates: 'realtime',
  retention: { zh: '三年', en: 'Three years' },
  table: 'evaluation.signal',
  key: 'id',
  time: 'toldAt',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    app: { schema: Type.String(), title: { zh: '应用', en: 'App' }, level: 'L1' },
    rule: { schema: Type.String(), title: { zh: '规则', en: 'Rule' }, level: 'L1' },
    level: { schema: Type.String(), title: { zh: '等级', en: 'Level' }, level: 'L2' },
    caseNo: { schema: Type.String(), title: { zh: '办件编码', en: 'Case' }, level: 'L2' },
    item: { schema: Type.String(), title: { zh: '事项', en: 'Item' }, level: 'L1' },
    step: { schema: Type.String(), title: { zh: '步骤', en: 'Step' }, level: 'L1' },
    unit: { schema: Type.String(), title: { zh: '单位', en: 'Unit' }, level: 'L2' },
    holdsFrom: { schema: Moment, title: { zh: '成立时间', en: 'Holds from' }, level: 'L2' },
    toldAt: { schema: Moment, title: { zh: '发出时间', en: 'Told at' }, level: 'L2' },
    provisional: { schema: Type.Boolean(), title: { zh: '暂定', en: 'Provisional' }, level: 'L2' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    withdrawnAt: { schema: MaybeMoment, title: { zh: '撤回时间', en: 'Taken back at' }, level: 'L2' },
    withdrawnWhy: { schema: MaybeText, title: { zh: '撤回原因', en: 'Why taken back' }, level: 'L2' },
  },
});

/** Scores (绩效得分) of units, and of posts that five or more hold. There is none of a person. */
export const score = resource({
  id: 'evaluation.score',
  version: 1,
  title: { zh: '单位绩效得分', en: 'Scores of units' },
  summary: {
    zh: '单位和五人以上岗位的季度得分、等次和各部分说明；没有个人得分。',
    en: 'Scores by quarter of units and of posts that five or more hold, with grade and parts; none of a person.',
  },
  owner: 'data-centre',
  sharing: 'conditional',
  opening: 'closed',
  updates: 'daily',
  retention: { zh: '长期保存', en: 'Kept for good' },
  table: 'evaluation.score',
  key: 'quarter',
  time: 'computedAt',
  badge: 'sample',
  fields: {
    quarter: { schema: Type.String(), title: { zh: '季度', en: 'Quarter' }, level: 'L1' },
    subject: { schema: Type.String(), title: { zh: '对象', en: 'Of what' }, level: 'L1' },
    unit: { schema: Type.String(), title: { zh: '单位', en: 'Unit' }, level: 'L1' },
    post: { schema: Type.String(), title: { zh: '岗位', en: 'Post' }, level: 'L1' },
    cases: { schema: Type.Integer(), title: { zh: '件数', en: 'Cases' }, level: 'L1' },
    value: { schema: Type.Number(), title: { zh: '得分', en: 'Score' }, level: 'L1' },
    grade: { schema: Type.String(), title: { zh: '等次', en: 'Grade' }, level: 'L1' },
    computedAt: { schema: Moment, title: { zh: '计算时间', en: 'Computed at' }, level: 'L1' },
  },
});
