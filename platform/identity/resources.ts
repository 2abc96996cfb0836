import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

/** The organisation of the district (组织机构), for every screen and file that names a unit. */
export const unitResource = resource({
  id: 'identity.unit',
  version: 1,
  title: { zh: '组织机构', en: 'Organisation units' },
  summary: {
    zh: '区级单位、街道与居委会的机构树。',
    en: 'The tree of district units, streets and residents’ committees.',
  },
  owner: 'staffing',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'yearly',
  retention: { zh: '长期', en: 'Permanent' },
  table: 'identity.unit',
  key: 'code',
  fields: {
    code: { schema: Type.String(), title: { zh: '单位标识', en: 'Unit id' }, level: 'L1' },
    kind: { schema: Type.String(), title: { zh: '单位类别', en: 'Kind' }, level: 'L1' },
    parent: {
      schema: Type.Union([Type.String(), Type.Null()]),
      title: { zh: '上级单位', en: 'Parent unit' },
      level: 'L1',
    },
    area: {
      schema: Type.Union([Type.String(), Type.Null()]),
      title: { zh: '辖区代码', en: 'Area code' },
      level: 'L1',
      element: 'GB/T 2260',
    },
    name: { schema: Type.String(), title: { zh: '单位名称', en: 'Name' }, level: 'L1' },
    nameEn: { schema: Type.String(), title: { zh: '英文名称', en: 'English name' }, level: 'L1' },
    endedAt: {
      schema: Type.Union([Type.String(), Type.Null()]),
      title: { zh: '撤销时间', en: 'Ended' },
      level: 'L1',
      column: 'valid_to',
    },
  },
});
