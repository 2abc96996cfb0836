import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

/** Parts (部件): what stands in the street, where, and whose it is. */
export const part = resource({
  id: 'grid.part',
  version: 1,
  title: { zh: '城市部件', en: 'City parts' },
  summary: {
    zh: '市政部件的代码、类别、位置、权属单位、养护单位和状态。',
    en: 'Municipal parts: code, class, position, owner, keeper and state.',
  },
  owner: 'operations-centre',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'realtime',
  retention: { zh: '长期', en: 'For good' },
  table: 'grid.part',
  key: 'code',
  geometry: 'geometry',
  badge: 'sample',
  fields: {
    code: { schema: Type.String(), title: { zh: '部件代码', en: 'Code' }, level: 'L1', element: 'GB/T 30428.2' },
    class: { schema: Type.String(), title: { zh: '部件类别', en: 'Class' }, level: 'L1', element: 'GB/T 30428.2' },
    geometry: { schema: Type.Unknown(), title: { zh: '位置', en: 'Position' }, level: 'L1' },
    owner: { schema: Type.String(), title: { zh: '权属单位', en: 'Owner' }, level: 'L1' },
    keeper: { schema: Type.String(), title: { zh: '养护单位', en: 'Keeper' }, level: 'L1' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L1' },
    installed: {
      schema: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
      title: { zh: '安装日期', en: 'Installed' },
      level: 'L1',
    },
    source: { schema: Type.String(), title: { zh: '来源', en: 'Source' }, level: 'L1' },
    street: { schema: Type.String(), title: { zh: '街道代码', en: 'Street' }, level: 'L1', element: 'GB/T 10114' },
    committee: { schema: Type.String(), title: { zh: '居委会代码', en: 'Committee' }, level: 'L1' },
    cell: { schema: Type.String(), title: { zh: '单元网格', en: 'Grid cell' }, level: 'L1', element: 'GB/T 30428.1' },
  },
});
