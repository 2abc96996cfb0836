import { Type } from 'typebox';
import { resource, type ResourceField } from '#platform/kernel/resource.ts';

const Name = Type.Union([Type.String(), Type.Null()]);
/** GeoJSON geometry in degrees. */
export const GeometrySchema = Type.Unknown({
  description: 'GeoJSON geometry, longitude and latitude in CGCS2000 / WGS 84',
});

/** Administrative areas and grid cells (行政区划与单元网格). */
export const areas = resource({
  id: 'geo.area',
  version: 1,
  title: { zh: '行政区划与单元网格', en: 'Administrative areas and grid cells' },
  summary: {
    zh: '区、街道、居民委员会和单元网格的代码、名称与范围。',
    en: 'Codes, names and outlines of the district, its streets, residents’ committees and grid cells.',
  },
  owner: 'civil-affairs',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'yearly',
  retention: { zh: '长期', en: 'permanent' },
  table: 'geo.area',
  key: 'code',
  geometry: 'geometry',
  fields: {
    code: { schema: Type.String(), title: { zh: '代码', en: 'Code' }, level: 'L1', element: 'GB/T 2260, GB/T 10114' },
    level: { schema: Type.String(), title: { zh: '级别', en: 'Level' }, level: 'L1' },
    name: { schema: Type.String(), title: { zh: '名称', en: 'Name' }, level: 'L1' },
    nameEn: { schema: Name, title: { zh: '英文名称', en: 'English name' }, level: 'L1' },
    parent: { schema: Name, title: { zh: '上级代码', en: 'Parent code' }, level: 'L1' },
    geometry: { schema: GeometrySchema, title: { zh: '范围', en: 'Outline' }, level: 'L1' },
    generated: {
      schema: Type.Boolean(),
      title: { zh: '范围为样例生成', en: 'Outline generated as a sample' },
      level: 'L1',
    },
    dataset: { schema: Type.String(), title: { zh: '数据集', en: 'Dataset' }, level: 'L1' },
    validFrom: { schema: Type.String({ format: 'date' }), title: { zh: '生效日期', en: 'Valid from' }, level: 'L1' },
    validTo: { schema: Name, title: { zh: '失效日期', en: 'Valid to' }, level: 'L1' },
  },
});

const placeFields = {
  key: { schema: Type.String(), title: { zh: '标识', en: 'Identifier' }, level: 'L1' },
  dataset: { schema: Type.String(), title: { zh: '数据集', en: 'Dataset' }, level: 'L1' },
  placeId: { schema: Type.String(), title: { zh: '来源标识', en: 'Identifier at the source' }, level: 'L1' },
  name: { schema: Name, title: { zh: '名称', en: 'Name' }, level: 'L1' },
  nameEn: { schema: Name, title: { zh: '英文名称', en: 'English name' }, level: 'L1' },
  kind: { schema: Type.String(), title: { zh: '种类', en: 'Kind' }, level: 'L1' },
  category: { schema: Name, title: { zh: '类别', en: 'Category' }, level: 'L1' },
  geometry: { schema: GeometrySchema, title: { zh: '位置', en: 'Position' }, level: 'L1' },
  properties: {
    schema: Type.Record(Type.String(), Type.Unknown()),
    title: { zh: '其他属性', en: 'Other properties' },
    level: 'L1',
  },
  licence: { schema: Type.String(), title: { zh: '许可', en: 'Licence' }, level: 'L1' },
} satisfies Record<string, ResourceField>;

/** Places from open data other than OpenStreetMap (地名地点). */
export const places = resource({
  id: 'geo.place',
  version: 1,
  title: { zh: '地点', en: 'Places' },
  summary: {
    zh: '来自开放数据的地点，每个数据集注明来源和许可。',
    en: 'Places from open data; each dataset names its source and licence.',
  },
  owner: 'data-centre',
  sharing: 'unconditional',
  opening: 'open',
  updates: 'quarterly',
  retention: { zh: '长期', en: 'permanent' },
  table: 'geo.place',
  key: 'key',
  geometry: 'geometry',
  fields: placeFields,
});

/** Places derived from OpenStreetMap, kept apart because of the ODbL (开放街图地点). */
export const osmPlaces = resource({
  ...places,
  id: 'geo.osm-place',
  title: { zh: '开放街图地点', en: 'Places from OpenStreetMap' },
  summary: {
    zh: '© OpenStreetMap 贡献者，ODbL 1.0；与其他数据分表存放。',
    en: '© OpenStreetMap contributors, ODbL 1.0; kept in a table of their own.',
  },
  table: 'geo.osm_place',
});
