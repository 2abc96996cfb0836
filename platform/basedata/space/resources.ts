import { Type, type TSchema } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const maybe = (schema: TSchema) => Type.Union([schema, Type.Null()]);
const Name = maybe(Type.String());
const Whole = maybe(Type.Integer());

/** Buildings (建筑物), one golden record each. */
export const buildings = resource({
  id: 'space.building',
  version: 1,
  title: { zh: '建筑物', en: 'Buildings' },
  summary: {
    zh: '统一编码的建筑物：坐落、轮廓、层数、高度、年代、结构、用途与历史建筑类别，每项注明来源。',
    en: 'Buildings by unified code: address, outline, floors, height, year, structure, use and heritage class, each with its source.',
  },
  owner: 'housing',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'monthly',
  retention: { zh: '长期', en: 'permanent' },
  table: 'space.building',
  key: 'code',
  geometry: 'geometry',
  fields: {
    code: { schema: Type.String(), title: { zh: '房屋编码', en: 'Building code' }, level: 'L1' },
    name: { schema: Name, title: { zh: '名称', en: 'Name' }, level: 'L1' },
    address: { schema: Name, title: { zh: '坐落', en: 'Address' }, level: 'L1', element: 'GB/T 23705' },
    addressKey: { schema: Name, title: { zh: '标准地址', en: 'Address as compared' }, level: 'L1' },
    committeeCode: { schema: Name, title: { zh: '居委代码', en: 'Committee' }, level: 'L1' },
    cellCode: { schema: Name, title: { zh: '网格代码', en: 'Grid cell' }, level: 'L1' },
    yearBuilt: { schema: Whole, title: { zh: '建成年份', en: 'Year built' }, level: 'L1' },
    floors: { schema: Whole, title: { zh: '地上层数', en: 'Floors above ground' }, level: 'L1' },
    heightM: { schema: maybe(Type.Number()), title: { zh: '高度（米）', en: 'Height, metres' }, level: 'L1' },
    structure: { schema: Name, title: { zh: '结构', en: 'Structure' }, level: 'L1' },
    use: { schema: Name, title: { zh: '用途', en: 'Use' }, level: 'L1' },
    heritageClass: { schema: Name, title: { zh: '历史建筑类别', en: 'Heritage class' }, level: 'L1' },
    dwellings: { schema: Whole, title: { zh: '总户数', en: 'Dwellings' }, level: 'L1' },
    geometry: { schema: Type.Unknown(), title: { zh: '轮廓', en: 'Outline' }, level: 'L1' },
  },
});
