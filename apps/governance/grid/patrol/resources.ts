import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

/** Patrols (巡查路线): which points were to be walked on which day; nothing of who walked, nor of tracks. */
export const patrolResource = resource({
  id: 'grid.patrol',
  version: 1,
  title: { zh: '巡查路线', en: 'Patrol routes' },
  summary: {
    zh: '巡查日期、街道、步行时间和覆盖价值；不含人员和轨迹。',
    en: 'Day, street, walking time and worth of patrols; nothing of persons or tracks.',
  },
  owner: 'operations-centre',
  sharing: 'none',
  opening: 'closed',
  updates: 'daily',
  retention: { zh: '两年；轨迹九十天', en: 'Two years; tracks ninety days' },
  table: 'grid.patrol',
  key: 'id',
  scope: { by: 'area', field: 'street' },
  time: 'day',
  badge: 'sample',
  fields: {
    id: { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' },
    title: { schema: Type.String(), title: { zh: '名称', en: 'Title' }, level: 'L2' },
    street: { schema: Type.String(), title: { zh: '街道代码', en: 'Street' }, level: 'L2', element: 'GB/T 10114' },
    day: { schema: Type.String({ format: 'date' }), title: { zh: '日期', en: 'Day' }, level: 'L2' },
    version: { schema: Type.Integer(), title: { zh: '版次', en: 'Version' }, level: 'L2' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    method: { schema: Type.String(), title: { zh: '算法', en: 'Method' }, level: 'L2' },
    minutes: { schema: Type.Number(), title: { zh: '用时（分钟）', en: 'Minutes' }, level: 'L2' },
    budget: { schema: Type.Integer(), title: { zh: '时间上限（分钟）', en: 'Minutes at most' }, level: 'L2' },
    worth: { schema: Type.Number(), title: { zh: '风险价值', en: 'Worth' }, level: 'L2' },
    bound: {
      schema: Type.Union([Type.Number(), Type.Null()]),
      title: { zh: '价值上界', en: 'Upper bound of the worth' },
      level: 'L2',
    },
  },
});
