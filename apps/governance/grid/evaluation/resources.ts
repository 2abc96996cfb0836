import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const Rate = Type.Union([Type.Number(), Type.Null()]);

/** Evaluation of city management (城市管理评价): published numbers of streets and departments, never of persons. */
export const evaluationResource = resource({
  id: 'grid.evaluation',
  version: 1,
  title: { zh: '城市管理评价', en: 'Evaluation of city management' },
  summary: {
    zh: '按月公布的立案率、处置率、按期率、返工率、重开率、满意率，按区、街道、部门和岗位；不含个人。',
    en: 'Rates of filing, handling, on time, rework, reopening and satisfaction by month, for the district, streets, departments and kinds of posts; never for persons.',
  },
  owner: 'operations-centre',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'monthly',
  retention: { zh: '长期', en: 'For good' },
  table: 'grid.evaluation',
  key: 'id',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L1' },
    period: { schema: Type.String(), title: { zh: '月份', en: 'Month' }, level: 'L1' },
    edition: { schema: Type.Integer(), title: { zh: '版次', en: 'Edition' }, level: 'L1', column: 'edition_no' },
    kind: { schema: Type.String(), title: { zh: '对象类型', en: 'Kind of object' }, level: 'L1' },
    object: { schema: Type.String(), title: { zh: '对象', en: 'Object' }, level: 'L1' },
    indicator: { schema: Type.String(), title: { zh: '指标', en: 'Indicator' }, level: 'L1' },
    numerator: { schema: Type.Integer(), title: { zh: '分子', en: 'Numerator' }, level: 'L1' },
    denominator: { schema: Type.Integer(), title: { zh: '分母', en: 'Denominator' }, level: 'L1' },
    value: { schema: Rate, title: { zh: '数值', en: 'Value' }, level: 'L1' },
    rank: { schema: Type.Union([Type.Integer(), Type.Null()]), title: { zh: '名次', en: 'Rank' }, level: 'L1' },
    publishedAt: {
      schema: Type.String({ format: 'date-time' }),
      title: { zh: '公布时间', en: 'Published' },
      level: 'L1',
    },
  },
});
